import { cloudflare } from "cdktf-governed-agents/cloudflare";
import { statefulResources } from "../../lib/change/stateful";
import { REPORTER_CLASS } from "../../lib/cloudflare/agent-service/worker-modules";
import { CLOUDFLARE_MECHANISMS } from "../../lib/cloudflare/recovery/mechanisms";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import { judge, pricer, recoveryIssues, recoverySpec, type RecoveryJudgement, type RecoveryProps } from "../../lib/recovery";
import type { Mechanism } from "../../lib/recovery/mechanisms";
import { IntentError } from "../../lib/spec/check";
import { providerSchema } from "../schema/provider-schema";

const AS_OF = "2026-11-21";

type Resources = TerraformJson["resource"];

const at = (path: string) => ({ "//": { metadata: { path: `test/${path}` } } });
const database = (attributes: object = {}): Resources => ({
  cloudflare_d1_database: { Db: { ...at("Db"), account_id: "a", name: "memory", ...attributes } },
});
const bucket: Resources = { cloudflare_r2_bucket: { B: at("B") } };
const lock = (rule: object): Resources => ({
  cloudflare_r2_bucket_lock: { L: { bucket_name: "${cloudflare_r2_bucket.B.name}", rules: [{ enabled: true, ...rule }] } },
});
const worker = (...bindings: object[]): Resources => ({
  cloudflare_worker: { W: at("W") },
  cloudflare_worker_version: { V: { worker_id: "${cloudflare_worker.W.id}", bindings } },
});

function judged(resource: Resources, target: RecoveryProps): RecoveryJudgement {
  const inventory = new Inventory({ resource });
  const priceOf = pricer({ inventory, providers: [cloudflare], options: { asOf: AS_OF, maxPriceAgeDays: 3000 } });
  return judge(inventory, [cloudflare], [recoverySpec(target, "test", AS_OF)], { asOf: AS_OF, priceOf });
}

const mechanisms = (resource: Resources, scopes: RecoveryProps["scopes"]) =>
  judged(resource, { rpoMinutes: 1e6, rtoMinutes: 1e6, scopes }).verdicts.map(({ mechanism, rpoMinutes }) => [mechanism, rpoMinutes]);

describe("recovery on Cloudflare", () => {
  test("a database comes back to any minute, without a bound of time, and after mistakes only", () => {
    expect(mechanisms(database(), ["operator-error"])).toEqual([["Time Travel of the database (30 days on Workers Paid, 7 on Free)", 1]]);
    const { verdicts } = judged(database(), { rpoMinutes: 5, rtoMinutes: 60, scopes: ["operator-error", "region"] });
    expect(verdicts.map(({ status }) => status).sort()).toEqual(["infeasible", "unproven"]);
  });

  test("fails where nothing at Cloudflare reaches the target, and says what is nearest", () => {
    const judgement = judged({ ...database(), ...bucket }, { rpoMinutes: 1, rtoMinutes: 60, scopes: ["region", "operator-error"] });
    expect(new IntentError("test", recoveryIssues(judgement)).message).toMatchInlineSnapshot(`
     "test: 2 problems
       - recovery region: got "infeasible: cloudflare_d1_database.Db", want at most 1 minute lost and back within 60 minutes after the loss of a region in test; nothing brings the database back after the loss of its region; no mechanism is known that would; read replicas are no backup: what is deleted is deleted there too; exports to a bucket are nothing that Terraform knows of; the same goes for cloudflare_r2_bucket.B
       - recovery operator-error: got "infeasible: cloudflare_r2_bucket.B", want at most 1 minute lost and back within 60 minutes after a wrong write or delete in test; nothing brings the bucket back after a wrong write or delete; nearest that would do: objects that cannot be overwritten or deleted (no price known)"
    `);
  });

  test("a lock of the whole bucket survives a wrong write; one of a part, or one that is off, does not", () => {
    const scopes = ["operator-error"] as const;
    expect(mechanisms({ ...bucket, ...lock({}) }, scopes)).toEqual([["objects that cannot be overwritten or deleted", 0]]);
    expect(mechanisms({ ...bucket, ...lock({ prefix: "logs/" }) }, scopes)[0]?.[0]).toBeUndefined();
    expect(mechanisms({ ...bucket, ...lock({ enabled: false }) }, scopes)[0]?.[0]).toBeUndefined();
    expect(mechanisms(bucket, ["zone"])).toEqual([["objects kept in several data centers of their region", 0]]);
  });

  test("Durable Objects hold data of the Worker that declares them; caches and queues are not judged", () => {
    const agents = { name: "AGENTS", type: "durable_object_namespace", class_name: "Agent" };
    expect(mechanisms(worker(agents), ["operator-error"])).toHaveLength(1);
    expect(
      judged(worker({ ...agents, script_name: "other" }), { rpoMinutes: 1, rtoMinutes: 1, scopes: ["instance"] }).verdicts[0]?.mechanism,
    ).toBeUndefined();
    const reports = worker({ ...agents, class_name: REPORTER_CLASS });
    expect(judged(reports, { rpoMinutes: 1, rtoMinutes: 1, scopes: ["instance"] }).notJudged).toHaveLength(1);
    const resources: Resources = { cloudflare_workers_kv_namespace: { K: at("K") }, cloudflare_queue: { Q: at("Q") } };
    expect(judged(resources, { rpoMinutes: 1, rtoMinutes: 1, scopes: ["instance"] }).notJudged.map(({ address }) => address)).toEqual([
      "cloudflare_workers_kv_namespace.K",
      "cloudflare_queue.Q",
    ]);
  });

  test("every mechanism has its source and the day it was read, and every type is one of the provider", () => {
    for (const { source, date } of Object.values<Mechanism>(CLOUDFLARE_MECHANISMS.rows)) {
      expect(source).toMatch(/^https:\/\//);
      expect(date).toBe(AS_OF);
    }
    const types = Object.keys(providerSchema("cloudflare")?.resource_schemas ?? {});
    expect(Object.keys(cloudflare.recovery ?? {}).filter((type) => !types.includes(type))).toEqual([]);
  });
});

describe("what holds data on Cloudflare", () => {
  const stateful = cloudflare.stateful ?? {};

  test("names attributes of the provider that can be set, in order", () => {
    const schemas = providerSchema("cloudflare")?.resource_schemas ?? {};
    for (const [type, { properties, alsoWhenRemoved = [] }] of Object.entries(stateful)) {
      const { attributes = {}, block_types = {} } = schemas[type]?.block ?? {};
      const settable = (name: string) => attributes[name]?.required || attributes[name]?.optional || name in block_types;
      expect([type, properties.filter((name) => !settable(name))]).toEqual([type, []]);
      expect([...properties]).toEqual([...properties].sort());
      expect([type, alsoWhenRemoved.filter((name) => attributes[name]?.required)]).toEqual([type, []]);
      expect(properties).toEqual(expect.arrayContaining([...alsoWhenRemoved]));
    }
  });

  test("locks a database by what would destroy it", () => {
    const inventory = new Inventory({ resource: database({ read_replication: { mode: "auto" }, jurisdiction: "eu" }) });
    expect(statefulResources(inventory, [cloudflare])).toEqual([
      {
        address: "cloudflare_d1_database.Db",
        type: "cloudflare_d1_database",
        path: "test/Db",
        properties: { account_id: "a", jurisdiction: "eu", name: "memory" },
      },
    ]);
  });
});
