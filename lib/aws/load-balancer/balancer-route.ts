import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { balancerRouteSpec, type BalancerRouteLimits, type BalancerRouteProps, type BalancerRouteSpec } from "../../spec/balancer-route";
import { specContext, type ProviderProps } from "../../spec/context";
import { addAlarm } from "../alarms";
import type { AwsFirewall } from "../network/firewall";

/** Longest name of a target group. Source: Elastic Load Balancing API reference, read 2026-11-21. */
const MAX_NAME = 32;

/** How long a client stays with its target when the route is sticky: one day. */
const STICKY_SECONDS = 86_400;

export interface AwsBalancerRouteProps extends BalancerRouteProps {
  /** The firewall of the targets; the balancer is let in on the port. */
  readonly targets: AwsFirewall;
}

/** What a route has to know of its balancer. */
export interface RouteHost {
  readonly limits: BalancerRouteLimits;
  readonly vpcId: string;
  /** The balancer in metrics. */
  readonly arnSuffix: string;
  readonly listenerArn: string;
  readonly testListenerArn: string | undefined;
  /** Reserves priority, hosts and paths, and opens the way to the targets. */
  admit(route: Construct, spec: BalancerRouteSpec, targets: AwsFirewall): void;
}

/**
 * Requests for some hosts and paths, led to a set of targets.
 *
 * Creates `aws_lb_target_group` (two for a canary), `aws_lb_listener_rule`, firewall rules in both directions and two alarms for each target group.
 * Cost: .20 USD a month for the alarms of a target group.
 */
export class AwsBalancerRoute extends Construct {
  /** The route after defaults and checks. */
  readonly spec: BalancerRouteSpec;
  /** Where targets are registered. */
  readonly targetGroup: LbTargetGroup;
  /** The second set of targets, to which a deployment moves the traffic; only with `canary`. */
  readonly canaryTargetGroup?: LbTargetGroup;
  /** The HTTPS listener. */
  readonly listenerArn: string;
  /** The listener on which a canary is tested; only with `canary` and a balancer that has one. */
  readonly testListenerArn?: string;
  /** The underlying rule of the HTTPS listener. */
  readonly rule: LbListenerRule;
  /** Alarms that ring when targets fail, for deployments that roll back on them. */
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(scope: Construct, id: string, host: RouteHost, props: AwsBalancerRouteProps) {
    super(scope, id);
    this.spec = balancerRouteSpec(props, specContext<Own>(this, OWN_PROPS), host.limits);
    host.admit(this, this.spec, props.targets);
    this.targetGroup = this.addTargetGroup("Targets", host.vpcId);
    this.canaryTargetGroup = this.spec.canary ? this.addTargetGroup("CanaryTargets", host.vpcId) : undefined;
    this.listenerArn = host.listenerArn;
    this.testListenerArn = this.spec.canary ? host.testListenerArn : undefined;
    this.rule = this.addRule("Resource", this.listenerArn);
    if (this.testListenerArn !== undefined) this.addRule("TestRule", this.testListenerArn);
    this.alarms = [
      ...this.addAlarms("", this.targetGroup, host.arnSuffix),
      ...(this.canaryTargetGroup === undefined ? [] : this.addAlarms("Canary", this.canaryTargetGroup, host.arnSuffix)),
    ];
  }

  /** What a service has to wait for before it can register targets: the group is part of the balancer only then. */
  get dependable(): ITerraformDependable {
    return this.rule;
  }

  /** The name carries what makes the provider replace a group, so that the new one can be made before the old one goes. */
  private addTargetGroup(id: string, vpcId: string): LbTargetGroup {
    const { port, protocol, healthCheck, deregistrationDelaySeconds, sticky } = this.spec;
    return new LbTargetGroup(this, id, {
      name: physicalName(this, { kind: "target group", maxLength: MAX_NAME, suffix: `${id}-${protocol}-${port}` }),
      targetType: "ip",
      vpcId,
      port,
      protocol: protocol.toUpperCase(),
      deregistrationDelay: String(deregistrationDelaySeconds),
      healthCheck: {
        enabled: true,
        path: healthCheck.path,
        protocol: protocol.toUpperCase(),
        port: "traffic-port",
        matcher: "200-299",
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyCount,
        unhealthyThreshold: healthCheck.unhealthyCount,
      },
      stickiness: sticky ? { enabled: true, type: "lb_cookie", cookieDuration: STICKY_SECONDS } : undefined,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** With a canary the deployment decides where the rule leads, so Terraform leaves that alone until the group itself is replaced. */
  private addRule(id: string, listenerArn: string): LbListenerRule {
    return new LbListenerRule(this, id, {
      listenerArn,
      priority: this.spec.priority,
      action: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
      condition: conditions(this.spec),
      lifecycle: this.spec.canary ? { ignoreChanges: ["action"], replaceTriggeredBy: [arnAddress(this.targetGroup)] } : undefined,
    });
  }

  private addAlarms(prefix: string, group: LbTargetGroup, balancer: string): readonly CloudwatchMetricAlarm[] {
    const config = {
      namespace: "AWS/ApplicationELB",
      dimensions: { LoadBalancer: balancer, TargetGroup: group.arnSuffix },
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      comparisonOperator: "GreaterThanThreshold",
    };
    const errors = addAlarm(this, `${prefix}TargetErrors`, {
      ...config,
      alarmDescription: `Targets of ${this.node.path} answer with errors (5xx): look at their logs`,
      metricName: "HTTPCode_Target_5XX_Count",
      statistic: "Sum",
      threshold: 5,
    });
    const unhealthy = addAlarm(this, `${prefix}UnhealthyTargets`, {
      ...config,
      alarmDescription: `Targets of ${this.node.path} fail their health check at ${this.spec.healthCheck.path}`,
      metricName: "UnHealthyHostCount",
      statistic: "Maximum",
      threshold: 0,
    });
    return [errors, unhealthy];
  }
}

type Own = Pick<AwsBalancerRouteProps, "targets">;

const OWN_PROPS: ProviderProps<Own> = { targets: (check) => check.required("targets", "the firewall of the targets") };

/** Changes only when the group is replaced. */
function arnAddress(group: LbTargetGroup): string {
  return `${group.terraformResourceType}.${group.friendlyUniqueId}.arn`;
}

function conditions({ hosts, paths }: BalancerRouteSpec): LbListenerRuleCondition[] {
  return [
    ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
    ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
  ];
}
