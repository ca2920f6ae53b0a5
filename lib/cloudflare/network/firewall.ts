import { Ruleset, type RulesetRules } from "@cdktf/provider-cloudflare/lib/ruleset";
import { Construct } from "constructs";
import { specContext, type ProviderProps } from "../../spec/context";
import {
  requestFirewallSpec,
  type RateLimitSpec,
  type RequestFirewallProps,
  type RequestFirewallSpec,
  type RequestRuleSpec,
} from "../../spec/request-firewall";
import { claimZone } from "./claim-zone";
import { firewallLimits, MANAGED_RULESETS, type ManagedRules } from "./plans";
import { checkZone, PLANS, type ICloudflareZone } from "../zone";

/** What each action is called. */
export const ACTION_NAMES = { block: "block", challenge: "managed_challenge", log: "log" } as const;

/** A count is kept in every data center apart; Cloudflare takes no rule without this. */
const COUNTED_BY = ["cf.colo.id", "ip.src"];

export interface CloudflareFirewallProps extends RequestFirewallProps<ManagedRules> {
  /** The zone whose requests are filtered. */
  readonly zone: ICloudflareZone;
}

/**
 * The filter in front of a zone: managed rules (with OWASP on paid plans), rules of your own by name, and rate limits.
 *
 * Creates a `cloudflare_ruleset` for each phase that has rules. Cloudflare has one ruleset per phase and zone, so that a second firewall of the
 * same zone is refused; rules that were made in the dashboard are replaced.
 * Cost of the defaults (2026-11-21): none on the Free plan; the price book has no row of the plans that have OWASP.
 * Not covered: exceptions to managed rules and the action `skip`, which would open a hole (change `managed`); other counts than by address;
 * bot scores. A WebSocket is looked at when it opens, and not afterwards. Counts are kept per data center, so that a client of several gets more.
 * Whoever knows the address of a target goes around: let the target answer a tunnel, or Cloudflare's ranges, only.
 */
export class CloudflareFirewall extends Construct {
  /** The firewall after defaults and checks. */
  readonly spec: RequestFirewallSpec;
  /** The underlying managed rules. */
  readonly managed: Ruleset;
  /** The underlying rules of your own, when there are any. */
  readonly custom?: Ruleset;
  /** The underlying rate limits, when there are any. */
  readonly rateLimits?: Ruleset;
  private readonly zone: ICloudflareZone;

  constructor(scope: Construct, id: string, props: CloudflareFirewallProps) {
    super(scope, id);
    const { plan, zoneName } = props?.zone ?? {};
    const limits = firewallLimits(PLANS.includes(plan) ? plan : "free", zoneName);
    this.spec = requestFirewallSpec(props, specContext<Own>(this, ownProps(props)), limits);
    this.zone = props.zone;
    claimZone(this, this.spec.domain, "firewall");
    this.managed = this.addRuleset("Resource", "http_request_firewall_managed", this.spec.managedRules.map(managedRule));
    if (this.spec.rules.length > 0) {
      this.custom = this.addRuleset("Rules", "http_request_firewall_custom", this.spec.rules.map(customRule));
    }
    if (this.spec.rateLimits.length > 0) {
      this.rateLimits = this.addRuleset("RateLimits", "http_ratelimit", this.spec.rateLimits.map(rateLimit));
    }
  }

  private addRuleset(id: string, phase: string, rules: RulesetRules[]): Ruleset {
    return new Ruleset(this, id, { zoneId: this.zone.zoneId, name: this.spec.domain, kind: "zone", phase, rules });
  }
}

function managedRule(name: string): RulesetRules {
  return {
    ref: name,
    description: `Managed rules: ${name}`,
    action: "execute",
    actionParameters: { id: MANAGED_RULESETS[name as ManagedRules] },
    expression: "true",
    enabled: true,
  };
}

function customRule({ name, expression, action, description }: RequestRuleSpec): RulesetRules {
  return { ref: name, description, action: ACTION_NAMES[action], expression, enabled: true };
}

function rateLimit({ name, expression, requests, periodSeconds, blockSeconds, description }: RateLimitSpec): RulesetRules {
  return {
    ref: name,
    description,
    action: "block",
    expression,
    enabled: true,
    ratelimit: {
      characteristics: COUNTED_BY,
      period: periodSeconds,
      requestsPerPeriod: requests,
      mitigationTimeout: blockSeconds,
      requestsToOrigin: false,
    },
  };
}

type Own = Pick<CloudflareFirewallProps, "zone">;

function ownProps(props: CloudflareFirewallProps): ProviderProps<Own> {
  return { zone: (check) => checkZone(check, props?.zone) };
}
