export { digitalocean } from "./provider";
export { REGIONS, type DigitalOceanRegion } from "./region";
