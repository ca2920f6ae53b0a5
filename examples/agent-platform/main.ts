import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsCostAllocation } from "cdktf-governed-agents/aws";
import { AwsAgentPlatform } from "./aws";
import { DigitalOceanAgentPlatform } from "./digitalocean";
import { LABELS } from "./labels";

const onCall = "on-call@acme.dev";

const app = new App();
new AwsAgentPlatform(app, "agent-platform", {
  domain: "agents.acme.dev",
  zoneId: "Z0123456789ABCDEFGHIJ",
  onCall,
  secrets: "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance",
  copyProvider: (stack) => new AwsProvider(stack, "aws-eu", { region: "eu-west-1", alias: "eu" }),
});
const costAllocation = new AwsCostAllocation(app, "agent-platform-cost-allocation");
govern(costAllocation, { providers: [aws], labels: LABELS });
new DigitalOceanAgentPlatform(app, "agent-platform-digitalocean", {
  domain: "agents.acme.cloud",
  zone: "acme.cloud",
  onCall,
  vault: "https://vault.acme.dev",
});
app.synth();
