import { isDay } from "../cost/date";
import { Check, IntentError, nearest, type KeysOf } from "../spec/check";
import type { Acknowledgement } from "./acknowledge";
import { SEVERITIES } from "./finding";
import { rulesOf } from "./packs";
import { PACKS, type Pack, type Rule } from "./rule";

export interface EvaluateOptions {
  /** The day on which acknowledgements have to hold, YYYY-MM-DD: nothing here reads a clock. */
  readonly asOf: string;
  /**
   * The packs whose rules are asked; `regulated` holds `baseline` too.
   * @default ["baseline"]
   */
  readonly packs?: readonly Pack[];
  /**
   * Own rules, beside those of the packs.
   * @default - none
   */
  readonly rules?: readonly Rule[];
  /**
   * What was acknowledged, see `acknowledgementsOf`.
   * @default - nothing
   */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** The options after defaults and checks. */
export interface EvaluateSpec {
  readonly asOf: string;
  /** By id. */
  readonly rules: readonly Rule[];
  readonly acknowledgements: readonly Acknowledgement[];
}

const KNOWN = { asOf: true, packs: true, rules: true, acknowledgements: true } satisfies KeysOf<EvaluateOptions>;

const KNOWN_RULE = {
  id: true,
  pack: true,
  severity: true,
  title: true,
  why: true,
  fix: true,
  references: true,
  kinds: true,
  check: true,
} satisfies KeysOf<Rule>;

/** @throws IntentError when an option is wrong, with every problem. */
export function evaluateSpec(options: EvaluateOptions): EvaluateSpec {
  const check = new Check<EvaluateOptions>("policy", options, KNOWN);
  if (!isDay(options?.asOf)) check.issue("asOf", options?.asOf, "a day as YYYY-MM-DD");
  const packs = check.list<Pack>("packs", `a list of ${quoted(PACKS)}`, ["baseline"]);
  packs.forEach((pack, index) => {
    if (!PACKS.includes(pack)) check.issue(`packs.${index}`, pack, `one of ${quoted(PACKS)}`, nearest(String(pack), PACKS));
  });
  const own = check.list<Rule>("rules", "a list of rules, see defineRule", []);
  own.forEach((rule, index) => checkRule(check, index, rule));
  const acknowledgements = check.list<Acknowledgement>("acknowledgements", "a list, as acknowledgementsOf gives it", []);
  check.done(undefined);

  const rules = [...rulesOf(packs.includes("regulated") ? "regulated" : "baseline").filter(() => packs.length > 0), ...own];
  checkDuplicates(rules);
  checkAcknowledgements(acknowledgements, own, options.asOf);
  return { asOf: options.asOf, rules, acknowledgements };
}

function checkRule(check: Check<EvaluateOptions>, index: number, rule: Rule): void {
  const own = check.nested<Rule>(`rules.${index}`, rule, KNOWN_RULE);
  if (typeof rule !== "object" || rule === null) return;
  own.text("id", { pattern: /^[a-z0-9]+(-[a-z0-9]+)+$/, want: 'words in lower case with dashes, such as "agents-have-an-owner"' });
  own.oneOf("severity", SEVERITIES);
  own.oneOf("pack", PACKS);
  for (const prop of ["title", "why", "fix"] as const) own.text(prop, { want: "a sentence" });
  own.required("references", "an object, empty when nobody else asks for it");
  if (own.list<string>("kinds", "a list of the kinds it looks at").length === 0 && Array.isArray(rule.kinds))
    own.issue("kinds", [], "at least one kind");
  if (typeof rule.check !== "function") own.issue("check", rule.check, "a function of one subject");
}

function checkDuplicates(rules: readonly Rule[]): void {
  const seen = new Set<string>();
  const twice = rules.filter(({ id }) => seen.size === seen.add(id).size);
  if (twice.length === 0) return;
  const issues = twice.map(({ id }) => ({ prop: "rules", got: id, want: "every id once", fix: "give your own rule another id" }));
  throw new IntentError("policy", issues);
}

/** Rules of packs that are not asked are known all the same: constructs acknowledge them once, whatever is evaluated. */
function checkAcknowledgements(acknowledgements: readonly Acknowledgement[], own: readonly Rule[], asOf: string): void {
  const known = new Set([...rulesOf("regulated"), ...own].map(({ id }) => id));
  const issues = acknowledgements.flatMap(({ ruleId, scope, expires }) => {
    const prop = `acknowledge at ${scope || "app"}`;
    if (!known.has(ruleId)) return [{ prop, got: ruleId, want: "the id of a rule", fix: nearest(ruleId, [...known]) }];
    if (expires === undefined || expires >= asOf) return [];
    const fix = `repair what it is about, or look again and acknowledge "${ruleId}" until a later day`;
    return [{ prop, got: `${ruleId}, expired on ${expires}`, want: `an acknowledgement that holds on ${asOf}`, fix }];
  });
  if (issues.length > 0) throw new IntentError("policy", issues);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
