import type { Check, KeysOf } from "./check";

/** How a new version replaces the old one: all copies one after the other, or a part of the traffic first. */
export type Rollout = "rolling" | { readonly canary: CanaryProps };

export interface CanaryProps {
  /** Part of the traffic that the new version gets at first, in percent, 1 to 99. */
  readonly percent: number;
  /** Minutes for which it is watched before it gets everything, 1 or more. */
  readonly minutes: number;
}

/** What the provider allows of a canary. */
export interface CanaryLimit {
  readonly maxMinutes: number;
  readonly source: string;
}

const KNOWN = { percent: true, minutes: true } satisfies KeysOf<CanaryProps>;

/** Reads the prop `rollout`. */
export function readRollout<P extends object>(
  parent: Check<P>,
  rollout: unknown,
  balanced: boolean,
  limit: CanaryLimit | undefined,
): Rollout {
  if (rollout === undefined || rollout === "rolling") return "rolling";
  if (limit === undefined) {
    parent.issue("rollout", rollout, '"rolling": the provider does not split the traffic between versions');
    return "rolling";
  }
  if (typeof rollout !== "object" || rollout === null || !("canary" in rollout)) {
    parent.issue("rollout", rollout, '"rolling" or { canary: { percent, minutes } }');
    return "rolling";
  }
  if (!balanced) {
    parent.issue("rollout", rollout, '"rolling" without a load balancer, which splits the traffic', "give balancer");
  }
  parent.nested("rollout", rollout, ["canary"]);
  const check = parent.nested<CanaryProps>("rollout.canary", rollout.canary as CanaryProps, KNOWN);
  return {
    canary: {
      percent: check.integer("percent", { min: 1, max: 99 }),
      minutes: check.integer("minutes", { min: 1, max: limit.maxMinutes, source: limit.source }),
    },
  };
}
