import type { TerraformStack } from "cdktf";
import { OciFirewall, OciLoadBalancer, OciNetwork, type OciBalancerRouteProps, type OciLoadBalancerProps } from "cdktf-governed-agents/oci";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { ociSynth, resourcesOf } from "./support";

export const CERTIFICATE = "ocid1.certificate.oc1.iad.amaaaaexample";
export const ZONE_ID = "ocid1.dns-zone.oc1..aaaaexample";
export const API = { paths: ["/api/*"], port: 8443 };

/** A network that is managed elsewhere. */
export const NETWORK = OciNetwork.fromAttributes({
  vcnId: "ocid1.vcn.oc1.iad.amaaaaexample",
  cidr: "10.20.0.0/16",
  egress: "nat-gateway",
  availabilityDomains: ["Uocm:US-ASHBURN-AD-1"],
  subnetIds: { public: "ocid1.subnet.oc1.iad.public", private: "ocid1.subnet.oc1.iad.private" },
});

/** Routes by id. */
export type Routes = Readonly<Record<string, Omit<OciBalancerRouteProps, "targets">>>;

/** A balancer with routes to one set of targets. */
export function balanced(stack: TerraformStack, props: Partial<OciLoadBalancerProps> = {}, routes: Routes = {}) {
  const targets = new OciFirewall(stack, "Targets", { network: NETWORK });
  const base = { network: NETWORK, domain: "api.acme.dev", certificateId: CERTIFICATE, zoneId: ZONE_ID, bandwidth: { maxMbps: 100 } };
  const balancer = new OciLoadBalancer(stack, "Front", { ...base, ...props });
  const made = Object.entries(routes).map(([id, route]) => balancer.addRoute(stack, id, { ...route, targets }));
  return { balancer, targets, routes: made };
}

/** The Terraform of such a balancer. */
export const synthWith = (props: Partial<OciLoadBalancerProps> = {}, routes: Routes = {}) =>
  ociSynth((stack) => balanced(stack, props, routes));
/** All resources of a type. */
export const allOf = (result: Synthesized, type: string) => Object.values(resourcesOf(result, type));
/** The only resource of a type. */
export const onlyOf = (result: Synthesized, type: string) => {
  expect(allOf(result, type)).toHaveLength(1);
  return allOf(result, type)[0] as Record<string, unknown>;
};
