import type { Known, PostureOf } from "./posture";

/** A git repository with the rules of its default branch. */
export interface CodeRepositoryPosture extends PostureOf<"code-repository"> {
  /** Whether anyone on the internet can read it. */
  readonly public: Known<boolean>;
  /** Whether known holes in what the code depends on are told. */
  readonly dependenciesWatched: Known<boolean>;
  /** Whether pushes with secrets are refused. */
  readonly secretsScanned: Known<boolean>;
  /** Whether something keeps it from being deleted together with the rest. */
  readonly deletionProtected: Known<boolean>;
  /** Whether nobody can force a push to the default branch, or delete it. */
  readonly historyKept: Known<boolean>;
  /** Others who have to approve a change; 0 when it can be pushed directly. */
  readonly approvals: Known<number>;
  /** Whether a new commit takes back the approvals before it. */
  readonly staleDismissed: Known<boolean>;
  /** Whether those who own the changed paths have to approve. */
  readonly ownersAsked: Known<boolean>;
  /** Whether checks have to succeed. */
  readonly checksRequired: Known<boolean>;
  readonly commitsSigned: Known<boolean>;
}

/** What workflows of a repository, or of a whole organization, may use and do. */
export interface WorkflowRulesPosture extends PostureOf<"workflow-rules"> {
  /** Whether workflows may use chosen actions only, or none run. Absent where it says nothing of that. */
  readonly actionsChosen?: Known<boolean>;
  /** Whether the token of a run may read only unless a workflow asks for more. Absent where it says nothing of that. */
  readonly tokenReads?: Known<boolean>;
  /** Whether runs may approve changes. Absent where it says nothing of that. */
  readonly approves?: Known<boolean>;
}

/** What has to happen before a deployment to an environment. */
export interface DeploymentGatePosture extends PostureOf<"deployment-gate"> {
  /** Whether somebody has to approve. */
  readonly reviewed: Known<boolean>;
  /** Whether named branches or tags only may deploy. */
  readonly refsNamed: Known<boolean>;
}

/** A key of a machine for one repository. */
export interface DeployKeyPosture extends PostureOf<"deploy-key"> {
  readonly readOnly: Known<boolean>;
}

/** Where a host tells what happened. */
export interface WebhookPosture extends PostureOf<"webhook"> {
  /** Whether it is told over HTTPS, with the certificate checked. */
  readonly encrypted: Known<boolean>;
  /** Whether the receiver can check who tells. */
  readonly signed: Known<boolean>;
}
