import type {
  ContainerInstancesContainerInstanceContainers as Container,
  ContainerInstancesContainerInstanceContainersHealthChecks as HealthCheck,
  ContainerInstancesContainerInstanceContainersVolumeMounts as Mount,
  ContainerInstancesContainerInstanceVolumes as Volume,
} from "../bindings/container-instances-container-instance";
import { HEARTBEAT_SCRIPT } from "../../runtime/heartbeat";
import type { ContainerSpec } from "../../spec/container";
import { governanceEnvironment, KEY_FILE, reporterEnvironment } from "../../spec/governance";
import { REPORTER_MEMORY_MIB } from "../../spec/shape";
import type { IOciPostgres } from "../postgres/postgres";
import type { OciAgentServiceSpec } from "./agent-service";
import { fileVariable } from "./service-place";
import { VAULT_FILES_SCRIPT } from "./vault-files";

const GIB = 1024;
const KEY_VOLUME = "governance";
const KEY_FOLDER = KEY_FILE.slice(0, KEY_FILE.lastIndexOf("/"));

/** Where the agent's secrets are; the reporter does not see them. */
const SECRETS_VOLUME = "secrets";
export const SECRETS_FOLDER = "/run/secrets";

/** A check of the port alone, when there is no path to ask for. */
const PORT_CHECK = { intervalSeconds: 30, timeoutSeconds: 5, unhealthyCount: 3, startSeconds: 60 };

export interface ContainerWiring {
  readonly database?: IOciPostgres;
  /** Whether the agent's container may use the identity of the instance; evaluated late. */
  readonly withoutIdentity: Container["isResourcePrincipalDisabled"];
}

/** The containers of a copy. They start at the same time: whoever needs a file that is not there yet waits for it, or ends and is started again. */
export function containers(spec: OciAgentServiceSpec, wiring: ContainerWiring): Container[] {
  return [
    agent(spec, wiring),
    ...Object.entries(spec.sidecars).map(([name, sidecar]) => ({
      ...container(name, sidecar, sidecar.environment),
      healthChecks: healthChecks(sidecar.port),
      isResourcePrincipalDisabled: true,
      resourceConfig: { vcpusLimit: sidecar.vcpu, memoryLimitInGbs: sidecar.memoryMiB / GIB },
    })),
    vaultFiles(spec, wiring.database),
    reporter(spec),
  ];
}

/** The volumes of a copy: secrets in memory, the rest on the scratch disk. */
export function volumes(spec: OciAgentServiceSpec): Volume[] {
  const inMemory = [KEY_VOLUME, SECRETS_VOLUME].map((name) => ({ name, volumeType: "EMPTYDIR", backingStore: "MEMORY" }));
  const scratch = scratchNames(spec).map((name) => ({ name: `tmp-${name}`, volumeType: "EMPTYDIR", backingStore: "EPHEMERAL_STORAGE" }));
  return [...inMemory, ...scratch];
}

/** The references to secrets by the files that hold them. */
export function secretFiles(spec: OciAgentServiceSpec, database: IOciPostgres | undefined): Record<string, string> {
  const own = Object.entries(spec.secretFiles).map(([name, secret]): [string, string] => [`${SECRETS_FOLDER}/${name}`, secret]);
  const password: [string, string][] = database === undefined ? [] : [[`${SECRETS_FOLDER}/DATABASE_PASSWORD`, database.secretId]];
  return { [KEY_FILE]: spec.governance.keySecret, ...Object.fromEntries([...own, ...password]) };
}

function agent(spec: OciAgentServiceSpec, { database, withoutIdentity }: ContainerWiring): Container {
  const files = Object.keys(spec.secretFiles).map((name) => [fileVariable(name), `${SECRETS_FOLDER}/${name}`] as const);
  const environment = {
    ...spec.agent.environment,
    ...governanceEnvironment(spec.governance),
    ...Object.fromEntries(files),
    ...databaseEnvironment(spec, database),
  };
  const base = container("agent", spec.agent, environment);
  return {
    ...base,
    healthChecks: healthChecks(spec.agent.port, spec.health),
    isResourcePrincipalDisabled: withoutIdentity,
    volumeMounts: [...(base.volumeMounts as Mount[]), mount(KEY_VOLUME, KEY_FOLDER), mount(SECRETS_VOLUME, SECRETS_FOLDER)],
  };
}

