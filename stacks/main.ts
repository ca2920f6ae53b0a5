import { App } from "cdktf";
import { AwsStack } from "./aws";
import { DigitalOceanStack } from "./digitalocean";
import { OciStack } from "./oci";

const app = new App();
new AwsStack(app, "research-agents-aws");
new DigitalOceanStack(app, "research-agents-digitalocean");
new OciStack(app, "research-agents-oci");
app.synth();
