import { describeRules } from "./support";

const U = "unknown";

describeRules(
  "code-repository",
  {
    public: false,
    dependenciesWatched: true,
    secretsScanned: true,
    deletionProtected: true,
    historyKept: true,
    approvals: 2,
    staleDismissed: true,
    ownersAsked: true,
    checksRequired: true,
    commitsSigned: true,
  },
  [
    ["repository-private", { public: true }, "everyone on the internet can read it", { public: U }],
    ["repository-dependencies-watched", { dependenciesWatched: false }, "no alerts", { dependenciesWatched: U }],
    ["repository-secrets-scanned", { secretsScanned: false }, "no scanning", { secretsScanned: U }],
    ["repository-deletion-protected", { deletionProtected: false }, "it can be deleted", { deletionProtected: U }],
    ["repository-history-kept", { historyKept: false }, "force pushes or deletion are possible", { historyKept: U }],
    ["repository-changes-approved", { approvals: 1 }, "1 approval", { approvals: U }],
    [
      "repository-stale-dismissed",
      { staleDismissed: false },
      "approvals stay",
      { staleDismissed: U },
      { approvals: 0, staleDismissed: false },
    ],
    ["repository-owners-asked", { ownersAsked: false }, "anyone can approve", { ownersAsked: U }],
    ["repository-checks-required", { checksRequired: false }, "no checks", { checksRequired: U }],
    ["repository-commits-signed", { commitsSigned: false }, "commits without signature", { commitsSigned: U }],
  ],
);

describeRules("workflow-rules", {}, [
  ["workflow-actions-chosen", { actionsChosen: false }, "all actions are allowed", { actionsChosen: U }],
  ["workflow-token-reads", { tokenReads: false }, "the token may write", { tokenReads: U }],
  ["workflow-approves-nothing", { approves: true }, "runs can approve", { approves: U }],
]);

describeRules("deployment-gate", { reviewed: true, refsNamed: true }, [
  ["deployment-reviewed", { reviewed: false }, "nobody approves", { reviewed: U }],
  ["deployment-refs-named", { refsNamed: false }, "every branch can deploy", { refsNamed: U }],
]);

describeRules("deploy-key", { readOnly: true }, [["deploy-key-reads", { readOnly: false }, "it can push", { readOnly: U }]]);

describeRules("webhook", { encrypted: true, signed: true }, [
  ["webhook-encrypted", { encrypted: false }, "plain text or an unchecked certificate", { encrypted: U }],
  ["webhook-signed", { signed: false }, "no secret", { signed: U }],
]);
