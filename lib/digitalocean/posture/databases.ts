import type { Inventory, ResourceView } from "../../facts/inventory";
import type { DatabasePosture } from "../../facts/posture-data";
import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, given, isExpression, isWorld, not, type Attributes } from "../../facts/values";
import { keptFrom } from "./droplets";

/** Days that backups are kept. Source: https://docs.digitalocean.com/products/databases/postgresql/how-to/restore-from-backups/, read 2026-11-21. */
export const BACKUP_DAYS = 7;

/** Engines that are backed up, with point in time, and that are told here as relational databases. */
const RELATIONAL: readonly unknown[] = ["pg", "mysql"];

/** What every managed database of DigitalOcean is, whatever the Terraform says; the password is made by DigitalOcean and read into the state. */
const MANAGED = {
  encryption: "provider-key",
  publicAddress: true,
  tlsRequired: true,
  password: "state",
  identityLogin: false,
  logsExported: false,
  statementsLogged: false,
  minorUpgrades: true,
  monitored: true,
  tagsOnSnapshots: false,
  zones: 1,
} as const satisfies Partial<DatabasePosture>;

/** A cluster with its firewall. */
export const readDatabaseCluster: PostureReader = (cluster, inventory) => {
  const { address, path, attributes } = cluster;
  if (!RELATIONAL.includes(attributes.engine) && !isExpression(attributes.engine)) return [];
  return [
    {
      ...MANAGED,
      kind: "database",
      address,
      path,
      replica: false,
      backupDays: BACKUP_DAYS,
      deletionProtected: keptFrom(attributes),
      adminName: "doadmin",
      sourcesNamed: sourcesNamed(cluster, inventory),
      networkChosen: given(attributes.private_network_uuid),
    },
  ];
};

/** A read-only node; the firewall of its cluster is its own. */
export const readDatabaseReplica: PostureReader = (replica, inventory) => {
  const { address, path, attributes } = replica;
  const cluster = inventory.referred(attributes.cluster_id);
  return [
    {
      ...MANAGED,
      kind: "database",
      address,
      path,
      replica: true,
      backupDays: 0,
      deletionProtected: keptFrom(attributes),
      adminName: "",
      sourcesNamed: cluster === undefined ? "unknown" : sourcesNamed(cluster, inventory),
      networkChosen: given(attributes.private_network_uuid),
    },
  ];
};

/** Without a firewall everyone may connect; with one, those that its rules name. */
function sourcesNamed(cluster: ResourceView, inventory: Inventory): Known<boolean> {
  const rules = inventory
    .referring("digitalocean_database_firewall", "cluster_id", cluster)
    .flatMap(({ attributes }) => asList(attributes.rule) as readonly Attributes[]);
  return rules.length > 0 && all(rules.map(namesSource));
}

function namesSource({ type, value }: Attributes): Known<boolean> {
  if (isExpression(type)) return "unknown";
  if (type !== "ip_addr") return true;
  return value === "0.0.0.0" || value === "::" ? false : not(isWorld(value));
}
