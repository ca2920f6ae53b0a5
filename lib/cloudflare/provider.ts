import type { Provider } from "../provider";
import { cloudflareLabels } from "./labels";

/** What the neutral core needs to know of Cloudflare: give it to `govern`. */
export const cloudflare: Provider = {
  name: "cloudflare",
  labels: cloudflareLabels,
  readers: {},
};
