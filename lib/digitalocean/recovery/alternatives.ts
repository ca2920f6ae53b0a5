import { withAttributes } from "../../cost/cheaper";
import { numberOf } from "../../cost/literal";
import type { Inventory, ResourceView } from "../../facts/inventory";
import { computed } from "../../recovery/mechanisms";
import type { Alternative } from "../../recovery/stateful";
import { priceDatabaseCluster } from "../prices/databases";
import { priceDroplet } from "../prices/droplets";
import { regionOf } from "../prices/region";
import { DIGITALOCEAN_MECHANISMS } from "./mechanisms";
import { DROPLET_PLANS } from "./plans";

/** The smallest database that takes a standby. Source: https://docs.digitalocean.com/products/databases/postgresql/how-to/add-standby-nodes/, read 2026-11-21. */
const DATABASE = { engine: "pg", size: "db-s-1vcpu-2gb", node_count: 1 } as const;

/** What is possible for what is on a disk: backups of the droplet where it has none, else elsewhere. */
export function diskAlternatives(disk: ResourceView, inventory: Inventory): readonly Alternative[] {
  const detail = "state in PostgreSQL instead of on the disk";
  const adds = (node_count: number) =>
    priceDatabaseCluster({ ...disk, attributes: { ...DATABASE, node_count } }, inventory, { region: regionOf(disk, inventory) });
  return [
    ...backupAlternatives(disk, inventory),
    { use: DIGITALOCEAN_MECHANISMS.use("textInGit") },
    { use: DIGITALOCEAN_MECHANISMS.use("databasePointInTime", { detail }), costs: { resource: disk, adds: adds(1) } },
    { use: DIGITALOCEAN_MECHANISMS.use("databaseStandby", { detail }), costs: { resource: disk, adds: adds(2) } },
    { use: DIGITALOCEAN_MECHANISMS.use("databaseReplicaElsewhere", { detail }) },
  ];
}

/** The most often that DigitalOcean backs a droplet up. */
function backupAlternatives(disk: ResourceView, inventory: Inventory): readonly Alternative[] {
  if (disk.type !== "digitalocean_droplet") return [];
  const { detail, rpoMinutes } = DROPLET_PLANS.daily;
  const daily = withAttributes(disk, { backups: true, backup_policy: { plan: "daily" } });
  const instead = priceDroplet(daily, inventory, { region: regionOf(disk, inventory) });
  return [{ use: DIGITALOCEAN_MECHANISMS.use("dropletBackup", { detail, rpo: computed(rpoMinutes) }), costs: { resource: disk, instead } }];
}

/** What is possible for a database cluster. */
export function databaseAlternatives(database: ResourceView, inventory: Inventory): readonly Alternative[] {
  const nodes = numberOf(database.attributes.node_count);
  const more = withAttributes(database, { node_count: typeof nodes === "number" ? Math.max(2, nodes) : 2 });
  const instead = priceDatabaseCluster(more, inventory, { region: regionOf(database, inventory) });
  return [
    { use: DIGITALOCEAN_MECHANISMS.use("databaseStandby"), costs: { resource: database, instead } },
    { use: DIGITALOCEAN_MECHANISMS.use("databaseReplicaElsewhere") },
  ];
}
