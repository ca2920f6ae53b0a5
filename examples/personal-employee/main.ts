import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsAgentVm, AwsAlarms, AwsBackupPolicy, AwsBudget, AwsNetwork } from "cdktf-governed-agents/aws";
import { PROMISES } from "./promises";

const ENDPOINT = "https://governance.acme.dev";
const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:assistant/${name}-AbCdEf`;

const app = new App();
const stack = new TerraformStack(app, "personal-employee");
new AwsProvider(stack, "aws", { region: "us-east-1" });

// A public address instead of a NAT gateway: 3.65 instead of 32.85 USD a month. Nobody can connect to it: there is no rule that lets them in.
const network = new AwsNetwork(stack, "Network", { cidr: "10.30.0.0/20", zones: ["us-east-1a", "us-east-1b"], egress: "public-ip" });

const assistant = new AwsAgentVm(stack, "Assistant", {
  network,
  size: "small",
  tools: ["node", "python", "claude-code"],
  packages: ["git", "jq"],
  bundle: {
    url: "s3://acme-assistant-releases/assistant-1.4.2.tar.gz",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  },
  units: {
    orchestrator: { command: ["/usr/bin/node", "/opt/agent/orchestrator.js"], memoryMaxMiB: 1536 },
    "mail-watcher": { command: ["/usr/bin/python3.13", "/opt/agent/watchers/mail.py"], memoryMaxMiB: 512 },
    "file-watcher": { command: ["/usr/bin/python3.13", "/opt/agent/watchers/files.py"], memoryMaxMiB: 512 },
  },
  environment: { VAULT: "/var/lib/agent/vault", VAULT_WRITES: "Updates/" },
  secrets: { ANTHROPIC_API_KEY: secret("model") },
  maintenanceWindow: "Sunday 02:00-04:00",
  governance: { endpoint: ENDPOINT, agentId: "assistant", governanceId: "household", keySecret: secret("governance") },
});

new AwsBackupPolicy(stack, "Backups", {
  sources: [assistant],
  schedules: { daily: { frequency: "daily", retentionDays: 30 } },
  restoreTesting: { frequency: "monthly" },
});
AwsAlarms.of(stack).addEmail("owner@acme.dev");
new AwsBudget(stack, "Budget", { usdPerMonth: 45, emails: ["owner@acme.dev"], label: { key: "project", value: "assistant" } });

govern(stack, {
  ...PROMISES,
  providers: [aws],
  labels: {
    project: "assistant",
    environment: "production",
    costCenter: "household",
    owner: "owner@acme.dev",
    governanceId: "household",
    governanceEndpoint: ENDPOINT,
  },
});
app.synth();
