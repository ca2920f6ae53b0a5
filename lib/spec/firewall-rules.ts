import type { SpecContext } from "./context";
import {
  firewallSpec,
  firewallWith,
  type FirewallLimits,
  type FirewallProps,
  type FirewallRuleProps,
  type FirewallRuleSpec,
  type FirewallSpec,
  type Peer,
} from "./firewall";

/** A rule, and who is at its other end. */
export interface RuleWithPeer<F> {
  readonly rule: FirewallRuleSpec;
  readonly peer: Peer<F>;
}

/** The rules of one firewall: those that it was made with, and those that are added later. */
export class FirewallRules<F> {
  private current: FirewallSpec;
  private readonly peers: Peer<F>[];

  /** @throws IntentError with every problem of the props. */
  constructor(
    props: FirewallProps<F>,
    private readonly context: SpecContext,
    private readonly limits: FirewallLimits<F>,
  ) {
    this.current = firewallSpec<F>(props, context, limits);
    this.peers = this.current.rules.map(({ direction, name }) => (props[direction]?.[name] as FirewallRuleProps<F>).peer);
  }

  /** The firewall as it is now. */
  get spec(): FirewallSpec {
    return { ...this.current, rules: [...this.current.rules] };
  }

  /** All rules in the order in which they came. */
  get all(): readonly RuleWithPeer<F>[] {
    return this.current.rules.map((rule, index) => ({ rule, peer: this.peers[index] as Peer<F> }));
  }

  /**
   * Adds a rule.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  add(direction: FirewallRuleSpec["direction"], name: string, rule: FirewallRuleProps<F>): RuleWithPeer<F> {
    this.current = firewallWith(this.current, { direction, name, rule }, this.context.path, this.limits);
    this.peers.push(rule.peer);
    return { rule: this.current.rules[this.current.rules.length - 1] as FirewallRuleSpec, peer: rule.peer };
  }
}
