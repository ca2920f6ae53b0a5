import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { ScriptSpec } from "../../spec/serverless-agent";
import type { CloudflareAgentServiceSpec } from "./agent-service-spec";
import type { WorkerBindingsSpec } from "./worker-bindings";
import type { WorkerDatabaseSpec } from "./worker-database";
import { FIRST_MIGRATION, type RenamedClass, type WorkerMigrationSpec } from "./worker-migrations";
import { AGENTS_BINDING, MODULES, readRoster, REPORTER_CLASS, ROLL_CALL } from "./worker-modules";

type Attributes = Readonly<Record<string, unknown>>;

/** An agent service as its Worker, the versions and what leads to it say; other Workers are none of ours. */
export const readAgentService: Reader = (worker, inventory) => {
  const deployment = inventory.referring("cloudflare_workers_deployment", "script_name", worker).find(({ path }) => isMain(path, worker));
  const [version, canary] = asList(deployment?.attributes.versions).map((one) => inventory.referred(block(one).version_id));
  const bindings = new Map(asList(version?.attributes.bindings).map((one) => [String(block(one).name), block(one)]));
  const agentClass = bindings.get(AGENTS_BINDING)?.class_name;
  if (version === undefined || agentClass === undefined) return [];
  const openings = openingsOf(worker, inventory);
  const fleet = agentClass !== REPORTER_CLASS;
  const [, share] = asList(deployment?.attributes.versions).map((one) => Number(block(one).percentage));
  const spec: CloudflareAgentServiceSpec = {
    runtime: "worker",
    enabled: textOf(bindings, "GOVERNANCE_ENABLED") === "true",
    accountId: String(worker.attributes.account_id),
    script: scriptOf(version),
    canary: canary && { ...scriptOf(canary), percent: share as number },
    agentClass: fleet ? String(agentClass) : undefined,
    agents: readRoster(entryOf(version)),
    governance: governanceOf(bindings),
    environment: variablesOf(bindings, "plain_text"),
    secrets: { ...variablesOf(bindings, "secret_text"), ...variablesOf(bindings, "secrets_store_secret") },
    compatibilityDate: String(version.attributes.compatibility_date),
    compatibilityFlags: asList(version.attributes.compatibility_flags).map(String),
    cpuMs: Number(block(version.attributes.limits).cpu_ms),
    bindings: bindingsOf(bindings),
    databases: databasesOf(bindings, inventory),
    migrations: migrationsOf(worker, inventory),
    ...openings,
  };
  return [{ kind: "serverless-agent", address: worker.address, path: worker.path, spec }];
};

/** The deployment beside the Worker, not that of a migration. */
function isMain(path: string, worker: ResourceView): boolean {
  return path === worker.path.replace(/Resource$/, "Deployment");
}

function modulesOf(version: ResourceView): ReadonlyMap<string, Attributes> {
  return new Map(asList(version.attributes.modules).map((one) => [String(block(one).name), block(one)]));
}

/** The asset stands in a folder that is named by its content. */
function scriptOf(version: ResourceView): ScriptSpec {
  const [file = "", sha256 = ""] = String(modulesOf(version).get(MODULES.agent)?.content_file).split("/").reverse();
  return { file, sha256 };
}

function entryOf(version: ResourceView): string {
  return Buffer.from(String(modulesOf(version).get(MODULES.entry)?.content_base64), "base64").toString();
}

type Bindings = ReadonlyMap<string, Attributes>;

const textOf = (bindings: Bindings, name: string) => String(bindings.get(name)?.text);

const secretOf = ({ type, store_id, secret_name, text }: Attributes) =>
  type === "secrets_store_secret" ? `${String(store_id)}/${String(secret_name)}` : String(text);

const ours = (name: string) => name.startsWith("GOVERNANCE_") || name === "AGENT_ID";

function governanceOf(bindings: Bindings): CloudflareAgentServiceSpec["governance"] {
  return {
    endpoint: textOf(bindings, "GOVERNANCE_ENDPOINT"),
    governanceId: textOf(bindings, "GOVERNANCE_ID"),
    keySecret: secretOf(bindings.get("GOVERNANCE_KEY") ?? {}),
    heartbeatSeconds: Number(textOf(bindings, "GOVERNANCE_HEARTBEAT_SECONDS")),
    missedHeartbeats: Number(textOf(bindings, "GOVERNANCE_MISSED_HEARTBEATS")),
  };
}

