import { Construct } from "constructs";
import { physicalName } from "../../names";
import { acknowledge, acknowledgeSandbox } from "../../policy/acknowledge";
import type { BalancerRouteSpec } from "../../spec/balancer-route";
import { BalancerRouteTable } from "../../spec/balancer-route-table";
import { specContext } from "../../spec/context";
import type { FirewallRuleProps, Peer, PeerSpec } from "../../spec/firewall";
import { loadBalancerSpec, type IBalanced, type LoadBalancerProps, type LoadBalancerSpec } from "../../spec/load-balancer";
import { addAlarm } from "../alarms";
import { DnsRrset } from "../bindings/dns-rrset";
import { LoadBalancerBackendSet } from "../bindings/load-balancer-backend-set";
import { LoadBalancerHostname } from "../bindings/load-balancer-hostname";
import { LoadBalancerListener } from "../bindings/load-balancer-listener";
import { LoadBalancerLoadBalancer } from "../bindings/load-balancer-load-balancer";
import type { LoadBalancerLoadBalancerRoutingPolicy } from "../bindings/load-balancer-load-balancer-routing-policy";
import { LoadBalancerRuleSet } from "../bindings/load-balancer-rule-set";
import { compartmentOf } from "../compartment";
import type { LOG_RETENTION_DAYS } from "../log-group";
import { OciLogGroup } from "../log-group";
import { OciFirewall } from "../network/firewall";
import type { IOciNetwork } from "../network/network";
import { LACKS, MAX_PATTERNS, minMbps, ownProps, PATTERNS, placeOf, subnetOf, type Lacking, type Own } from "./balancer-limits";
import { OciBalancerRoute, type OciBalancerRouteProps } from "./balancer-route";
import { OciRoutingPolicy } from "./routing-policy";
import { TLS } from "./tls";
import { OciWebFirewall } from "./web-firewall";

/** Longest display name. Source: CreateLoadBalancerDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 1024;

/** Longest name of a virtual host name that is certain to be taken. */
const MAX_HOST_NAME = 32;

const TTL_SECONDS = 300;

/** Traffic in both directions together. */
export interface OciBandwidth {
  /** The most, 10 to 8000. Only what is used above the minimum is paid for. */
  readonly maxMbps: number;
  /**
   * What is there from the start, and always paid for: 10 to `maxMbps`; .07 USD a month for each Mbps.
   * @default 10
   */
  readonly minMbps?: number;
}

export interface OciLoadBalancerProps extends Omit<LoadBalancerProps<OciFirewall>, Lacking | "accessLogRetentionDays"> {
  /** The network it is in. */
  readonly network: IOciNetwork;
  /** OCID of a certificate in OCI's Certificates service that covers the domains: OCI issues no public certificates itself. */
  readonly certificateId: string;
  /** What it may carry; the most has to be said, because it is paid for. */
  readonly bandwidth: OciBandwidth;
  /**
   * OCID of the DNS zone of the domains: their records are made there.
   * @default - no DNS record
   */
  readonly zoneId?: string;
  /**
   * Days for which access and error logs are kept; OCI keeps them 180 at most.
   * @default 180
   */
  readonly accessLogRetentionDays?: (typeof LOG_RETENTION_DAYS)[number];
}

/**
 * HTTPS for services: redirect, access logs, and a web firewall when it is public. What no route matches gets 502, from a set without targets.
 *
 * Creates `oci_load_balancer_load_balancer` (flexible) in the regional subnet of its exposure with listeners, host names, rule sets and a
 * routing policy, a firewall, DNS records, logs, an alarm, and a web firewall when public.
 * Cost of the defaults in every region (price list of 2024-01-19): 8.25 USD a month and .73 for the 10 Mbps that are always there; the first
 * balancer and 10 Mbps of a tenancy are free. A web firewall is 5 USD a month, the first of a tenancy free.
 * Not covered: certificates (OCI issues none for the internet), IPv6, other protocols than HTTP, client certificates; and what OCI lacks: a
 * drain time and canaries.
 */
export class OciLoadBalancer extends Construct implements IBalanced {
  /** The load balancer after defaults and checks. */
  readonly spec: LoadBalancerSpec;
  /** The underlying load balancer. */
  readonly balancer: LoadBalancerLoadBalancer;
  /** Who may connect to it, and where it may connect to. */
  readonly firewall: OciFirewall;
  /** The underlying HTTPS listener. */
  readonly listener: LoadBalancerListener;
  /** The filter in front of it; always there when it is public. */
  readonly webFirewall?: OciWebFirewall;
  private readonly props: OciLoadBalancerProps;
  private readonly routes: BalancerRouteTable<OciFirewall>;
  private readonly routing: OciRoutingPolicy;

