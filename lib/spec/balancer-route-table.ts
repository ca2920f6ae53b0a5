import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { physicalName } from "../names";
import type { BalancerRouteSpec } from "./balancer-route";
import { Check } from "./check";
import type { FirewallRuleProps } from "./firewall";

/** Longest name of a firewall rule. */
const MAX_RULE_NAME = 63;

/** A firewall that takes rules after it was made. */
export interface OpenableFirewall<F> extends IConstruct {
  addIngress(name: string, rule: FirewallRuleProps<F>): void;
  addEgress(name: string, rule: FirewallRuleProps<F>): void;
}

/** The routes of one balancer: no two with the same priority or the same requests, and one opening for each set of targets and port. */
export class BalancerRouteTable<F extends OpenableFirewall<F>> {
  private readonly priorities = new Map<number, string>();
  private readonly requests = new Map<string, string>();
  private readonly openings = new Set<string>();

  constructor(
    private readonly balancer: Construct,
    private readonly firewall: F,
  ) {}

  /**
   * Takes in a route.
   * @throws IntentError when it collides with another one.
   */
  admit(route: Construct, spec: BalancerRouteSpec, targets: F): void {
    const { path } = route.node;
    const check = new Check(path, {}, []);
    if (TerraformStack.of(route) !== TerraformStack.of(this.balancer)) {
      check.issue("scope", path, `a scope in the stack of ${this.balancer.node.path}: balancer and targets open to each other`);
    }
    const owner = this.priorities.get(spec.priority);
    if (owner !== undefined) {
      check.issue("priority", spec.priority, `a priority that ${owner} does not have`, "give one of the two a priority of its own");
    }
    for (const request of requestsOf(spec)) {
      const taken = this.requests.get(request);
      if (taken !== undefined) check.issue("paths", request, `requests that ${taken} does not take already`, "choose another host or path");
    }
    check.done(undefined);
    this.priorities.set(spec.priority, path);
    for (const request of requestsOf(spec)) this.requests.set(request, path);
    this.open(targets, spec.port);
  }

  /** Names come from targets and port, not from the route, so that it does not matter which route was there first. */
  private open(targets: F, port: number): void {
    const key = `${targets.node.path} ${port}`;
    if (this.openings.has(key)) return;
    this.openings.add(key);
    const to = physicalName(targets, { kind: `rule of ${this.firewall.node.path}`, maxLength: MAX_RULE_NAME, suffix: String(port) });
    const from = physicalName(this.firewall, { kind: `rule of ${targets.node.path}`, maxLength: MAX_RULE_NAME, suffix: String(port) });
    const description = "Requests of the load balancer";
    this.firewall.addEgress(to, { port, peer: { firewall: targets }, description });
    targets.addIngress(from, { port, peer: { firewall: this.firewall }, description });
  }
}

/** Every host and path of a route, as one text each. */
function requestsOf({ hosts, paths }: BalancerRouteSpec): readonly string[] {
  const anyHost = hosts.length === 0 ? ["*"] : hosts;
  const anyPath = paths.length === 0 ? ["/*"] : paths;
  return anyHost.flatMap((host) => anyPath.map((path) => `${host}${path}`));
}
