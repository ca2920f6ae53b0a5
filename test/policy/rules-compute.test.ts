import { describeRules } from "./support";

const U = "unknown";

describeRules(
  "machine",
  {
    metadataTokens: true,
    metadataHops: 1,
    disksEncrypted: true,
    publicAddress: false,
    identity: true,
    monitored: true,
    deletionProtected: true,
    secretsInUserData: [],
    template: false,
  },
  [
    ["machine-metadata-tokens", { metadataTokens: false }, "answers without a token", { metadataTokens: U }],
    ["machine-metadata-hops", { metadataHops: 2 }, "2 hops", { metadataHops: U }],
    ["machine-disks-encrypted", { disksEncrypted: false }, "a disk without encryption", { disksEncrypted: U }],
    ["machine-not-public", { publicAddress: true }, "a public address", { publicAddress: U }],
    ["machine-backed-up", { backedUp: false }, "no backups", { backedUp: U }],
    ["machine-firewalled", { firewalled: false }, "no firewall", { firewalled: U }],
    ["network-chosen", { networkChosen: false }, "the default network of the region", { networkChosen: U }],
    ["machine-identity", { identity: false }, "no identity", { identity: U }],
    ["machine-monitored", { monitored: false }, "every five minutes", { monitored: U }],
    [
      "machine-deletion-protected",
      { deletionProtected: false },
      "one call terminates it",
      { deletionProtected: U },
      { template: true, deletionProtected: false },
    ],
    ["machine-no-secrets", { secretsInUserData: ["DB_PASSWORD"] }, "what looks like a secret: DB_PASSWORD", { secretsInUserData: U }],
  ],
);

describeRules("scaling-group", { zones: 2, usesTemplate: true, balanced: true, balancerHealth: true }, [
  ["scaling-group-zones", { zones: 1 }, "1 zone", { zones: U }],
  ["scaling-group-template", { usesTemplate: false }, "a launch configuration", { usesTemplate: U }],
  [
    "scaling-group-health",
    { balancerHealth: false },
    "checks of the machine only",
    { balancerHealth: U },
    { balanced: false, balancerHealth: false },
  ],
  ["scaling-group-health", { balancerHealth: false }, "checks of the machine only", { balanced: U, balancerHealth: false }],
]);

describeRules("task", { ownIdentity: true, identitiesApart: true, ownNetwork: true }, [
  ["task-own-identity", { ownIdentity: false }, "an identity that another definition has too", { ownIdentity: U }],
  ["task-identities-apart", { identitiesApart: false }, "one identity for both", { identitiesApart: U }],
  ["task-own-network", { ownNetwork: false }, "the network of the host", { ownNetwork: U }],
]);

describeRules(
  "container",
  { name: "agent", privileged: false, readOnlyRoot: true, unprivilegedUser: true, logged: true, pinned: true, secretsInEnvironment: [] },
  [
    ["container-not-privileged", { privileged: true }, "privileged", { privileged: U }],
    ["container-read-only-root", { readOnlyRoot: false }, "a root file system that can be written", { readOnlyRoot: U }],
    ["container-unprivileged-user", { unprivilegedUser: false }, "root, or the default of the image", { unprivilegedUser: U }],
    ["container-logged", { logged: false }, "no log", { logged: U }],
    ["container-image-pinned", { pinned: false }, "an image by tag", { pinned: U }],
    ["container-no-secrets", { secretsInEnvironment: ["API_KEY"] }, "values under API_KEY", { secretsInEnvironment: U }],
  ],
);

describeRules("service", { publicAddress: false, latestPlatform: true, rollback: true, shell: false }, [
  ["service-not-public", { publicAddress: true }, "public addresses", { publicAddress: U }],
  ["service-latest-platform", { latestPlatform: false }, "a pinned version of the platform", { latestPlatform: U }],
  ["service-rollback", { rollback: false }, "no automatic rollback", { rollback: U }],
  ["service-no-shell", { shell: true }, "commands in containers are on", { shell: U }],
]);

describeRules(
  "function",
  {
    concurrency: 0,
    deadLetters: true,
    traced: true,
    environmentCustomerKey: true,
    secretsInEnvironment: [],
    codeSigned: true,
    runtimeSupported: true,
  },
  [
    ["function-concurrency-capped", { concurrency: -1 }, "no limit of its own", { concurrency: U }],
    ["function-dead-letters", { deadLetters: false }, "failed events are dropped", { deadLetters: U }],
    ["function-traced", { traced: false }, "no traces", { traced: U }],
    ["function-environment-key", { environmentCustomerKey: false }, "a key of the provider", { environmentCustomerKey: U }],
    ["function-no-secrets", { secretsInEnvironment: ["A_TOKEN", "B_KEY"] }, "values under A_TOKEN, B_KEY", { secretsInEnvironment: U }],
    ["function-code-signed", { codeSigned: false }, "any code", { codeSigned: U }],
    ["function-runtime", { runtimeSupported: false }, "a runtime without support", { runtimeSupported: U }],
  ],
);
