import type { Profile } from "./context";

/** Who may see a repository: its own people, everyone in the enterprise, or the world. */
export type RepositoryVisibility = "private" | "internal" | "public";

/** How a pull request becomes part of a branch. */
export type MergeMethod = "merge" | "squash" | "rebase";

/** A check that has to succeed before a change is taken. */
export interface StatusCheckSpec {
  /** Name of the check, as it reports itself. */
  readonly name: string;
  /** Id of the app that has to report it; without it anyone who may write statuses can. */
  readonly appId?: number;
}

/** How a change is looked at before it is taken. */
export interface ReviewSpec {
  readonly approvals: number;
  /** Whether those who own the changed paths have to approve. */
  readonly codeOwners: boolean;
  /** Whether a new commit takes back the approvals before it. */
  readonly dismissStale: boolean;
  /** Whether someone else than who pushed last has to approve. */
  readonly lastPush: boolean;
}

/** What holds for the default branch; force pushes and deletion are always refused. */
export interface BranchRulesSpec {
  /** Absent when a change may be pushed without a pull request. */
  readonly review?: ReviewSpec;
  readonly statusChecks: readonly StatusCheckSpec[];
  readonly signedCommits: boolean;
  readonly linearHistory: boolean;
  /** Ids of apps that none of this holds for. */
  readonly bypassApps: readonly number[];
}

/** What no push to any branch may bring. A field is absent when there is no such limit. */
export interface PushLimitsSpec {
  /** Patterns of paths. */
  readonly paths?: readonly string[];
  /** Patterns of file names, such as `*.exe`. */
  readonly extensions?: readonly string[];
  readonly maxFileMB?: number;
  readonly maxPathLength?: number;
}

/** What workflows may use. */
export interface WorkflowRulesSpec {
  /** Whether actions of the host itself may be used. */
  readonly hostActions: boolean;
  /** Whether actions of verified publishers may be used. */
  readonly verifiedActions: boolean;
  /** Patterns of further actions. */
  readonly actions: readonly string[];
}

/** A place that workflows deploy to. */
export interface DeploymentEnvironmentSpec {
  /** Absent when a deployment needs nobody's approval. */
  readonly reviewers?: { readonly users: readonly number[]; readonly teams: readonly number[] };
  readonly waitMinutes: number;
  /** Patterns of branches that may deploy. */
  readonly branches: readonly string[];
  /** Patterns of tags that may deploy. */
  readonly tags: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the secrets. */
  readonly secrets: readonly string[];
}

/** A key that may read, or write, this repository alone. */
export interface DeployKeySpec {
  readonly publicKey: string;
  readonly write: boolean;
}

/** Whom to ask about which paths; of several that match the last counts. */
export interface CodeOwnersSpec {
  readonly path: string;
  readonly owners: readonly string[];
}

/** A property that the organization has defined for its repositories. */
export interface CustomPropertySpec {
  readonly type: "string" | "single_select" | "multi_select" | "true_false";
  readonly values: readonly string[];
}

/** A git repository and how it is governed. Plain JSON. */
export interface RepositorySpec {
  readonly profile: Profile;
  readonly name: string;
  readonly description: string;
  readonly visibility: RepositoryVisibility;
  readonly defaultBranch: string;
  readonly mergeMethods: readonly MergeMethod[];
  /** Topics beside the labels. */
  readonly topics: readonly string[];
  /** Absent when the plan of the owner has no rules for such a repository. */
  readonly branchRules?: BranchRulesSpec;
  readonly pushLimits?: PushLimitsSpec;
  /** Whether pushes with secrets are refused, and what is there already is scanned. */
  readonly secretScanning: boolean;
  /** Absent when no workflows run. */
  readonly workflows?: WorkflowRulesSpec;
  readonly environments: Readonly<Record<string, DeploymentEnvironmentSpec>>;
  readonly deployKeys: Readonly<Record<string, DeployKeySpec>>;
  readonly codeOwners: readonly CodeOwnersSpec[];
  readonly customProperties: Readonly<Record<string, CustomPropertySpec>>;
  /** Variables of workflows, with those of the governance contract. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the secrets of workflows. */
  readonly secrets: readonly string[];
}
