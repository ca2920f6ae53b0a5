import { App } from "cdktf";
import { AwsAssistant } from "./aws";
import { DigitalOceanAssistant } from "./digitalocean";
import { OciAssistant } from "./oci";

const app = new App();
new AwsAssistant(app, "personal-employee-aws");
new DigitalOceanAssistant(app, "personal-employee-digitalocean");
new OciAssistant(app, "personal-employee-oci");
app.synth();
