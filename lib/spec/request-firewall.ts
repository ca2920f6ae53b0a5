import { isToken, type Check, type KeysOf } from "./check";
import { openCheck, type SpecContext } from "./context";

/** What happens to a request that a rule finds; a challenge is something that browsers pass and agents do not. */
export type RequestAction = "block" | "challenge" | "log";

const ACTIONS = ["block", "challenge", "log"] as const satisfies readonly RequestAction[];

/** Requests that are treated in one way. */
export interface RequestRuleProps {
  /** Which requests, in the provider's rules language, such as `http.request.uri.path contains "/admin"`. */
  readonly expression: string;
  /** @default "block" */
  readonly action?: RequestAction;
  /** Why this rule is there, in a few words. */
  readonly description: string;
}

/** How often one client address may ask. */
export interface RateLimitProps {
  /**
   * Which requests are counted, in the provider's rules language.
   * @default - all
   */
  readonly expression?: string;
  /** Requests that one address may make in a period, 1 to 1,000,000. Clients behind one NAT share an address. */
  readonly requests: number;
  /**
   * Seconds of a period.
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Seconds for which an address that asked too often is blocked.
   * @default 10
   */
  readonly blockSeconds?: number;
  /** Why this limit is there, in a few words. */
  readonly description: string;
}

export interface RequestFirewallProps<M extends string = string> {
  /**
   * Rules that the provider keeps up to date.
   * @default - all that the plan has, without those that are part of others
   */
  readonly managedRules?: readonly M[];
  /**
   * Rules of your own by name, in the order in which they are tried; the first that blocks ends it.
   * @default {}
   */
  readonly rules?: Readonly<Record<string, RequestRuleProps>>;
  /**
   * Limits by name; `{}` for none.
   * @default - 100 requests in 10 seconds for every address
   */
  readonly rateLimits?: Readonly<Record<string, RateLimitProps>>;
}

export interface RequestRuleSpec {
  readonly name: string;
  readonly expression: string;
  readonly action: RequestAction;
  readonly description: string;
}

export interface RateLimitSpec {
  readonly name: string;
  readonly expression: string;
  readonly requests: number;
  readonly periodSeconds: number;
  readonly blockSeconds: number;
  readonly description: string;
}

/** What is done to requests before they reach anything. */
export interface RequestFirewallSpec {
  /** The domain whose requests it filters. */
  readonly domain: string;
  readonly managedRules: readonly string[];
  readonly rules: readonly RequestRuleSpec[];
  readonly rateLimits: readonly RateLimitSpec[];
}

/** What the provider, and what is paid for, allow. */
export interface RequestFirewallLimits {
  readonly domain: string;
  /** Managed rules that there are. */
  readonly managedRules: readonly string[];
  /** Those of them that the plan has. */
  readonly available: readonly string[];
  /** Those that run by default. */
  readonly defaults: readonly string[];
  readonly maxRules: number;
  /** Actions that the plan has. */
  readonly actions: readonly RequestAction[];
  /** Regular expressions in the rules language, when the plan has none. */
  readonly regex?: RegExp;
  readonly maxRateLimits: number;
  readonly periods: readonly number[];
  readonly blocks: readonly number[];
  /** Longest expression. */
  readonly maxExpression: number;
  /** All requests, in the rules language. */
  readonly everything: string;
  /** Words for the plan, such as `the Free plan`. */
  readonly plan: string;
}

export const REQUEST_FIREWALL_PROPS = { managedRules: true, rules: true, rateLimits: true } satisfies KeysOf<RequestFirewallProps>;
const KNOWN_RULE = { expression: true, action: true, description: true } satisfies KeysOf<RequestRuleProps>;
const KNOWN_LIMIT = {
  expression: true,
  requests: true,
  periodSeconds: true,
  blockSeconds: true,
  description: true,
} satisfies KeysOf<RateLimitProps>;

const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const DESCRIPTION = { pattern: /^[^\n\r]{3,}$/, maxLength: 200, want: "why it is there, in 3 to 200 characters" } as const;

const DEFAULT_LIMITS: Readonly<Record<string, RateLimitProps>> = {
  everybody: { requests: 100, description: "No address may ask more than ten times a second" },
};

/**
 * The filter after defaults and checks.
 * @throws IntentError with every problem of every rule.
 */
export function requestFirewallSpec(props: RequestFirewallProps, context: SpecContext, limits: RequestFirewallLimits): RequestFirewallSpec {
  const check = openCheck<RequestFirewallProps>(props, REQUEST_FIREWALL_PROPS, context);
  const rules = Object.entries(props?.rules ?? {});
  const rateLimits = Object.entries(props?.rateLimits ?? DEFAULT_LIMITS);
  checkCount(check, "rules", rules.length, limits.maxRules, limits);
  checkCount(check, "rateLimits", rateLimits.length, limits.maxRateLimits, limits);
  return check.done({
    domain: limits.domain,
    managedRules: readManaged(check, limits),
    rules: rules.map(([name, rule]) => readRule(check, name, rule, limits)),
    rateLimits: rateLimits.map(([name, limit]) => readLimit(check, name, limit, limits)),
  });
}

