import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { AGENT_CONTAINERS, DATABASE_ENVIRONMENT, type AgentServiceSpec } from "../../spec/agent-service";
import type { ContainerSpec, SidecarSpec } from "../../spec/container";
import { governanceOf, RESERVED_ENVIRONMENT } from "../../spec/governance";
import type { ReplicasSpec } from "../../spec/replicas";
import type { Rollout } from "../../spec/rollout";

interface NamedValue {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: string;
}

/** A container as its JSON says it. */
interface Container {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly user: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly command?: readonly string[];
  readonly environment?: readonly NamedValue[];
  readonly secrets?: readonly NamedValue[];
  readonly portMappings?: readonly { readonly containerPort: number }[];
  readonly healthCheck?: {
    readonly command: readonly string[];
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
  readonly repositoryCredentials?: { readonly credentialsParameter: string };
  readonly logConfiguration?: { readonly options: Readonly<Record<string, string>> };
}

const CPU_UNITS = 1024;
const [AGENT, REPORTER, KEY] = AGENT_CONTAINERS;

/** An agent service as its service, task definition, scaling, firewall and deployment group say it; other services are none of ours. */
export const readAgentService: Reader = (service, inventory) => {
  const task = inventory.referred(service.attributes.task_definition);
  const containers = containersOf(task);
  const agent = containers.get(AGENT);
  const reporter = containers.get(REPORTER);
  const key = containers.get(KEY);
  if (task === undefined || agent === undefined || reporter === undefined || key === undefined) return [];
  const network = block(service.attributes.network_configuration);
  const environment = values(agent.environment);
  const replicas = replicasOf(service, inventory);
  const spec: AgentServiceSpec = {
    profile: service.attributes.force_delete === true ? "sandbox" : "production",
    enabled: replicas.max > 0,
    ...taskOf(task),
    replicas,
    agent: readContainer(agent, [...RESERVED_ENVIRONMENT, ...("DATABASE_HOST" in environment ? DATABASE_ENVIRONMENT : [])]),
    sidecars: sidecarsOf(containers),
    reporter: { image: reporter.image, command: reporter.command },
    registrySecret: agent.repositoryCredentials?.credentialsParameter,
    governance: governanceOf(values(reporter.environment), values(key.secrets).GOVERNANCE_KEY),
    egress: egressOf(asList(network.security_groups)[0], inventory),
    publicIp: network.assign_public_ip === true,
    balanced: asList(service.attributes.load_balancer).length > 0,
    database: databaseOf(environment.DATABASE_HOST, inventory),
    rollout: rolloutOf(service, inventory),
    logRetentionDays: Number(inventory.referred(agent.logConfiguration?.options["awslogs-group"])?.attributes.retention_in_days ?? 0),
  };
  return [{ kind: "agent-service", address: service.address, path: service.path, spec }];
};

function containersOf(task: ResourceView | undefined): ReadonlyMap<string, Container> {
  const text = task?.attributes.container_definitions;
  const containers = typeof text === "string" && text.startsWith("[") ? (JSON.parse(text) as Container[]) : [];
  return new Map(containers.map((container) => [container.name, container]));
}

function taskOf({ attributes }: ResourceView): Pick<AgentServiceSpec, "vcpu" | "memoryMiB" | "architecture" | "ephemeralStorageGiB"> {
  return {
    vcpu: Number(attributes.cpu) / CPU_UNITS,
    memoryMiB: Number(attributes.memory),
    architecture: block(attributes.runtime_platform).cpu_architecture === "ARM64" ? "arm64" : "amd64",
    ephemeralStorageGiB: block(attributes.ephemeral_storage).size_in_gib as number | undefined,
  };
}

function readContainer(container: Container, hidden: readonly string[]): ContainerSpec {
  const visible = (list: readonly NamedValue[] | undefined) => values(list?.filter(({ name }) => !hidden.includes(name)));
  const health = container.healthCheck;
  return {
    image: container.image,
    port: container.portMappings?.[0]?.containerPort,
    command: container.command,
    environment: visible(container.environment),
    secrets: visible(container.secrets),
    user: container.user,
    healthCommand: health && {
      command: health.command.slice(1),
      intervalSeconds: health.interval,
      timeoutSeconds: health.timeout,
      unhealthyCount: health.retries,
      startSeconds: health.startPeriod,
    },
  };
}

function sidecarsOf(containers: ReadonlyMap<string, Container>): Readonly<Record<string, SidecarSpec>> {
  const others = [...containers.values()].filter(({ name }) => !(AGENT_CONTAINERS as readonly string[]).includes(name));
  return Object.fromEntries(
    others.map((container) => {
      const shares = { vcpu: Number(container.cpu) / CPU_UNITS, memoryMiB: Number(container.memory), essential: container.essential };
      return [container.name, { ...readContainer(container, []), ...shares }];
    }),
  );
}

function values(list: readonly NamedValue[] | undefined): Record<string, string> {
  return Object.fromEntries((list ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom ?? ""]));
}

function replicasOf(service: ResourceView, inventory: Inventory): ReplicasSpec {
  const [target] = inventory.referring("aws_appautoscaling_target", "resource_id", service);
  const policies = target === undefined ? [] : inventory.referring("aws_appautoscaling_policy", "resource_id", target);
  const percent = (metric: string) =>
    policies
      .map((policy) => block(policy.attributes.target_tracking_scaling_policy_configuration))
      .find((tracking) => block(tracking.predefined_metric_specification).predefined_metric_type === metric)?.target_value;
  return {
    min: Number(target?.attributes.min_capacity ?? service.attributes.desired_count),
    max: Number(target?.attributes.max_capacity ?? service.attributes.desired_count),
    cpuPercent: Number(percent("ECSServiceAverageCPUUtilization")),
    memoryPercent: percent("ECSServiceAverageMemoryUtilization") as number | undefined,
  };
}

/** The rules that the service itself makes; rules for a database and the like are added to them. */
function egressOf(group: unknown, inventory: Inventory): AgentServiceSpec["egress"] {
  const firewall = inventory.referred(group);
  const rules = firewall === undefined ? [] : inventory.referring("aws_vpc_security_group_egress_rule", "security_group_id", firewall);
  const named = (name: string) => rules.some((rule) => block(rule.attributes.tags).Name === name);
  return (["internet443", "network443"] as const).find(named) ?? "rules";
}

function databaseOf(host: string | undefined, inventory: Inventory): string | undefined {
  return inventory.referred(host)?.path.replace(/\/Resource$/, "") ?? host;
}

function rolloutOf(service: ResourceView, inventory: Inventory): Rollout {
  const [group] = inventory.referring("aws_codedeploy_deployment_group", "ecs_service.service_name", service);
  if (group === undefined) return "rolling";
  const name = group.attributes.deployment_config_name;
  const [, percent, minutes] = /Canary(\d+)Percent(\d+)Minutes$/.exec(String(name)) ?? [];
  if (percent !== undefined) return { canary: { percent: Number(percent), minutes: Number(minutes) } };
  const canary = block(block(inventory.referred(name)?.attributes.traffic_routing_config).time_based_canary);
  return { canary: { percent: Number(canary.percentage), minutes: Number(canary.interval) } };
}
