import type { Check, KeysOf } from "./check";

export interface ReplicasProps {
  /**
   * Copies that always run. With one, a broken zone means a pause until it is started elsewhere; two or more also cost twice or more.
   * To stop an agent use `enabled: false`.
   */
  readonly min: number;
  /** Most copies that ever run; it bounds the cost, so it has to be given. */
  readonly max: number;
  /**
   * Average CPU use that scaling aims at, in percent, 10 to 90.
   * @default 70
   */
  readonly cpuPercent?: number;
  /**
   * Average memory use that scaling aims at too, in percent, 10 to 90.
   * @default - memory does not scale
   */
  readonly memoryPercent?: number;
}

export interface ReplicasSpec {
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
  readonly memoryPercent?: number;
}

/** How many copies the provider runs at most. */
export interface ReplicasLimit {
  readonly max: number;
  readonly source: string;
}

const KNOWN = { min: true, max: true, cpuPercent: true, memoryPercent: true } satisfies KeysOf<ReplicasProps>;

/** Reads the prop `replicas`; problems are named `replicas.<prop>`. */
export function readReplicas<P extends object>(parent: Check<P>, props: ReplicasProps, limit: ReplicasLimit): ReplicasSpec {
  const check = parent.nested<ReplicasProps>("replicas", props, KNOWN);
  const min = check.integer("min", { min: 1, max: limit.max, source: limit.source });
  return {
    min,
    max: readMax(check, props?.max, min, limit),
    cpuPercent: check.integer("cpuPercent", { min: 10, max: 90, default: 70 }),
    memoryPercent: check.tryInteger("memoryPercent", { min: 10, max: 90 }),
  };
}

function readMax(check: Check<ReplicasProps>, given: unknown, min: number, limit: ReplicasLimit): number {
  if (given === undefined || given === Infinity || typeof given === "string") {
    const want = `a finite number, ${min} to ${limit.max} (${limit.source})`;
    check.issue("max", given, want, "choose the largest number that you are ready to pay for");
    return min;
  }
  const max = check.integer("max", { min: 1, max: limit.max, source: limit.source });
  if (max < min && max === given) check.issue("max", max, `min (${min}) or more`, "swap the two");
  return max;
}
