import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import { govern } from "cdktf-governed-agents";
import {
  digitalocean,
  DigitalOceanAgentService,
  DigitalOceanAlarms,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
} from "cdktf-governed-agents/digitalocean";
import type { Construct } from "constructs";

/** The same governed agent and database on DigitalOcean: App Platform and a managed cluster. */
export class DigitalOceanStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new DigitaloceanProvider(this, "digitalocean", {});
    const network = new DigitalOceanNetwork(this, "Network", { region: "fra1", cidr: "10.20.0.0/16", egress: "none" });
    const memory = new DigitalOceanPostgres(this, "Memory", { network, version: "16", size: "small", storageGiB: 30 });
    new DigitalOceanAgentService(this, "Researcher", {
      network,
      image: "ghcr.io/acme/researcher@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      command: ["node", "/app/main.js"],
      size: "small",
      cpu: "dedicated",
      replicas: { min: 1, max: 4, cpuPercent: 70 },
      database: memory,
      governance: {
        endpoint: "https://governance.acme.dev",
        agentId: "researcher-digitalocean",
        governanceId: "gov-7",
        keySecret: new TerraformVariable(this, "governance-key", { type: "string", sensitive: true }).stringValue,
      },
    });
    DigitalOceanAlarms.of(this).addEmail("on-call@acme.dev");
    govern(this, {
      providers: [digitalocean],
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      policy: {},
      labels: {
        project: "atlas",
        environment: "production",
        costCenter: "r-and-d",
        owner: "research@acme.dev",
        governanceId: "gov-7",
        governanceEndpoint: "https://governance.acme.dev",
      },
    });
  }
}
