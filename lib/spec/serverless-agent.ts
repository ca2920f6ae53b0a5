import type { GovernanceSpec } from "./governance";

/** An agent whose code the provider starts for every event: there are no copies, no processors and no memory to choose. */
export interface ServerlessAgentSpec {
  /** What runs the code: `worker` starts a script for a request, a schedule, a message or the alarm of an object. */
  readonly runtime: "worker";
  readonly enabled: boolean;
  readonly script: ScriptSpec;
  /** A second version that gets a part of the traffic; absent when there is none. */
  readonly canary?: ScriptSpec & { readonly percent: number };
  /** The ids of the agents: one, or many that run the same code and are told apart by their ids. */
  readonly agents: readonly string[];
  readonly governance: Omit<GovernanceSpec, "agentId">;
  /** Plain environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** References to secrets, by the name under which the code has them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Schedules that start it, as cron expressions in UTC; none while it is not enabled. */
  readonly crons: readonly string[];
  /** Host names and URL patterns at which the internet reaches it; none while it is not enabled. */
  readonly exposedAt: readonly string[];
}

/** A file of code, which its content decides. */
export interface ScriptSpec {
  /** Name of the file, without folders. */
  readonly file: string;
  readonly sha256: string;
}
