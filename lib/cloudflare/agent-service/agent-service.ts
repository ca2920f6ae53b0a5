import { Worker } from "@cdktf/provider-cloudflare/lib/worker";
import { WorkerVersion, type WorkerVersionBindings } from "@cdktf/provider-cloudflare/lib/worker-version";
import { WorkersCronTrigger } from "@cdktf/provider-cloudflare/lib/workers-cron-trigger";
import { WorkersCustomDomain } from "@cdktf/provider-cloudflare/lib/workers-custom-domain";
import { WorkersDeployment } from "@cdktf/provider-cloudflare/lib/workers-deployment";
import { WorkersRoute } from "@cdktf/provider-cloudflare/lib/workers-route";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import type { AgentServiceProps } from "../../spec/agent-service";
import { specContext, type Lacks } from "../../spec/context";
import { workerServiceSpec, type CloudflareAgentServiceSpec } from "./agent-service-spec";
import { claimCrons } from "./cron";
import type { WorkerAgentsProps, WorkerGovernanceProps } from "./worker-agents";
import { bindingBlocks, secretBinding, type WorkerBindingsProps } from "./worker-bindings";
import { hyperdrive, type WorkerDatabaseProps } from "./worker-database";
import { classesAfter, FIRST_MIGRATION, migrationBlock, type WorkerMigrationProps } from "./worker-migrations";
import { AGENTS_BINDING, generatedModules, migrationModule, MODULES, REPORTER_CLASS, ROLL_CALL } from "./worker-modules";
import type { WorkerRouteProps, WorkerZone } from "./worker-routes";

/** A second version beside the first. */
export interface CanaryScriptProps {
  /** Path of its script, as `script`. */
  readonly script: string;
  /** Part of the requests, and of the objects, that it gets, in percent, 1 to 99. */
  readonly percent: number;
}

export interface CloudflareAgentServiceProps extends WorkerBindingsProps {
  /** Id of the Cloudflare account. */
  readonly accountId: string;
  /**
   * Path of the script that you built: one ES module with a default export, which imports nothing but what the runtime has. Up to 64 MiB.
   * Its content decides the version.
   */
  readonly script: string;
  /**
   * A new script that gets a part of the traffic first. An object runs one of the two until the next deployment. To go on, give it as `script`.
   * @default - none: `script` gets everything
   */
  readonly canary?: CanaryScriptProps;
  /** Date up to which changes of the runtime apply, such as "2026-03-01"; 2024-04-03 or later. */
  readonly compatibilityDate: string;
  /**
   * Flags of the runtime, such as "nodejs_compat".
   * @default []
   */
  readonly compatibilityFlags?: readonly string[];
  /** How the agent reports, and under which identity. `keySecret` is "<id of the store>/<name>" in the Secrets Store, or a sensitive variable. */
  readonly governance: WorkerGovernanceProps;
  /**
   * Many agents instead of one; the code reaches their objects with `env.GOVERNANCE_AGENTS`, by their ids.
   * @default - the Worker as a whole is one agent
   */
  readonly agents?: WorkerAgentsProps;
  /**
   * PostgreSQL databases of any provider by name, through Hyperdrive.
   * @default {}
   */
  readonly databases?: Readonly<Record<string, WorkerDatabaseProps>>;
  /**
   * The history of the Durable Object classes: what was deployed once stays, new steps come at the end.
   * @default []
   */
  readonly migrations?: readonly WorkerMigrationProps[];
  /**
   * When the agent is started, as cron expressions of five fields in UTC; once a minute at most. Sunday is 1.
   * @default []
   */
  readonly crons?: readonly string[];
  /**
   * Requests on hosts of a zone that the agent answers, by a name of your choice.
   * @default {}
   */
  readonly routes?: Readonly<Record<string, WorkerRouteProps>>;
  /**
   * Host names that are the agent's own, with DNS record and certificate, and the zones that they are in.
   * @default {}
   */
  readonly domains?: Readonly<Record<string, WorkerZone>>;
  /**
   * CPU time of one invocation in milliseconds, 10 to 300,000; time spent waiting does not count.
   * @default 30000
   */
  readonly cpuMs?: number;
  /**
   * The kill switch: with false no code of the agent answers anything, no alarm rings, and nothing leads to it from outside.
   * @default true
   */
  readonly enabled?: boolean;
}

const LACKS: Lacks<AgentServiceProps> & Readonly<Record<string, string>> = {
  image: "a Worker is a script, not a container (use script)",
  command: "a Worker is a script, not a container",
  port: "a Worker is called, it does not listen (use routes or domains)",
  replicas: "Cloudflare starts as many copies of a Worker as there are requests (use agents for many agents)",
  size: "every Worker has 128 MB, and CPU time is limited by cpuMs",
  vcpu: "every Worker has 128 MB, and CPU time is limited by cpuMs",
  memoryMiB: "every Worker has 128 MB",
  sidecars: "a Worker is one script",
  egress: "Workers have no limits on outgoing connections",
  logRetentionDays: "Workers Logs are kept for seven days, which cannot be chosen",
  profile: "nothing of a Worker is more or less redundant",
  placement: "release 5.14 of the Terraform provider sends it to where Cloudflare ignores it",
};

