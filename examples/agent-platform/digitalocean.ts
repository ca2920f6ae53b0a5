import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import { addLabels, govern, type GovernanceProps } from "cdktf-governed-agents";
import {
  digitalocean,
  DigitalOceanAgentService,
  DigitalOceanAgentVm,
  DigitalOceanAlarms,
  DigitalOceanBackupBucket,
  DigitalOceanCostAllocation,
  DigitalOceanLoadBalancer,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
} from "cdktf-governed-agents/digitalocean";
import { Construct } from "constructs";
import { IMAGES, LABELS } from "./labels";

export interface DigitalOceanAgentPlatformProps {
  /** Host name of the agents, in the zone. */
  readonly domain: string;
  /** Domain that DigitalOcean manages. */
  readonly zone: string;
  /** Who is called when an alarm rings. */
  readonly onCall: string;
  /** The vault that machines get their secrets from. */
  readonly vault: string;
}

/** Everything DigitalOcean has for agents in one stack: a public service, a private one, a machine behind a balancer, and their memory. */
export class DigitalOceanAgentPlatform extends TerraformStack {
  private readonly network: DigitalOceanNetwork;
  private readonly memory: DigitalOceanPostgres;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DigitalOceanAgentPlatformProps,
  ) {
    super(scope, id);
    new DigitaloceanProvider(this, "digitalocean", {});
    DigitalOceanAlarms.of(this).addEmail(props.onCall);
    this.network = new DigitalOceanNetwork(this, "Network", { region: "fra1", cidr: "10.20.0.0/16", egress: "public-ip" });
    this.memory = new DigitalOceanPostgres(this, "Memory", {
      network: this.network,
      version: "16",
      size: "small",
      storageGiB: 30,
      readReplicas: 1,
      users: ["hub", "researcher"],
    });
    this.addHub();
    this.addResearcher();
    this.addScout();
    new DigitalOceanBackupBucket(this, "Exports", { region: "fra1", namePrefix: "acme-atlas", retentionDays: 365 });
    new DigitalOceanCostAllocation(this, "Project", { name: "Atlas agents", environment: "Production" });
    govern(this, { providers: [digitalocean], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }

  /** The public door: App Platform ends TLS and keeps the certificate valid. */
  private addHub(): void {
    const edge = new Construct(this, "Edge");
    addLabels(edge, { layer: "interface" });
    new DigitalOceanAgentService(edge, "Hub", {
      network: this.network,
      image: IMAGES.hub,
      command: ["node", "/app/main.js"],
      port: 8443,
      size: "large",
      cpu: "dedicated",
      replicas: { min: 2, max: 10, cpuPercent: 70 },
      route: { domain: this.props.domain, zone: this.props.zone },
      database: this.memory,
      databaseUser: "hub",
      governance: this.governance("hub"),
    });
  }

  private addResearcher(): void {
    new DigitalOceanAgentService(this, "Researcher", {
      network: this.network,
      image: IMAGES.researcher,
      command: ["node", "/app/main.js"],
      replicas: { min: 1, max: 1 },
      environment: { LOG_LEVEL: "info" },
      secrets: { MODEL_API_KEY: this.secret("model-key") },
      database: this.memory,
      databaseUser: "researcher",
      governance: this.governance("researcher"),
    });
  }

  /** A machine that the internet reaches through a balancer only. */
  private addScout(): void {
    const scout = new DigitalOceanAgentVm(this, "Scout", {
      network: this.network,
      size: "small",
      units: { watcher: { command: ["/usr/bin/node", "/opt/agent/watcher.js"] } },
      secretExchange: { url: this.props.vault, wrappedToken: this.secret("wrapped-token") },
      governance: { ...this.governance("scout"), keySecret: "secret/data/scout#governance" },
    });
    new DigitalOceanLoadBalancer(this, "Front", {
      network: this.network,
      exposure: "public",
      domain: `scout.${this.props.zone}`,
      zone: this.props.zone,
      websocket: true,
      target: { firewall: scout.firewall, port: 8080 },
    });
    this.memory.allowFrom(scout.firewall);
  }

  private governance(agentId: string): GovernanceProps {
    const id = `${agentId}-digitalocean`;
    return {
      endpoint: LABELS.governanceEndpoint,
      agentId: id,
      governanceId: LABELS.governanceId,
      keySecret: this.secret(`${agentId}-key`),
    };
  }

  /** A value that is given at deployment, and kept out of plans and logs. */
  private secret(name: string): string {
    return new TerraformVariable(this, name, { type: "string", sensitive: true }).stringValue;
  }
}