  constructor(scope: Construct, id: string, props: OciLoadBalancerProps) {
    super(scope, id);
    this.props = props;
    this.spec = loadBalancerSpec(props, specContext<Own, LoadBalancerProps>(this, ownProps(props), LACKS), placeOf(props));
    this.firewall = this.addFirewall();
    this.routes = new BalancerRouteTable(this, this.firewall);
    this.balancer = this.addBalancer();
    const nowhere = this.addEmptySet();
    this.listener = this.addHttps(nowhere);
    this.routing = new OciRoutingPolicy(this, "Routing", this.balancer.id, this.listener);
    if (this.spec.redirectHttp) this.addRedirect(nowhere);
    if (this.spec.dnsManaged) this.addRecords();
    this.addLogs();
    this.webFirewall = this.tryWebFirewall();
    this.addErrorAlarm();
  }

  get hostname(): string {
    return this.spec.domain;
  }

  /** Where DNS records that are managed elsewhere have to point; a private address when it is internal. */
  get ipAddress(): string {
    return this.balancer.ipAddressDetails.get(0).ipAddress;
  }

  /** The underlying list of routes; undefined before the first one. */
  get routingPolicy(): LoadBalancerLoadBalancerRoutingPolicy | undefined {
    return this.routing.resource;
  }

  /**
   * Leads some hosts and paths to targets.
   * @throws IntentError when a prop is wrong, or when priority, hosts and paths collide with another route.
   */
  addRoute(scope: Construct, id: string, props: OciBalancerRouteProps): OciBalancerRoute {
    const limits = {
      balancer: this.node.path,
      domains: undefined,
      drainSeconds: 0,
      idleTimeoutSeconds: this.spec.idleTimeoutSeconds,
      maxPatterns: MAX_PATTERNS,
      patterns: PATTERNS,
      source: "OCI load balancer",
    };
    const admit = (route: Construct, spec: BalancerRouteSpec, targets: OciFirewall) => this.routes.admit(route, spec, targets);
    const route = new OciBalancerRoute(scope, id, { limits, loadBalancerId: this.balancer.id, admit }, props);
    this.routing.add(route);
    return route;
  }

  private get names(): readonly string[] {
    return [this.spec.domain, ...this.spec.alternativeDomains];
  }

  private addFirewall(): OciFirewall {
    const { spec, props } = this;
    const peers = props.allowFrom ?? (spec.allowFrom as Readonly<Record<string, Peer<OciFirewall>>>);
    return new OciFirewall(this, "Firewall", {
      network: props.network,
      exposure: spec.exposure === "public" ? "public" : "private",
      ingress: { ...ingress("https", 443, peers), ...(spec.redirectHttp ? ingress("http", 80, peers) : {}) },
    });
  }

  private addBalancer(): LoadBalancerLoadBalancer {
    const { props, spec } = this;
    const balancer = new LoadBalancerLoadBalancer(this, "Resource", {
      compartmentId: compartmentOf(this),
      displayName: physicalName(this, { kind: "load balancer", maxLength: MAX_NAME }),
      shape: "flexible",
      shapeDetails: { minimumBandwidthInMbps: minMbps(props.bandwidth), maximumBandwidthInMbps: props.bandwidth.maxMbps },
      isPrivate: spec.exposure === "internal",
      subnetIds: [subnetOf(props.network, spec.exposure)],
      networkSecurityGroupIds: [this.firewall.securityGroup.id],
      isDeleteProtectionEnabled: spec.profile === "production",
      isRequestIdEnabled: true,
    });
    acknowledgeSandbox(balancer, spec.profile, ["balancer-deletion-protected"]);
    return balancer;
  }

  /** Where requests go that no route takes. */
  private addEmptySet(): LoadBalancerBackendSet {
    const nowhere = new LoadBalancerBackendSet(this, "Nowhere", {
      loadBalancerId: this.balancer.id,
      name: "nowhere",
      policy: "ROUND_ROBIN",
      healthChecker: { protocol: "TCP", port: 443 },
    });
    acknowledge(nowhere, "target-encrypted", "there is no target in it: a listener of OCI has to have a set of them");
    return nowhere;
  }

