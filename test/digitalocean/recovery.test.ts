import { digitalocean } from "cdktf-governed-agents/digitalocean";
import { statefulResources } from "../../lib/change/stateful";
import { DIGITALOCEAN_MECHANISMS } from "../../lib/digitalocean/recovery/mechanisms";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import { judge, pricer, recoveryIssues, recoverySpec, type RecoveryJudgement, type RecoveryProps } from "../../lib/recovery";
import type { Mechanism } from "../../lib/recovery/mechanisms";
import { IntentError } from "../../lib/spec/check";
import { providerSchema } from "../schema/provider-schema";

const AS_OF = "2026-11-21";

type Resources = TerraformJson["resource"];

const at = (path: string) => ({ "//": { metadata: { path: `test/${path}` } } });
const droplet = (attributes: object = {}): Resources => ({
  digitalocean_droplet: { Vm: { ...at("Vm"), size: "s-2vcpu-4gb", ...attributes } },
});
const volume: Resources = { digitalocean_volume: { Data: { ...at("Data"), region: "fra1" } } };
const database = (attributes: object = {}): Resources => ({
  digitalocean_database_cluster: {
    Db: { ...at("Db"), engine: "pg", size: "db-s-1vcpu-2gb", node_count: 1, region: "fra1", ...attributes },
  },
});
const replica = (region: string): Resources => ({
  digitalocean_database_replica: { R: { ...at("R"), cluster_id: "${digitalocean_database_cluster.Db.id}", region } },
});

function judged(resource: Resources, target: RecoveryProps): RecoveryJudgement {
  const inventory = new Inventory({ resource });
  const priceOf = pricer({ inventory, providers: [digitalocean], options: { asOf: AS_OF, maxPriceAgeDays: 3000 } });
  return judge(inventory, [digitalocean], [recoverySpec(target, "test", AS_OF)], { asOf: AS_OF, priceOf });
}

const statuses = ({ verdicts }: RecoveryJudgement) => Object.fromEntries(verdicts.map(({ scope, status }) => [scope, status]));
const messageOf = (judgement: RecoveryJudgement) => new IntentError("test", recoveryIssues(judgement)).message;
const mechanisms = (resource: Resources, scopes: RecoveryProps["scopes"] = ["instance", "operator-error"]) =>
  judged(resource, { rpoMinutes: 1e6, rtoMinutes: 1e6, scopes }).verdicts.map(({ mechanism, rpoMinutes }) => [mechanism, rpoMinutes]);

