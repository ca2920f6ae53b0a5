import type { PatternRule } from "../../spec/balancer-route";
import type { Lacks, ProviderProps } from "../../spec/context";
import type { LoadBalancerProps } from "../../spec/load-balancer";
import type { LoadBalancerLimits } from "../../spec/load-balancer-limits";
import type { Tier } from "../../spec/network";
import { LOG_RETENTION_DAYS } from "../log-group";
import type { OciFirewall } from "../network/firewall";
import type { IOciNetwork } from "../network/network";
import type { OciLoadBalancerProps, OciBandwidth } from "./load-balancer";
import { CAPABILITY_NAMES } from "./web-firewall";

/** Longest idle timeout. Source: oci_load_balancer_listener in the documentation of the Terraform provider 8.28.0, read 2026-11-21. */
const MAX_IDLE_SECONDS = 7200;

/** Mbps of a flexible load balancer. Source: the same, oci_load_balancer_load_balancer, read 2026-11-21. */
const MBPS = { min: 10, max: 8000 } as const;

/** Virtual host names of one balancer. Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/servicelimits.htm, read 2026-11-21. */
const MAX_HOST_NAMES = 16;

/** Longest domain name. Source: RFC 1035, read 2026-11-21. */
const MAX_DOMAIN = 253;

const RETENTION = { default: 180, min: 30, max: 180, allowed: LOG_RETENTION_DAYS } as const;

/** Hosts and paths of one rule. Source: https://docs.oracle.com/en-us/iaas/Content/Balance/Tasks/create_routing-policy.htm, read 2026-11-21. */
export const MAX_PATTERNS = 5;

/** Source: https://docs.oracle.com/iaas/Content/Balance/Concepts/routing_policy_conditions.htm, read 2026-11-21. */
export const PATTERNS: Readonly<Record<"hosts" | "paths", PatternRule>> = {
  hosts: { pattern: /^(\*\.)?[a-z0-9][a-z0-9.-]{0,125}$/, want: 'host names in lower case such as "api.acme.dev" or "*.acme.dev"' },
  paths: {
    pattern: /^(\/[A-Za-z0-9_\-.$/~@:+&]{0,126}\*?|\*[A-Za-z0-9_\-.$/~@:+&]{1,126})$/,
    want: 'paths such as "/api/*", "/ws" or "*.json", at most 128 characters: OCI compares whole paths, beginnings and ends',
  },
};

const CERTIFICATE = {
  pattern: /^ocid1\.certificate\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of a certificate, such as "ocid1.certificate.oc1.iad.amaaaaexample"',
  tokens: true,
  fix: "OCI issues no public certificates: import one of your authority into its Certificates service, for all the names",
} as const;
const ZONE = {
  pattern: /^ocid1\.dns-zone\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of a DNS zone, such as "ocid1.dns-zone.oc1..aaaaexample"',
  tokens: true,
} as const;

export type Lacking = "drainSeconds" | "testListener";

export const LACKS = {
  drainSeconds: "an OCI load balancer has no setting for how long a backend that leaves keeps its connections",
  testListener: "OCI moves no traffic between sets of targets, so that there is no canary to test",
} satisfies Record<Lacking, string> & Lacks<LoadBalancerProps>;

/** Props that only OCI has. */
export type Own = Pick<OciLoadBalancerProps, "network" | "certificateId" | "zoneId" | "bandwidth">;

/** Checks of the props that only OCI has. */
export function ownProps(props: OciLoadBalancerProps): ProviderProps<Own> {
  return {
    network: (check) => check.required("network", "the network that the load balancer is in"),
    certificateId: (check) => void check.text("certificateId", CERTIFICATE),
    zoneId: (check) => void check.tryText("zoneId", ZONE),
    bandwidth: (parent) => {
      if (props?.bandwidth === undefined) return parent.required("bandwidth", "the most that it may carry, such as { maxMbps: 100 }");
      const check = parent.nested<OciBandwidth>("bandwidth", props.bandwidth, { maxMbps: true, minMbps: true });
      const source = "OCI flexible load balancer";
      const { maxMbps: max, minMbps: min } = props.bandwidth;
      check.integer("maxMbps", { ...MBPS, source });
      check.tryInteger("minMbps", { ...MBPS, source });
      if (min !== undefined && min > max) check.issue("minMbps", min, `maxMbps (${max}) or less`);
    },
  };
}

/** Mbps that are there from the start. */
export function minMbps({ minMbps: min }: OciBandwidth): number {
  return min ?? MBPS.min;
}

/** What OCI allows, and what is known of the network. */
export function placeOf(props: OciLoadBalancerProps): LoadBalancerLimits<OciFirewall> {
  const network = props?.network;
  return {
    reachable: network === undefined ? undefined : network.subnetId("public") !== undefined,
    networkCidr: network?.cidr ?? "10.0.0.0/8",
    certificate: "given",
    dnsManaged: props?.zoneId !== undefined,
    dnsProp: "zoneId",
    maxDomainLength: MAX_DOMAIN,
    maxAlternativeDomains: MAX_HOST_NAMES - 1,
    idleTimeoutSeconds: { min: 1, max: MAX_IDLE_SECONDS },
    accessLogRetention: RETENTION,
    webFirewall: { rules: CAPABILITY_NAMES, counts: [], logRetention: RETENTION },
    peerKinds: ["internet", "cidr", "firewall"],
    source: "OCI load balancer",
    pathOf: (firewall) => firewall.node?.path,
  };
}

/** The regional subnet of a balancer: the public one, or the most closed tier that workloads run in. */
export function subnetOf(network: IOciNetwork, exposure: "public" | "internal"): string {
  const tiers: readonly Tier[] = exposure === "public" ? ["public"] : ["private", "isolated", "public"];
  return tiers.map((tier) => network.subnetId(tier)).find((id) => id !== undefined) as string;
}
