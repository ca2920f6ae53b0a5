import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsAgentService, AwsNetwork, AwsPostgres } from "cdktf-governed-agents/aws";
import type { Construct } from "constructs";

/** A governed agent with a database of its own, in two zones. */
export class AwsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const network = new AwsNetwork(this, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "nat-gateway" });
    const memory = new AwsPostgres(this, "Memory", { network, version: "16", size: "small", storageGiB: 20 });
    new AwsAgentService(this, "Researcher", {
      network,
      image: "ghcr.io/acme/researcher@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      size: "small",
      replicas: { min: 1, max: 4, cpuPercent: 70 },
      database: memory,
      governance: {
        endpoint: "https://governance.acme.dev",
        agentId: "researcher",
        governanceId: "gov-7",
        keySecret: "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance/researcher-AbCdEf",
      },
    });
    govern(this, {
      providers: [aws],
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