function variablesOf(bindings: Bindings, type: string): Record<string, string> {
  const found = [...bindings].filter(([name, one]) => one.type === type && !ours(name));
  return Object.fromEntries(found.map(([name, one]) => [name, secretOf(one)]));
}

function bindingsOf(bindings: Bindings): WorkerBindingsSpec {
  const of = <T>(type: string, read: (one: Attributes) => T) =>
    Object.fromEntries([...bindings].filter(([name, one]) => one.type === type && !ours(name)).map(([name, one]) => [name, read(one)]));
  return {
    durableObjects: of("durable_object_namespace", (one) => ({
      class: String(one.class_name),
      worker: one.script_name as string | undefined,
    })),
    kv: of("kv_namespace", (one) => ({ namespaceId: String(one.namespace_id) })),
    r2: of("r2_bucket", (one) => ({ bucket: String(one.bucket_name), jurisdiction: one.jurisdiction as "eu" | undefined })),
    d1: of("d1", (one) => ({ databaseId: String(one.id) })),
    queues: of("queue", (one) => ({ queue: String(one.queue_name) })),
    services: of("service", (one) => ({ worker: String(one.service) })),
  };
}

function databasesOf(bindings: Bindings, inventory: Inventory): Record<string, WorkerDatabaseSpec> {
  const found = [...bindings].filter(([, { type }]) => type === "hyperdrive");
  return Object.fromEntries(found.map(([name, { id }]) => [name, databaseOf(inventory.referred(id)?.attributes ?? {})]));
}

function databaseOf({ origin, caching }: Attributes): WorkerDatabaseSpec {
  const { host, port, database, user, access_client_id } = block(origin);
  return {
    host: String(host),
    port: port === undefined ? undefined : String(port),
    name: String(database),
    user: String(user),
    tunnelled: access_client_id !== undefined,
    cached: block(caching).disabled !== true,
  };
}

/** The agent's own steps in the order in which each names the one before it. */
function migrationsOf(worker: ResourceView, inventory: Inventory): readonly WorkerMigrationSpec[] {
  const versions = inventory.referring("cloudflare_worker_version", "worker_id", worker);
  const blocks = versions.map(({ attributes }) => block(attributes.migrations)).filter(({ new_tag }) => new_tag !== undefined);
  const next = new Map(blocks.map((one) => [one.old_tag, one]));
  const steps: WorkerMigrationSpec[] = [];
  for (let step = next.get(FIRST_MIGRATION.tag); step !== undefined; step = next.get(step.new_tag)) {
    steps.push({
      tag: String(step.new_tag),
      newSqliteClasses: asList(step.new_sqlite_classes).map(String),
      renamedClasses: asList(step.renamed_classes) as readonly RenamedClass[],
      deletedClasses: asList(step.deleted_classes).map(String),
    });
  }
  return steps;
}

function openingsOf(
  worker: ResourceView,
  inventory: Inventory,
): Pick<CloudflareAgentServiceSpec, "crons" | "routes" | "domains" | "exposedAt"> {
  const [trigger] = inventory.referring("cloudflare_workers_cron_trigger", "script_name", worker);
  const schedules = asList(trigger?.attributes.schedules).map((one) => String(block(one).cron));
  const shared = inventory
    .referring("cloudflare_worker_version", "worker_id", worker)
    .some((version) => entryOf(version).includes('"own":true'));
  const routes = inventory
    .referring("cloudflare_workers_route", "script", worker)
    .map(
      ({ path, attributes }) =>
        [path.split("/").at(-1) as string, { zoneId: String(attributes.zone_id), pattern: String(attributes.pattern) }] as const,
    );
  const domains = inventory
    .referring("cloudflare_workers_custom_domain", "service", worker)
    .map(({ attributes }) => [String(attributes.hostname), { zoneId: String(attributes.zone_id) }] as const);
  return {
    crons: schedules.filter((cron) => shared || cron !== ROLL_CALL),
    routes: Object.fromEntries(routes),
    domains: Object.fromEntries(domains),
    exposedAt: [...domains.map(([host]) => host), ...routes.map(([, { pattern }]) => pattern)],
  };
}
