import { CloudflareAgentService, type CloudflareAgentServiceSpec } from "cdktf-governed-agents/cloudflare";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf } from "./support";
import {
  BASE,
  FLEET,
  GOVERNANCE,
  MANY,
  PRIVATE_DATABASE,
  PUBLIC_DATABASE,
  service,
  STORE,
  variable,
  ZONES,
  type Build,
} from "./worker-support";

const addresses = ({ json }: Synthesized) =>
  Object.entries(json.resource ?? {}).flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`));

const of = (synthesized: Synthesized, type: string) => Object.values(resourcesOf(synthesized, type))[0] as Record<string, unknown>;

const versionOf = (synthesized: Synthesized) =>
  Object.values(resourcesOf(synthesized, "cloudflare_worker_version")).find(({ bindings }) => bindings !== undefined) as Record<
    string,
    unknown
  >;

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

  const plain = cfSynth((stack) => service(stack));
  const many = cfSynth((stack) => service(stack, MANY));

  test("the Worker has logs, and no address but those asked for", () => {
    expect(of(plain, "cloudflare_worker")).toMatchObject({
      observability: { enabled: true, logs: { enabled: true, invocation_logs: true } },
      subdomain: { enabled: false, previews_enabled: false },
    });
    expect(addresses(plain).filter((address) => /route|domain/.test(address))).toEqual([]);
  });

  test("the governance contract arrives as bindings, and the key by reference", () => {
    const bindings = bindingsOf(plain);
    const text = (name: string) => bindings.find((binding) => binding.name === name)?.text;
    expect(["GOVERNANCE_ENDPOINT", "GOVERNANCE_ID", "AGENT_ID", "GOVERNANCE_HEARTBEAT_SECONDS", "GOVERNANCE_ENABLED"].map(text)).toEqual([
      "https://governance.acme.dev",
      "gov-7",
      "researcher",
      "30",
      "true",
    ]);
    const key = { name: "GOVERNANCE_KEY", type: "secrets_store_secret", store_id: STORE, secret_name: "governance-key" };
    expect(bindings.filter(({ name }) => name === "GOVERNANCE_KEY")).toEqual([key]);
  });

  test("many agents are objects of one namespace, in one Worker, with one binding", () => {
    const city = cfSynth((stack) => service(stack, { ...MANY, agents: { class: "Researcher", count: 1250, prefix: "researcher" } }));
    expect(addresses(city)).toEqual(addresses(many));
    const namespace = { name: "GOVERNANCE_AGENTS", type: "durable_object_namespace", class_name: "Researcher" };
    expect(bindingsOf(city).filter(({ type }) => type === "durable_object_namespace")).toEqual([namespace]);
    expect(bindingsOf(city).some(({ name }) => name === "AGENT_ID")).toBe(false);
  });

  test("every migration is a version of its own, sent once, and the agent's version comes after the last", () => {
    const versions = Object.values(resourcesOf(many, "cloudflare_worker_version"));
    expect(versions.map(({ migrations }) => migrations)).toEqual([
      { new_tag: "governance", new_sqlite_classes: ["GovernanceReporter"] },
      { old_tag: "governance", new_tag: "v1", new_sqlite_classes: ["Researcher", "Memory"] },
      undefined,
    ]);
    expect(versions.map(({ lifecycle }) => lifecycle)).toEqual([{ ignore_changes: "all" }, { ignore_changes: "all" }, undefined]);
    const last = bindingsOf(many).find(({ name }) => name === "GOVERNANCE_MIGRATION")?.text;
    expect(last).toMatch(/^\$\{cloudflare_workers_deployment\.Agent_Migrations_v1_Deployment_[0-9A-F]{8}\.id\}$/);
  });

  test("the content of the script decides the version, and stands beside the JSON", () => {
    const modules = versionOf(plain).modules as readonly Record<string, string>[];
    expect(modules.map(({ name }) => name)).toEqual(["index.mjs", "governance.mjs", "agent.mjs"]);
    expect(modules[2]?.content_file).toMatch(/^assets\/Agent_VersionScript_[0-9A-F]{8}\/[0-9a-f]{64}\/agent\.js$/);
  });

  test("a canary gets its part and the rest stays", () => {
    const split = cfSynth((stack) => service(stack, { canary: { script: FLEET, percent: 5 } }));
    const deployment = Object.values(resourcesOf(split, "cloudflare_workers_deployment")).find(
      ({ versions }) => (versions as unknown[]).length > 1,
    );
    expect((deployment?.versions as { percentage: number }[]).map(({ percentage }) => percentage)).toEqual([95, 5]);
  });

  test("switched off, nothing starts it, and no earlier address is another one", () => {
    const open = { crons: ["0 9 * * *"], routes: { Api: { ...ZONES, pattern: "acme.dev/*" } }, domains: { "agent.acme.dev": ZONES } };
    const off = cfSynth((stack) => service(stack, { ...open, enabled: false }));
    expect(of(off, "cloudflare_workers_cron_trigger").schedules).toEqual([]);
    expect(addresses(off)).toEqual(addresses(plain));
    expect(bindingsOf(off)).toContainEqual({ name: "GOVERNANCE_ENABLED", type: "plain_text", text: "false" });
  });

  test.each<readonly [string, Build]>([
    ["a canary", () => ({ canary: { script: FLEET, percent: 5 } })],
    ["openings", () => ({ crons: ["0 9 * * *"], routes: { Api: { ...ZONES, pattern: "acme.dev/*" } } })],
    ["many agents", () => MANY],
    ["a database", (stack) => ({ databases: { DB: { postgres: PUBLIC_DATABASE, user: "app", password: variable(stack, "Password") } } })],
  ])("growing by %s leaves every earlier address where it was", (_name, props) => {
    expect(addresses(cfSynth((stack) => service(stack, props(stack))))).toEqual(expect.arrayContaining(addresses(plain)));
  });

  test("fails when two agents share an id, naming both", () => {
    const both = () =>
      cfSynth((stack) => {
        service(stack);
        new CloudflareAgentService(stack, "Other", { ...BASE, ...MANY, agents: { class: "Researcher", ids: ["researcher"] } });
      });
    expect(both).toThrowErrorMatchingInlineSnapshot(`
     "test/Other: 1 problem
       - governance.agentId: got "researcher", want an agent id that test/Agent does not use already; give one of the two agents another id"
    `);
  });

  test("fails when the services of an account have more schedules than there are", () => {
    const crons = Array.from({ length: 60 }, (_, minute) => `${minute} 1 * * *`);
    const five = () =>
      cfSynth((stack) => {
        for (const agentId of ["a", "b", "c", "d", "e"]) {
          new CloudflareAgentService(stack, agentId, { ...BASE, governance: { ...GOVERNANCE, agentId }, crons });
        }
      });
    expect(five).toThrowErrorMatchingInlineSnapshot(`
     "test/e: 1 problem
       - crons: got "305 in the account", want at most 250 cron triggers in one account of Workers Paid, roll calls included; let one service have the schedules of others"
    `);
  });
});
