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
  /** Absent when nothing scales. */
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
}

/** How many copies the provider runs at most. */
export interface ReplicasLimit {
  readonly max: number;
  readonly source: string;
  /**
   * When the provider scales: `always` between equal limits too, `between` different limits, or `never`; then the prop is the number of copies.
   * @default "always"
   */
  readonly scales?: "always" | "between" | "never";
}

const KNOWN = { min: true, max: true, cpuPercent: true, memoryPercent: true } satisfies KeysOf<ReplicasProps>;

/** Reads the prop `replicas`; problems are named `replicas.<prop>`. */
export function readReplicas<P extends object>(parent: Check<P>, props: ReplicasProps | number, limit: ReplicasLimit): ReplicasSpec {
  return limit.scales === "never" ? readFixed(parent, limit) : readScaling(parent, props as ReplicasProps, limit);
}

/** The number of copies where nothing scales. */
function readFixed<P extends object>(parent: Check<P>, limit: ReplicasLimit): ReplicasSpec {
  const check = parent as unknown as Check<{ readonly replicas: number }>;
  const count = check.integer("replicas", { min: 1, max: limit.max, source: limit.source });
  return { min: count, max: count };
}

function readScaling<P extends object>(parent: Check<P>, props: ReplicasProps, limit: ReplicasLimit): ReplicasSpec {
  const check = parent.nested<ReplicasProps>("replicas", props, KNOWN);
  const min = check.integer("min", { min: 1, max: limit.max, source: limit.source });
  const max = readMax(check, props?.max, min, limit);
  const scales = max > min || limit.scales !== "between";
  if (!scales && props?.cpuPercent !== undefined) {
    check.issue("cpuPercent", props.cpuPercent, `nothing while min and max are equal (${max})`, "remove it, or raise max");
  }
  return {
    min,
    max,
    cpuPercent: scales ? check.integer("cpuPercent", { min: 10, max: 90, default: 70 }) : undefined,
    memoryPercent: check.unlessLacking("memoryPercent", () => check.tryInteger("memoryPercent", { min: 10, max: 90 })),
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
