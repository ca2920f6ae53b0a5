import { App } from "cdktf";
import { AwsStack } from "./aws";
import { CloudflareStack } from "./cloudflare";
import { DigitalOceanStack } from "./digitalocean";
import { GithubStack } from "./github";
import { OciStack } from "./oci";

const app = new App();
new AwsStack(app, "research-agents-aws");
new DigitalOceanStack(app, "research-agents-digitalocean");
new OciStack(app, "research-agents-oci");
new CloudflareStack(app, "research-agents-cloudflare");
new GithubStack(app, "research-agents-github");
app.synth();
