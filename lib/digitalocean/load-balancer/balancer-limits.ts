import type { Lacks, ProviderProps } from "../../spec/context";
import { isToken } from "../../spec/check";
import type { LoadBalancerProps } from "../../spec/load-balancer";
import type { LoadBalancerLimits } from "../../spec/load-balancer-limits";
import { DigitalOceanFirewall } from "../network/firewall";
import type { DigitalOceanLoadBalancerProps } from "./load-balancer";

/** Seconds after which a silent connection is closed. Source: DigitalOcean API reference, load balancers, read 2026-11-21. */
const IDLE_SECONDS = { min: 30, max: 600 } as const;

/** Shortest `response_timeout_seconds`. Source: digitalocean_loadbalancer of the Terraform provider 2.71.0, read 2026-11-21. */
const MIN_HEALTH_TIMEOUT_SECONDS = 3;

/** Nodes of one balancer. Source: `size_unit` of digitalocean_loadbalancer in the Terraform provider 2.71.0, read 2026-11-21. */
const NODES = { min: 1, max: 200 } as const;

/** Longest common name of a certificate. Source: RFC 5280, ub-common-name, read 2026-11-21. */
const MAX_DOMAIN = 64;

/** Names in one certificate. Source: https://letsencrypt.org/docs/rate-limits/, read 2026-11-21. */
const MAX_NAMES = 100;

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const ZONE_WANT = 'a domain that DigitalOcean manages, such as "acme.dev"';

export type Lacking = "drainSeconds" | "accessLogRetentionDays" | "webFirewall" | "testListener";

export const LACKS = {
  drainSeconds: "a DigitalOcean load balancer has no setting for how long a leaving droplet keeps its connections",
  accessLogRetentionDays: "DigitalOcean keeps no access logs of load balancers",
  webFirewall: "DigitalOcean has no web application firewall",
  testListener: "the firewall of a DigitalOcean load balancer is one for all ports, so that no port can be for some only",
  "target.protocol": "a DigitalOcean load balancer decrypts, and speaks HTTP to the droplets inside the VPC",
} satisfies Record<Lacking, string> & Lacks<Lackable>;

/** The neutral props, and those of the target. */
export type Lackable = LoadBalancerProps & { readonly "target.protocol"?: never };

/** Props that only DigitalOcean has. */
export type Own = Pick<DigitalOceanLoadBalancerProps, "network" | "zone" | "certificateName" | "target" | "nodes">;

/** Checks of the props that only DigitalOcean has. */
export function ownProps(props: DigitalOceanLoadBalancerProps): ProviderProps<Own> {
  return {
    network: (check) => check.required("network", "the network that the load balancer is in"),
    zone: (check) => {
      const zone = check.tryText("zone", { pattern: DOMAIN, want: ZONE_WANT });
      if (zone === undefined && props?.certificateName === undefined) {
        check.issue("zone", undefined, ZONE_WANT, "give the domain, and the certificate is made there; or give certificateName");
      }
      for (const name of zone === undefined ? [] : namesOf(props)) {
        if (!isIn(name, zone as string)) check.issue("zone", zone, `the domain that ${name} is in`, "records are made in it");
      }
    },
    certificateName: (check) => {
      check.tryText("certificateName", { want: "name of a certificate in the DigitalOcean account", tokens: true });
    },
    target: (check) => {
      const firewall: unknown = props?.target?.firewall;
      if (firewall instanceof DigitalOceanFirewall) return;
      check.issue("target.firewall", firewall === undefined ? undefined : typeof firewall, "the DigitalOceanFirewall of the droplets");
    },
    nodes: (check) => void check.tryInteger("nodes", { ...NODES, source: "DigitalOcean load balancer" }),
  };
}

/** What DigitalOcean allows, and what is known of the network. */
export function placeOf(props: DigitalOceanLoadBalancerProps): LoadBalancerLimits<never> {
  return {
    reachable: undefined,
    networkCidr: props?.network?.cidr ?? "10.0.0.0/8",
    certificate: props?.certificateName === undefined ? "issued" : "given",
    dnsManaged: props?.zone !== undefined,
    dnsProp: "zone",
    maxDomainLength: MAX_DOMAIN,
    maxAlternativeDomains: MAX_NAMES - 1,
    tlsVersions: ["1.2"],
    idleTimeoutSeconds: IDLE_SECONDS,
    peerKinds: ["internet", "cidr"],
    peerNames: false,
    target: {
      props: props?.target,
      own: ["firewall"],
      limits: { protocols: ["http"], minHealthTimeoutSeconds: MIN_HEALTH_TIMEOUT_SECONDS, source: "DigitalOcean load balancer" },
    },
    source: "DigitalOcean load balancer",
    pathOf: () => "",
  };
}

/** The name of a record in its zone: `@` for the zone itself. */
export function recordName(name: string, zone: string): string {
  return name === zone ? "@" : name.slice(0, -zone.length - 1);
}

function isIn(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

function namesOf({ domain, alternativeDomains }: DigitalOceanLoadBalancerProps): readonly string[] {
  const others = Array.isArray(alternativeDomains) ? alternativeDomains : [];
  return [domain, ...others].filter((name) => typeof name === "string" && DOMAIN.test(name) && !isToken(name));
}
