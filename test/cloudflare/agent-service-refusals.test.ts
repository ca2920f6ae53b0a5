import { truncateSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ACCOUNT, cfSynth } from "./support";
import {
  BASE,
  file,
  FLEET,
  folder,
  GOVERNANCE,
  MANY,
  PRIVATE_DATABASE,
  PUBLIC_DATABASE,
  SCRIPT,
  service,
  variable,
  ZONES,
  type Build,
} from "./worker-support";

/** What is said about props, without the path of this run's scripts. */
function refusal(props: Build): string {
  try {
    cfSynth((stack) => service(stack, props(stack)));
  } catch (error) {
    return (error as Error).message.replaceAll(folder, "dist");
  }
  return "accepted";
}

describe("CloudflareAgentService refuses", () => {
  test("a script that is too large, is not there, or is none", () => {
    truncateSync(file("large.js", ""), 65 * 1024 * 1024);
    expect(refusal(() => ({ script: join(folder, "large.js") }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/large.js", want a file of at most 64 MiB (Cloudflare Workers limit); it has 65.0 MiB"
    `);
    expect(refusal(() => ({ script: join(folder, "missing.js") }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/missing.js", want a file that is there; build the script before the stack is synthesized"
    `);
    expect(refusal(() => ({ script: join(folder, "agent.ts") }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/agent.ts", want the path of one bundled ES module (.js or .mjs) of at most 64 MiB"
    `);
  });

  test("the wrong module syntax", () => {
    const worker = file("old.js", 'addEventListener("fetch", (event) => event.respondWith(new Response("export default")));\n');
    expect(refusal(() => ({ script: worker }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/old.js", want a module with a default export; it has the older service worker syntax; write export default { fetch(request, env) { ... } }"
    `);
    expect(refusal(() => ({ script: file("cjs.js", "module.exports = {};\n") }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/cjs.js", want a module with a default export; it has none; write export default { fetch(request, env) { ... } }"
    `);
    expect(refusal(() => ({ script: file("broken.js", "import {\n") }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - script: got "dist/broken.js", want an ES module: Parse error @:2:5"
    `);
  });

  test("a script that is not one bundle", () => {
    const parts = file("parts.js", 'import "node:fs"; import x from "./x.js"; import y from "hono";\nexport default { x, y };\n');
    expect(refusal(() => ({ script: parts }))).toMatchInlineSnapshot(`
     "test/Agent: 3 problems
       - script: got "dist/parts.js", want a script that imports nothing that the runtime does not have; it imports "node:fs"; give compatibilityFlags: ["nodejs_compat"]
       - script: got "dist/parts.js", want a script that imports nothing that the runtime does not have; it imports "./x.js"; bundle it, for example with esbuild --bundle --format=esm
       - script: got "dist/parts.js", want a script that imports nothing that the runtime does not have; it imports "hono"; bundle it, for example with esbuild --bundle --format=esm"
    `);
  });

  test("a Durable Object class without a migration, or that no script exports", () => {
    expect(refusal(() => ({ ...MANY, migrations: [] }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - agents.class: got "Researcher", want a class that a migration creates; add { tag: "...", newSqliteClasses: ["Researcher"] } at the end of migrations"
    `);
    expect(refusal(() => ({ durableObjects: { MEMORY: { class: "Memory" } } }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - durableObjects.MEMORY.class: got "Memory", want a class that a migration creates; add { tag: "...", newSqliteClasses: ["Memory"] } at the end of migrations"
    `);
    expect(refusal(() => ({ migrations: MANY.migrations, canary: { script: FLEET, percent: 5 } }))).toMatchInlineSnapshot(`
     "test/Agent: 2 problems
       - script: got "agent.js", want a script that exports the class Researcher; export it, or delete it in a migration
       - script: got "agent.js", want a script that exports the class Memory; export it, or delete it in a migration"
    `);
  });

  test("migrations that contradict each other", () => {
    const migrations = [
      { tag: "v1", newSqliteClasses: ["Researcher", "Memory"] },
      { tag: "v1", newSqliteClasses: ["Researcher"], deletedClasses: ["Gone", "GovernanceReporter"] },
      { tag: "V3", renamedClasses: [{ from: "Lost", to: "not a class" }] },
      { tag: "v4" },
    ];
    expect(refusal(() => ({ ...MANY, migrations }))).toMatchInlineSnapshot(`
     "test/Agent: 8 problems
       - migrations.1.tag: got "v1", want a tag that no other step has; choose another one
       - migrations.1.deletedClasses: got "Gone", want a class that an earlier step created
       - migrations.1.deletedClasses: got "GovernanceReporter", want classes of the agent's own: this one belongs to the governance
       - migrations.1.newSqliteClasses: got "Researcher", want a class that there is not yet; remove it: it was created by an earlier step
       - migrations.2.tag: got "V3", want a tag of a-z, 0-9 and -, starting with a letter, of at most 63 characters
       - migrations.2.renamedClasses: got "Lost", want a class that an earlier step created
       - migrations.2.renamedClasses: got "not a class", want the name of a class
       - migrations.3: got nothing, want at least one class that is created, renamed or deleted"
    `);
  });

  test("binding names that collide, shadow the governance, or are malformed", () => {
    const named = {
      environment: { LEVEL: "info", AGENT_ID: "me", GOVERNANCE_ENABLED: "true" },
      kv: { LEVEL: { namespaceId: ACCOUNT, holds: "cache" }, cache: { namespaceId: ACCOUNT, holds: "cache" } },
      queues: { GOVERNANCE_KEY: { queue: "outbox" } },
    } as const;
    expect(refusal(() => named)).toMatchInlineSnapshot(`
     "test/Agent: 5 problems
       - kv.cache: got "cache", want a name in UPPER_SNAKE_CASE of at most 63 characters
       - queues.GOVERNANCE_KEY: got "GOVERNANCE_KEY", want a name that the governance does not take; choose one that does not start with GOVERNANCE_
       - environment.LEVEL: got "LEVEL", want a name that kv.LEVEL does not have already; rename one of the two
       - environment.GOVERNANCE_ENABLED: got "GOVERNANCE_ENABLED", want a name that the governance does not take; choose one that does not start with GOVERNANCE_
       - environment.AGENT_ID: got "me", want a name that the governance contract does not set; set it through the prop governance"
    `);
  });

  test("KV as a store of records", () => {
    const kv = { RECORDS: { namespaceId: ACCOUNT, holds: "records" as "cache" } };
    expect(refusal(() => ({ kv }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - kv.RECORDS.holds: got "records", want one of "cache", "configuration": Workers KV is eventually consistent and has no backups"
    `);
  });

  test("secrets in plain text, without showing them", () => {
    const governance = { ...BASE.governance, keySecret: "sk-live-1" };
    const found = refusal(() => ({ governance, secrets: { LLM: "sk-live-2" }, environment: { API_TOKEN: "sk-live-3" } }));
    expect(found).not.toContain("sk-live");
    expect(found).toMatchInlineSnapshot(`
     "test/Agent: 3 problems
       - governance.keySecret: got text that may hold a secret (hidden), want "<id of the store>/<name>" of a secret in the Secrets Store, or a sensitive Terraform variable; store the key as a secret and give its reference
       - secrets.LLM: got text that may hold a secret (hidden), want "<id of the store>/<name>" of a secret in the Secrets Store, or a sensitive Terraform variable; store it as a secret and give its reference
       - environment.API_TOKEN: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.API_TOKEN"
    `);
  });

  test("a database that is only private, without a tunnel", () => {
    const database = (stack: TerraformStack) => ({ user: "app", password: variable(stack, "Password") });
    expect(refusal((stack) => ({ databases: { DB: { ...database(stack), postgres: PRIVATE_DATABASE } } }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - databases.DB.tunnel: got nothing, want a tunnel: the database has a private address only, which Hyperdrive cannot reach; give the tunnel that leads to it"
    `);
    const said = Object.assign({ spec: { exposure: "private" } }, PUBLIC_DATABASE);
    expect(refusal((stack) => ({ databases: { DB: { ...database(stack), postgres: said } } }))).toContain("a private address only");
    const literal = { postgres: PUBLIC_DATABASE, user: "app", password: "hunter2" };
    expect(refusal(() => ({ databases: { DB: literal } }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - databases.DB.password: got text that may hold a secret (hidden), want a sensitive Terraform variable or attribute; give a TerraformVariable with sensitive: true"
    `);
  });

  test("a route or a domain on a zone that is not ours", () => {
    const routes = {
      Other: { ...ZONES, pattern: "example.com/*" },
      Suffix: { ...ZONES, pattern: "notacme.dev/*" },
      Scheme: { ...ZONES, pattern: "https://acme.dev/*" },
      Middle: { ...ZONES, pattern: "acme.dev/*/x" },
    };
    expect(refusal(() => ({ routes, domains: { "agent.example.com": ZONES, "*.acme.dev": ZONES } }))).toMatchInlineSnapshot(`
     "test/Agent: 6 problems
       - routes.Other.pattern: got "example.com/*", want a host in the zone "acme.dev"; give the zone that it is in
       - routes.Suffix.pattern: got "notacme.dev/*", want a host in the zone "acme.dev"; give the zone that it is in
       - routes.Scheme.pattern: got "https://acme.dev/*", want a host and a path without scheme, such as "acme.dev/agent/*", with "*" at the ends only
       - routes.Middle.pattern: got "acme.dev/*/x", want a host and a path without scheme, such as "acme.dev/agent/*", with "*" at the ends only
       - domains.agent.example.com: got "agent.example.com", want a host in the zone "acme.dev"; give the zone that it is in
       - domains.*.acme.dev: got "*.acme.dev", want a host name in lower case, such as "agent.acme.dev""
    `);
  });

  test("cron expressions that are wrong, or more often than allowed", () => {
    const crons = ["*/10 * * * * *", "60 * * * *", "0 9 * * 0", "0 9 * *", "5-1 * * * *", "@hourly", "0 9 * * MON", "0 9 * * MON"];
    expect(refusal(() => ({ crons }))).toMatchInlineSnapshot(`
     "test/Agent: 7 problems
       - crons.0: got "*/10 * * * * *", want a cron expression of five fields in UTC, such as "*/15 * * * *"; remove the seconds: once a minute is the most that there is
       - crons.1: got "60 * * * *", want a cron expression of five fields in UTC, such as "*/15 * * * *"; its minute is no list of 0 to 59
       - crons.2: got "0 9 * * 0", want a cron expression of five fields in UTC, such as "*/15 * * * *"; its day of the week is no list of 1 to 7 (1 is Sunday)
       - crons.3: got "0 9 * *", want a cron expression of five fields in UTC, such as "*/15 * * * *"
       - crons.4: got "5-1 * * * *", want a cron expression of five fields in UTC, such as "*/15 * * * *"; its minute is no list of 0 to 59
       - crons.5: got "@hourly", want a cron expression of five fields in UTC, such as "*/15 * * * *"
       - crons.7: got "0 9 * * MON", want an expression that is not in the list already; remove it"
    `);
  });

  test("agents without bounds, without ids, or with two of them", () => {
    const agents = { class: "Researcher", count: Infinity, prefix: "a b" };
    expect(refusal(() => ({ ...MANY, governance: BASE.governance, agents }))).toMatchInlineSnapshot(`
     "test/Agent: 3 problems
       - governance.agentId: got "researcher", want nothing beside agents, each of which has its own id; remove it
       - agents.count: got Infinity, want a whole number, 1 to 10000
       - agents.prefix: got "a b", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit"
    `);
    expect(refusal(() => ({ ...MANY, agents: { class: "Researcher", ids: ["ada", "ada", ""] } }))).toMatchInlineSnapshot(`
     "test/Agent: 2 problems
       - agents.ids: got "ada", want ids that are not in the list already; give one of the two agents another id
       - agents.ids: got "", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit"
    `);
    expect(refusal(() => ({ governance: GOVERNANCE }))).toMatchInlineSnapshot(`
     "test/Agent: 1 problem
       - governance.agentId: got nothing, want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit"
    `);
  });

  test("what Workers do not have, with the reason", () => {
    const props = { image: "ghcr.io/acme/agent", replicas: { min: 1, max: 2 }, egress: "internet443", placement: "smart", memoryMiB: 256 };
    expect(refusal(() => props as object)).toMatchInlineSnapshot(`
     "test/Agent: 5 problems
       - image: got "ghcr.io/acme/agent", want nothing: a Worker is a script, not a container (use script); remove it
       - replicas: got {"min":1,"max":2}, want nothing: Cloudflare starts as many copies of a Worker as there are requests (use agents for many agents); remove it
       - egress: got "internet443", want nothing: Workers have no limits on outgoing connections; remove it
       - placement: got "smart", want nothing: release 5.14 of the Terraform provider sends it to where Cloudflare ignores it; remove it
       - memoryMiB: got 256, want nothing: every Worker has 128 MB; remove it"
    `);
  });

  test("limits and dates out of range, and props that there are not", () => {
    const props = { cpuMs: 1, compatibilityDate: "2023-01-01", canary: { script: SCRIPT, percent: 100 }, accountId: "acme", cron: [] };
    expect(refusal(() => props as object)).toMatchInlineSnapshot(`
     "test/Agent: 5 problems
       - cron: got [], want no such prop; did you mean "crons"?
       - canary.percent: got 100, want a whole number, 1 to 99
       - accountId: got "acme", want the id of an account: 32 hex digits
       - compatibilityDate: got "2023-01-01", want a date such as "2026-03-01", 2024-04-03 or later
       - cpuMs: got 1, want a whole number, 10 to 300000 (Cloudflare Workers limit)"
    `);
  });
});
