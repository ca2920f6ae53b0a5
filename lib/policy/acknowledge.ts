import { isWithin } from "../paths";
import type { IConstruct } from "constructs";
import { isDay } from "../cost/date";
import { Check, type KeysOf } from "../spec/check";
import type { Profile } from "../spec/context";

export interface AcknowledgeOptions {
  /**
   * The last day on which it holds, as YYYY-MM-DD; after it, synth fails until somebody has looked again.
   * @default - it holds until it is removed
   */
  readonly expires?: string;
}

/** Somebody has decided that a rule does not have to hold here, and said why. Plain JSON. */
export interface Acknowledgement {
  readonly ruleId: string;
  /** Path of the construct; it holds for everything below. Empty for the whole app. */
  readonly scope: string;
  readonly reason: string;
  readonly expires?: string;
}

interface Given {
  readonly ruleId: string;
  readonly reason: string;
}

const KNOWN_GIVEN = { ruleId: true, reason: true } satisfies KeysOf<Given>;
const KNOWN_OPTIONS = { expires: true } satisfies KeysOf<AcknowledgeOptions>;

/** The acknowledgements of every tree, by its root: nothing has to walk the tree to find them. */
const GIVEN = new WeakMap<IConstruct, Acknowledgement[]>();

/**
 * Accepts that a rule does not hold for a construct and everything below it. The finding stays in every report, with the reason.
 * Whether the rule exists, and whether the day has passed, is checked when the rules are evaluated.
 * @throws IntentError when the reason says nothing, the day does not exist, or the same scope has acknowledged the rule already.
 */
export function acknowledge(scope: IConstruct, ruleId: string, reason: string, options: AcknowledgeOptions = {}): void {
  const { path, root } = scope.node;
  const known = GIVEN.get(root) ?? [];
  const check = new Check<Given>(`${path || "app"} acknowledge`, { ruleId, reason }, KNOWN_GIVEN);
  check.text("ruleId", { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, want: 'the id of a rule, such as "volume-backed-up"' });
  check.text("reason", {
    pattern: /^\s*\S{2,}\s+\S[\s\S]*$/,
    want: "why it is fine here, in words",
    fix: "say what makes up for it; the reason is shown in every report",
  });
  const given = check.nested<AcknowledgeOptions>("options", options, KNOWN_OPTIONS);
  const { expires } = options ?? {};
  if (expires !== undefined && !isDay(expires)) given.issue("expires", expires, "a day as YYYY-MM-DD");
  if (known.some((other) => other.scope === path && other.ruleId === ruleId))
    check.issue("ruleId", ruleId, "a rule that this scope has not acknowledged yet");
  check.done(undefined);
  GIVEN.set(root, [...known, { ruleId, scope: path, reason: reason.trim(), ...(expires === undefined ? {} : { expires }) }]);
}

/** What was acknowledged in a scope, below it and above it. */
export function acknowledgementsOf(scope: IConstruct): readonly Acknowledgement[] {
  const { path, root } = scope.node;
  return (GIVEN.get(root) ?? []).filter((one) => isWithin(one.scope, path) || isWithin(path, one.scope));
}

/** Acknowledges what the profile `sandbox` gives up: redundancy and protection against deletion. Nothing happens in other profiles. */
export function acknowledgeSandbox(scope: IConstruct, profile: Profile, ruleIds: readonly string[]): void {
  if (profile !== "sandbox") return;
  for (const ruleId of ruleIds) acknowledge(scope, ruleId, 'profile "sandbox": it may be thrown away and made again');
}
