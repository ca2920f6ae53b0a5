import type { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import type { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { HeldData, OwnBackups } from "../../spec/backup-source";
import type { IDigitalOceanBackupSource } from "./backup-source";

export const DROPLET = "digitalocean_droplet";

/**
 * The backups that database clusters make by themselves. Sources: https://docs.digitalocean.com/products/databases/postgresql/how-to/restore-from-backups/
 * and the same page of MySQL and MongoDB, read 2026-11-21.
 */
const DATABASE_BACKUPS: OwnBackups = {
  title: "managed databases of DigitalOcean",
  retentionDays: 7,
  fix: "take it out of this policy; what is to be kept longer has to be exported, to a bucket for one",
};

/** Engines whose clusters make backups: caches and message queues make none. */
const ENGINES_WITH_BACKUPS = ["pg", "mysql", "mongodb"];

const VOLUME_FIX =
  "keep the data in a database or on the disk of the Droplet, or sync it to another place; for the disk alone, give { backupResources: [droplet] }";

/** A piece of data together with its Droplet, which the policy sets backups of. */
export interface HeldResource extends HeldData {
  readonly droplet?: Droplet;
}

/** What a source holds; undefined when it is no source. */
export function heldBy(policy: Construct, source: IDigitalOceanBackupSource): readonly HeldResource[] | undefined {
  const resources: unknown = source?.backupResources;
  if (!Array.isArray(resources) || !resources.every((one) => TerraformResource.isTerraformResource(one))) return undefined;
  return resources.map((resource) => {
    const id = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    return { id, ...held(policy, resource) };
  });
}

function held(policy: Construct, resource: TerraformResource): Omit<HeldResource, "id"> {
  if (TerraformStack.of(resource) !== TerraformStack.of(policy)) {
    const want = "a resource of the same stack: backups are set on the Droplet itself";
    return { refused: { want, fix: "make the policy in the stack of the Droplet" } };
  }
  switch (resource.terraformResourceType) {
    case DROPLET:
      return heldDroplet(resource as Droplet);
    case "digitalocean_database_cluster":
      return heldCluster(resource as DatabaseCluster);
    case "digitalocean_volume":
      return refused("DigitalOcean makes no scheduled snapshots of volumes", VOLUME_FIX);
    default:
      return refused("nothing else at DigitalOcean has scheduled backups", "remove it");
  }
}

function heldDroplet(droplet: Droplet): Omit<HeldResource, "id"> {
  if (droplet.backupsInput === undefined && droplet.backupPolicyInput === undefined) return { type: "Droplet", droplet };
  const want = "a Droplet whose backups are not set yet: it has one plan of backups only";
  return { refused: { want, fix: "leave it to one policy" } };
}

function heldCluster(cluster: DatabaseCluster): Omit<HeldResource, "id"> {
  if (ENGINES_WITH_BACKUPS.includes(String(cluster.engineInput))) return { type: "database", own: DATABASE_BACKUPS };
  return refused("clusters of this engine have no backups at DigitalOcean", "keep in it only what can be lost");
}

function refused(why: string, fix: string): Omit<HeldResource, "id"> {
  return { refused: { want: `a Droplet or a database cluster: ${why}`, fix } };
}
