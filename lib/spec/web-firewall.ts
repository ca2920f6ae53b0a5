import type { Check, KeysOf } from "./check";
import { readRetention, type Retention } from "./retention";

export interface WebFirewallProps {
  /**
   * Requests that one client address may make in 5 minutes, 10 to 2,000,000,000. Clients behind one NAT share an address.
   * @default 2000
   */
  readonly requestsPer5Minutes?: number;
  /**
   * Managed rules that only count instead of block.
   * @default - the rule that blocks bodies over 8 KiB, where there is one: agents exchange longer documents
   */
  readonly countOnly?: readonly string[];
  /**
   * Days for which the filter's log is kept.
   * @default - 365, or the longest period that the provider has
   */
  readonly logRetentionDays?: number;
}

export interface WebFirewallSpec {
  readonly requestsPer5Minutes: number;
  readonly countOnly: readonly string[];
  readonly logRetentionDays: number;
}

/** What the provider's web firewall can. */
export interface WebFirewallLimits {
  /** Managed rules that can be set to count. */
  readonly rules: readonly string[];
  /** Those of them that count by default. */
  readonly counts: readonly string[];
  readonly logRetention: Retention;
}

const KNOWN = { requestsPer5Minutes: true, countOnly: true, logRetentionDays: true } satisfies KeysOf<WebFirewallProps>;

/** The web firewall after defaults; problems are named `webFirewall.<prop>`. */
export function readWebFirewall<P extends object>(
  parent: Check<P>,
  props: WebFirewallProps = {},
  limits: WebFirewallLimits,
): WebFirewallSpec {
  const check = parent.nested<WebFirewallProps>("webFirewall", props, KNOWN);
  const countOnly = check.list<string>("countOnly", "a list of managed rules", limits.counts);
  for (const rule of countOnly) {
    if (!limits.rules.includes(rule)) check.issue("countOnly", rule, `one of ${limits.rules.join(", ")}`);
  }
  const logRetentionDays = readRetention(check, "logRetentionDays", limits.logRetention);
  const requestsPer5Minutes = check.integer("requestsPer5Minutes", { min: 10, max: 2_000_000_000, default: 2000 });
  return { requestsPer5Minutes, countOnly: [...countOnly], logRetentionDays };
}
