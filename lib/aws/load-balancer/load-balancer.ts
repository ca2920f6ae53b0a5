import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { acknowledge, acknowledgeSandbox } from "../../policy/acknowledge";
import { BalancerRouteTable } from "../../spec/balancer-route-table";
import { specContext } from "../../spec/context";
import type { FirewallRuleProps, Peer, PeerSpec } from "../../spec/firewall";
import { drainSeconds, loadBalancerSpec, type IBalanced, type LoadBalancerProps, type LoadBalancerSpec } from "../../spec/load-balancer";
import { AwsAccessLogsBucket } from "./access-logs-bucket";
import { addAlarm } from "../alarms";
import { AwsBalancerCertificate } from "./balancer-certificate";
import { MAX_PATTERNS, ownProps, placeOf, subnetsOf, type Own } from "./balancer-limits";
import { AwsBalancerRoute, type AwsBalancerRouteProps } from "./balancer-route";
import { AwsFirewall } from "../network/firewall";
import type { IAwsNetwork } from "../network/network";
import { AwsWebFirewall } from "./web-firewall";

/** Longest name of a load balancer. Source: Elastic Load Balancing API reference, read 2026-11-21. */
const MAX_NAME = 32;

/** TLS policies by oldest version; all speak TLS 1.3. Source: Elastic Load Balancing user guide, security policies, read 2026-11-21. */
const TLS_POLICY = {
  "1.2": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "1.3": "ELBSecurityPolicy-TLS13-1-3-2021-06",
} satisfies Record<LoadBalancerSpec["minTlsVersion"], string>;

export interface AwsLoadBalancerProps extends LoadBalancerProps<AwsFirewall> {
  /** The network it is in. */
  readonly network: IAwsNetwork;
  /**
   * Id of the Route 53 hosted zone of the domain: certificate and DNS record are made there.
   * @default - no DNS record; then `certificateArn` has to be given
   */
  readonly zoneId?: string;
  /**
   * ARN of a certificate that covers the domains, instead of one that is made here.
   * @default - certificates are made, validated by DNS
   */
  readonly certificateArn?: string;
}

/**
 * HTTPS for services: certificates, redirect, access logs, and a web firewall when it is public. What no route matches gets 404.
 *
 * Creates `aws_lb` with listeners, a firewall, certificates and DNS records, a bucket for access logs, an alarm, and `aws_wafv2_web_acl` when public.
 * Cost of the defaults in us-east-1 (2026-07): 16.43 USD a month, .008 per capacity unit and hour; public: 3.65 for each zone's address, and the web firewall
 * 9.00 and .60 per million requests; .10 for the alarm.
 * Not covered: IPv6, other protocols than HTTP, client certificates, sign-in at the balancer.
 */
export class AwsLoadBalancer extends Construct implements IBalanced {
  /** The load balancer after defaults and checks. */
  readonly spec: LoadBalancerSpec;
  /** The underlying load balancer. */
  readonly balancer: Lb;
  /** Who may connect to it, and where it may connect to. */
  readonly firewall: AwsFirewall;
  /** The underlying HTTPS listener. */
  readonly listener: LbListener;
  /** The underlying listener for tests of canaries, when asked for. */
  readonly testListener?: LbListener;
  /** The filter in front of it; always there when it is public. */
  readonly webFirewall?: AwsWebFirewall;
  private readonly props: AwsLoadBalancerProps;
  private readonly routes: BalancerRouteTable<AwsFirewall>;

  constructor(scope: Construct, id: string, props: AwsLoadBalancerProps) {
    super(scope, id);
    this.props = props;
    this.spec = loadBalancerSpec(props, specContext<Own>(this, ownProps(this, props)), placeOf(props));
    this.firewall = this.addFirewall();
    this.routes = new BalancerRouteTable(this, this.firewall);
    this.balancer = this.addBalancer();
    const certificates = this.certificateArns();
    this.listener = this.addListener("Https", 443, certificates[0] as string);
    this.testListener = this.tryTestListener(certificates[0] as string);
    this.addFurtherCertificates(certificates);
    if (this.spec.redirectHttp) this.addRedirect();
    if (this.spec.dnsManaged) this.addRecords();
    this.webFirewall = this.tryWebFirewall();
    this.addErrorAlarm();
  }

  get hostname(): string {
    return this.spec.domain;
  }

  /** Name that AWS gave it; where DNS records that are managed elsewhere have to point. */
  get dnsName(): string {
    return this.balancer.dnsName;
  }

  /**
   * Leads some hosts and paths to targets.
   * @throws IntentError when a prop is wrong, or when priority, hosts and paths collide with another route.
   */
  addRoute(scope: Construct, id: string, props: AwsBalancerRouteProps): AwsBalancerRoute {
    const { spec, node } = this;
    return new AwsBalancerRoute(
      scope,
      id,
      {
        limits: {
          balancer: node.path,
          domains: spec.certificate === "issued" ? [spec.domain, ...spec.alternativeDomains] : undefined,
          drainSeconds: drainSeconds(this.props),
          idleTimeoutSeconds: spec.idleTimeoutSeconds,
          maxPatterns: MAX_PATTERNS,
          source: "Application Load Balancer quotas",
        },
        vpcId: this.props.network.vpcId,
        arnSuffix: this.balancer.arnSuffix,
        listenerArn: this.listener.arn,
        testListenerArn: this.testListener?.arn,
        admit: (route, routeSpec, targets) => this.routes.admit(route, routeSpec, targets),
      },
      props,
    );
  }

