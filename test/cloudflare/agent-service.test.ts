import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  CloudflareAgentService,
  type CloudflareAgentServiceProps,
  type CloudflareAgentServiceSpec,
} from "cdktf-governed-agents/cloudflare";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf, ZONE } from "./support";

const STORE = "0123456789abcdef0123456789abcdef";

const folder = mkdtempSync(join(tmpdir(), "worker-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

const SCRIPT = file("agent.js", 'export default { fetch: () => new Response("ok") };\n');
const FLEET = file(
  "fleet.mjs",
  'import { DurableObject } from "cloudflare:workers";\nclass A extends DurableObject {}\nclass B extends DurableObject {}\nexport { A as Researcher, B as Memory };\nexport default { fetch: () => new Response("ok") };\n',
);

const GOVERNANCE = { endpoint: "https://governance.acme.dev", governanceId: "gov-7", keySecret: `${STORE}/governance-key` };
const BASE: CloudflareAgentServiceProps = {
  accountId: ACCOUNT,
  script: SCRIPT,
  compatibilityDate: "2026-03-01",
  governance: { ...GOVERNANCE, agentId: "researcher" },
};
const MANY = {
  script: FLEET,
  governance: GOVERNANCE,
  agents: { class: "Researcher", ids: ["ada", "bob"] },
  migrations: [{ tag: "v1", newSqliteClasses: ["Researcher", "Memory"] }],
} satisfies Partial<CloudflareAgentServiceProps>;

const PUBLIC_DATABASE = { endpoint: "db.acme.dev", port: 5432, databaseName: "app" };
const PRIVATE_DATABASE = { ...PUBLIC_DATABASE, endpoint: "10.0.0.5" };
const ZONES = { zoneId: ZONE, zoneName: "acme.dev" };

type Build = (stack: TerraformStack) => Partial<CloudflareAgentServiceProps>;

const service = (stack: TerraformStack, props: Partial<CloudflareAgentServiceProps> = {}) =>
  new CloudflareAgentService(stack, "Agent", { ...BASE, ...props });

const variable = (stack: TerraformStack, id: string): string =>
  new TerraformVariable(stack, id, { type: "string", sensitive: true }).stringValue;

const addresses = ({ json }: Synthesized) =>
  Object.entries(json.resource ?? {}).flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`));

const of = (synthesized: Synthesized, type: string) => Object.values(resourcesOf(synthesized, type))[0] as Record<string, unknown>;

const versionOf = (synthesized: Synthesized) =>
  resourcesOf(synthesized, "cloudflare_worker_version").Agent_Version_1C7F6A97 ??
  (Object.values(resourcesOf(synthesized, "cloudflare_worker_version")).find(({ bindings }) => bindings !== undefined) as Record<
    string,
    unknown
  >);

interface Binding {
  readonly name: string;
  readonly type: string;
  readonly text?: string;
}

const bindingsOf = (synthesized: Synthesized) => versionOf(synthesized).bindings as readonly Binding[];

const CASES: readonly (readonly [string, Build])[] = [
  ["the defaults", () => ({})],
  ["many agents by name", () => MANY],
  ["1,250 agents by number", () => ({ ...MANY, agents: { class: "Researcher", count: 1250, prefix: "researcher" } })],
  ["a canary", () => ({ canary: { script: FLEET, percent: 10 } })],
  [
    "bindings",
    () => ({
      ...MANY,
      durableObjects: { MEMORY: { class: "Memory" }, OTHER: { class: "Ledger", worker: "ledger" } },
      kv: { SETTINGS: { namespaceId: ACCOUNT, holds: "configuration" } },
      r2: { FILES: { bucket: "agent-files", jurisdiction: "eu" } },
      d1: { TASKS: { databaseId: "5a4981aa-9653-4bd1-bef5-d6bff52042e4" } },
      queues: { OUTBOX: { queue: "outbox" } },
      services: { LEDGER: { worker: "ledger" } },
    }),
  ],
  [
    "variables and secrets",
    (stack) => ({ environment: { LEVEL: "info" }, secrets: { LLM_KEY: `${STORE}/llm`, OLD_KEY: variable(stack, "Old") } }),
  ],
  ["a key from a variable", (stack) => ({ governance: { ...BASE.governance, keySecret: variable(stack, "Key") } })],
  ["a database", (stack) => ({ databases: { DB: { postgres: PUBLIC_DATABASE, user: "app", password: variable(stack, "Password") } } })],
  [
    "a database through a tunnel",
    (stack) => {
      const tunnel = { hostname: "db.acme.dev", accessClientId: "id", accessClientSecret: variable(stack, "Access") };
      return {
        databases: { DB: { postgres: PRIVATE_DATABASE, user: "app", password: variable(stack, "Password"), tunnel, cached: true } },
      };
    },
  ],
  ["schedules", () => ({ crons: ["0 9 * * MON-FRI", "30 4 L * *"] })],
  ["the schedule of the roll call too", () => ({ crons: ["*/5 * * * *"] })],
  ["routes and domains", () => ({ routes: { Api: { ...ZONES, pattern: "*.acme.dev/agent/*" } }, domains: { "agent.acme.dev": ZONES } })],
  [
    "a history of classes",
    () => ({
      ...MANY,
      migrations: [
        { tag: "v1", newSqliteClasses: ["Old", "Memory", "Gone"] },
        { tag: "v2", renamedClasses: [{ from: "Old", to: "Researcher" }], deletedClasses: ["Gone"] },
      ],
    }),
  ],
  ["flags and limits", () => ({ compatibilityFlags: ["nodejs_compat"], cpuMs: 50 })],
  ["the kill switch", () => ({ enabled: false, crons: ["0 9 * * *"], domains: { "agent.acme.dev": ZONES } })],
];

describe("CloudflareAgentService", () => {
  test.each(CASES)("Terraform says what was asked for: %s", (_name, props) => {
    let spec: CloudflareAgentServiceSpec | undefined;
    const facts = cfFacts((stack) => (spec = service(stack, props(stack)).spec));
    expect(facts.filter(({ kind }) => kind === "serverless-agent").map((fact) => fact.spec)).toEqual([spec]);
  });
});
