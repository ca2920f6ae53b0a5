import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { CloudflareAgentService, type CloudflareAgentServiceProps } from "cdktf-governed-agents/cloudflare";
import { ACCOUNT, ZONE } from "./support";

export const STORE = "0123456789abcdef0123456789abcdef";

export const folder = mkdtempSync(join(tmpdir(), "worker-"));
afterAll(() => rmSync(folder, { recursive: true }));

export function file(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

export const SCRIPT = file("agent.js", 'export default { fetch: () => new Response("ok") };\n');
export const FLEET = file(
  "fleet.mjs",
  'import { DurableObject } from "cloudflare:workers";\nclass A extends DurableObject {}\nclass B extends DurableObject {}\nexport { A as Researcher, B as Memory };\nexport default { fetch: () => new Response("ok") };\n',
);

export const GOVERNANCE = { endpoint: "https://governance.acme.dev", governanceId: "gov-7", keySecret: `${STORE}/governance-key` };
export const BASE: CloudflareAgentServiceProps = {
  accountId: ACCOUNT,
  script: SCRIPT,
  compatibilityDate: "2026-03-01",
  governance: { ...GOVERNANCE, agentId: "researcher" },
};
export const MANY = {
  script: FLEET,
  governance: GOVERNANCE,
  agents: { class: "Researcher", ids: ["ada", "bob"] },
  migrations: [{ tag: "v1", newSqliteClasses: ["Researcher", "Memory"] }],
} satisfies Partial<CloudflareAgentServiceProps>;

export const PUBLIC_DATABASE = { endpoint: "db.acme.dev", port: 5432, databaseName: "app" };
export const PRIVATE_DATABASE = { ...PUBLIC_DATABASE, endpoint: "10.0.0.5" };
export const ZONES = { zoneId: ZONE, zoneName: "acme.dev" };

export type Build = (stack: TerraformStack) => Partial<CloudflareAgentServiceProps>;

export const service = (stack: TerraformStack, props: Partial<CloudflareAgentServiceProps> = {}) =>
  new CloudflareAgentService(stack, "Agent", { ...BASE, ...props });

export const variable = (stack: TerraformStack, id: string): string =>
  new TerraformVariable(stack, id, { type: "string", sensitive: true }).stringValue;
