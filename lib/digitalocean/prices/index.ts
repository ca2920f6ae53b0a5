import { join } from "node:path";
import { lazyBook } from "../../cost/read-book";
import type { PriceRule, ProviderPrices } from "../../cost/rule";
import { priceApp } from "./apps";
import { CHANGES } from "./changes";
import { TRANSFER } from "./charges";
import { priceDatabaseCluster, priceDatabaseReplica } from "./databases";
import { priceCustomImage, priceDroplet, priceDropletPool, priceReservedAddress, priceSnapshot, priceVolume } from "./droplets";
import { FREE } from "./free";
import { priceLoadBalancer, priceNatGateway, priceUptimeCheck } from "./network";
import { regionOf } from "./region";
import { priceBucket, SPACES_STORAGE, SPACES_TRANSFER } from "./storage";

const RULES: Readonly<Record<string, PriceRule>> = {
  digitalocean_app: priceApp,
  digitalocean_custom_image: priceCustomImage,
  digitalocean_database_cluster: priceDatabaseCluster,
  digitalocean_database_replica: priceDatabaseReplica,
  digitalocean_droplet: priceDroplet,
  digitalocean_droplet_autoscale: priceDropletPool,
  digitalocean_droplet_snapshot: priceSnapshot,
  digitalocean_floating_ip: priceReservedAddress,
  digitalocean_loadbalancer: priceLoadBalancer,
  digitalocean_reserved_ip: priceReservedAddress,
  digitalocean_spaces_bucket: priceBucket,
  digitalocean_uptime_check: priceUptimeCheck,
  digitalocean_volume: priceVolume,
  digitalocean_volume_snapshot: priceSnapshot,
  digitalocean_vpc_nat_gateway: priceNatGateway,
};

const SPACES = "https://docs.digitalocean.com/products/spaces/details/pricing/, read 2026-06-29";

/** How DigitalOcean charges. The book is read when the first estimate is made. */
export const digitalOceanPrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/digitalocean.json")),
  rules: RULES,
  free: FREE,
  regionOf,
  changes: CHANGES,
  allowances: {
    [TRANSFER]: {
      quantity: 500,
      scope: "resource",
      source:
        "https://docs.digitalocean.com/products/droplets/details/pricing, read 2026-06-29: what the smallest droplet adds to the pool",
    },
    [SPACES_STORAGE]: { quantity: 250, scope: "team", source: SPACES },
    [SPACES_TRANSFER]: { quantity: 1024, scope: "team", source: SPACES },
  },
  notCovered: [
    "taxes, support plans and negotiated prices",
    "the rest of a month in which something is destroyed and made anew: each of the two has a cap of its own",
    "data that apps send beyond what their plan holds, and builds of apps",
    "data between regions through peered networks",
  ],
};
