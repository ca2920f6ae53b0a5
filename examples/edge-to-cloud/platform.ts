import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { govern, type ITunnel } from "cdktf-governed-agents";
import { aws, AwsAgentVm, AwsAlarms, AwsDeployRole, AwsNetwork } from "cdktf-governed-agents/aws";
import type { Construct } from "constructs";
import { governance, LABELS, ON_CALL, TRUST } from "./labels";

const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:atlas/${name}-AbCdEf`;

/** The machine at AWS that nobody can connect to, and the role by which it is deployed. */
export class Platform extends TerraformStack {
  /** What a run of the repository takes to deploy. */
  readonly deployRole: AwsDeployRole;

  constructor(scope: Construct, id: string, tunnel: ITunnel) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    AwsAlarms.of(this).addEmail(ON_CALL);
    const network = new AwsNetwork(this, "Network", { cidr: "10.50.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "nat-gateway" });
    const operator = new AwsAgentVm(this, "Operator", {
      network,
      size: "small",
      bundle: {
        url: "s3://acme-atlas-releases/operator-1.0.0.tar.gz",
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
      units: { console: { command: ["/usr/bin/node", "/opt/agent/console.js"] }, tunnel: tunnel.unit() },
      secrets: { [tunnel.tokenVariable]: secret("tunnel") },
      governance: governance("operator", secret("governance")),
    });
    for (const [name, rule] of Object.entries(tunnel.egress)) operator.firewall.addEgress(name, rule);
    this.deployRole = new AwsDeployRole(this, "Deploy", {
      trust: TRUST,
      policies: { deploy: "arn:aws:iam::111122223333:policy/atlas-deploy" },
    });
    govern(this, { providers: [aws], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }
}
