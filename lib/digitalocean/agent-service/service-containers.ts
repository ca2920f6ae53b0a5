import type { AppSpecService, AppSpecServiceEnv, AppSpecServiceImage, AppSpecWorker } from "@cdktf/provider-digitalocean/lib/app";
import { wrapCommand } from "../../runtime/agent-wrapper";
import { reporterEnvironment } from "../../spec/governance";
import type { DigitalOceanAgentServiceSpec } from "./agent-service";
import { APP_IMAGE, slugOf } from "./app-platform";
import type { AppDatabase } from "./service-place";

/** Where the reporting key lies: App Platform mounts no files, and whoever runs the image may write to `/tmp`. */
export const APP_KEY_FILE = "/tmp/governance/key";

const REGISTRY_TYPES = { "ghcr.io": "GHCR", "docker.io": "DOCKER_HUB", "registry.digitalocean.com": "DOCR" } as const;

/** What services and workers have in common. */
type Component = Pick<
  AppSpecService & AppSpecWorker,
  "name" | "image" | "runCommand" | "instanceSizeSlug" | "instanceCount" | "autoscaling" | "env"
>;

/** The agent as component of an app. */
export function component(spec: DigitalOceanAgentServiceSpec, database: AppDatabase | undefined): Component {
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

function environment({ agent, governance }: DigitalOceanAgentServiceSpec, database: AppDatabase | undefined): AppSpecServiceEnv[] {
  const plain = { ...agent.environment, ...reporterEnvironment(governance, APP_KEY_FILE) };
  const secrets = { ...agent.secrets, GOVERNANCE_KEY: governance.keySecret };
  return [...entries(plain, "GENERAL"), ...entries(secrets, "SECRET"), ...databaseEntries(database)].sort((a, b) =>
    (a.key as string) < (b.key as string) ? -1 : 1,
  );
}

function databaseEntries(database: AppDatabase | undefined): AppSpecServiceEnv[] {
  if (database === undefined) return [];
  const plain = { DATABASE_HOST: database.endpoint, DATABASE_PORT: String(database.port), DATABASE_NAME: database.databaseName };
  return [...entries(plain, "GENERAL"), ...entries({ DATABASE_USER: database.username, DATABASE_PASSWORD: database.password }, "SECRET")];
}

function entries(values: Readonly<Record<string, string | undefined>>, type: "GENERAL" | "SECRET"): AppSpecServiceEnv[] {
  return Object.entries(values).map(([key, value]) => ({ key, value, scope: "RUN_TIME", type }));
}
