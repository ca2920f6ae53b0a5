import type { RequestAction, RequestFirewallLimits } from "../../spec/request-firewall";
import type { CloudflarePlan } from "../zone";

/**
 * Ids of the managed rulesets; they are the same for everybody.
 * Source: https://developers.cloudflare.com/waf/managed-rules/, read 2026-11-21.
 */
export const MANAGED_RULESETS = {
  free: "77454fe2d30c4220b5701f6fdfb893ba",
  cloudflare: "efb7b8c949ac4650a09736fc376e9aee",
  owasp: "4814384a9e5d4991b9815dcfc25d2f1f",
} as const;

/** Rules that Cloudflare keeps: `free` against what is exploited most, `cloudflare` and `owasp` on paid plans. */
export type ManagedRules = keyof typeof MANAGED_RULESETS;

interface PlanLimits {
  readonly name: string;
  /** What runs by default: `cloudflare` holds what `free` does. */
  readonly managed: readonly ManagedRules[];
  readonly actions: readonly RequestAction[];
  readonly rules: number;
  readonly regex: boolean;
  readonly rateLimits: number;
  readonly longestPeriod: number;
  readonly longestBlock: number;
}

const PAID = ["cloudflare", "owasp"] as const;
const ALL_BUT_LOG = ["block", "challenge"] as const;

/**
 * What a plan has.
 * Sources: https://developers.cloudflare.com/waf/custom-rules/#availability, https://developers.cloudflare.com/waf/managed-rules/#availability
 * and https://developers.cloudflare.com/waf/rate-limiting-rules/#availability, read 2026-11-21. Enterprise contracts differ in rate limits:
 * these are the ones of a contract with application security.
 */
const PLAN_LIMITS: Readonly<Record<CloudflarePlan, PlanLimits>> = {
  free: {
    name: "the Free plan",
    managed: ["free"],
    actions: ALL_BUT_LOG,
    rules: 5,
    regex: false,
    rateLimits: 1,
    longestPeriod: 10,
    longestBlock: 10,
  },
  pro: {
    name: "the Pro plan",
    managed: PAID,
    actions: ALL_BUT_LOG,
    rules: 20,
    regex: false,
    rateLimits: 2,
    longestPeriod: 60,
    longestBlock: 3600,
  },
  business: {
    name: "the Business plan",
    managed: PAID,
    actions: ALL_BUT_LOG,
    rules: 100,
    regex: true,
    rateLimits: 5,
    longestPeriod: 600,
    longestBlock: 86_400,
  },
  enterprise: {
    name: "the Enterprise plan",
    managed: PAID,
    actions: ["block", "challenge", "log"],
    rules: 1000,
    regex: true,
    rateLimits: 100,
    longestPeriod: 3600,
    longestBlock: 86_400,
  },
};

/** Values that the API takes. Source: https://developers.cloudflare.com/waf/rate-limiting-rules/parameters/, read 2026-11-21. */
const PERIODS = [10, 60, 120, 300, 600, 3600] as const;
const BLOCKS = [10, 60, 120, 300, 600, 3600, 86_400] as const;

/** Longest expression of a rule. Source: https://developers.cloudflare.com/ruleset-engine/rules-language/expressions/, read 2026-11-21. */
const MAX_EXPRESSION = 4096;

/** The Free plan knows the path only, so that this is how all requests are written on every plan. */
const EVERYTHING = 'starts_with(http.request.uri.path, "/")';

/** Regular expressions in the rules language. */
const REGEX = /\bmatches\b|~|\bregex_replace\b/;

/** What the firewall of a zone may have. */
export function firewallLimits(plan: CloudflarePlan, domain: string): RequestFirewallLimits {
  const limits = PLAN_LIMITS[plan];
  return {
    domain,
    managedRules: Object.keys(MANAGED_RULESETS),
    available: plan === "free" ? limits.managed : Object.keys(MANAGED_RULESETS),
    defaults: limits.managed,
    maxRules: limits.rules,
    actions: limits.actions,
    regex: limits.regex ? undefined : REGEX,
    maxRateLimits: limits.rateLimits,
    periods: PERIODS.filter((seconds) => seconds <= limits.longestPeriod),
    blocks: BLOCKS.filter((seconds) => seconds <= limits.longestBlock),
    maxExpression: MAX_EXPRESSION,
    everything: EVERYTHING,
    plan: limits.name,
  };
}