/**
 * Agents on Cloudflare Workers that report to their governance and can be switched off.
 *
 * Creates `cloudflare_worker` with logs on and without an address of its own, `cloudflare_worker_version` (one more for a canary and for each
 * migration, kept for ever because migrations only grow), `cloudflare_workers_deployment`, `cloudflare_workers_cron_trigger`, and a
 * `cloudflare_workers_route`, `cloudflare_workers_custom_domain` or `cloudflare_hyperdrive_config` for each one asked for.
 * Cost: 5 USD a month for Workers Paid, once per account; one agent's heartbeats are within what that includes (prices of 2026-01-01). A heartbeat
 * is one alarm and one row written: 1,250 agents every 30 s make 108 million a month, about 16 USD for requests, 58 for rows and 12 for
 * duration at 0.1 s each; every 300 s about 2. The roll call that starts what is not awake adds up to 4.3 million requests, 0.50 USD.
 * Two modules are deployed beside the script: they wrap its classes and its default export, keep the agents to their roster, and send
 * heartbeats from the alarms of their objects; see `GOVERNANCE_MODULE`. Only the default export and the classes of migrations are deployed,
 * no other entry points. A heartbeat of a Worker without `agents` says that it is deployed, enabled and reaches its governance.
 * Cloudflare cannot count heartbeats: the governance's collector raises the alarm.
 * Switched off, a version is deployed that answers 503 and has no code of the agent's behind it; schedules, routes and domains go. Objects
 * and what they store stay. Messages go back to their queues and are tried again until the queue gives them up.
 * Secrets of the Secrets Store are references; secrets from variables are in the state. The key is readable by the agent's own code, as all of a
 * Worker's bindings are: an agent that is taken over can send heartbeats too.
 * A migration is deployed for some seconds before the agent's own version; in between requests get 503 and alarms come again. How long
 * Cloudflare answers for old deployments is not documented: one that is gone shows in a plan as created again, and the agent's version after it.
 * Not covered: static assets, queue consumers, tail workers, placement (see the reason when it is given), Workers for Platforms, the free plan's limits.
 */
export class CloudflareAgentService extends Construct {
  /** The service after defaults and checks. */
  readonly spec: CloudflareAgentServiceSpec;
  /** The underlying Worker. */
  readonly worker: Worker;
  /** What is deployed of `script`. */
  readonly version: WorkerVersion;
  readonly canary?: WorkerVersion;
  /** Which version gets how much. */
  readonly deployment: WorkersDeployment;
  /** The spec with the references that it was given. */
  private readonly given: CloudflareAgentServiceSpec;

  constructor(scope: Construct, id: string, props: CloudflareAgentServiceProps) {
    super(scope, id);
    const { spec, given, scriptPath, canaryPath } = workerServiceSpec(this, props, specContext(this, undefined, LACKS));
    this.spec = spec;
    this.given = given;
    for (const agentId of spec.agents) claimAgent(this, agentId);
    if (spec.agentClass === undefined) addLabels(this, { agentId: spec.agents[0] as string });
    this.worker = this.createWorker();
    const bindings = this.bindingsOf(props, this.createMigrations());
    this.version = this.createVersion("Version", scriptPath, bindings);
    this.canary = canaryPath === undefined ? undefined : this.createVersion("Canary", canaryPath, bindings);
    this.deployment = this.createDeployment();
    this.createOpenings();
  }

  /** Name of the Worker, for service bindings of others. */
  get workerName(): string {
    return this.worker.name;
  }

  private createWorker(): Worker {
    return new Worker(this, "Resource", {
      accountId: this.given.accountId,
      name: physicalName(this, { kind: "Worker", maxLength: 63 }),
      observability: { enabled: true, headSamplingRate: 1, logs: { enabled: true, headSamplingRate: 1, invocationLogs: true } },
      subdomain: { enabled: false, previewsEnabled: false },
    });
  }

  /** One version for each step, which does nothing but apply it: what was applied is never sent again. */
  private createMigrations(): WorkersDeployment {
    const steps = [FIRST_MIGRATION, ...this.given.migrations];
    const scope = new Construct(this, "Migrations");
    return steps.reduce<WorkersDeployment | undefined>((before, step, index) => {
      const place = new Construct(scope, step.tag);
      const version = new WorkerVersion(place, "Version", {
        accountId: this.given.accountId,
        workerId: this.worker.id,
        compatibilityDate: this.given.compatibilityDate,
        mainModule: MODULES.entry,
        modules: [moduleOf(MODULES.entry, migrationModule(classesAfter(steps.slice(0, index + 1))))],
        migrations: migrationBlock(step, steps[index - 1]?.tag),
        lifecycle: { ignoreChanges: "all" },
        dependsOn: before && [before],
      });
      const versions = [{ versionId: version.id, percentage: 100 }];
      const config = { accountId: this.given.accountId, scriptName: this.worker.name, strategy: "percentage", versions };
      return new WorkersDeployment(place, "Deployment", config);
    }, undefined) as WorkersDeployment;
  }

