import type { Construct } from "constructs";
import { isToken, type Check, type KeysOf } from "../../spec/check";
import { openCheck, type SpecContext } from "../../spec/context";
import { referenceText } from "../../spec/reference";
import type { ScriptSpec, ServerlessAgentSpec } from "../../spec/serverless-agent";
import type { CanaryScriptProps, CloudflareAgentServiceProps } from "./agent-service";
import { readCrons } from "./cron";
import { readAgents, readWorkerGovernance, type WorkerAgentsSpec } from "./worker-agents";
import { BINDING_PROPS, checkNames, readBindings, readVariables, type WorkerBindingsSpec } from "./worker-bindings";
import { readDatabase, type WorkerDatabaseSpec } from "./worker-database";
import { classesAfter, readMigrations, type WorkerMigrationSpec } from "./worker-migrations";
import { readDomains, readRoutes, type WorkerDomainSpec, type WorkerRouteSpec } from "./worker-routes";
import { readScript, type ReadScript } from "./worker-script";

/** The service after defaults and checks. */
export interface CloudflareAgentServiceSpec extends ServerlessAgentSpec, WorkerAgentsSpec {
  readonly accountId: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly cpuMs: number;
  readonly bindings: WorkerBindingsSpec;
  readonly databases: Readonly<Record<string, WorkerDatabaseSpec>>;
  /** The agent's own steps, oldest first. */
  readonly migrations: readonly WorkerMigrationSpec[];
  readonly routes: Readonly<Record<string, WorkerRouteSpec>>;
  readonly domains: Readonly<Record<string, WorkerDomainSpec>>;
}

/** The spec, the same with the references that it was given, and where the scripts are. */
export interface ReadService {
  readonly spec: CloudflareAgentServiceSpec;
  readonly given: CloudflareAgentServiceSpec;
  readonly scriptPath: string;
  readonly canaryPath?: string;
}

const KNOWN = {
  ...BINDING_PROPS,
  accountId: true,
  script: true,
  canary: true,
  compatibilityDate: true,
  compatibilityFlags: true,
  governance: true,
  agents: true,
  databases: true,
  migrations: true,
  crons: true,
  routes: true,
  domains: true,
  cpuMs: true,
  enabled: true,
} satisfies KeysOf<CloudflareAgentServiceProps>;

const ACCOUNT = { pattern: /^[0-9a-f]{32}$/, want: "the id of an account: 32 hex digits", tokens: true };

/** Objects have methods that can be called from this date on. Source: https://developers.cloudflare.com/workers/configuration/compatibility-flags/, read 2026-11-21. */
const FIRST_DATE = "2024-04-03";

/** CPU time of one invocation. Source: https://developers.cloudflare.com/workers/platform/limits/, read 2026-11-21. */
const CPU_MS = { min: 10, max: 300_000, default: 30_000, source: "Cloudflare Workers limit" };

type Props = CloudflareAgentServiceProps;

