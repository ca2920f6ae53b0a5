import type { Check } from "./check";

/** For how long a provider keeps a log. */
export interface Retention {
  /** Days when nothing else is asked for. */
  readonly default: number;
  /** @default 1 */
  readonly min?: number;
  /** @default 3653 */
  readonly max?: number;
  /**
   * The only periods that there are.
   * @default - every day from `min` to `max`
   */
  readonly allowed?: readonly number[];
}

/** Days for which a log is kept, as the provider can. */
export function readRetention<P extends object>(check: Check<P>, prop: keyof P & string, retention: Retention): number {
  const days = check.integer(prop, { min: retention.min ?? 1, max: retention.max ?? 3653, default: retention.default });
  const { allowed = [days] } = retention;
  if (!allowed.includes(days)) check.issue(prop, days, `one of ${allowed.join(", ")}`);
  return days;
}
