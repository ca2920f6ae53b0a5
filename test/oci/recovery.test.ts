import { oci } from "cdktf-governed-agents/oci";
import { isDay } from "../../lib/cost/date";
import { statefulResources } from "../../lib/change/stateful";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import { ociStateful } from "../../lib/oci/stateful";
import { OCI_MECHANISMS } from "../../lib/oci/recovery/mechanisms";
import {
  judge,
  pricer,
  readStateful,
  recoveryIssues,
  recoverySpec,
  type NotJudged,
  type RecoveryProps,
  type Stateful,
} from "../../lib/recovery";
import { IntentError } from "../../lib/spec/check";
import { providerSchema } from "../schema/provider-schema";

type Json = Readonly<Record<string, Readonly<Record<string, object>>>>;

const inventoryOf = (resource: Json) =>
  new Inventory({ provider: { oci: [{ region: "us-ashburn-1" }, { region: "us-phoenix-1", alias: "phx" }] }, resource } as TerraformJson);
const read = (resource: Json): { things: Stateful[]; notJudged: NotJudged[] } => readStateful(inventoryOf(resource), [oci]);

/** The mechanisms of the only thing that is judged, with what may be lost and what they survive. */
function mechanisms(resource: Json): Record<string, string> {
  const { things } = read(resource);
  expect(things).toHaveLength(1);
  return Object.fromEntries((things[0] as Stateful).mechanisms.map(({ id, rpo, scopes }) => [id, `${rpo.minutes} ${scopes.join("+")}`]));
}

const DISK = { availability_domain: "Uocm:US-ASHBURN-AD-1", size_in_gbs: "50" };
const disk = (more: object = {}): Json => ({ oci_core_volume: { Data: { ...DISK, ...more } } });
const backups = (policy: object, asset = "${oci_core_volume.Data.id}"): Json => ({
  oci_core_volume_backup_policy: { Policy: policy },
  oci_core_volume_backup_policy_assignment: { A: { asset_id: asset, policy_id: "${oci_core_volume_backup_policy.Policy.id}" } },
});
const HOURLY = { schedules: [{ period: "ONE_WEEK" }, { period: "ONE_HOUR" }] };

describe("the table", () => {
  test("has a source and the day it was read for every row, and no zero across regions", () => {
    for (const [id, { source, date, scopes, rpo }] of Object.entries(OCI_MECHANISMS.rows)) {
      expect(`${id} ${source.startsWith("https://")} ${isDay(date)} ${scopes.length > 0}`).toBe(`${id} true true true`);
      expect(`${id} ${scopes.includes("region") && rpo.minutes === 0}`).toBe(`${id} false`);
    }
  });
});

describe("disks", () => {
  test("lose the shortest period and the hours that a backup may be late", () => {
    expect(mechanisms(disk())).toEqual({ diskApart: "0 instance" });
    expect(mechanisms({ ...disk(), ...backups(HOURLY) })).toEqual({ diskApart: "0 instance", volumeBackup: "360 instance+operator-error" });
    const daily = backups({ schedules: [{ period: "ONE_DAY" }] });
    expect(mechanisms({ ...disk(), ...daily })).toMatchObject({ volumeBackup: "1740 instance+operator-error" });
  });

  test("have copies where the policy sends them, and only in another region", () => {
    const copied = (destination_region: string) => mechanisms({ ...disk(), ...backups({ ...HOURLY, destination_region }) });
    expect(copied("us-phoenix-1")).toHaveProperty("volumeBackupCopy", "360 region");
    expect(copied("us-ashburn-1")).not.toHaveProperty("volumeBackupCopy");
    expect(copied("none")).not.toHaveProperty("volumeBackupCopy");
  });

  test("are replicated within 30 minutes, not with a key of one's own, and as far as the availability domain is away", () => {
    const replica = (availability_domain: string) => ({ block_volume_replicas: [{ availability_domain }] });
    expect(mechanisms(disk(replica("Uocm:PHX-AD-1")))).toMatchObject({ volumeReplica: "30 zone+region" });
    expect(mechanisms(disk(replica("Uocm:US-ASHBURN-AD-2")))).toMatchObject({ volumeReplica: "30 zone" });
    expect(mechanisms(disk({ ...replica("Uocm:PHX-AD-1"), kms_key_id: "k" }))).not.toHaveProperty("volumeReplica");
    expect(mechanisms(disk(replica("${var.domain}")))).not.toHaveProperty("volumeReplica");
  });

  test("are covered by the policy of their group", () => {
    const group = { oci_core_volume_group: { G: { source_details: { volume_ids: ["${oci_core_volume.Data.id}"] } } } };
    const policy = backups(HOURLY, "${oci_core_volume_group.G.id}");
    expect(mechanisms({ ...disk(), ...group, ...policy })).toHaveProperty("volumeBackup");
  });

  test("of machines count where there is no disk of its own", () => {
    const vm = (more: object = {}): Json => ({ oci_core_instance: { Vm: more } });
    expect(mechanisms(vm())).toEqual({ machineRecovery: "0 instance" });
    expect(mechanisms(vm({ availability_config: { recovery_action: "STOP_INSTANCE" } }))).toEqual({});
    expect(mechanisms({ ...vm(), ...backups(HOURLY, "${oci_core_instance.Vm.boot_volume_id}") })).toHaveProperty("volumeBackup");
    const attachment = { A: { instance_id: "${oci_core_instance.Vm.id}", volume_id: "${oci_core_volume.Data.id}" } };
    const { things, notJudged } = read({ ...vm(), ...disk(), oci_core_volume_attachment: attachment });
    expect(things.map(({ address }) => address)).toEqual(["oci_core_volume.Data"]);
    expect(notJudged).toMatchObject([{ address: "oci_core_instance.Vm", why: expect.stringContaining("oci_core_volume.Data") as string }]);
  });
});

