import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsCostAllocation } from "cdktf-governed-agents/aws";
import { AgentPlatform, LABELS } from "./platform";

const app = new App();
new AgentPlatform(app, "agent-platform", {
  domain: "agents.acme.dev",
  zoneId: "Z0123456789ABCDEFGHIJ",
  onCall: "on-call@acme.dev",
  secrets: "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance",
  copyProvider: (stack) => new AwsProvider(stack, "aws-eu", { region: "eu-west-1", alias: "eu" }),
});
const costAllocation = new AwsCostAllocation(app, "agent-platform-cost-allocation");
govern(costAllocation, { providers: [aws], labels: LABELS });
app.synth();
