import type { GovernanceSpec } from "./governance";

/** An agent that a schedule or an event starts and that ends: nothing of it is there between two runs. */
export interface JobAgentSpec {
  readonly runtime: "job";
  readonly enabled: boolean;
  /** Processors of the machine that a run has to itself. */
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** The image that it runs in; absent when it runs from the repository's code. */
  readonly image?: string;
  /** What prepares the code; absent when nothing does. */
  readonly setup?: string;
  readonly command: readonly string[];
  /** Cron expressions in UTC; none while it is not enabled. */
  readonly schedules: readonly string[];
  /** What else starts it: kinds of each event; none while it is not enabled. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  /** Minutes after which a run is ended. */
  readonly timeoutMinutes: number;
  /** Runs after which the rest of the month has none. */
  readonly runsPerMonth: number;
  readonly governance: GovernanceSpec;
  /** Plain environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of secrets, by environment variable. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What a run's own token may do at the host. */
  readonly permissions: Readonly<Record<string, string>>;
}