describe("databases", () => {
  const policy = {
    backup_policy: { kind: "DAILY", copy_policy: { regions: ["us-phoenix-1"] } },
    pitr_policy: { kind: "STANDARD", restore_days: 7 },
  };
  const system = (more: object): Json => ({ oci_psql_db_system: { Db: { instance_count: 1, ...more } } });

  test("go on with another node, in another zone where their storage spans the region", () => {
    const regional = { storage_details: { is_regionally_durable: true } };
    expect(mechanisms(system({}))).toEqual({ databaseStorage: "0 instance" });
    expect(mechanisms(system({ ...regional }))).toEqual({ databaseStorage: "0 instance+zone" });
    expect(mechanisms(system({ ...regional, instance_count: 2 }))).toEqual({ databaseNode: "0 instance+zone" });
  });

  test("have backups, a point in time and copies as their policy says", () => {
    expect(mechanisms(system({ management_policy: policy }))).toMatchObject({
      databasePointInTime: "null operator-error",
      databaseBackup: "null operator-error",
      databaseBackupCopy: "null region",
    });
    const none = { management_policy: { backup_policy: { kind: "NONE" } } };
    expect(mechanisms(system(none))).toEqual({ databaseStorage: "0 instance" });
  });

  test("have a standby in another region, bounded where OCI enforces the bound; the standby itself is a copy", () => {
    const standby = (provider?: string) => ({ source: { primary_db_system_id: "${oci_psql_db_system.Db.id}" }, provider });
    const both = (provider?: string): Json => ({
      oci_psql_db_system: { Db: { replication_config: { is_rpo_enforced: true, rpo_in_seconds: "300" } }, Standby: standby(provider) },
    });
    expect(mechanisms(both("oci.phx"))).toMatchObject({ databaseStandbyElsewhere: "5 region" });
    expect(mechanisms(both())).not.toHaveProperty("databaseStandbyElsewhere");
    expect(read(both()).notJudged).toMatchObject([{ why: "a copy of oci_psql_db_system.Db, which is judged where it is managed" }]);
  });
});

test("buckets survive a zone where the region has several, and a region by a copy", () => {
  const bucket: Json = { oci_objectstorage_bucket: { B: { versioning: "Enabled", retention_rules: [{}] } } };
  const replication = (destination_region_name: string) => ({
    oci_objectstorage_replication_policy: { R: { bucket: "${oci_objectstorage_bucket.B.name}", destination_region_name } },
  });
  expect(mechanisms({ ...bucket, ...replication("us-phoenix-1") })).toEqual({
    objectCopies: "0 instance+zone",
    objectVersions: "0 operator-error",
    objectRetention: "0 operator-error",
    objectReplication: "null region",
  });
  expect(mechanisms({ ...bucket, ...replication("us-ashburn-1") })).not.toHaveProperty("objectReplication");
});

test("an hour cannot be promised with hourly backups, and what would do is named", () => {
  const inventory = inventoryOf({ ...disk(), ...backups(HOURLY) });
  const options = { asOf: "2026-11-21", maxPriceAgeDays: 3000 };
  const target: RecoveryProps = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["zone", "operator-error"] };
  const priceOf = pricer({ inventory, providers: [oci], options });
  const judgement = judge(inventory, [oci], [recoverySpec(target, "", options.asOf)], { asOf: options.asOf, priceOf });
  expect(new IntentError("test", recoveryIssues(judgement)).message).toMatchInlineSnapshot(`
   "test: 2 problems
     - recovery zone: got "infeasible: oci_core_volume.Data", want at most 60 minutes lost and back within 4 hours after the loss of a zone in ; nothing brings the disk back after the loss of its zone; nearest that would do: another node on the same storage (state in PostgreSQL instead of on the disk) (no price known)
     - recovery operator-error: got "infeasible: oci_core_volume.Data", want at most 60 minutes lost and back within 4 hours after a wrong write or delete in ; volume backup (60 minutes apart, begun up to 5 hours late) loses up to 6 hours (computed), more than 60 minutes; into a new volume; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)"
  `);
});

describe("what holds data", () => {
  test("is told by types and attributes that the schema has", () => {
    const types = providerSchema("oci")?.resource_schemas ?? {};
    const missing = Object.entries(ociStateful).flatMap(([type, { properties, alsoWhenRemoved = [] }]) => {
      const block = types[type]?.block;
      const known = { ...block?.attributes, ...block?.block_types } as Readonly<Record<string, unknown>>;
      const names = properties.map((name) => name.split(".")[0] as string).filter((name) => !(name in known));
      return [...names, ...alsoWhenRemoved.filter((name) => !properties.includes(name))].map((name) => `${type}.${name}`);
    });
    expect(missing).toEqual([]);
  });

  test("and judged or left out with a reason, for every type of it", () => {
    const judged = Object.keys(oci.recovery ?? {});
    expect(Object.keys(ociStateful).filter((type) => !judged.includes(type))).toEqual([]);
  });

  test("is locked with the parts of a block that force a new one, and without the others", () => {
    const network_details = { subnet_id: "s", nsg_ids: ["n"] };
    const credentials = [{ username: "agents", password_details: [{ password_type: "VAULT_SECRET" }] }];
    const inventory = inventoryOf({ oci_psql_db_system: { Db: { db_version: "16", network_details, credentials } } });
    expect(statefulResources(inventory, [oci])).toMatchObject([
      { properties: { "credentials.username": "agents", db_version: "16", "network_details.subnet_id": "s" } },
    ]);
  });
});
