import { Loadbalancer, type LoadbalancerFirewall } from "@cdktf/provider-digitalocean/lib/loadbalancer";
import { Record as DnsRecord } from "@cdktf/provider-digitalocean/lib/record";
import { Construct } from "constructs";
import { claimName, physicalName } from "../../names";
import { acknowledge, acknowledgeSandbox } from "../../policy/acknowledge";
import { specContext } from "../../spec/context";
import type { BalancerTargetProps, BalancerTargetSpec } from "../../spec/balancer-target";
import type { PeerSpec } from "../../spec/firewall";
import { loadBalancerSpec, type IBalanced, type LoadBalancerProps, type LoadBalancerSpec } from "../../spec/load-balancer";
import { addAlert } from "../alarms";
import type { DigitalOceanFirewall, IDigitalOceanBalancerPeer } from "../network/firewall";
import type { IDigitalOceanNetwork } from "../network/network";
import { DigitalOceanBalancerCertificate } from "./balancer-certificate";
import { LACKS, ownProps, placeOf, recordName, type Lackable, type Lacking, type Own } from "./balancer-limits";

/** Longest name of a firewall rule. */
const MAX_RULE_NAME = 63;

/** How long a client stays with its droplet when the balancer is sticky: one day. */
const STICKY = { type: "cookies", cookieName: "DO-LB", cookieTtlSeconds: 86_400 } as const;

/** Nodes by profile: DigitalOcean calls a balancer of two or more highly available. */
const NODES = { production: 2, sandbox: 1 } as const;

const TTL_SECONDS = 300;

/** Droplets behind a balancer; it speaks HTTP to them, inside the VPC. */
export interface DigitalOceanTargetProps extends Omit<BalancerTargetProps, "protocol"> {
  /** The firewall of the droplets: its tag says which they are, and the balancer is let in on the port. */
  readonly firewall: DigitalOceanFirewall;
}

export interface DigitalOceanLoadBalancerProps extends Omit<LoadBalancerProps, Lacking | "allowFrom" | "minTlsVersion"> {
  /** The network it is in, and its droplets. */
  readonly network: IDigitalOceanNetwork;
  /** Where all requests go. */
  readonly target: DigitalOceanTargetProps;
  /**
   * Who may connect, by name: ranges, or the internet alone. DigitalOcean keeps the ranges and not the names.
   * @default - `internet` when public, the range of the network when internal
   */
  readonly allowFrom?: Readonly<Record<string, { readonly cidr: string } | "internet">>;
  /**
   * Oldest TLS that clients may speak; 1.3 is spoken as well.
   * @default "1.2"
   */
  readonly minTlsVersion?: "1.2";
  /**
   * Domain that DigitalOcean manages and that all names are in, such as `acme.dev`: certificate and records are made there.
   * @default - no DNS record; then `certificateName` has to be given
   */
  readonly zone?: string;
  /**
   * Name of a certificate of the account that covers the domains, instead of one that is made here.
   * @default - one is made, by Let's Encrypt
   */
  readonly certificateName?: string;
  /**
   * Nodes of the balancer, 1 to 200: each takes 10,000 requests a second and costs 12.00 USD a month.
   * @default 2 in production, 1 in a sandbox
   */
  readonly nodes?: number;
}

/**
 * HTTPS for droplets: certificate, redirect, and who may connect.
 *
 * Creates `digitalocean_loadbalancer` (regional), `digitalocean_certificate`, `digitalocean_record` for each name, a rule in the droplets'
 * firewall and an alert. Its name is its domain.
 * Cost of the defaults in every region (2026-06): 24.00 USD a month for two nodes; 12.00 in a sandbox.
 * Not covered, because DigitalOcean has none: routes by host or path, access logs, a web firewall, a drain time, HTTPS to droplets, TLS 1.3
 * only, deletion protection (in production Terraform refuses to destroy it). IPv6 is not covered either.
 */
export class DigitalOceanLoadBalancer extends Construct implements IBalanced, IDigitalOceanBalancerPeer {
  /** The load balancer after defaults and checks. */
  readonly spec: LoadBalancerSpec;
  /** The underlying load balancer. */
  readonly balancer: Loadbalancer;
  /** The certificate that is made here, if one is. */
  readonly certificate?: DigitalOceanBalancerCertificate;
  private readonly props: DigitalOceanLoadBalancerProps;

