import { describeRules } from "./support";

const U = "unknown";

describeRules("encryption-key", { rotated: true, public: false, deletionDays: 30 }, [
  ["key-rotated", { rotated: false }, "never renewed", { rotated: U }],
  ["key-not-public", { public: true }, "anyone may use it", { public: U }],
  ["key-deletion-delayed", { deletionDays: 7 }, "7 days", { deletionDays: U }],
]);

describeRules("log-store", { encryption: "customer-key", retentionDays: 365 }, [
  ["log-retained", { retentionDays: 364 }, "364 days", { retentionDays: U }, { retentionDays: 0 }],
  ["log-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
]);

describeRules("topic", { encryption: "customer-key", public: false, tlsOnly: true }, [
  ["topic-encrypted", { encryption: "none" }, "no encryption at rest", { encryption: U }],
  ["topic-not-public", { public: true }, "anyone may use it", { public: U }],
  ["topic-tls-only", { tlsOnly: false }, "connections without TLS are served", { tlsOnly: U }],
]);

describeRules("queue", { encryption: "provider-key", public: false, tlsOnly: true, deadLetters: true }, [
  ["queue-encrypted", { encryption: "none" }, "no encryption at rest", { encryption: U }],
  ["queue-not-public", { public: true }, "anyone may use it", { public: U }],
  ["queue-tls-only", { tlsOnly: false }, "connections without TLS are served", { tlsOnly: U }],
  ["queue-dead-letters", { deadLetters: false }, "failed messages are dropped", { deadLetters: U }],
]);

describeRules("secret", { encryption: "customer-key", rotationDays: 90, value: "nowhere" }, [
  ["secret-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
  ["secret-value-outside", { value: "state" }, "a value in the state", { value: U }],
  ["secret-value-outside", { value: "code" }, "a value in the code", { value: U }],
  ["secret-rotated", { rotationDays: -1 }, "never renewed", { rotationDays: U }],
  ["secret-rotated", { rotationDays: 91 }, "every 91 days", { rotationDays: U }],
]);

describeRules("parameter", { encryption: "provider-key" }, [
  ["parameter-encrypted", { encryption: "none" }, "no encryption at rest", { encryption: U }],
]);

describeRules("registry", { encryption: "customer-key", immutable: true, scanned: true, lifecycle: true }, [
  ["registry-immutable", { immutable: false }, "tags can be moved", { immutable: U }],
  ["registry-scanned", { scanned: false }, "no scans", { scanned: U }],
  ["registry-lifecycle", { lifecycle: false }, "images are kept for ever", { lifecycle: U }],
  ["registry-customer-key", { encryption: "provider-key" }, "a key of the provider", { encryption: U }],
]);

describeRules("cluster", { insights: true, commandsLogged: true }, [
  ["cluster-insights", { insights: false }, "no measurements", { insights: U }],
  ["cluster-commands-logged", { commandsLogged: false }, "commands leave no trace", { commandsLogged: U }],
]);

describeRules("image-source", { ownerNamed: true }, [["image-owner-named", { ownerNamed: false }, "images of anyone", { ownerNamed: U }]]);

describeRules("identity-policy", { fullAccess: false, broadWrites: [] }, [
  ["policy-no-full-access", { fullAccess: true }, "everything is allowed on everything", { fullAccess: U }],
  ["policy-no-broad-writes", { broadWrites: ["s3:*"] }, "on everything and without a condition: s3:*", { broadWrites: U }],
]);

describeRules("trust-policy", { public: false, subjectsNamed: true }, [
  ["trust-not-public", { public: true }, "anyone may take it on", { public: U }],
  ["trust-subjects-named", { subjectsNamed: false }, "any subject", { subjectsNamed: U }],
]);

describeRules("alarm", { rings: true, heartbeat: true, silenceRings: true }, [
  ["alarm-rings", { rings: false }, "nobody is told", { rings: U }],
  [
    "alarm-silence-rings",
    { silenceRings: false },
    "silence is taken for health",
    { silenceRings: U },
    { heartbeat: false, silenceRings: false },
  ],
]);
