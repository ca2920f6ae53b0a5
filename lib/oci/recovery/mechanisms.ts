import { documented, MechanismTable, TEXT_IN_GIT, UNPUBLISHED } from "../../recovery/mechanisms";

const READ = "2026-11-21";
const BLOCK = "https://docs.oracle.com/en-us/iaas/Content/Block";
const POSTGRES = "https://docs.oracle.com/en-us/iaas/Content/postgresql";
const OBJECTS = "https://docs.oracle.com/en-us/iaas/Content/Object";

/**
 * How data survives at OCI. `rto` is unpublished wherever something is restored: that depends on its size.
 * Where what is lost follows from a schedule, the row says `UNPUBLISHED` and the use of it says what was computed.
 */
export const OCI_MECHANISMS = new MechanismTable({
  diskApart: {
    title: "disk that outlives its machine",
    scopes: ["instance"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    source: `${BLOCK}/Concepts/overview.htm`,
    date: READ,
  },
  machineRecovery: {
    title: "the machine started again with its disks after a failure below it",
    scopes: ["instance"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    note: "what is in memory is lost",
    source: "https://docs.oracle.com/en-us/iaas/Content/Compute/References/infrastructure-maintenance.htm",
    date: READ,
  },
  volumeBackup: {
    title: "volume backup",
    scopes: ["instance", "operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "into a new volume",
    source: `${BLOCK}/Tasks/schedulingvolumebackups.htm`,
    date: READ,
  },
  volumeBackupCopy: {
    title: "volume backup copied to another region",
    scopes: ["region"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "the copy itself takes time beside that",
    source: `${BLOCK}/Tasks/schedulingvolumebackups.htm`,
    date: READ,
  },
  volumeReplica: {
    title: "replica of the volume",
    scopes: ["zone"],
    rpo: documented(30),
    rto: UNPUBLISHED,
    note: "typically less; not with a key of one's own; it has to be activated by hand",
    source: `${BLOCK}/Concepts/volumereplication.htm`,
    date: READ,
  },
  databaseNode: {
    title: "another node on the same storage",
    scopes: ["instance"],
    rpo: documented(0),
    rto: documented(1),
    note: "OCI says seconds, counted as a minute here",
    source: `${POSTGRES}/high-availability.htm`,
    date: READ,
  },
  databaseStorage: {
    title: "storage that outlives its node, with a new node",
    scopes: ["instance"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    source: `${POSTGRES}/high-availability.htm`,
    date: READ,
  },
  databasePointInTime: {
    title: "point-in-time restore",
    scopes: ["operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "into a new database with a new address",
    source: `${POSTGRES}/backup-restore.htm`,
    date: READ,
  },
  databaseBackup: {
    title: "backup of the database",
    scopes: ["operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "into a new database with a new address",
    source: `${POSTGRES}/backup-restore.htm`,
    date: READ,
  },
  databaseBackupCopy: {
    title: "backup of the database copied to another region",
    scopes: ["region"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    source: `${POSTGRES}/backup-restore.htm`,
    date: READ,
  },
  databaseStandbyElsewhere: {
    title: "warm standby in another region, promoted by hand",
    scopes: ["region"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "asynchronous",
    source: "https://blogs.oracle.com/cloud-infrastructure/cross-region-warm-standby-for-oci-postgresql",
    date: READ,
  },
  objectCopies: {
    title: "objects in several fault domains, and in several availability domains where the region has them",
    scopes: ["instance"],
    rpo: documented(0),
    rto: documented(0),
    note: "no failover step",
    source: `${OBJECTS}/Concepts/objectstorageoverview.htm`,
    date: READ,
  },
  objectVersions: {
    title: "versions of objects",
    scopes: ["operator-error"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    source: `${OBJECTS}/Tasks/usingversioning.htm`,
    date: READ,
  },
  objectRetention: {
    title: "objects that nobody can change or delete before their time",
    scopes: ["operator-error"],
    rpo: documented(0),
    rto: documented(0),
    source: `${OBJECTS}/Tasks/usingretentionrules.htm`,
    date: READ,
  },
  objectReplication: {
    title: "objects copied to another region",
    scopes: ["region"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "asynchronous",
    source: `${OBJECTS}/Tasks/usingreplication.htm`,
    date: READ,
  },
  textInGit: TEXT_IN_GIT,
});
