import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsAgentVm, AwsAlarms, AwsBackupPolicy, AwsBudget, AwsNetwork } from "cdktf-governed-agents/aws";
import type { Construct } from "constructs";
import { ASSISTANT, governance, LABELS, OWNER, RELEASE } from "./assistant";
import { AWS_PROMISES } from "./promises";

const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:assistant/${name}-AbCdEf`;

/** The assistant on AWS: secrets by the machine's own identity, daily backups with a test restore every month. */
export class AwsAssistant extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    // A public address instead of a NAT gateway: 3.65 instead of 32.85 USD a month. Nobody can connect to it: no rule lets anyone in.
    const network = new AwsNetwork(this, "Network", { cidr: "10.30.0.0/20", zones: ["us-east-1a", "us-east-1b"], egress: "public-ip" });
    const assistant = new AwsAgentVm(this, "Assistant", {
      ...ASSISTANT,
      network,
      bundle: { url: `s3://acme-assistant-releases/${RELEASE.file}`, sha256: RELEASE.sha256 },
      secrets: { ANTHROPIC_API_KEY: secret("model") },
      governance: governance("aws", secret("governance")),
    });
    new AwsBackupPolicy(this, "Backups", {
      sources: [assistant],
      schedules: { daily: { frequency: "daily", retentionDays: 30 } },
      restoreTesting: { frequency: "monthly" },
    });
    AwsAlarms.of(this).addEmail(OWNER);
    new AwsBudget(this, "Budget", { usdPerMonth: 45, emails: [OWNER], label: { key: "project", value: "assistant" } });
    govern(this, { ...AWS_PROMISES, providers: [aws], labels: LABELS });
  }
}