  private createVersion(id: "Version" | "Canary", path: string, bindings: WorkerVersionBindings[]): WorkerVersion {
    const { accountId, script, canary, agentClass, agents, crons, compatibilityDate, compatibilityFlags, cpuMs } = this.given;
    const { sha256 } = id === "Canary" ? (canary as typeof script) : script;
    const asset = new TerraformAsset(this, `${id}Script`, { path, type: AssetType.FILE, assetHash: sha256 });
    const classes = classesAfter(this.given.migrations).filter((name) => name !== agentClass);
    const generated = generatedModules({ agentClass, agentIds: agents, classes, sharesRollCall: crons.includes(ROLL_CALL) });
    return new WorkerVersion(this, id, {
      accountId,
      workerId: this.worker.id,
      compatibilityDate,
      compatibilityFlags: compatibilityFlags.length === 0 ? undefined : [...compatibilityFlags],
      limits: { cpuMs },
      mainModule: MODULES.entry,
      modules: [
        ...Object.entries(generated).map(([name, source]) => moduleOf(name, source)),
        { name: MODULES.agent, contentType: MODULE_TYPE, contentFile: asset.path },
      ],
      bindings,
    });
  }

  /** The last migration is among them: a version is made anew, and deployed again, whenever that migration was deployed anew. */
  private bindingsOf(props: CloudflareAgentServiceProps, migrated: WorkersDeployment): WorkerVersionBindings[] {
    const { given: spec } = this;
    const { endpoint, governanceId, keySecret, heartbeatSeconds, missedHeartbeats } = spec.governance;
    const plain = {
      GOVERNANCE_ENABLED: String(spec.enabled),
      GOVERNANCE_ENDPOINT: endpoint,
      GOVERNANCE_HEARTBEAT_SECONDS: String(heartbeatSeconds),
      GOVERNANCE_ID: governanceId,
      GOVERNANCE_MIGRATION: migrated.id,
      GOVERNANCE_MISSED_HEARTBEATS: String(missedHeartbeats),
      ...(spec.agentClass === undefined ? { AGENT_ID: spec.agents[0] as string } : {}),
      ...spec.environment,
    };
    const databases = new Construct(this, "Databases");
    return [
      { name: AGENTS_BINDING, type: "durable_object_namespace", className: spec.agentClass ?? REPORTER_CLASS },
      secretBinding("GOVERNANCE_KEY", keySecret),
      ...Object.entries(plain).map(([name, text]) => ({ name, type: "plain_text", text })),
      ...Object.entries(spec.secrets).map(([name, reference]) => secretBinding(name, reference)),
      ...bindingBlocks(spec.bindings),
      ...Object.entries(props.databases ?? {}).map(([name, database]) => {
        const config = hyperdrive(databases, name, spec.accountId, database, spec.databases[name] as never);
        return { name, type: "hyperdrive", id: config.id };
      }),
    ];
  }

  private createDeployment(): WorkersDeployment {
    const percent = this.given.canary?.percent ?? 0;
    return new WorkersDeployment(this, "Deployment", {
      accountId: this.given.accountId,
      scriptName: this.worker.name,
      strategy: "percentage",
      versions: [
        { versionId: this.version.id, percentage: 100 - percent },
        ...(this.canary === undefined ? [] : [{ versionId: this.canary.id, percentage: percent }]),
      ],
    });
  }

  /** The list of schedules is there when it is empty too: the provider leaves schedules where they are when the resource goes. */
  private createOpenings(): void {
    const { accountId, enabled, crons, routes, domains } = this.given;
    const schedules = enabled ? [...new Set([ROLL_CALL, ...crons])] : [];
    claimCrons(this, accountId, schedules.length);
    const dependsOn = [this.deployment];
    const scriptName = this.worker.name;
    new WorkersCronTrigger(this, "Crons", { accountId, scriptName, schedules: schedules.map((cron) => ({ cron })), dependsOn });
    const routing = new Construct(this, "Routes");
    for (const [name, { zoneId, pattern }] of Object.entries(routes)) {
      new WorkersRoute(routing, name, { zoneId, pattern, script: scriptName, dependsOn });
    }
    const naming = new Construct(this, "Domains");
    for (const [hostname, { zoneId }] of Object.entries(domains)) {
      new WorkersCustomDomain(naming, hostname, { accountId, zoneId, hostname, service: scriptName, dependsOn });
    }
  }
}

const MODULE_TYPE = "application/javascript+module";

function moduleOf(name: string, source: string) {
  return { name, contentType: MODULE_TYPE, contentBase64: Buffer.from(source).toString("base64") };
}
