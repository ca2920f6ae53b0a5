import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { EcsService, type EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { acknowledge } from "../../policy/acknowledge";
import { agentServiceSpec, type AgentServiceProps, type WholeAgentServiceSpec } from "../../spec/agent-service";
import { placeOf } from "../../spec/surrounding";
import { specContext } from "../../spec/context";
import { AwsAgentCluster } from "./agent-cluster";
import type { AwsBalancerRoute } from "../load-balancer/balancer-route";
import { FARGATE_LIMITS, INNER_REGISTRY } from "./fargate";
import { AwsFirewall } from "../network/firewall";
import { AwsHeartbeatAlarm } from "../heartbeat-alarm";
import { AwsLogGroup } from "../log-group";
import type { IAwsNetwork } from "../network/network";
import type { IAwsPostgres } from "../postgres/postgres";
import { surroundings } from "../region";
import { addPolicy } from "../role";
import { addServiceAlarms, type ServiceAlarms } from "./service-alarms";
import { AwsServiceCanary } from "./service-canary";
import { containerDefinitions, KEY_VOLUME, scratchVolume } from "./service-containers";
import { egressRules, ownProps, type Own, type ServiceRouteProps } from "./service-place";
import { addExecutionRole, addTaskRole, type ExecutionRole } from "./service-roles";
import { AwsServiceScaling } from "./service-scaling";

/** Longest names of services and task families, and of firewall rules. Source: Amazon ECS API reference, read 2026-11-21. */
const MAX_NAME = 255;
const MAX_RULE = 63;

/** Seconds after the start of a copy for which the load balancer's checks do not count. */
const GRACE_SECONDS = 60;

const CPU_UNITS = 1024;
const ARCHITECTURE = { arm64: "ARM64", amd64: "X86_64" } satisfies Record<WholeAgentServiceSpec["architecture"], string>;

export interface AwsAgentServiceProps extends AgentServiceProps<AwsFirewall> {
  /** The network it runs in. */
  readonly network: IAwsNetwork;
  /**
   * A database that the agent may use: it gets `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`, `DATABASE_PASSWORD` and `PGSSLMODE`.
   * @default - none
   */
  readonly database?: IAwsPostgres;
  /**
   * A load balancer that leads requests for some hosts or paths to `port`.
   * @default - none: nobody can connect to the agent
   */
  readonly balancer?: ServiceRouteProps;
}

/**
 * An agent that runs in containers without machines to look after, reports to its governance, and can be switched off.
 *
 * Creates `aws_ecs_service` with its task definition, scaling, firewall, two roles, two log groups and four alarms; the stack's cluster; with a canary
 * an application, a deployment group and a role of AWS CodeDeploy. Cost of the defaults (small, arm64) in us-east-1 (2026-07): 14.42 USD a month for
 * each copy that runs (amd64 18.02), .60 for alarms with the two of the scaling, .30 for the heartbeat metric, logs .50 a GB, container metrics .30
 * each, and 3.65 for each copy's address when the network's egress is "public-ip"; other ways to the internet are the network's.
 * The reporting key is read when a copy starts: after a rotation, deploy once more. Root file systems are read-only; `/tmp` is writable and lost
 * with the copy. The task definition is JSON text, so a value known only after apply may not hold quotes or line breaks.
 * Going from a rolling deployment to a canary or back replaces the service: nothing runs in between.
 * Not covered: Fargate Spot, file systems that outlive a copy, service discovery, commands inside containers (they need a writable root).
 */
export class AwsAgentService extends Construct {
  /** The service after defaults and checks. */
  readonly spec: WholeAgentServiceSpec;
  /** The underlying service. */
  readonly service: EcsService;
  /** The underlying task definition. */
  readonly task: EcsTaskDefinition;
  /** The cluster it runs in. */
  readonly cluster: AwsAgentCluster;
  /** Where it may connect to, and who may connect. */
  readonly firewall: AwsFirewall;
  /** The agent's own identity at AWS; `allow` adds to it. */
  readonly taskRole: IamRole;
  /** What starts the containers; the agent does not have it. */
  readonly executionRole: IamRole;
  /** The route of the load balancer, when there is one. */
  readonly route?: AwsBalancerRoute;
  /** Deployments step by step, when asked for. */
  readonly canary?: AwsServiceCanary;
  private readonly props: AwsAgentServiceProps;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: AwsAgentServiceProps) {
    super(scope, id);
    this.props = props;
    const context = specContext<Own>(this, ownProps(props));
    this.spec = agentServiceSpec(props, context, FARGATE_LIMITS, placeOf(props, INNER_REGISTRY)) as WholeAgentServiceSpec;
    const { agentId } = this.spec.governance;
    claimAgent(this, agentId);
    addLabels(this, { agentId });
    this.name = physicalName(this, { kind: "ECS service", maxLength: MAX_NAME });
    this.cluster = AwsAgentCluster.of(this);
    this.firewall = new AwsFirewall(this, "Firewall", { network: props.network, egress: egressRules(this, props, this.spec) });
    props.database?.allowFrom(this.firewall, physicalName(this, { kind: "firewall rule", maxLength: MAX_RULE }));
    const logs = new AwsLogGroup(this, "Logs", { retentionDays: this.spec.logRetentionDays });
    const reports = new AwsLogGroup(this, "ReporterLogs", { retentionDays: this.spec.logRetentionDays });
    const execution = addExecutionRole(this, this.spec, [logs.group.arn, reports.group.arn], props.database);
    this.executionRole = execution.role;
    this.taskRole = addTaskRole(this, this.spec.enabled);
    this.task = this.addTask(logs, reports);
    this.route = this.tryRoute();
    const alarms = addServiceAlarms(this, this.spec, this.cluster.name, this.name);
    this.service = this.addService(execution, alarms);
    new AwsServiceScaling(this, "Scaling", { clusterName: this.cluster.name, service: this.service, replicas: this.spec.replicas });
    const { governance, enabled } = this.spec;
    new AwsHeartbeatAlarm(this, "Heartbeat", { governance, logGroup: reports.group, enabled });
    this.canary = this.tryCanary(alarms);
  }

  /**
   * What AWS CodeDeploy needs to deploy the current task definition, as JSON: with a canary Terraform leaves the running version alone, so give this
   * to `aws deploy create-deployment`. Undefined when the rollout is rolling.
   */
  get appSpec(): string | undefined {
    if (this.canary === undefined) return undefined;
    const LoadBalancerInfo = { ContainerName: "agent", ContainerPort: this.spec.agent.port };
    const Properties = { TaskDefinition: this.task.arn, LoadBalancerInfo, PlatformVersion: "LATEST" };
    return JSON.stringify({ version: 0, Resources: [{ TargetService: { Type: "AWS::ECS::Service", Properties } }] });
  }

  /** Lets the agent do something at AWS. `name` becomes part of a resource id. */
  allow(name: string, statements: readonly DataAwsIamPolicyDocumentStatement[]): void {
    addPolicy(this, `Allow-${name}`, this.taskRole, statements);
  }

  private addTask(logs: AwsLogGroup, reports: AwsLogGroup): EcsTaskDefinition {
    const { spec } = this;
    const wiring = {
      region: surroundings(this).region,
      logGroup: logs.group.name,
      reporterLogGroup: reports.group.name,
      database: this.props.database,
    };
    const volumes = [KEY_VOLUME, ...["agent", ...Object.keys(spec.sidecars)].map(scratchVolume)];
    return new EcsTaskDefinition(this, "Task", {
      family: physicalName(this, { kind: "ECS task family", maxLength: MAX_NAME }),
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(spec.vcpu * CPU_UNITS),
      memory: String(spec.memoryMiB),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: ARCHITECTURE[spec.architecture] },
      ephemeralStorage: spec.ephemeralStorageGiB === undefined ? undefined : { sizeInGib: spec.ephemeralStorageGiB },
      executionRoleArn: this.executionRole.arn,
      taskRoleArn: this.taskRole.arn,
      containerDefinitions: JSON.stringify(containerDefinitions(spec, wiring)),
      volume: volumes.map((name) => ({ name })),
    });
  }

  private tryRoute(): AwsBalancerRoute | undefined {
    if (this.props.balancer === undefined) return undefined;
    const { balancer, ...route } = this.props.balancer;
    const { agent, rollout } = this.spec;
    return balancer.addRoute(this, "Route", {
      ...route,
      port: agent.port as number,
      targets: this.firewall,
      canary: rollout !== "rolling",
    });
  }

  private addService(execution: ExecutionRole, alarms: ServiceAlarms): EcsService {
    const { spec, props } = this;
    const service = new EcsService(this, "Resource", {
      name: this.name,
      cluster: this.cluster.cluster.arn,
      taskDefinition: this.task.arn,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      schedulingStrategy: "REPLICA",
      desiredCount: spec.replicas.min,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      waitForSteadyState: false,
      forceDelete: spec.profile === "sandbox" ? true : undefined,
      networkConfiguration: {
        subnets: [...props.network.subnetIds(props.network.workloadTier)],
        securityGroups: [this.firewall.securityGroup.id],
        assignPublicIp: spec.publicIp,
      },
      ...balancing(this.route, spec),
      ...this.rollout(alarms),
      dependsOn: [execution.policy, ...(this.route === undefined ? [] : [this.route.dependable])],
    });
    if (spec.publicIp)
      acknowledge(
        service,
        "service-not-public",
        'egress "public-ip": the addresses are for outgoing traffic; the firewall lets only the balancer in',
      );
    return service;
  }

  /** Scaling owns the number of copies, except while it has to be none; a canary's deployments own the version too. */
  private rollout(alarms: ServiceAlarms): Partial<EcsServiceConfig> {
    const { enabled, rollout } = this.spec;
    const scaled = enabled ? ["desired_count"] : [];
    if (rollout !== "rolling") {
      return {
        availabilityZoneRebalancing: "DISABLED",
        deploymentController: { type: "CODE_DEPLOY" },
        lifecycle: { ignoreChanges: ["task_definition", "load_balancer", ...scaled] },
      };
    }
    const alarmNames = this.deploymentAlarms(alarms).map((alarm) => alarm.alarmName);
    return {
      availabilityZoneRebalancing: "ENABLED",
      deploymentController: { type: "ECS" },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarmNames },
      lifecycle: scaled.length === 0 ? undefined : { ignoreChanges: scaled },
    };
  }

  /** What says that a new version is bad: it needs too much memory, or answers with errors or not at all. */
  private deploymentAlarms(alarms: ServiceAlarms): readonly CloudwatchMetricAlarm[] {
    return [alarms.memory, ...(this.route?.alarms ?? [])];
  }

  private tryCanary(alarms: ServiceAlarms): AwsServiceCanary | undefined {
    const { rollout } = this.spec;
    if (rollout === "rolling") return undefined;
    return new AwsServiceCanary(this, "Canary", {
      canary: rollout.canary,
      clusterName: this.cluster.name,
      service: this.service,
      route: this.route as AwsBalancerRoute,
      alarms: this.deploymentAlarms(alarms),
      taskRoles: [this.taskRole, this.executionRole],
    });
  }
}

function balancing(route: AwsBalancerRoute | undefined, spec: WholeAgentServiceSpec): Partial<EcsServiceConfig> {
  if (route === undefined) return {};
  const target = { targetGroupArn: route.targetGroup.arn, containerName: "agent", containerPort: spec.agent.port as number };
  return { loadBalancer: [target], healthCheckGracePeriodSeconds: GRACE_SECONDS };
}
