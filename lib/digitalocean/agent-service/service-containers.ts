import type {
  AppSpecDatabase,
  AppSpecService,
  AppSpecServiceEnv,
  AppSpecServiceImage,
  AppSpecWorker,
} from "@cdktf/provider-digitalocean/lib/app";
import { wrapCommand } from "../../runtime/agent-wrapper";
import { reporterEnvironment } from "../../spec/governance";
import type { IDigitalOceanPostgres } from "../postgres/postgres";
import type { DigitalOceanAgentServiceSpec } from "./agent-service";
import { APP_IMAGE, slugOf } from "./app-platform";

/** Where the reporting key lies: App Platform mounts no files, and whoever runs the image may write to `/tmp`. */
export const APP_KEY_FILE = "/tmp/governance/key";

/** What the database is called inside of an app. */
const DATABASE = "database";

const REGISTRY_TYPES = { "ghcr.io": "GHCR", "docker.io": "DOCKER_HUB", "registry.digitalocean.com": "DOCR" } as const;

/** What services and workers have in common. */
type Component = Pick<
  AppSpecService & AppSpecWorker,
  "name" | "image" | "runCommand" | "instanceSizeSlug" | "instanceCount" | "autoscaling" | "env"
>;

/** The agent as component of an app. */
export function component(spec: DigitalOceanAgentServiceSpec, database: IDigitalOceanPostgres | undefined): Component {
  return {
    name: "agent",
    image: imageOf(spec.agent.image, spec.registrySecret),
    runCommand: wrapCommand(spec.agent.command),
    instanceSizeSlug: slugOf(spec.cpu, spec.vcpu, spec.memoryMiB),
    ...copies(spec),
    env: environment(spec, database),
  };
}

/** What an app says of an image. */
export function imageOf(image: string, registryCredentials?: string): AppSpecServiceImage {
  const [, host, registry, repository, docr, own, tag, digest] = APP_IMAGE.exec(image) ?? [];
  const registryType = REGISTRY_TYPES[(host ?? docr) as keyof typeof REGISTRY_TYPES];
  return { registryType, registry, repository: (repository ?? own) as string, tag, digest, registryCredentials };
}

/** An app says how many copies there are when it is switched off too, and runs none of them. */
function copies({ copies: { min, max }, replicas: { cpuPercent } }: DigitalOceanAgentServiceSpec): Partial<Component> {
  if (cpuPercent === undefined) return { instanceCount: max };
  return { autoscaling: { minInstanceCount: min, maxInstanceCount: max, metrics: { cpu: { percent: cpuPercent } } } };
}

function environment(
  { agent, governance }: DigitalOceanAgentServiceSpec,
  database: IDigitalOceanPostgres | undefined,
): AppSpecServiceEnv[] {
  const plain = { ...agent.environment, ...reporterEnvironment(governance, APP_KEY_FILE) };
  const secrets = { ...agent.secrets, GOVERNANCE_KEY: governance.keySecret };
  return [...entries(plain, "GENERAL"), ...entries(secrets, "SECRET"), ...databaseEntries(database)].sort((a, b) =>
    (a.key as string) < (b.key as string) ? -1 : 1,
  );
}

/** The user's name and password are put in by App Platform, so that neither is in the app's own description. */
function databaseEntries(database: IDigitalOceanPostgres | undefined): AppSpecServiceEnv[] {
  if (database === undefined) return [];
  const values = {
    DATABASE_HOST: database.endpoint,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.databaseName,
    DATABASE_USER: bound("USERNAME"),
    DATABASE_PASSWORD: bound("PASSWORD"),
  };
  return entries(values, "GENERAL");
}

/** A variable of the attached database, which App Platform fills in; Terraform reads $${ as the text ${. */
function bound(variable: "USERNAME" | "PASSWORD"): string {
  return `$\${${DATABASE}.${variable}}`;
}

/** The database as component of an app. */
export function databaseComponent(spec: DigitalOceanAgentServiceSpec, database: IDigitalOceanPostgres): AppSpecDatabase {
  const { clusterName, databaseName: dbName } = database;
  return { name: DATABASE, engine: "PG", production: true, clusterName, dbName, dbUser: spec.databaseUser };
}

function entries(values: Readonly<Record<string, string | undefined>>, type: "GENERAL" | "SECRET"): AppSpecServiceEnv[] {
  return Object.entries(values).map(([key, value]) => ({ key, value, scope: "RUN_TIME", type }));
}
