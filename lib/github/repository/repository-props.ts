import type { CommonProps, Profile } from "../../spec/context";
import type { CodeOwnersSpec, CustomPropertySpec, MergeMethod, RepositoryVisibility, StatusCheckSpec } from "../../spec/repository";
import type { GithubPlan } from "./plan";

/** How a change is looked at before it is taken into the default branch. */
export interface GithubReviewProps {
  /**
   * How many others have to approve, 0 to 10. A new commit takes the approvals back, and who pushed last does not count.
   * @default - 2 in production (CIS GitHub 1.1.3), 0 in a sandbox
   */
  readonly approvals?: number;
  /**
   * Whether those who own the changed paths have to approve.
   * @default - true when `codeOwners` names anybody
   */
  readonly codeOwners?: boolean;
}

/** What no push may bring, to any branch. Give at least one. */
export interface GithubPushLimitsProps {
  /** Patterns of paths (fnmatch: `*` stays within a folder), such as `tokens/*`. */
  readonly paths?: readonly string[];
  /** File name extensions as patterns, such as `*.exe`. */
  readonly extensions?: readonly string[];
  /** Largest file in MB, 1 to 100. */
  readonly maxFileMB?: number;
  /** Longest path in characters, 1 to 32767. */
  readonly maxPathLength?: number;
}

/** What workflows may use. */
export interface GithubActionsProps {
  /**
   * Whether actions of GitHub itself may be used, such as `actions/checkout`.
   * @default true
   */
  readonly githubOwned?: boolean;
  /**
   * Whether actions of verified publishers may be used.
   * @default false
   */
  readonly verified?: boolean;
  /**
   * Further actions, such as `aws-actions/configure-aws-credentials@*`. Private repositories need the plan `enterprise`.
   * @default - none
   */
  readonly patterns?: readonly string[];
}

/** A secret of workflows. Prefer an identity by OIDC, which needs none. */
export interface GithubSecretProps {
  /**
   * A reference to the value, encrypted with the public key of the repository and in base64: from a variable or another resource, never a literal.
   * It stands in Terraform's state in this form.
   */
  readonly encryptedValue: string;
}

/** Who has to approve a deployment: ids of up to 6 users and teams, one of whom is enough. */
export interface GithubReviewersProps {
  /** Ids of users. @default - none */
  readonly users?: readonly number[];
  /** Ids of teams of the organization. @default - none */
  readonly teams?: readonly number[];
}

/** A place that workflows deploy to. */
export interface GithubEnvironmentProps {
  /**
   * In production a deployment needs reviewers, who may not approve what they started themselves, and whom administrators cannot pass by.
   * @default - the profile of the repository
   */
  readonly profile?: Profile;
  /**
   * Who has to approve. Private repositories need the plan `enterprise`.
   * @default - nobody in a sandbox
   */
  readonly reviewers?: GithubReviewersProps;
  /**
   * Why nobody approves deployments to production, such as that the plan has no reviewers: branches and their reviews are the only guard then.
   * @default - somebody does
   */
  readonly withoutReviewersBecause?: string;
  /**
   * Minutes until a deployment begins, 0 to 43200. Private repositories need the plan `enterprise`.
   * @default 0
   */
  readonly waitMinutes?: number;
  /**
   * Patterns of branches that may deploy.
   * @default - the default branch, when no tags are given
   */
  readonly branches?: readonly string[];
  /**
   * Patterns of tags that may deploy, such as `v*`.
   * @default - none
   */
  readonly tags?: readonly string[];
  /** Variables by name, in capitals. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Secrets by name, in capitals. @default - none */
  readonly secrets?: Readonly<Record<string, GithubSecretProps>>;
}

/** A key that may read this repository and no other. */
export interface GithubDeployKeyProps {
  /** The public half, such as `ssh-ed25519 AAAA...`. */
  readonly publicKey: string;
  /**
   * Whether it may push too.
   * @default false
   */
  readonly write?: boolean;
}

/** The governance contract, as workflows of the repository find it in their variables. */
export interface GithubGovernanceProps {
  /** Where agents report: an https URL. */
  readonly endpoint: string;
  /** The identity under which they are governed. */
  readonly governanceId: string;
  /**
   * The agent that works in this repository.
   * @default - each workflow names its own
   */
  readonly agentId?: string;
}

export interface GithubRepositoryProps extends CommonProps {
  /** The plan of the owner: it decides what GitHub does for a repository that is not public. */
  readonly plan: GithubPlan;
  /**
   * Name of the repository: 1 to 100 letters, digits, `-`, `_` and `.`.
   * @default - made from the construct path
   */
  readonly name?: string;
  /** What it is for, at most 350 characters. @default - nothing */
  readonly description?: string;
  /**
   * `vault` holds what people know and agents note down: private, pushed to without pull requests, and never with files that hold keys.
   * @default "code"
   */
  readonly purpose?: "code" | "vault";
  /** Who may see it; `internal` needs the plan `enterprise`. @default "private" */
  readonly visibility?: RepositoryVisibility;
  /** Name of the default branch. @default "main" */
  readonly defaultBranch?: string;
  /** Topics beside the labels, which are topics too. @default - none */
  readonly topics?: readonly string[];
  /** How pull requests may be merged. @default ["squash"] */
  readonly mergeMethods?: readonly MergeMethod[];
  /**
   * How a change is looked at; false when it may be pushed directly, which production allows for a vault only.
   * @default - a pull request with the defaults of `GithubReviewProps`; false for a vault
   */
  readonly review?: GithubReviewProps | false;
  /** Checks that have to succeed on the newest state before a change is taken. @default - none */
  readonly statusChecks?: readonly StatusCheckSpec[];
  /** Whether every commit needs a verified signature. @default false */
  readonly signedCommits?: boolean;
  /**
   * Ids of GitHub apps that the rules of the default branch do not hold for, such as the one that applies the Terraform: it has to change CODEOWNERS.
   * @default - they hold for everybody, administrators too
   */
  readonly bypassApps?: readonly number[];
  /**
   * What no push may bring: needs the plan `team` or `enterprise` and a repository that is not public.
   * @default - for a vault, files that hold keys and sessions, and at most 50 MB a file; else no limits
   */
  readonly pushLimits?: GithubPushLimitsProps | false;
  /**
   * Whether pushes with secrets are refused. A repository that is not public needs an organization with GitHub Secret Protection, which costs extra.
   * @default - true for a public repository
   */
  readonly secretScanning?: boolean;
  /** What workflows may use; false when none run. @default - actions of GitHub itself */
  readonly actions?: GithubActionsProps | false;
  /** Places that workflows deploy to, by name: lower case words, such as `production`. @default - none */
  readonly environments?: Readonly<Record<string, GithubEnvironmentProps>>;
  /** Keys of machines, by title: lower case words, such as `cloud-agent`. @default - none */
  readonly deployKeys?: Readonly<Record<string, GithubDeployKeyProps>>;
  /** Whom to ask about which paths, written to `.github/CODEOWNERS`; the last that matches counts. @default - nobody */
  readonly codeOwners?: readonly CodeOwnersSpec[];
  /** Values of properties that the organization has defined, by name. @default - none */
  readonly customProperties?: Readonly<Record<string, CustomPropertySpec>>;
  /** Variables of workflows by name, in capitals. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Secrets of workflows by name, in capitals. @default - none */
  readonly secrets?: Readonly<Record<string, GithubSecretProps>>;
  /** Where agents in workflows report. @default - they do not */
  readonly governance?: GithubGovernanceProps;
}
