import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { LoadBalancerListener } from "../bindings/load-balancer-listener";
import { LoadBalancerLoadBalancerRoutingPolicy } from "../bindings/load-balancer-load-balancer-routing-policy";
import type { OciBalancerRoute } from "./balancer-route";
import { routingCondition } from "./routing-condition";

/** Longest name of a rule. Source: RoutingRule in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 32;

/** Digits of a priority. */
const DIGITS = 5;

/** All routes of a listener: OCI keeps them as one ordered list, so they are one resource, which is there as soon as there is a route. */
export class OciRoutingPolicy extends Construct {
  private readonly routes: OciBalancerRoute[] = [];
  private policy?: LoadBalancerLoadBalancerRoutingPolicy;

  constructor(
    scope: Construct,
    id: string,
    private readonly loadBalancerId: string,
    private readonly listener: LoadBalancerListener,
  ) {
    super(scope, id);
  }

  /** The underlying policy; undefined before the first route. */
  get resource(): LoadBalancerLoadBalancerRoutingPolicy | undefined {
    return this.policy;
  }

  /** Takes in a route, in its order among the others. */
  add(route: OciBalancerRoute): void {
    this.routes.push(route);
    this.routes.sort((one, other) => one.spec.priority - other.spec.priority);
    const rules = this.routes.map((one) => ruleOf(one));
    if (this.policy !== undefined) this.policy.putRules(rules);
    else this.policy = this.addPolicy(rules);
  }

  private addPolicy(rules: ReturnType<typeof ruleOf>[]): LoadBalancerLoadBalancerRoutingPolicy {
    const policy = new LoadBalancerLoadBalancerRoutingPolicy(this, "Resource", {
      loadBalancerId: this.loadBalancerId,
      name: "routes",
      conditionLanguageVersion: "V1",
      rules,
    });
    this.listener.routingPolicyName = policy.name;
    return policy;
  }
}

/** The name of a rule begins with its priority, which OCI keeps in no other place. */
function ruleOf(route: OciBalancerRoute) {
  const { priority, hosts, paths } = route.spec;
  const prefix = `p${String(priority).padStart(DIGITS, "0")}_`;
  return {
    name: physicalName(route, { kind: "routing rule", maxLength: MAX_NAME, prefix, separator: "_" }),
    condition: routingCondition(hosts, paths),
    actions: [{ name: "FORWARD_TO_BACKENDSET", backendSetName: route.backendSet.name }],
  };
}
