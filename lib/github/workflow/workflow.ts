import type { PinnedAction } from "./actions";

/** What a job's own token may do. Source: the workflow schema (permissions-event), read 2026-11-21. */
export type Permission =
  "actions" | "checks" | "contents" | "deployments" | "id-token" | "issues" | "packages" | "pull-requests" | "security-events";

/**
 * What starts a workflow. `pull_request_target` and `workflow_run` are absent: they hand secrets to runs whose code or input strangers choose.
 */
export interface WorkflowTriggers {
  /** Pull requests into these branches. Those from forks get no secrets. */
  readonly pullRequest?: { readonly branches: readonly string[]; readonly types?: readonly string[] };
  /** Pushes to these branches. */
  readonly push?: { readonly branches: readonly string[] };
  /** Cron expressions in UTC, at most every 5 minutes. They run late at busy times, and Actions may leave some out. */
  readonly schedule?: readonly string[];
  /** What happens to issues: `opened`, `labeled` and so on. */
  readonly issues?: readonly string[];
  /** What happens to comments on issues and pull requests: `created`, `edited`, `deleted`. */
  readonly issueComment?: readonly string[];
  /** Names of events that others send through the API. */
  readonly repositoryDispatch?: readonly string[];
  /**
   * Whether people may start it by hand.
   * @default false
   */
  readonly workflowDispatch?: boolean;
}

interface StepBase {
  /** What it does, for people. */
  readonly name: string;
  readonly id?: string;
  /** An expression; the step is left out when it is false. */
  readonly if?: string;
  /** Environment variables; expressions such as `${{ github.sha }}` belong here, and secrets by `${{ secrets.NAME }}`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A step that runs an action. */
export interface ActionStep extends StepBase {
  readonly uses: PinnedAction;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** A step that runs a script in bash. It may hold no expressions: what others wrote would become code. Give them as `env`. */
export interface ScriptStep extends StepBase {
  readonly run: string;
}

export type Step = ActionStep | ScriptStep;

/** One job: a machine of its own that is thrown away afterwards. */
export interface WorkflowJob {
  readonly name?: string;
  /** Jobs that have to succeed first. */
  readonly needs?: readonly string[];
  readonly if?: string;
  /** The environment, with its reviewers, whose variables and secrets the job has. */
  readonly environment?: string;
  /** What the job's token may do; nothing else. */
  readonly permissions: Readonly<Partial<Record<Permission, "read" | "write">>>;
  /** Minutes after which it is ended, 1 to 360. */
  readonly timeoutMinutes: number;
  /** An image that the steps run in, pinned by digest. */
  readonly container?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub Actions. Everything in it is literal: the file is text in a repository. */
export interface Workflow {
  readonly name: string;
  readonly on: WorkflowTriggers;
  /** Runs of the same group wait for each other; with `cancelInProgress` the newest ends the one before. */
  readonly concurrency: { readonly group: string; readonly cancelInProgress: boolean };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}
