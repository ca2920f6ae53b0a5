export { cloudflare } from "./provider";