  constructor(scope: Construct, id: string, props: DigitalOceanLoadBalancerProps) {
    super(scope, id);
    this.props = props;
    this.spec = loadBalancerSpec(
      props as LoadBalancerProps<never>,
      specContext<Own, Lackable>(this, ownProps(props), LACKS),
      placeOf(props),
    );
    this.certificate = this.tryCertificate();
    this.balancer = this.addBalancer(this.spec.target as BalancerTargetSpec);
    if (this.spec.dnsManaged) this.addRecords(props.zone as string);
    this.openTarget();
    this.addErrorAlert();
  }

  get hostname(): string {
    return this.spec.domain;
  }

  /** Where DNS records that are managed elsewhere have to point; a private address when it is internal. */
  get ipAddress(): string {
    return this.balancer.ip;
  }

  get loadBalancerId(): string {
    return this.balancer.id;
  }

  private get names(): readonly string[] {
    return [this.spec.domain, ...this.spec.alternativeDomains];
  }

  private tryCertificate(): DigitalOceanBalancerCertificate | undefined {
    if (this.spec.certificate === "given") return undefined;
    return new DigitalOceanBalancerCertificate(this, "Certificate", { domains: this.names });
  }

  private addBalancer(target: BalancerTargetSpec): Loadbalancer {
    const { spec, props } = this;
    const balancer = new Loadbalancer(this, "Resource", {
      name: claimName(this, { kind: "load balancer" }, spec.domain, "domain"),
      type: "REGIONAL",
      region: props.network.region,
      vpcUuid: props.network.vpcId,
      network: spec.exposure === "public" ? "EXTERNAL" : "INTERNAL",
      networkStack: "IPV4",
      sizeUnit: props.nodes ?? NODES[spec.profile],
      dropletTag: props.target.firewall.tag,
      forwardingRule: [this.forwardingRule(target)],
      healthcheck: healthcheck(target),
      stickySessions: target.sticky ? STICKY : undefined,
      redirectHttpToHttps: spec.redirectHttp,
      tlsCipherPolicy: "STRONG",
      httpIdleTimeoutSeconds: spec.idleTimeoutSeconds,
      enableProxyProtocol: false,
      disableLetsEncryptDnsRecords: true,
      firewall: firewallOf(spec.allowFrom),
      lifecycle: { preventDestroy: spec.profile === "production" },
    });
    acknowledgeSandbox(balancer, spec.profile, ["balancer-deletion-protected"]);
    acknowledge(balancer, "target-encrypted", "DigitalOcean decrypts at the balancer; from there requests stay inside the VPC");
    return balancer;
  }

  /** Port 80 has no rule: with the redirect it answers with that and nothing else. */
  private forwardingRule({ port, protocol }: BalancerTargetSpec) {
    return {
      entryPort: 443,
      entryProtocol: "https",
      targetPort: port,
      targetProtocol: protocol,
      certificateName: this.certificate?.certificate.name ?? this.props.certificateName,
    };
  }

  private addRecords(zone: string): void {
    for (const name of this.names) {
      new DnsRecord(this, name === this.spec.domain ? "Record" : `Record-${name}`, {
        domain: zone,
        type: "A",
        name: recordName(name, zone),
        value: this.balancer.ip,
        ttl: TTL_SECONDS,
      });
    }
  }

  private openTarget(): void {
    const { firewall, port } = this.props.target;
    const rule = physicalName(this, { kind: `rule of ${firewall.node.path}`, maxLength: MAX_RULE_NAME, suffix: String(port) });
    firewall.addIngress(rule, { port, peer: { firewall: this }, description: "Requests of the load balancer" });
  }

  private addErrorAlert(): void {
    addAlert(this, "Errors", {
      type: "v1/insights/lbaas/increase_in_http_error_rate_count_5xx",
      description: `${this.spec.domain} answers with errors (5xx): droplets are missing, full or too slow, or fail`,
      entities: [this.balancer.id],
      compare: "GreaterThan",
      value: 5,
      window: "5m",
      enabled: true,
    });
  }
}

function healthcheck({ healthCheck, port, protocol }: BalancerTargetSpec) {
  return {
    protocol,
    port,
    path: healthCheck.path,
    checkIntervalSeconds: healthCheck.intervalSeconds,
    responseTimeoutSeconds: healthCheck.timeoutSeconds,
    healthyThreshold: healthCheck.healthyCount,
    unhealthyThreshold: healthCheck.unhealthyCount,
  };
}

/** The balancer's own firewall; without one everybody may connect. */
function firewallOf(peers: Readonly<Record<string, PeerSpec>>): LoadbalancerFirewall | undefined {
  const ranges = Object.keys(peers);
  return ranges.includes("internet") ? undefined : { allow: ranges.map((range) => `cidr:${range}`) };
}