/**
 * The service after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function workerServiceSpec(scope: Construct, props: Props, context: SpecContext): ReadService {
  const check = openCheck<Props>(props, KNOWN, context);
  const compatibilityFlags = check.list<string>("compatibilityFlags", "a list of flags", []);
  const nodejs = compatibilityFlags.includes("nodejs_compat");
  const script = readScript(check, "script", props?.script, nodejs);
  const canary = readCanary(check, props?.canary, nodejs);
  const agents = readAgents(check, props?.agents, props?.governance);
  const migrations = readMigrations(check, check.list("migrations", "a list of steps", []));
  const bindings = readBindings(check as never, props ?? {});
  checkClasses(check, { agents, bindings, migrations }, [script, canary?.script]);
  const { kv, r2, d1, queues, services, durableObjects, environment, databases, secrets } = props ?? {};
  checkNames(check, { durableObjects, kv, r2, d1, queues, services, databases, environment, secrets });
  const enabled = check.flag("enabled", true);
  const given = {
    runtime: "worker" as const,
    enabled,
    accountId: check.text("accountId", ACCOUNT),
    script: script?.spec as ScriptSpec,
    canary: canary?.spec,
    ...agents,
    governance: readWorkerGovernance(check, props?.governance, props?.agents !== undefined),
    ...readVariables(check as never, props ?? {}),
    compatibilityDate: readDate(check),
    compatibilityFlags,
    cpuMs: check.integer("cpuMs", CPU_MS),
    bindings,
    databases: readDatabases(check, scope, databases),
    migrations,
    ...readOpenings(check, props, enabled),
  };
  return check.done({ spec: textOf(scope, given), given, scriptPath: script?.path ?? "", canaryPath: canary?.script?.path });
}

const DATE_WANT = `a date such as "2026-03-01", ${FIRST_DATE} or later`;
const DATE = {
  pattern: new RegExp(`^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$`),
  want: DATE_WANT,
};

function readDate(check: Check<Props>): string {
  const date = check.text("compatibilityDate", DATE);
  if (DATE.pattern.test(date) && date < FIRST_DATE) check.issue("compatibilityDate", date, DATE_WANT);
  return date;
}

/** The same with references as they will stand in Terraform. */
function textOf<T>(scope: Construct, value: T): T {
  if (typeof value === "string") return (isToken(value) ? referenceText(scope, value) : value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => textOf(scope, one)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf<unknown>(scope, one)])) as T;
}

function readCanary(check: Check<Props>, props: CanaryScriptProps | undefined, nodejs: boolean) {
  if (props === undefined) return undefined;
  const nested = check.nested<CanaryScriptProps>("canary", props, { script: true, percent: true });
  const percent = nested.integer("percent", { min: 1, max: 99 });
  const script = readScript(nested, "script", props?.script, nodejs);
  return { script, spec: script && { ...script.spec, percent } };
}

function readDatabases(check: Check<Props>, scope: Construct, databases: Props["databases"] = {}) {
  return Object.fromEntries(Object.entries(databases).map(([name, props]) => [name, readDatabase(check, scope, name, props)]));
}

/** What starts it from outside; nothing does while it is not enabled. */
function readOpenings(
  check: Check<Props>,
  props: Props,
  enabled: boolean,
): Pick<CloudflareAgentServiceSpec, "crons" | "routes" | "domains" | "exposedAt"> {
  const crons = readCrons(check, check.list("crons", "a list of cron expressions", []));
  const routes = readRoutes(check, props?.routes ?? {});
  const domains = readDomains(check, props?.domains ?? {});
  if (!enabled) return { crons: [], routes: {}, domains: {}, exposedAt: [] };
  return { crons, routes, domains, exposedAt: [...Object.keys(domains), ...Object.values(routes).map(({ pattern }) => pattern)] };
}

interface Classes {
  readonly agents: WorkerAgentsSpec;
  readonly bindings: WorkerBindingsSpec;
  readonly migrations: readonly WorkerMigrationSpec[];
}

/** Every class has a migration, and every class that there is, is in every script. */
function checkClasses(check: Check<Props>, { agents, bindings, migrations }: Classes, scripts: readonly (ReadScript | undefined)[]): void {
  const live = classesAfter(migrations);
  const used = [
    ...(agents.agentClass === undefined ? [] : [["agents.class", agents.agentClass] as const]),
    ...Object.entries(bindings.durableObjects).flatMap(([name, one]) =>
      one.worker === undefined ? [[`durableObjects.${name}.class`, one.class] as const] : [],
    ),
  ];
  for (const [prop, name] of used) {
    if (live.includes(name) || name === "") continue;
    const fix = `add { tag: "...", newSqliteClasses: ["${name}"] } at the end of migrations`;
    check.issue(prop, name, "a class that a migration creates", fix);
  }
  scripts.forEach((script, index) => {
    for (const name of live) {
      if (script === undefined || script.exports.has(name)) continue;
      check.issue(
        index === 0 ? "script" : "canary.script",
        script.spec.file,
        `a script that exports the class ${name}`,
        "export it, or delete it in a migration",
      );
    }
  });
}
