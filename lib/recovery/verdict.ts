/** What fails. `operator-error`: a wrong write or delete, by people or agents. */
export type FailureScope = "instance" | "zone" | "region" | "operator-error";

export const FAILURE_SCOPES = ["instance", "zone", "region", "operator-error"] as const satisfies readonly FailureScope[];

/** What is promised of a stack or a part of it. */
export interface RecoveryTarget {
  /** How many minutes of data may be lost at most. */
  readonly rpoMinutes: number;
  /** After how many minutes it works again at the latest. */
  readonly rtoMinutes: number;
  /** The failures for which the promise holds. */
  readonly scopes: readonly FailureScope[];
}

/**
 * How a target stands against what is in the Terraform. `infeasible`: no mechanism there can meet it;
 * `unproven`: the vendor publishes no bound, so that a measured time has to be given.
 */
export type RecoveryStatus = "ok" | "infeasible" | "unproven";

/** One target held against one failure scope. Plain JSON. */
export interface RecoveryVerdict {
  /** Construct path the target was set on. */
  readonly path: string;
  readonly scope: FailureScope;
  readonly status: RecoveryStatus;
  readonly target: Pick<RecoveryTarget, "rpoMinutes" | "rtoMinutes">;
  /** The address that decides: the weakest stateful resource; undefined when nothing stateful is there. */
  readonly address?: string;
  /** The mechanism that was found for it, such as `standby in another zone`. */
  readonly mechanism?: string;
  /** What it reaches; null where no bound is published. */
  readonly rpoMinutes: number | null;
  readonly rtoMinutes: number | null;
  /** Why, in a sentence. */
  readonly reason: string;
  /** For `infeasible`: the nearest mechanism that would do, and what it costs a month, null where that has no price. */
  readonly nearest?: { readonly mechanism: string; readonly usdPerMonth: string | null };
}
