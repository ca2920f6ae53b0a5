import type { Provider } from "../provider";
import { readAgentService } from "./agent-service/read-agent-service";
import { cloudflareLabels } from "./labels";
import type * as Posture from "./posture";
import type * as Prices from "./prices";
import type * as Recovery from "./recovery";
import type * as Stateful from "./stateful";
import { readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readAccess, readTunnel } from "./network/read-access";
import { readFirewall } from "./network/read-firewall";
import { readZone } from "./network/read-zone";
import { readBackupBucket } from "./storage/read-backup-bucket";
import { readDatabase } from "./storage/read-database";
import { readKeyValueStore } from "./storage/read-key-value-store";
import { readQueue } from "./storage/read-queue";

/**
 * What the neutral core needs to know of Cloudflare: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const cloudflare: Provider = {
  name: "cloudflare",
  labels: cloudflareLabels,
  get prices() {
    return (require("./prices") as typeof Prices).cloudflarePrices;
  },
  get posture() {
    return (require("./posture") as typeof Posture).cloudflarePosture;
  },
  get recovery() {
    return (require("./recovery") as typeof Recovery).cloudflareRecovery;
  },
  get stateful() {
    return (require("./stateful") as typeof Stateful).cloudflareStateful;
  },
  readers: {
    cloudflare_zero_trust_access_application: readAccess,
    cloudflare_zero_trust_tunnel_cloudflared_config: readTunnel,
    cloudflare_load_balancer: readLoadBalancer,
    cloudflare_zone_dnssec: readZone,
    cloudflare_ruleset: readFirewall,
    cloudflare_worker: readAgentService,
    cloudflare_d1_database: readDatabase,
    cloudflare_queue: readQueue,
    cloudflare_r2_bucket: readBackupBucket,
    cloudflare_workers_kv_namespace: readKeyValueStore,
  },
};
