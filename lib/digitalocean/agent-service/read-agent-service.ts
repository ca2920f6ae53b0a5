import { asList, block, type Inventory, type Reader } from "../../facts/inventory";
import { tryUnwrapCommand } from "../../runtime/agent-wrapper";
import { DATABASE_ENVIRONMENT } from "../../spec/agent-service";
import { governanceOf, RESERVED_ENVIRONMENT } from "../../spec/governance";
import type { HttpHealthSpec } from "../../spec/http-health";
import type { DigitalOceanAgentServiceSpec } from "./agent-service";
import { APP_SIZES } from "./app-platform";
import type { AppRouteSpec } from "./service-place";

type Attributes = Readonly<Record<string, unknown>>;

const HOSTS: Readonly<Record<string, string>> = { GHCR: "ghcr.io", DOCKER_HUB: "docker.io", DOCR: "registry.digitalocean.com" };

/** An agent service as its app says it; other apps are none of ours. */
export const readAgentService: Reader = (app, inventory) => {
  const attributes = block(app.attributes.spec);
  const agent = [...asList(attributes.service), ...asList(attributes.worker)].map(block).find(({ name }) => name === "agent");
  const command = tryUnwrapCommand(agent?.run_command);
  const size = APP_SIZES[String(agent?.instance_size_slug)];
  if (agent === undefined || command === undefined || size === undefined) return [];
  const enabled = block(attributes.maintenance).archive !== true;
  const { cpuPercent, ...copies } = copiesOf(agent);
  const route = routeOf(attributes, agent);
  const plain = values(agent, "GENERAL");
  const secrets = values(agent, "SECRET");
  const hidden = [...RESERVED_ENVIRONMENT, ...("DATABASE_HOST" in plain ? DATABASE_ENVIRONMENT : [])];
  const spec: DigitalOceanAgentServiceSpec = {
    enabled,
    vcpu: size.vcpu,
    memoryMiB: size.memoryMiB,
    cpu: size.cpu,
    architecture: "amd64",
    region: String(attributes.region),
    replicas: { ...(enabled ? copies : { min: 0, max: 0 }), cpuPercent },
    copies,
    agent: {
      image: imageOf(block(agent.image)),
      port: portOf(agent),
      command,
      environment: without(plain, hidden),
      secrets: without(secrets, hidden),
    },
    registrySecret: block(agent.image).registry_credentials as string | undefined,
    governance: governanceOf(plain, secrets.GOVERNANCE_KEY),
    publicIp: false,
    balanced: route !== undefined,
    route,
    dedicatedEgress: block(attributes.egress).type === "DEDICATED_IP",
    database: databaseOf(plain.DATABASE_HOST, inventory),
    databaseUser: block(attributes.database).db_user as string | undefined,
    rollout: "rolling",
  };
  return [{ kind: "agent-service", address: app.address, path: app.path, spec }];
};

function imageOf(image: Attributes): string {
  const path = [HOSTS[String(image.registry_type)], image.registry, image.repository].filter((part) => part !== undefined).join("/");
  if (image.digest !== undefined) return `${path}@${String(image.digest)}`;
  return image.tag === undefined ? path : `${path}:${String(image.tag)}`;
}

function copiesOf(agent: Attributes): { readonly min: number; readonly max: number; readonly cpuPercent?: number } {
  const { min_instance_count, max_instance_count, metrics } = block(agent.autoscaling);
  if (max_instance_count === undefined) return { min: Number(agent.instance_count), max: Number(agent.instance_count) };
  const cpuPercent = Number(block(block(metrics).cpu).percent);
  return { min: Number(min_instance_count), max: Number(max_instance_count), cpuPercent };
}

function portOf(agent: Attributes): number | undefined {
  return (agent.http_port ?? asList(agent.internal_ports)[0]) as number | undefined;
}

function routeOf(attributes: Attributes, agent: Attributes): AppRouteSpec | undefined {
  const rule = block(block(attributes.ingress).rule);
  if (rule.component === undefined) return undefined;
  const domain = block(attributes.domain);
  return {
    domain: domain.name as string | undefined,
    zone: domain.zone as string | undefined,
    path: String(block(block(rule.match).path).prefix),
    health: agent.health_check === undefined ? undefined : healthOf(block(agent.health_check)),
  };
}

function healthOf(check: Attributes): HttpHealthSpec {
  return {
    path: String(check.http_path),
    intervalSeconds: Number(check.period_seconds),
    timeoutSeconds: Number(check.timeout_seconds),
    unhealthyCount: Number(check.failure_threshold),
    startSeconds: Number(check.initial_delay_seconds),
  };
}

function values(agent: Attributes, type: "GENERAL" | "SECRET"): Record<string, string> {
  const entries = asList(agent.env).map(block);
  return Object.fromEntries(entries.filter((entry) => entry.type === type).map(({ key, value }) => [String(key), String(value)]));
}

function without(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function databaseOf(host: string | undefined, inventory: Inventory): string | undefined {
  return inventory.referred(host)?.path.replace(/\/Resource$/, "") ?? host;
}
