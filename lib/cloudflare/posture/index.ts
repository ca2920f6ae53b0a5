import type { ProviderPosture } from "../../provider";
import { readLoadBalancer, readPool } from "./balancers";
import { LACKS } from "./lacks";
import { REFERENCES } from "./references";
import { readBucket, readQueue } from "./storage";
import { readNotification, readVersion } from "./workers";
import { readRecord, readZone } from "./zones";

/** How safely resources of Cloudflare are set up: also those that no construct of this library makes. */
export const cloudflarePosture: ProviderPosture = {
  readers: {
    cloudflare_dns_record: readRecord,
    cloudflare_load_balancer: readLoadBalancer,
    cloudflare_load_balancer_pool: readPool,
    cloudflare_notification_policy: readNotification,
    cloudflare_queue: readQueue,
    cloudflare_r2_bucket: readBucket,
    cloudflare_ruleset: readZone,
    cloudflare_worker_version: readVersion,
    cloudflare_workers_script: readVersion,
    cloudflare_zone: readZone,
    cloudflare_zone_dnssec: readZone,
    cloudflare_zone_setting: readZone,
  },
  references: REFERENCES,
  lacks: LACKS,
};