describe("recovery on DigitalOcean", () => {
  test.each<[string, Resources, number]>([
    ["daily backups: 24 hours and 4 to begin", droplet({ backups: true }), 28 * 60],
    ["weekly ones: 7 days and 4 hours", droplet({ backups: true, backup_policy: { plan: "weekly" } }), (7 * 24 + 4) * 60],
  ])("a droplet loses with %s", (_, resource, minutes) => {
    for (const [, rpoMinutes] of mechanisms(resource)) expect(rpoMinutes).toBe(minutes);
  });

  test.each<[string, Resources]>([
    ["without backups", droplet()],
    ["with a plan that is switched off", droplet({ backup_policy: { plan: "daily" } })],
    ["with backups that are known later", droplet({ backups: "${var.later}" })],
  ])("nothing brings a droplet back %s", (_, resource) => {
    expect(judged(resource, { rpoMinutes: 60, rtoMinutes: 60, scopes: ["instance"] }).uncovered).toMatchObject([
      { address: "digitalocean_droplet.Vm", scopes: ["instance", "zone", "operator-error"] },
    ]);
  });

  test("an hour cannot be promised of a disk, and the report tells what would do, and for how much", () => {
    const target: RecoveryProps = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["instance", "zone", "operator-error"] };
    expect(messageOf(judged(droplet({ backups: true }), target))).toMatchInlineSnapshot(`
     "test: 3 problems
       - recovery instance: got "infeasible: digitalocean_droplet.Vm", want at most 60 minutes lost and back within 4 hours after the loss of a machine in test; backup of the droplet (24 hours apart, begun within 4 hours) loses up to 28 hours (computed), more than 60 minutes; without attached volumes; deleted together with the droplet; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)
       - recovery zone: got "infeasible: digitalocean_droplet.Vm", want at most 60 minutes lost and back within 4 hours after the loss of a zone in test; nothing brings the disk of the droplet back after the loss of its zone; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)
       - recovery operator-error: got "infeasible: digitalocean_droplet.Vm", want at most 60 minutes lost and back within 4 hours after a wrong write or delete in test; backup of the droplet (24 hours apart, begun within 4 hours) loses up to 28 hours (computed), more than 60 minutes; without attached volumes; deleted together with the droplet; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)"
    `);
    expect(messageOf(judged(volume, target))).toMatchInlineSnapshot(`
     "test: 3 problems
       - recovery instance: got "unproven: digitalocean_volume.Data", want at most 60 minutes lost and back within 4 hours after the loss of a machine in test; volume that outlives its droplet loses nothing (documented) and takes a time that nobody has published; do a recovery and give measuredRto with its date and evidence
       - recovery zone: got "infeasible: digitalocean_volume.Data", want at most 60 minutes lost and back within 4 hours after the loss of a zone in test; nothing brings the volume back after the loss of its zone; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)
       - recovery operator-error: got "infeasible: digitalocean_volume.Data", want at most 60 minutes lost and back within 4 hours after a wrong write or delete in test; nothing brings the volume back after a wrong write or delete; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)"
    `);
  });

  test("28 hours can be promised once a restore was timed, 27 cannot", () => {
    const promise = (rpoMinutes: number) => {
      const measured = { of: "test", minutes: 30, date: "2026-11-01", evidence: "drill 7" };
      const measuredRto = (["instance", "operator-error"] as const).map((scope) => ({ ...measured, scope }));
      return statuses(
        judged(droplet({ backups: true }), { rpoMinutes, rtoMinutes: 60, scopes: ["instance", "operator-error"], measuredRto }),
      );
    };
    expect(promise(28 * 60)).toEqual({ instance: "ok", "operator-error": "ok" });
    expect(promise(28 * 60 - 1)).toEqual({ instance: "infeasible", "operator-error": "infeasible" });
  });

  test("a droplet whose data is on a volume is made again; the volume is judged", () => {
    const attached: Resources = {
      ...droplet(),
      ...volume,
      digitalocean_volume_attachment: {
        A: { droplet_id: "${digitalocean_droplet.Vm.id}", volume_id: "${digitalocean_volume.Data.id}" },
      },
    };
    expect(judged(attached, { rpoMinutes: 60, rtoMinutes: 60, scopes: ["instance"] }).notJudged).toMatchObject([
      { address: "digitalocean_droplet.Vm", why: "its own disk is made again from its image; its data is on digitalocean_volume.Data" },
    ]);
    const named = judged({ ...droplet({ volume_ids: ["${var.later}"] }) }, { rpoMinutes: 60, rtoMinutes: 60, scopes: ["instance"] });
    expect(named.notJudged[0]?.why).toContain("a volume of its own");
  });

  test.each<[string, Resources, readonly unknown[]]>([
    ["a single node", database(), ["a new node from the last backup", "point-in-time restore of the cluster (7 days)"]],
    ["standby nodes", database({ node_count: 3 }), ["standby node (2 nodes)", "point-in-time restore of the cluster (7 days)"]],
    ["a document database", database({ engine: "mongodb" }), ["a new node from the last backup", "daily backup of the cluster (7 days)"]],
    ["a cache", database({ engine: "valkey" }), [undefined, undefined]],
  ])("a database has what DigitalOcean makes by itself: %s", (_, resource, expected) => {
    expect(mechanisms(resource).map(([mechanism]) => mechanism)).toEqual(expected);
  });

  test("a read-only node helps against the loss of a region when it is in another one, and is no backup", () => {
    const region = (where: string) => mechanisms({ ...database(), ...replica(where) }, ["region"])[0]?.[0];
    expect(region("ams3")).toBe("read-only node in another region, promoted by hand (ams3)");
    expect(region("fra1")).toBeUndefined();
    const lost = judged(
      { ...database({ engine: "valkey" }), ...replica("ams3") },
      { rpoMinutes: 60, rtoMinutes: 60, scopes: ["operator-error"] },
    );
    expect(lost.verdicts[0]?.reason).toContain("a read-only node is no backup");
    expect(lost.notJudged).toMatchObject([{ address: "digitalocean_database_replica.R" }]);
  });

  test("nothing is promised of a failover that nobody has published", () => {
    const target: RecoveryProps = { rpoMinutes: 0, rtoMinutes: 15, scopes: ["instance", "region"] };
    expect(messageOf(judged(database({ node_count: 2 }), target))).toMatchInlineSnapshot(`
     "test: 2 problems
       - recovery instance: got "unproven: digitalocean_database_cluster.Db", want nothing lost and back within 15 minutes after the loss of a machine in test; standby node (1 node) may lose more than anyone has published and takes a time that nobody has published; takes over by itself; do a recovery and give measuredRto with its date and evidence
       - recovery region: got "infeasible: digitalocean_database_cluster.Db", want nothing lost and back within 15 minutes after the loss of a region in test; nothing brings the database back after the loss of its region; nearest that would do: read-only node in another region, promoted by hand, once a recovery was measured (no price known)"
    `);
  });

  test("versions of objects survive a wrong write; buckets of logs and apps without a database are not judged", () => {
    const bucket = (attributes: object): Resources => ({ digitalocean_spaces_bucket: { B: { ...at("B"), ...attributes } } });
    expect(mechanisms(bucket({ versioning: { enabled: true } }), ["operator-error"])).toEqual([["versions of objects", 0]]);
    expect(mechanisms(bucket({}), ["operator-error"])[0]?.[0]).toBeUndefined();
    const logs: Resources = { digitalocean_spaces_bucket_logging: { L: { target_bucket: "${digitalocean_spaces_bucket.B.name}" } } };
    expect(judged({ ...bucket({}), ...logs }, { rpoMinutes: 1, rtoMinutes: 1, scopes: ["instance"] }).notJudged).toHaveLength(1);
    const app = (db: object[]): Resources => ({ digitalocean_app: { App: { ...at("App"), spec: { database: db } } } });
    expect(mechanisms(app([{ name: "db", cluster_name: "main" }]), ["instance"])).toEqual([[undefined, 0]]);
    expect(mechanisms(app([{ name: "db" }]), ["instance"])).toEqual([[undefined, null]]);
  });

  test("every mechanism has its source and the day it was read, and every type is one of the provider", () => {
    for (const { source, date } of Object.values<Mechanism>(DIGITALOCEAN_MECHANISMS.rows)) {
      expect(source).toMatch(/^https:\/\//);
      expect(date).toBe(AS_OF);
    }
    const types = Object.keys(providerSchema("digitalocean")?.resource_schemas ?? {});
    expect(Object.keys(digitalocean.recovery ?? {}).filter((type) => !types.includes(type))).toEqual([]);
  });
});

describe("what holds data on DigitalOcean", () => {
  const stateful = digitalocean.stateful ?? {};

  test("names attributes of the provider that can be set, in order", () => {
    const schemas = providerSchema("digitalocean")?.resource_schemas ?? {};
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
    const inventory = new Inventory({ resource: database({ name: "db", private_network_uuid: "vpc-1", tags: ["a"] }) });
    expect(statefulResources(inventory, [digitalocean])).toEqual([
      {
        address: "digitalocean_database_cluster.Db",
        type: "digitalocean_database_cluster",
        path: "test/Db",
        properties: { engine: "pg", name: "db", private_network_uuid: "vpc-1" },
      },
    ]);
  });
});
