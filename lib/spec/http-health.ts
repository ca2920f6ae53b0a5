import type { Check, KeysOf } from "./check";

/** A request that tells whether a copy is healthy; when it is not, the platform starts it again. */
export interface HttpHealthProps {
  /** Path that answers with a status from 200 to 399. */
  readonly path: string;
  /**
   * Seconds between two requests, 5 to 300.
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds to wait for the answer: shorter than the interval. 1 to 60.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row after which the copy is unhealthy, 1 to 10.
   * @default 3
   */
  readonly unhealthyCount?: number;
  /**
   * Seconds after the start before the first request, 0 to 300.
   * @default 60
   */
  readonly startSeconds?: number;
}

export type HttpHealthSpec = Required<HttpHealthProps>;

const KNOWN = {
  path: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  unhealthyCount: true,
  startSeconds: true,
} satisfies KeysOf<HttpHealthProps>;

const PATH = { pattern: /^\/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*$/, maxLength: 255, want: 'a path that starts with "/", such as "/healthz"' };

/** Reads a health check by HTTP; problems are named `<prop>.<key>`. */
export function readHttpHealth<P extends object>(
  parent: Check<P>,
  prop: string,
  props: HttpHealthProps | undefined,
): HttpHealthSpec | undefined {
  if (props === undefined) return undefined;
  const check = parent.nested<HttpHealthProps>(prop, props, KNOWN);
  const intervalSeconds = check.integer("intervalSeconds", { min: 5, max: 300, default: 30 });
  const timeoutSeconds = check.integer("timeoutSeconds", { min: 1, max: 60, default: 5 });
  if (timeoutSeconds >= intervalSeconds) {
    check.issue("timeoutSeconds", timeoutSeconds, `less than intervalSeconds (${intervalSeconds})`, "lower it, or raise the interval");
  }
  return {
    path: check.text("path", PATH),
    intervalSeconds,
    timeoutSeconds,
    unhealthyCount: check.integer("unhealthyCount", { min: 1, max: 10, default: 3 }),
    startSeconds: check.integer("startSeconds", { min: 0, max: 300, default: 60 }),
  };
}
