import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { AGENT_CONTAINERS, type AgentServiceSpec } from "../../spec/agent-service";
import type { SidecarSpec } from "../../spec/container";
import { governanceOf, KEY_FILE, RESERVED_ENVIRONMENT } from "../../spec/governance";
import type { HttpHealthSpec } from "../../spec/http-health";
import type { OciAgentServiceSpec } from "./agent-service";
import { SHAPES } from "./container-instances";
import { SECRETS_FOLDER } from "./service-containers";
import { fileVariable } from "./service-place";

type Attributes = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string>>;

const GIB = 1024;
const [AGENT, REPORTER, KEY] = AGENT_CONTAINERS;
const DATABASE = ["DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD_FILE"];
const COPY = /\/Copy1$/;

/** An agent service as the first of its container instances says it, with its firewall and its other copies; other instances are none of ours. */
export const readAgentService: Reader = (instance, inventory) => {
  const { attributes } = instance;
  const containers = new Map(asList(attributes.containers).map((one) => [String(block(one).display_name), block(one)]));
  const agent = containers.get(AGENT);
  const reporter = containers.get(REPORTER);
  const files = filesOf(containers.get(KEY));
  if (!COPY.test(instance.path) || agent === undefined || reporter === undefined || files === undefined) return [];
  const path = instance.path.replace(COPY, "");
  const copies = inventory.resources.filter((other) => other.type === instance.type && other.path.startsWith(`${path}/Copy`)).length;
  const enabled = attributes.state !== "INACTIVE";
  const running = enabled ? copies : 0;
  const environment = environmentOf(agent);
  const secretFiles = secretFilesOf(files, "DATABASE_HOST" in environment);
  const names = [
    ...RESERVED_ENVIRONMENT,
    ...Object.keys(secretFiles).map(fileVariable),
    ...("DATABASE_HOST" in environment ? DATABASE : []),
  ];
  const vnic = block(attributes.vnics);
  const spec: OciAgentServiceSpec = {
    enabled,
    ...shapeOf(attributes),
    replicas: { min: running, max: running },
    copies,
    agent: containerOf(agent, names),
    sidecars: sidecarsOf(containers),
    reporter: { image: String(reporter.image_url), command: reporter.arguments as string[] | undefined },
    registrySecret: block(attributes.image_pull_secrets).secret_id as string | undefined,
    governance: governanceOf(environmentOf(reporter), files[KEY_FILE]),
    egress: egressOf(asList(vnic.nsg_ids)[0], inventory),
    publicIp: vnic.is_public_ip_assigned === true,
    balanced: inventory.referring("oci_load_balancer_backend", "ip_address", instance).length > 0,
    database: databaseOf(environment.DATABASE_HOST, inventory),
    databaseUser: environment.DATABASE_USER,
    secretFiles,
    health: healthOf(block(agent.health_checks)),
  };
  return [{ kind: "agent-service", address: instance.address, path, spec }];
};

function filesOf(key: Attributes | undefined): Values | undefined {
  const text = key === undefined ? undefined : environmentOf(key).SECRET_FILES;
  return text === undefined ? undefined : (JSON.parse(text) as Values);
}

function secretFilesOf(files: Values, database: boolean): Record<string, string> {
  const entries = Object.entries(files)
    .filter(([file]) => file.startsWith(`${SECRETS_FOLDER}/`))
    .map(([file, secret]): [string, string] => [file.slice(SECRETS_FOLDER.length + 1), secret]);
  return Object.fromEntries(entries.filter(([name]) => !database || name !== "DATABASE_PASSWORD"));
}

function shapeOf(attributes: Attributes): Pick<AgentServiceSpec, "architecture" | "vcpu" | "memoryMiB"> {
  const architecture = attributes.shape === SHAPES.arm64.name ? "arm64" : "amd64";
  const { ocpus, memory_in_gbs } = block(attributes.shape_config);
  return { architecture, vcpu: Number(ocpus) * SHAPES[architecture].vcpuPerOcpu, memoryMiB: Number(memory_in_gbs) * GIB };
}

function containerOf(container: Attributes, hidden: readonly string[]): AgentServiceSpec["agent"] {
  const { run_as_user, run_as_group } = block(container.security_context);
  const visible = Object.entries(environmentOf(container)).filter(([name]) => !hidden.includes(name));
  return {
    image: String(container.image_url),
    port: block(container.health_checks).port as number | undefined,
    command: container.arguments as string[] | undefined,
    environment: Object.fromEntries(visible),
    user: [run_as_user, run_as_group].filter((id) => id !== undefined).join(":"),
  };
}

function sidecarsOf(containers: ReadonlyMap<string, Attributes>): Readonly<Record<string, SidecarSpec>> {
  const others = [...containers].filter(([name]) => !(AGENT_CONTAINERS as readonly string[]).includes(name));
  return Object.fromEntries(
    others.map(([name, container]) => {
      const { vcpus_limit, memory_limit_in_gbs } = block(container.resource_config);
      return [name, { ...containerOf(container, []), vcpu: Number(vcpus_limit), memoryMiB: Number(memory_limit_in_gbs) * GIB }];
    }),
  );
}

function environmentOf(container: Attributes): Values {
  return (container.environment_variables ?? {}) as Values;
}

function healthOf(check: Attributes): HttpHealthSpec | undefined {
  if (check.health_check_type !== "HTTP") return undefined;
  return {
    path: String(check.path),
    intervalSeconds: Number(check.interval_in_seconds),
    timeoutSeconds: Number(check.timeout_in_seconds),
    unhealthyCount: Number(check.failure_threshold),
    startSeconds: Number(check.initial_delay_in_seconds),
  };
}

/** The rules that the service itself makes; rules for a database and the like are added to them. */
function egressOf(group: unknown, inventory: Inventory): NonNullable<AgentServiceSpec["egress"]> {
  const firewall: ResourceView | undefined = inventory.referred(group);
  const rules =
    firewall === undefined
      ? []
      : inventory.referring("oci_core_network_security_group_security_rule", "network_security_group_id", firewall);
  const named = (name: string) => rules.some((rule) => rule.path.endsWith(`/Egress-${name}`));
  return (["internet443", "network443"] as const).find(named) ?? "rules";
}

function databaseOf(host: string | undefined, inventory: Inventory): string | undefined {
  return inventory.referred(host)?.path.replace(/\/Resource$/, "") ?? host;
}
