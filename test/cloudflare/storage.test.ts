import type { TerraformStack } from "cdktf";
import { CloudflareDatabase, CloudflareKeyValueStore, CloudflareQueue, type CloudflareQueueProps } from "cdktf-governed-agents/cloudflare";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf } from "./support";

/** What Terraform says, beside what the construct says. */
function roundTrip(build: (stack: TerraformStack) => { readonly spec: object }) {
  let spec: object | undefined;
  const facts = cfFacts((stack) => (spec = build(stack).spec));
  return { spec, facts: facts.map((fact) => ({ kind: fact.kind, spec: fact.spec })) };
}

const only = (build: (stack: TerraformStack) => unknown, type: string) => Object.values(resourcesOf(cfSynth(build), `cloudflare_${type}`));

describe("CloudflareDatabase", () => {
  const made = (props: object) => (stack: TerraformStack) => new CloudflareDatabase(stack, "Memory", { accountId: ACCOUNT, ...props });

  test.each<[string, object]>([
    ["the defaults", {}],
    ["a sandbox with a hint", { profile: "sandbox", location: "weur" }],
    ["copies near to readers, in the EU", { readReplicas: true, jurisdiction: "eu" }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    const { spec, facts } = roundTrip(made(props));
    expect(facts).toEqual([{ kind: "sqlite", spec }]);
  });

  test("it cannot be destroyed in production, and says where it is", () => {
    expect(only(made({ readReplicas: true, jurisdiction: "eu" }), "d1_database")).toMatchObject([
      { name: "test-memory", jurisdiction: "eu", read_replication: { mode: "auto" }, lifecycle: { prevent_destroy: true } },
    ]);
    expect(only(made({ profile: "sandbox", location: "apac" }), "d1_database")).toMatchObject([
      { primary_location_hint: "apac", read_replication: { mode: "disabled" }, lifecycle: { prevent_destroy: false } },
    ]);
  });

  test("fails on what D1 does not have", () => {
    const props = { readReplicas: "auto", location: "weur", jurisdiction: "eu", retentionDays: 7 };
    expect(() => cfSynth(made(props))).toThrowErrorMatchingInlineSnapshot(`
     "test/Memory: 3 problems
       - retentionDays: got 7, want no such prop; remove it; known props: profile, accountId, location, jurisdiction, readReplicas
       - location: got "weur", want nothing beside a jurisdiction, which decides the place (Cloudflare); remove one of the two
       - readReplicas: got "auto", want true or false"
    `);
  });
});

describe("CloudflareKeyValueStore", () => {
  const made = (props: object) => (stack: TerraformStack) =>
    new CloudflareKeyValueStore(stack, "Pages", { accountId: ACCOUNT, ...props } as never);

  test("Terraform says that it is a cache, and may throw it away", () => {
    const { spec, facts } = roundTrip(made({ holds: "cache" }));
    expect(facts).toEqual([{ kind: "cache", spec }]);
    expect(only(made({ holds: "configuration" }), "workers_kv_namespace")).toMatchObject([{ title: "test-pages" }]);
  });

  test("fails as the place of records, and of what nobody says", () => {
    expect(() => cfSynth(made({ holds: "records" }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Pages: 1 problem
       - holds: got "records", want one of "cache", "configuration": Workers KV is eventually consistent and has no backups; records belong in CloudflareDatabase, a Durable Object or Postgres"
    `);
    expect(() => cfSynth(made({}))).toThrowErrorMatchingInlineSnapshot(`
     "test/Pages: 1 problem
       - holds: got nothing, want one of "cache", "configuration": Workers KV is eventually consistent and has no backups; records belong in CloudflareDatabase, a Durable Object or Postgres"
    `);
  });
});

describe("CloudflareQueue", () => {
  const made = (props: object) => (stack: TerraformStack) =>
    new CloudflareQueue(stack, "Tasks", { accountId: ACCOUNT, ...props } as CloudflareQueueProps);

  test.each<[string, object]>([
    ["the defaults", {}],
    ["a consumer", { consumer: { worker: "planner" } }],
    ["everything said", { retentionHours: 336, consumer: { worker: "planner", retries: 0, batchSize: 1, batchWaitSeconds: 0 } }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    const { spec, facts } = roundTrip(made(props));
    expect(facts).toEqual([{ kind: "message-queue", spec }]);
  });

  test("what its consumer cannot handle goes to a queue of its own", () => {
    const stack = made({ consumer: { worker: "planner" } });
    expect(only(stack, "queue").map(({ queue_name: name }) => name)).toEqual(["test-tasks", "test-tasks-dead-letters"]);
    expect(only(stack, "queue_consumer")).toMatchObject([
      {
        dead_letter_queue: expect.stringMatching(/DeadLetters.*\.queue_name\}$/),
        queue_id: expect.stringMatching(/\.queue_id\}$/),
        script_name: "planner",
        settings: { batch_size: 10, max_retries: 3, max_wait_time_ms: 5000 },
      },
    ]);
  });

  test("fails on limits of Cloudflare Queues", () => {
    const props = { retentionHours: 1000, consumer: { worker: "My Worker", retries: 101, batchSize: 0, batchWaitSeconds: 61 } };
    expect(() => cfSynth(made(props))).toThrowErrorMatchingInlineSnapshot(`
     "test/Tasks: 5 problems
       - retentionHours: got 1000, want a whole number, 1 to 336 (Cloudflare Queues limit)
       - consumer.worker: got "My Worker", want the name of a Worker
       - consumer.retries: got 101, want a whole number, 0 to 100 (Cloudflare Queues limit)
       - consumer.batchSize: got 0, want a whole number, 1 to 100 (Cloudflare Queues limit)
       - consumer.batchWaitSeconds: got 61, want a whole number, 0 to 60 (Cloudflare Queues limit)"
    `);
  });
});
