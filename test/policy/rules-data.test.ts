import { describeRules } from "./support";

const U = "unknown";

describeRules(
  "storage-bucket",
  {
    encryption: "customer-key",
    publicAccessBlocked: true,
    accessListsOff: true,
    versioned: true,
    tlsOnly: true,
    lifecycle: true,
    accessLogged: true,
    replicated: true,
  },
  [
    ["bucket-not-public", { publicAccessBlocked: false }, "public access is possible", { publicAccessBlocked: U }],
    ["bucket-access-lists-off", { accessListsOff: false }, "access lists on objects", { accessListsOff: U }],
    ["bucket-versioned", { versioned: false }, "no versions", { versioned: U }],
    ["bucket-tls-only", { tlsOnly: false }, "connections without TLS are served", { tlsOnly: U }],
    ["bucket-lifecycle", { lifecycle: false }, "objects are kept for ever", { lifecycle: U }],
    ["bucket-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
    ["bucket-access-logged", { accessLogged: false }, "no access log", { accessLogged: U }],
    ["bucket-replicated", { replicated: false }, "one copy", { replicated: U }],
  ],
);

describeRules("volume", { encryption: "customer-key", backedUp: true }, [
  ["volume-encrypted", { encryption: "none" }, "no encryption at rest", { encryption: U }, { encryption: "provider-key" }],
  ["volume-customer-key", { encryption: "none" }, "no encryption at rest", { encryption: U }],
  ["volume-backed-up", { backedUp: false }, "no backup plan selects it", { backedUp: U }],
]);

describeRules(
  "database",
  {
    encryption: "customer-key",
    replica: false,
    publicAddress: false,
    zones: 2,
    backupDays: 7,
    deletionProtected: true,
    tlsRequired: true,
    password: "managed",
    identityLogin: true,
    logsExported: true,
    statementsLogged: true,
    minorUpgrades: true,
    monitored: true,
    adminName: "dbadmin",
    tagsOnSnapshots: true,
  },
  [
    ["database-encrypted", { encryption: "none" }, "no encryption at rest", { encryption: U }, { encryption: "provider-key" }],
    ["database-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
    ["database-not-public", { publicAddress: true }, "a public address", { publicAddress: U }],
    ["database-zones", { zones: 1 }, "1 zone", { zones: U }, { replica: true, zones: 1 }],
    ["database-zones", { zones: 1 }, "1 zone", { replica: U, zones: 1 }],
    ["database-backed-up", { backupDays: 6 }, "6 days of backups", { backupDays: U }, { replica: true, backupDays: 0 }],
    ["database-deletion-protected", { deletionProtected: false }, "one call deletes it", { deletionProtected: U }],
    ["database-sources-named", { sourcesNamed: false }, "connections from anywhere", { sourcesNamed: U }],
    ["network-chosen", { networkChosen: false }, "the default network of the region", { networkChosen: U }],
    ["database-tls-required", { tlsRequired: false }, "connections without TLS are served", { tlsRequired: U }],
    ["database-password-managed", { password: "state" }, "a password in the state", { password: U }],
    ["database-password-managed", { password: "code" }, "a password in the code", { password: U }],
    ["database-identity-login", { identityLogin: false }, "passwords only", { identityLogin: U }],
    ["database-logs-exported", { logsExported: false }, "the log stays inside", { logsExported: U }],
    ["database-statements-logged", { statementsLogged: false }, "statements are not logged", { statementsLogged: U }],
    ["database-minor-upgrades", { minorUpgrades: false }, "upgrades by hand", { minorUpgrades: U }],
    ["database-monitored", { monitored: false }, "no monitoring of the operating system", { monitored: U }],
    ["database-admin-name", { adminName: "postgres" }, "the name postgres", { adminName: U }],
    ["database-tags-on-snapshots", { tagsOnSnapshots: false }, "snapshots without labels", { tagsOnSnapshots: U }],
  ],
);

describeRules("table", { encryption: "customer-key", pointInTimeRecovery: true, deletionProtected: true }, [
  ["table-recoverable", { pointInTimeRecovery: false }, "no recovery to a point in time", { pointInTimeRecovery: U }],
  ["table-deletion-protected", { deletionProtected: false }, "one call deletes it", { deletionProtected: U }],
  ["table-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
]);

describeRules("backup-vault", { encryption: "customer-key", locked: true }, [
  ["backup-vault-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
  ["backup-vault-locked", { locked: false }, "backups can be deleted", { locked: U }],
]);

describeRules("backup-plan", { copied: true, expires: true }, [
  ["backup-plan-copies", { copied: false }, "one vault", { copied: U }],
  ["backup-plan-expires", { expires: false }, "backups are kept for ever", { expires: U }],
]);
