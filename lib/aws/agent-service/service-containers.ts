import { HEARTBEAT_SCRIPT, KEY_WRITER_SCRIPT } from "../../runtime/heartbeat";
import type { WholeAgentServiceSpec } from "../../spec/agent-service";
import type { ContainerSpec, SidecarSpec } from "../../spec/container";
import { governanceEnvironment, KEY_FILE, reporterEnvironment } from "../../spec/governance";
import { REPORTER_MEMORY_MIB } from "../../spec/shape";
import type { IAwsPostgres } from "../postgres/postgres";

/** What the containers need of the rest of the service. */
export interface ContainerWiring {
  readonly region: string;
  /** Log group of the agent and its sidecars. */
  readonly logGroup: string;
  /** Log group of the reporter. */
  readonly reporterLogGroup: string;
  readonly database?: IAwsPostgres;
}

/** The volume with the reporting key, shared by the containers that may read it. */
export const KEY_VOLUME = "governance";
const KEY_FOLDER = KEY_FILE.slice(0, KEY_FILE.lastIndexOf("/"));

/** The volume that is `/tmp` of a container: everything else of its file system is read-only. */
export const scratchVolume = (container: string): string => `tmp-${container}`;

/** Opens the scratch volumes, which belong to root when they are made, to the users of the containers. */
const OPEN_SCRATCH_SCRIPT = `for (const folder of process.argv.slice(1)) require("node:fs").chmodSync(folder, 0o1777);\n`;

const CPU_UNITS = 1024;
const RESTART_SECONDS = 60;

/** When the file with the reporting key is written and the scratch space is open. */
const AFTER_KEY = [{ containerName: "governance-key", condition: "SUCCESS" }];

/** The container definitions of a task, as Amazon ECS takes them. */
export function containerDefinitions(spec: WholeAgentServiceSpec, wiring: ContainerWiring): readonly object[] {
  return [
    agent(spec, wiring),
    ...Object.entries(spec.sidecars).map(([name, one]) => sidecar(name, one, wiring)),
    ...governance(spec, wiring),
  ];
}

function agent(spec: WholeAgentServiceSpec, wiring: ContainerWiring): object {
  const { agent: own, registrySecret } = spec;
  const database = wiring.database;
  return {
    ...container("agent", own, wiring.logGroup, wiring.region),
    essential: true,
    environment: pairs({ ...own.environment, ...governanceEnvironment(spec.governance), ...databaseEnvironment(database) }),
    secrets: references({ ...own.secrets, ...databaseSecrets(database) }),
    mountPoints: [scratch("agent"), { sourceVolume: KEY_VOLUME, containerPath: KEY_FOLDER, readOnly: true }],
    ...(registrySecret === undefined ? {} : { repositoryCredentials: { credentialsParameter: registrySecret } }),
  };
}

function sidecar(name: string, spec: SidecarSpec, wiring: ContainerWiring): object {
  return {
    ...container(name, spec, wiring.logGroup, wiring.region),
    essential: spec.essential,
    cpu: spec.vcpu * CPU_UNITS,
    memory: spec.memoryMiB,
    environment: pairs(spec.environment),
    secrets: references(spec.secrets ?? {}),
    mountPoints: [scratch(name)],
  };
}

/** What the agent and its sidecars have in common. */
function container(name: string, spec: ContainerSpec, logGroup: string, region: string): object {
  return {
    ...hardened(name, spec.image, spec.user, logs(logGroup, region, "container")),
    dependsOn: AFTER_KEY,
    ...(spec.command === undefined ? {} : { command: spec.command }),
    ...(spec.port === undefined ? {} : { portMappings: [{ containerPort: spec.port, hostPort: spec.port, protocol: "tcp" }] }),
    ...(spec.healthCommand === undefined ? {} : { healthCheck: healthCheck(spec.healthCommand) }),
  };
}

/**
 * The container that hands the key to the others and ends, and the reporter. A dead reporter is started again, and its silence rings the
 * heartbeat alarm, but it never stops the agent. The first one runs as root, without any capability, because new volumes belong to root.
 */
function governance(spec: WholeAgentServiceSpec, wiring: ContainerWiring): readonly object[] {
  const { governance: own, reporter } = spec;
  const log = logs(wiring.reporterLogGroup, wiring.region, "governance");
  const folders = ["agent", ...Object.keys(spec.sidecars)].map((name) => ({ ...scratch(name), containerPath: `/scratch/${name}` }));
  return [
    {
      ...hardened("governance-key", reporter.image, "0:0", log),
      essential: false,
      entryPoint: ["node", "-e", KEY_WRITER_SCRIPT + OPEN_SCRATCH_SCRIPT],
      command: folders.map((folder) => folder.containerPath),
      environment: pairs({ GOVERNANCE_KEY_FILE: KEY_FILE }),
      secrets: references({ GOVERNANCE_KEY: own.keySecret }),
      mountPoints: [{ sourceVolume: KEY_VOLUME, containerPath: KEY_FOLDER, readOnly: false }, ...folders],
    },
    {
      ...hardened("reporter", reporter.image, "1000:1000", log),
      essential: false,
      dependsOn: AFTER_KEY,
      restartPolicy: { enabled: true, restartAttemptPeriod: RESTART_SECONDS },
      memory: REPORTER_MEMORY_MIB,
      ...(reporter.command === undefined ? { entryPoint: ["node", "-e", HEARTBEAT_SCRIPT] } : { command: reporter.command }),
      environment: pairs(reporterEnvironment(own)),
      mountPoints: [{ sourceVolume: KEY_VOLUME, containerPath: KEY_FOLDER, readOnly: true }],
    },
  ];
}

function hardened(name: string, image: string, user: string | undefined, logConfiguration: object): object {
  return {
    name,
    image,
    user,
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    logConfiguration,
  };
}

/** Logs never hold a container up: what does not fit into the buffer is lost. */
function logs(group: string, region: string, prefix: string): object {
  const options = { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix };
  return { logDriver: "awslogs", options: { ...options, mode: "non-blocking", "max-buffer-size": "25m" } };
}

function scratch(name: string) {
  return { sourceVolume: scratchVolume(name), containerPath: "/tmp", readOnly: false };
}

function healthCheck(spec: NonNullable<ContainerSpec["healthCommand"]>): object {
  return {
    command: ["CMD", ...spec.command],
    interval: spec.intervalSeconds,
    timeout: spec.timeoutSeconds,
    retries: spec.unhealthyCount,
    startPeriod: spec.startSeconds,
  };
}

function databaseEnvironment(database: IAwsPostgres | undefined): Record<string, string> {
  if (database === undefined) return {};
  return { DATABASE_HOST: database.endpoint, DATABASE_PORT: String(database.port), DATABASE_NAME: database.databaseName };
}

function databaseSecrets(database: IAwsPostgres | undefined): Record<string, string> {
  if (database === undefined) return {};
  return { DATABASE_USER: `${database.secretArn}:username::`, DATABASE_PASSWORD: `${database.secretArn}:password::` };
}

function sorted(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

function pairs(values: Readonly<Record<string, string>>): object[] {
  return sorted(values).map(([name, value]) => ({ name, value }));
}

function references(values: Readonly<Record<string, string>>): object[] {
  return sorted(values).map(([name, valueFrom]) => ({ name, valueFrom }));
}
