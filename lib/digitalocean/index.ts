export { DigitalOceanAlarms, type SlackTarget } from "./alarms";
export { digitalocean } from "./provider";
export { REGIONS, type DigitalOceanRegion } from "./region";