function checkCount(
  check: Check<RequestFirewallProps>,
  prop: "rules" | "rateLimits",
  count: number,
  max: number,
  { plan }: RequestFirewallLimits,
): void {
  if (count > max) check.issue(prop, count, `${max} at most on ${plan}`, "join rules with or, or pay for a larger plan and say so");
}

function readManaged(check: Check<RequestFirewallProps>, limits: RequestFirewallLimits): readonly string[] {
  const want = `one or more of ${limits.managedRules.map((one) => `"${one}"`).join(", ")}`;
  const managed = check.list<string>("managedRules", want, limits.defaults);
  if (managed.length === 0) check.issue("managedRules", managed, want, "leave it out for what the plan has");
  for (const one of managed) {
    if (!limits.managedRules.includes(one)) check.issue("managedRules", one, want);
    else if (!limits.available.includes(one)) {
      check.issue("managedRules", one, `one of ${limits.available.map((name) => `"${name}"`).join(", ")} on ${limits.plan}`);
    }
  }
  if (new Set(managed).size !== managed.length) check.issue("managedRules", managed, "every one once");
  return [...managed];
}

function readRule(
  parent: Check<RequestFirewallProps>,
  name: string,
  rule: RequestRuleProps,
  limits: RequestFirewallLimits,
): RequestRuleSpec {
  checkName(parent, "rules", name);
  const check = parent.nested<RequestRuleProps>(`rules.${name}`, rule, KNOWN_RULE);
  const action = check.oneOf("action", ACTIONS, "block");
  if (!limits.actions.includes(action)) {
    check.issue("action", action, `${limits.actions.map((one) => `"${one}"`).join(" or ")} on ${limits.plan}`);
  }
  return { name, expression: readExpression(check, limits), action, description: check.text("description", DESCRIPTION) };
}

function readLimit(parent: Check<RequestFirewallProps>, name: string, limit: RateLimitProps, limits: RequestFirewallLimits): RateLimitSpec {
  checkName(parent, "rateLimits", name);
  const check = parent.nested<RateLimitProps>(`rateLimits.${name}`, limit, KNOWN_LIMIT);
  return {
    name,
    expression: readExpression(check, limits, limits.everything),
    requests: check.integer("requests", { min: 1, max: 1_000_000 }),
    periodSeconds: readSeconds(check, "periodSeconds", limits.periods, limits),
    blockSeconds: readSeconds(check, "blockSeconds", limits.blocks, limits),
    description: check.text("description", DESCRIPTION),
  };
}

function checkName(check: Check<RequestFirewallProps>, prop: string, name: string): void {
  if (!NAME.test(name)) check.issue(prop, name, "names of 1 to 32 letters in lower case, digits and -, starting with a letter");
}

function readSeconds(
  check: Check<RateLimitProps>,
  prop: "periodSeconds" | "blockSeconds",
  allowed: readonly number[],
  { plan }: RequestFirewallLimits,
): number {
  const seconds = check.integer(prop, { min: 0, max: Infinity, default: 10 });
  if (!allowed.includes(seconds)) check.issue(prop, seconds, `one of ${allowed.join(", ")} on ${plan}`);
  return seconds;
}

function readExpression<P extends { readonly expression?: string }>(check: Check<P>, limits: RequestFirewallLimits, all?: string): string {
  const want = `an expression of the rules language with 1 to ${limits.maxExpression} characters`;
  const expression = check.text("expression", { pattern: /\S/, maxLength: limits.maxExpression, want, default: all, tokens: true });
  if (isToken(expression)) return expression;
  if (unbalanced(expression)) check.issue("expression", expression, "every bracket and quote closed");
  if (limits.regex?.test(withoutQuotes(expression)) === true) {
    check.issue("expression", expression, `no regular expression on ${limits.plan}`, "use contains, wildcard or starts_with");
  }
  return expression;
}

function withoutQuotes(expression: string): string {
  return expression.replace(/"(\\.|[^"\\])*"/g, "");
}

/** Whether a bracket or quote stays open; what stands in quotes is no bracket. */
function unbalanced(expression: string): boolean {
  let open = 0;
  for (const character of withoutQuotes(expression)) {
    if (character === '"') return true;
    if (character === "(") open += 1;
    if (character === ")") open -= 1;
    if (open < 0) return true;
  }
  return open !== 0;
}
