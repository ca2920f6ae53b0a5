import { App } from "cdktf";
import { AwsStack } from "./aws";

const app = new App();
new AwsStack(app, "research-agents-aws");
app.synth();
