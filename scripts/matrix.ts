import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** Intents in the order of the matrix, by the name of their class behind the provider's prefix. */
export const INTENTS = {
  Network: "network",
  Firewall: "firewall with named rules",
  Postgres: "managed Postgres",
  LoadBalancer: "load balancer",
  BackupPolicy: "backup policy",
  AgentVm: "agent VM, 24/7",
  AgentService: "agent service",
  CostAllocation: "cost allocation",
} as const;

export type Intent = keyof typeof INTENTS;

/** The prefix of a provider's classes, by its folder. */
export const PROVIDERS = {
  aws: "Aws",
  digitalocean: "DigitalOcean",
  oci: "Oci",
  cloudflare: "Cloudflare",
  github: "Github",
} as const;

export type ProviderFolder = keyof typeof PROVIDERS;

/** Why a provider has no such thing, in a few words. */
export const REASONS: Readonly<Record<string, string>> = {
  "cloudflare Postgres": "no: has none, reaches others",
  "cloudflare BackupPolicy": "no: locked buckets, time travel",
  "cloudflare AgentVm": "no: has no machines",
  "cloudflare CostAllocation": "no: bills by account",
  "github Network": "no: has none of yours",
  "github Firewall": "no: has no network",
  "github Postgres": "no: has none",
  "github LoadBalancer": "no: serves nothing",
  "github BackupPolicy": "no: git keeps history",
  "github AgentVm": "no: runs end after 6 h",
  "github CostAllocation": "no: bills by owner",
};

/** The providers that have a folder. */
export function providerFolders(): readonly ProviderFolder[] {
  return (Object.keys(PROVIDERS) as ProviderFolder[]).filter((name) => existsSync(join(root, "lib", name, "index.ts")));
}

/** Whether a provider's folder exports the intent's class. */
export function has(provider: ProviderFolder, intent: Intent): boolean {
  return new RegExp(`\\b${PROVIDERS[provider]}${intent}\\b`).test(readFileSync(join(root, "lib", provider, "index.ts"), "utf8"));
}

/** One row for each intent; a cell says `yes` or why not. */
export function matrixRows(): readonly (readonly string[])[] {
  const providers = providerFolders();
  const cell = (provider: ProviderFolder, intent: Intent) => (has(provider, intent) ? "yes" : (REASONS[`${provider} ${intent}`] ?? ""));
  const rows = (Object.keys(INTENTS) as Intent[]).map((intent) => [
    INTENTS[intent],
    ...providers.map((provider) => cell(provider, intent)),
  ]);
  return [["intent", ...providers], ...rows];
}
