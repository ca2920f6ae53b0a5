import { App } from "cdktf";
import { Delivery } from "./delivery";
import { Edge } from "./edge";
import { Platform } from "./platform";

const app = new App();
const edge = new Edge(app, "edge-to-cloud-edge");
const platform = new Platform(app, "edge-to-cloud-platform", edge.tunnel);
new Delivery(app, "edge-to-cloud-delivery", {
  stacks: ["edge-to-cloud-edge", "edge-to-cloud-platform"],
  variables: platform.deployRole.variables,
});
app.synth();
