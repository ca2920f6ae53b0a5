import type { Construct } from "constructs";
import type { ProviderProps } from "../../spec/context";
import type { LoadBalancerLimits } from "../../spec/load-balancer-limits";
import type { Tier } from "../../spec/network";
import type { AwsFirewall } from "../network/firewall";
import type { AwsLoadBalancerProps } from "./load-balancer";
import { LOG_RETENTION_DAYS, type IAwsNetwork } from "../network/network";
import { tryRegion } from "../region";
import { COMMON_RULES } from "./web-firewall";

/** How many hosts and paths one rule can have. Source: Application Load Balancer quotas, read 2026-11-21. */
export const MAX_PATTERNS = 5;

/** Longest domain of a certificate's subject. Source: ACM API reference, RequestCertificate, read 2026-11-21. */
const MAX_DOMAIN = 64;

/** Certificates of one balancer beside the default one. Source: Application Load Balancer quotas, read 2026-11-21. */
const MAX_MORE_CERTIFICATES = 25;

/** Longest idle timeout. Source: Application Load Balancer user guide, load balancer attributes, read 2026-11-21. */
const MAX_IDLE_SECONDS = 4000;

const ZONE_ID = { pattern: /^Z[A-Z0-9]{1,31}$/, want: 'id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"', tokens: true };
const CERTIFICATE = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[A-Za-z0-9-]+$/;

/** Props that only AWS has. */
export type Own = Pick<AwsLoadBalancerProps, "network" | "zoneId" | "certificateArn">;

/** Checks of the props that only AWS has. */
export function ownProps(scope: Construct, props: AwsLoadBalancerProps): ProviderProps<Own> {
  const region = tryRegion(scope);
  return {
    network: (check) => check.required("network", "the network that the load balancer is in"),
    zoneId: (check) => {
      if (check.tryText("zoneId", ZONE_ID) === undefined && props?.certificateArn === undefined) {
        const fix = "give the zone of the domain, and the certificate is made there; or give certificateArn";
        check.issue("zoneId", undefined, ZONE_ID.want, fix);
      }
    },
    certificateArn: (check) => {
      const want =
        region === undefined ? "ARN of an ACM certificate" : `ARN of an ACM certificate in ${region}, the region of the load balancer`;
      const arn = check.tryText("certificateArn", { pattern: CERTIFICATE, want, tokens: true });
      const found = CERTIFICATE.exec(arn ?? "")?.[1];
      if (found !== undefined && region !== undefined && found !== region) check.issue("certificateArn", arn, want);
    },
  };
}

/** What AWS allows, and what is known of the network. */
export function placeOf(props: AwsLoadBalancerProps): LoadBalancerLimits<AwsFirewall> {
  const network = props?.network;
  return {
    zones: network?.zones === undefined ? undefined : { found: network.zones, min: 2 },
    reachable: network === undefined ? undefined : network.subnetIds("public").length > 0,
    networkCidr: network?.cidr ?? "10.0.0.0/8",
    certificate: props?.certificateArn === undefined ? "issued" : "given",
    dnsManaged: props?.zoneId !== undefined,
    dnsProp: "zoneId",
    maxDomainLength: MAX_DOMAIN,
    maxAlternativeDomains: MAX_MORE_CERTIFICATES,
    idleTimeoutSeconds: { min: 1, max: MAX_IDLE_SECONDS },
    accessLogRetention: { default: 365 },
    webFirewall: {
      rules: COMMON_RULES,
      counts: ["SizeRestrictions_BODY"],
      logRetention: { default: 365, allowed: LOG_RETENTION_DAYS },
    },
    source: "Application Load Balancer",
    pathOf: (firewall) => firewall.node.path,
  };
}

/** Subnets of a balancer: the public ones, or the most closed tier that workloads run in. */
export function subnetsOf(network: IAwsNetwork, exposure: "public" | "internal"): readonly string[] {
  const tiers: readonly Tier[] = exposure === "public" ? ["public"] : ["private", "isolated", "public"];
  return tiers.map((tier) => network.subnetIds(tier)).find((ids) => ids.length > 0) ?? [];
}
