import { documented, MechanismTable, TEXT_IN_GIT, UNPUBLISHED } from "../../recovery/mechanisms";

const READ = "2026-11-21";
const DATABASES = "https://docs.digitalocean.com/products/databases/postgresql";
const BACKUPS = "https://docs.digitalocean.com/products/backups/details/features/";

/**
 * How data survives at DigitalOcean, which publishes few figures: most have to be measured. Its regions have no zones, so nothing here survives the
 * loss of a zone that does not survive the loss of a region.
 */
export const DIGITALOCEAN_MECHANISMS = new MechanismTable({
  databasePointInTime: {
    title: "point-in-time restore of the cluster",
    scopes: ["operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "into a new cluster with a new address",
    source: `${DATABASES}/how-to/restore-from-backups/`,
    date: READ,
  },
  databaseBackup: {
    title: "daily backup of the cluster",
    scopes: ["operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "into a new cluster with a new address",
    source: "https://docs.digitalocean.com/products/databases/",
    date: READ,
  },
  databaseNodeReplaced: {
    title: "a new node from the last backup",
    scopes: ["instance"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "it takes the longer the more data there is",
    source: "https://docs.digitalocean.com/products/databases/resources/high-availability/",
    date: READ,
  },
  databaseStandby: {
    title: "standby node",
    scopes: ["instance"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "takes over by itself",
    source: `${DATABASES}/how-to/add-standby-nodes/`,
    date: READ,
  },
  databaseReplicaElsewhere: {
    title: "read-only node in another region, promoted by hand",
    scopes: ["zone", "region"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "asynchronous",
    source: `${DATABASES}/how-to/add-read-only-nodes/`,
    date: READ,
  },
  dropletBackup: {
    title: "backup of the droplet",
    scopes: ["instance", "operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "without attached volumes; deleted together with the droplet",
    source: BACKUPS,
    date: READ,
  },
  diskApart: {
    title: "volume that outlives its droplet",
    scopes: ["instance"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    source: "https://docs.digitalocean.com/products/volumes/",
    date: READ,
  },
  objectVersions: {
    title: "versions of objects",
    scopes: ["operator-error"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    source: "https://docs.digitalocean.com/products/spaces/how-to/enable-versioning/",
    date: READ,
  },
  objectCopies: {
    title: "objects kept several times in their region",
    scopes: ["instance"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    source: "https://docs.digitalocean.com/products/spaces/",
    date: READ,
  },
  textInGit: TEXT_IN_GIT,
});