  private addFirewall(): AwsFirewall {
    const { spec, props } = this;
    const peers = props.allowFrom ?? (spec.allowFrom as Readonly<Record<string, Peer<AwsFirewall>>>);
    return new AwsFirewall(this, "Firewall", {
      network: props.network,
      exposure: spec.exposure === "public" ? "public" : "private",
      ingress: {
        ...ingress("https", 443, peers),
        ...(spec.redirectHttp ? ingress("http", 80, peers) : {}),
        ...(props.testListener === undefined ? {} : ingress("test", props.testListener.port, props.testListener.allowFrom)),
      },
    });
  }

  private addBalancer(): Lb {
    const { spec } = this;
    const logs = new AwsAccessLogsBucket(this, "AccessLogs", {
      profile: spec.profile,
      retentionDays: spec.accessLogRetentionDays as number,
    });
    const balancer = new Lb(this, "Resource", {
      name: physicalName(this, { kind: "load balancer", maxLength: MAX_NAME, prefix: /^internal/i.test(this.node.path) ? "lb-" : "" }),
      loadBalancerType: "application",
      internal: spec.exposure === "internal",
      subnets: [...subnetsOf(this.props.network, spec.exposure)],
      securityGroups: [this.firewall.securityGroup.id],
      idleTimeout: spec.idleTimeoutSeconds,
      enableDeletionProtection: spec.profile === "production",
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      accessLogs: { enabled: true, bucket: logs.bucket.id },
      tags: { domain: spec.domain },
      dependsOn: [logs.policy],
    });
    acknowledgeSandbox(balancer, spec.profile, ["balancer-deletion-protected"]);
    return balancer;
  }

  /** One certificate for each domain, the main one first. */
  private certificateArns(): readonly string[] {
    const { certificateArn, zoneId } = this.props;
    if (certificateArn !== undefined) return [certificateArn];
    return this.domains().map(
      ([suffix, domain]) => new AwsBalancerCertificate(this, `Certificate${suffix}`, { domain, zoneId: zoneId as string }).arn,
    );
  }

  /** Every domain with what is added to the ids of its resources. */
  private domains(): readonly (readonly [suffix: string, domain: string])[] {
    return [["", this.spec.domain], ...this.spec.alternativeDomains.map((domain) => [`-${domain}`, domain] as const)];
  }

  private addListener(id: string, port: number, certificateArn: string): LbListener {
    return new LbListener(this, id, {
      loadBalancerArn: this.balancer.arn,
      port,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY[this.spec.minTlsVersion],
      certificateArn,
      defaultAction: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" } },
      ],
    });
  }

  private tryTestListener(certificateArn: string): LbListener | undefined {
    return this.spec.testListener === undefined ? undefined : this.addListener("Test", this.spec.testListener.port, certificateArn);
  }

  private addFurtherCertificates(certificates: readonly string[]): void {
    this.domains().forEach(([suffix], index) => {
      const certificateArn = certificates[index];
      if (index === 0 || certificateArn === undefined) return;
      new LbListenerCertificate(this, `HttpsCertificate${suffix}`, { listenerArn: this.listener.arn, certificateArn });
      if (this.testListener !== undefined) {
        new LbListenerCertificate(this, `TestCertificate${suffix}`, { listenerArn: this.testListener.arn, certificateArn });
      }
    });
  }

  /** Port 80 is open for this alone, to those who may use 443 (CKV_AWS_260 when that is the internet); `redirectHttp: false` closes it. */
  private addRedirect(): void {
    new LbListener(this, "Redirect", {
      loadBalancerArn: this.balancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
    const open = this.firewall.node.tryFindChild("Ingress-http-internet");
    if (open !== undefined) acknowledge(open, "firewall-world-only-https", "port 80 answers with a redirect to HTTPS and nothing else");
  }

  private addRecords(): void {
    for (const [suffix, name] of this.domains()) {
      new Route53Record(this, `Record${suffix}`, {
        zoneId: this.props.zoneId as string,
        name,
        type: "A",
        alias: { name: this.balancer.dnsName, zoneId: this.balancer.zoneId, evaluateTargetHealth: true },
      });
    }
  }

  private tryWebFirewall(): AwsWebFirewall | undefined {
    const spec = this.spec.webFirewall;
    return spec === undefined ? undefined : new AwsWebFirewall(this, "WebFirewall", { spec, balancerArn: this.balancer.arn });
  }

  private addErrorAlarm(): void {
    addAlarm(this, "Errors", {
      alarmDescription: `${this.spec.domain} answers with errors of the load balancer itself (5xx): targets are missing, full or too slow`,
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: this.balancer.arnSuffix },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
    });
  }
}

function ingress(
  prefix: string,
  port: number,
  peers: Readonly<Record<string, Peer<AwsFirewall> | PeerSpec>>,
): Record<string, FirewallRuleProps<AwsFirewall>> {
  const rule = (name: string, peer: Peer<AwsFirewall>) => ({ port, peer, description: `${prefix} from ${name}` });
  return Object.fromEntries(Object.entries(peers).map(([name, peer]) => [`${prefix}-${name}`, rule(name, peer as Peer<AwsFirewall>)]));
}