function databaseEnvironment(spec: OciAgentServiceSpec, database: IOciPostgres | undefined): Record<string, string> {
  if (database === undefined) return {};
  return {
    DATABASE_HOST: database.endpoint,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.databaseName,
    DATABASE_USER: spec.databaseUser as string,
    DATABASE_PASSWORD_FILE: `${SECRETS_FOLDER}/DATABASE_PASSWORD`,
  };
}

/** What the agent and its sidecars have in common. */
function container(name: string, spec: ContainerSpec, environment: Readonly<Record<string, string>>): Container {
  return {
    ...hardened(name, spec.image, spec.user as string),
    arguments: spec.command && [...spec.command],
    environmentVariables: { ...environment },
    volumeMounts: [mount(`tmp-${name}`, "/tmp", false)],
  };
}

/** Gets the secrets and opens the scratch space. It runs as root, without any capability, because new volumes belong to root. */
function vaultFiles(spec: OciAgentServiceSpec, database: IOciPostgres | undefined): Container {
  const scratch = scratchNames(spec).map((name) => mount(`tmp-${name}`, `/scratch/${name}`, false));
  return {
    ...hardened("governance-key", spec.reporter.image, "0:0"),
    command: ["node", "-e", VAULT_FILES_SCRIPT],
    arguments: scratch.map(({ mountPath }) => mountPath),
    environmentVariables: { SECRET_FILES: JSON.stringify(secretFiles(spec, database)) },
    isResourcePrincipalDisabled: false,
    resourceConfig: { memoryLimitInGbs: REPORTER_MEMORY_MIB / GIB },
    volumeMounts: [mount(KEY_VOLUME, KEY_FOLDER, false), mount(SECRETS_VOLUME, SECRETS_FOLDER, false), ...scratch],
  };
}

function reporter({ governance, reporter: own }: OciAgentServiceSpec): Container {
  return {
    ...hardened("reporter", own.image, "1000:1000"),
    ...(own.command === undefined ? { command: ["node", "-e", HEARTBEAT_SCRIPT] } : { arguments: [...own.command] }),
    environmentVariables: reporterEnvironment(governance),
    isResourcePrincipalDisabled: true,
    resourceConfig: { memoryLimitInGbs: REPORTER_MEMORY_MIB / GIB },
    volumeMounts: [mount(KEY_VOLUME, KEY_FOLDER)],
  };
}

function hardened(displayName: string, imageUrl: string, user: string): Container {
  const [uid, gid] = user.split(":");
  return {
    displayName,
    imageUrl,
    securityContext: {
      securityContextType: "LINUX",
      isRootFileSystemReadonly: true,
      isNonRootUserCheckEnabled: uid !== "0",
      runAsUser: Number(uid),
      runAsGroup: gid === undefined ? undefined : Number(gid),
      capabilities: { dropCapabilities: ["ALL"] },
    },
  };
}

function mount(volumeName: string, mountPath: string, isReadOnly = true): Mount {
  return { volumeName, mountPath, isReadOnly };
}

function healthChecks(port: number | undefined, health?: OciAgentServiceSpec["health"]): HealthCheck[] | undefined {
  if (port === undefined) return undefined;
  const { intervalSeconds, timeoutSeconds, unhealthyCount, startSeconds } = health ?? PORT_CHECK;
  return [
    {
      name: "port",
      healthCheckType: health === undefined ? "TCP" : "HTTP",
      path: health?.path,
      port,
      failureAction: "KILL",
      intervalInSeconds: intervalSeconds,
      timeoutInSeconds: timeoutSeconds,
      failureThreshold: unhealthyCount,
      successThreshold: 1,
      initialDelayInSeconds: startSeconds,
    },
  ];
}

function scratchNames(spec: OciAgentServiceSpec): string[] {
  return ["agent", ...Object.keys(spec.sidecars)];
}
