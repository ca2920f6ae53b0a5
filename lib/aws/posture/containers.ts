import type { Inventory, ResourceView } from "../../facts/inventory";
import type { ContainerPosture } from "../../facts/posture-compute";
import type { Known, Posture, PostureReader } from "../../facts/posture";
import {
  asList,
  block,
  encryptionOf,
  flag,
  given,
  isExpression,
  oneOf,
  secretNames,
  settingsOf,
  some,
  word,
  type Attributes,
} from "./values";

/** A task definition and each of its containers. */
export const readTask: PostureReader = (task, inventory): readonly Posture[] => {
  const { address, path, attributes } = task;
  const role = inventory.referred(attributes.task_role_arn);
  const containers = containersOf(attributes.container_definitions);
  const posture: Posture = {
    kind: "task",
    address,
    path,
    ownIdentity: ownIdentity(attributes.task_role_arn, role, inventory),
    identitiesApart: identitiesApart(attributes),
    ownNetwork: oneOf(attributes.network_mode, ["awsvpc"], "bridge"),
  };
  return [posture, ...containers.map((container) => readContainer(container, address, path))];
};

/** A definition without a role has none to share; a role from elsewhere may be anyone's. */
function ownIdentity(arn: unknown, role: ResourceView | undefined, inventory: Inventory): Known<boolean> {
  if (!given(arn)) return true;
  return role === undefined ? "unknown" : inventory.referring("aws_ecs_task_definition", "task_role_arn", role).length === 1;
}

function identitiesApart({ task_role_arn: task, execution_role_arn: execution }: Attributes): boolean {
  return !given(task) || task !== execution;
}

/** The containers as JSON text; a definition that is known only later counts as one that says nothing. */
function containersOf(definitions: unknown): readonly (Attributes | undefined)[] {
  if (typeof definitions !== "string") return [];
  try {
    return JSON.parse(definitions) as readonly Attributes[];
  } catch {
    return [undefined];
  }
}

function readContainer(container: Attributes | undefined, address: string, path: string): ContainerPosture {
  if (container === undefined) return { kind: "container", address, path, name: "unknown", ...UNREADABLE };
  const environment = asList(container.environment) as readonly { name: string; value: unknown }[];
  return {
    kind: "container",
    address,
    path,
    name: word(container.name, "unnamed"),
    privileged: flag(container.privileged, false),
    readOnlyRoot: flag(container.readonlyRootFilesystem, false),
    unprivilegedUser: unprivileged(container.user),
    logged: given(container.logConfiguration),
    pinned: pinned(container.image),
    secretsInEnvironment: secretNames(environment.map(({ name, value }) => [name, value] as const)),
  };
}

const UNREADABLE = {
  privileged: "unknown",
  readOnlyRoot: "unknown",
  unprivilegedUser: "unknown",
  logged: "unknown",
  pinned: "unknown",
  secretsInEnvironment: "unknown",
} as const satisfies Partial<ContainerPosture>;

function unprivileged(user: unknown): Known<boolean> {
  const name = word(user, "root");
  return name === "unknown" ? name : !/^(root|0)(:|$)/.test(name);
}

function pinned(image: unknown): Known<boolean> {
  if (typeof image === "string" && /@sha256:[0-9a-f]{64}$/.test(image)) return true;
  return isExpression(image) ? "unknown" : false;
}

/** A service; whether a deployment that CodeDeploy makes is rolled back, its deployment group says. */
export const readService: PostureReader = (service, inventory) => {
  const { address, path, attributes } = service;
  const groups = inventory.referring("aws_codedeploy_deployment_group", "ecs_service.service_name", service);
  const byGroup = groups.map((group) => flag(block(group.attributes.auto_rollback_configuration).enabled, false));
  const own = [flag(block(attributes.deployment_circuit_breaker).rollback, false), flag(block(attributes.alarms).rollback, false)];
  const elsewhere = oneOf(block(attributes.deployment_controller).type, ["CODE_DEPLOY", "EXTERNAL"], "ECS") !== false;
  return [
    {
      kind: "service",
      address,
      path,
      publicAddress: flag(block(attributes.network_configuration).assign_public_ip, false),
      latestPlatform: oneOf(attributes.platform_version, ["LATEST"], "LATEST"),
      rollback: elsewhere && groups.length === 0 ? "unknown" : some([...byGroup, ...own]),
      shell: flag(attributes.enable_execute_command, false),
    },
  ];
};

export const readCluster: PostureReader = ({ address, path, attributes }) => {
  const settings = asList(attributes.setting) as readonly Attributes[];
  const insights = settings.find(({ name }) => name === "containerInsights")?.value;
  const commands = block(block(attributes.configuration).execute_command_configuration);
  return [
    {
      kind: "cluster",
      address,
      path,
      insights: oneOf(insights, ["enabled", "enhanced"], "disabled"),
      commandsLogged: commandsLogged(commands),
    },
  ];
};

/** With `DEFAULT` commands go to the logs of the container. */
function commandsLogged(commands: Attributes): Known<boolean> {
  const logging = word(commands.logging, "DEFAULT");
  if (logging === "unknown") return logging;
  const { cloud_watch_log_group_name: group, s3_bucket_name: bucket } = block(commands.log_configuration);
  return logging === "OVERRIDE" && (given(group) || given(bucket)) && given(commands.kms_key_id);
}

export const readRegistry: PostureReader = (registry, inventory) => {
  const { address, path, attributes } = registry;
  const encryption = block(attributes.encryption_configuration);
  const kms = oneOf(encryption.encryption_type, ["KMS", "KMS_DSSE"], "AES256");
  const whole = Object.keys(inventory.json.resource?.aws_ecr_registry_scanning_configuration ?? {}).length > 0;
  return [
    {
      kind: "registry",
      address,
      path,
      encryption: kms === "unknown" ? kms : encryptionOf(true, kms ? encryption.kms_key : undefined),
      immutable: oneOf(attributes.image_tag_mutability, ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"], "MUTABLE"),
      scanned: some([whole, flag(block(attributes.image_scanning_configuration).scan_on_push, false)]),
      lifecycle: settingsOf("aws_ecr_lifecycle_policy", "repository", registry, "name", inventory).length > 0,
    },
  ];
};