  private addHttps(nowhere: LoadBalancerBackendSet): LoadBalancerListener {
    const { minTlsVersion, idleTimeoutSeconds } = this.spec;
    const headers = new LoadBalancerRuleSet(this, "Headers", {
      loadBalancerId: this.balancer.id,
      name: "valid_headers",
      items: [{ action: "HTTP_HEADER", areInvalidCharactersAllowed: false }],
    });
    return new LoadBalancerListener(this, "Https", {
      loadBalancerId: this.balancer.id,
      name: "https",
      port: 443,
      protocol: "HTTP",
      defaultBackendSetName: nowhere.name,
      hostnameNames: this.names.map((name) => this.addHostname(name).name),
      ruleSetNames: [headers.name],
      connectionConfiguration: { idleTimeoutInSeconds: String(idleTimeoutSeconds) },
      sslConfiguration: {
        ...TLS[minTlsVersion],
        certificateIds: [this.props.certificateId],
        serverOrderPreference: "ENABLED",
        verifyPeerCertificate: false,
      },
    });
  }

  private addHostname(hostname: string): LoadBalancerHostname {
    return new LoadBalancerHostname(this, hostname === this.spec.domain ? "Hostname" : `Hostname-${hostname}`, {
      loadBalancerId: this.balancer.id,
      name: physicalName(this, { kind: "virtual host name", maxLength: MAX_HOST_NAME, suffix: hostname }),
      hostname,
    });
  }

  /** Port 80 is open for this alone, to those who may use 443; `redirectHttp: false` closes it. */
  private addRedirect(nowhere: LoadBalancerBackendSet): void {
    const rules = new LoadBalancerRuleSet(this, "RedirectRules", {
      loadBalancerId: this.balancer.id,
      name: "redirect_to_https",
      items: [
        {
          action: "REDIRECT",
          conditions: [{ attributeName: "PATH", attributeValue: "/", operator: "FORCE_LONGEST_PREFIX_MATCH" }],
          redirectUri: { protocol: "HTTPS", port: 443 },
          responseCode: 301,
        },
      ],
    });
    new LoadBalancerListener(this, "Redirect", {
      loadBalancerId: this.balancer.id,
      name: "redirect",
      port: 80,
      protocol: "HTTP",
      defaultBackendSetName: nowhere.name,
      ruleSetNames: [rules.name],
    });
    const open = this.firewall.node.tryFindChild("Ingress-http-internet");
    if (open !== undefined) acknowledge(open, "firewall-world-only-https", "port 80 answers with a redirect to HTTPS and nothing else");
  }

  private addRecords(): void {
    for (const domain of this.names) {
      new DnsRrset(this, domain === this.spec.domain ? "Record" : `Record-${domain}`, {
        zoneNameOrId: this.props.zoneId as string,
        domain,
        rtype: "A",
        items: [{ domain, rtype: "A", rdata: this.ipAddress, ttl: TTL_SECONDS }],
      });
    }
  }

  private addLogs(): void {
    const logs = new OciLogGroup(this, "AccessLogs", { retentionDays: this.spec.accessLogRetentionDays as number });
    for (const category of ["access", "error"]) {
      logs.addLog(category === "access" ? "Access" : "Error", { service: "loadbalancer", category, resource: this.balancer.id });
    }
  }

  private tryWebFirewall(): OciWebFirewall | undefined {
    const spec = this.spec.webFirewall;
    return spec === undefined ? undefined : new OciWebFirewall(this, "WebFirewall", { spec, loadBalancerId: this.balancer.id });
  }

  private addErrorAlarm(): void {
    addAlarm(this, "Errors", {
      body: `${this.spec.domain} answers with errors (5xx): targets are missing, full or too slow, or fail`,
      namespace: "oci_lbaas",
      query: `HttpResponses5xx[1m]{resourceId = "${this.balancer.id}"}.sum() > 5`,
      pendingMinutes: 3,
    });
  }
}

function ingress(
  prefix: string,
  port: number,
  peers: Readonly<Record<string, Peer<OciFirewall> | PeerSpec>>,
): Record<string, FirewallRuleProps<OciFirewall>> {
  const rule = (name: string, peer: Peer<OciFirewall>) => ({ port, peer, description: `${prefix} from ${name}` });
  return Object.fromEntries(Object.entries(peers).map(([name, peer]) => [`${prefix}-${name}`, rule(name, peer as Peer<OciFirewall>)]));
}
