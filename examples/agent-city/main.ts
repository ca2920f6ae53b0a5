import { App } from "cdktf";
import { CityCloud } from "./cloud";
import { CityDelivery } from "./delivery";
import { CityEdge } from "./edge";

const app = new App();
new CityCloud(app, "agent-city-cloud");
new CityEdge(app, "agent-city-edge");
new CityDelivery(app, "agent-city-delivery");
app.synth();
