import type { TerraformStack } from "cdktf";
import { AwsFirewall, AwsLoadBalancer, AwsNetwork, type AwsBalancerRouteProps, type AwsLoadBalancerProps } from "cdktf-governed-agents/aws";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { awsSynth, resourcesOf } from "./support";

export const ZONE_ID = "Z0123456789ABCDEFGHIJ";
export const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
export const API = { paths: ["/api/*"], port: 8443 };

/** Two zones of a network that is managed elsewhere. */
export const NETWORK = AwsNetwork.fromAttributes({
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.20.0.0/16",
  zones: ["us-east-1a", "us-east-1b"],
  egress: "nat-gateway",
  subnetIds: { public: ["subnet-public-a", "subnet-public-b"], private: ["subnet-private-a", "subnet-private-b"] },
});

/** Routes by id. */
export type Routes = Readonly<Record<string, Omit<AwsBalancerRouteProps, "targets">>>;

/** A balancer with routes to one set of targets. */
export function balanced(stack: TerraformStack, props: Partial<AwsLoadBalancerProps> = {}, routes: Routes = {}) {
  const network = NETWORK;
  const targets = new AwsFirewall(stack, "Targets", { network });
  const balancer = new AwsLoadBalancer(stack, "Front", { network, domain: "api.acme.dev", zoneId: ZONE_ID, ...props });
  const made = Object.entries(routes).map(([id, route]) => balancer.addRoute(stack, id, { ...route, targets }));
  return { balancer, targets, routes: made };
}

/** The Terraform of such a balancer. */
export const synthWith = (props: Partial<AwsLoadBalancerProps> = {}, routes: Routes = {}) =>
  awsSynth((stack) => balanced(stack, props, routes));
/** All resources of a type. */
export const allOf = (result: Synthesized, type: string) => Object.values(resourcesOf(result, type));
/** The only resource of a type. */
export const onlyOf = (result: Synthesized, type: string) => {
  expect(allOf(result, type)).toHaveLength(1);
  return allOf(result, type)[0] as Record<string, unknown>;
};
