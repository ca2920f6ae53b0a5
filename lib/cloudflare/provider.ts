import type { Provider } from "../provider";
import { readAgentService } from "./agent-service/read-agent-service";
import { cloudflareLabels } from "./labels";
import { readFirewall } from "./network/read-firewall";
import { readZone } from "./network/read-zone";
import { readBackupBucket } from "./storage/read-backup-bucket";
import { readDatabase } from "./storage/read-database";
import { readKeyValueStore } from "./storage/read-key-value-store";
import { readQueue } from "./storage/read-queue";

/** What the neutral core needs to know of Cloudflare: give it to `govern`. */
export const cloudflare: Provider = {
  name: "cloudflare",
  labels: cloudflareLabels,
  readers: {
    cloudflare_zone_dnssec: readZone,
    cloudflare_ruleset: readFirewall,
    cloudflare_worker: readAgentService,
    cloudflare_d1_database: readDatabase,
    cloudflare_queue: readQueue,
    cloudflare_r2_bucket: readBackupBucket,
    cloudflare_workers_kv_namespace: readKeyValueStore,
  },
};
