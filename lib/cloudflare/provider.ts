import type { Provider } from "../provider";
import { cloudflareLabels } from "./labels";
import { readBackupBucket } from "./storage/read-backup-bucket";

/** What the neutral core needs to know of Cloudflare: give it to `govern`. */
export const cloudflare: Provider = {
  name: "cloudflare",
  labels: cloudflareLabels,
  readers: {
    cloudflare_r2_bucket: readBackupBucket,
  },
};
