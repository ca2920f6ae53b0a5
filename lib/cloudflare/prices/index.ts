import { join } from "node:path";
import { unpriced } from "../../cost/charges";
import { lazyBook } from "../../cost/read-book";
import type { Allowance, PriceRule, ProviderPrices } from "../../cost/rule";
import { FREE } from "./free";
import { priceBucket, priceDatabase, priceKeyValueStore, priceQueue, priceWorker } from "./storage";

const gap =
  (detail: string, meter: string): PriceRule =>
  () => [unpriced(detail, meter)];

const ARGO = gap("Argo is not in the book", "Argo");
const CERTIFICATES = gap("Advanced Certificate Manager is not in the book", "certificates");

const RULES: Readonly<Record<string, PriceRule>> = {
  cloudflare_argo_smart_routing: ARGO,
  cloudflare_argo_tiered_caching: ARGO,
  cloudflare_certificate_pack: CERTIFICATES,
  cloudflare_d1_database: priceDatabase,
  cloudflare_load_balancer: gap("Load Balancing is not in the book: no page of the vendor was a source of its prices", "load balancer"),
  cloudflare_queue: priceQueue,
  cloudflare_r2_bucket: priceBucket,
  cloudflare_total_tls: CERTIFICATES,
  cloudflare_worker: priceWorker,
  cloudflare_workers_kv_namespace: priceKeyValueStore,
  cloudflare_workers_script: priceWorker,
  cloudflare_zero_trust_access_application: gap("seats of Zero Trust are not in the book", "seats"),
  cloudflare_zero_trust_tunnel_cloudflared: gap("tunnels are not in the book", "tunnel"),
  cloudflare_zone_subscription: gap("plans of zones are not in the book", "plan of the zone"),
};

const WORKERS = "https://developers.cloudflare.com/workers/platform/pricing/, 2026";
const OBJECTS = "https://developers.cloudflare.com/durable-objects/platform/pricing/, 2026";
const R2 = "https://developers.cloudflare.com/r2/pricing/, read 2026-11-21";

function account(quantity: number, source: string): Allowance {
  return { quantity, scope: "account", source };
}

/**
 * How Cloudflare charges. The book is read when the first estimate is made. What a plan includes counts once for an account, and only when it is
 * named: no stack knows what others of the account use up.
 */
export const cloudflarePrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/cloudflare.json")),
  rules: RULES,
  free: FREE,
  regionOf: () => "global",
  allowances: {
    "Durable Objects duration": account(0.4, OBJECTS),
    "Durable Objects requests": account(1, OBJECTS),
    "Durable Objects rows read": account(25_000, OBJECTS),
    "Durable Objects rows written": account(50, OBJECTS),
    "Durable Objects storage": account(5, OBJECTS),
    "R2 reads": account(10, R2),
    "R2 storage": account(10, R2),
    "R2 writes": account(1, R2),
    "Workers CPU time": account(30, WORKERS),
    "Workers requests": account(10, WORKERS),
  },
  notCovered: [
    "taxes, contracts of Enterprise, and plans of zones",
    "logs and traces of Workers beyond what the plan includes",
    "the rounding up to whole units of R2",
    "what is retrieved from Infrequent Access, and the moves to it",
    "Load Balancing, Argo, Access and tunnels, which have no sourced price: they are gaps where they are used",
  ],
};
