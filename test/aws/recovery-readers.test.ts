import fc from "fast-check";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import { aws } from "../../lib/aws/provider";
import { longestGapMinutes } from "../../lib/aws/recovery/interval";
import { AWS_MECHANISMS } from "../../lib/aws/recovery/mechanisms";
import { isDay } from "../../lib/cost/date";
import { readStateful, type FailureScope, type MechanismUse, type NotJudged, type Stateful } from "../../lib/recovery";

type Json = Readonly<Record<string, Readonly<Record<string, object>>>>;

const PROVIDERS = { provider: { aws: [{ region: "us-east-1" }, { region: "eu-west-1", alias: "eu" }] } };

function read(resource: Json): { things: Stateful[]; notJudged: NotJudged[] } {
  return readStateful(new Inventory({ ...PROVIDERS, resource } as TerraformJson), [aws]);
}

/** The mechanisms of the only thing that is judged. */
function mechanisms(resource: Json): Record<string, number | null> {
  const { things } = read(resource);
  expect(things).toHaveLength(1);
  return Object.fromEntries((things[0] as Stateful).mechanisms.map((use: MechanismUse) => [use.id, use.rpo.minutes]));
}

const PLAN = { schedule: "cron(0 5 * * ? *)", start_window: 60, rule_name: "daily" };
const plan = (...rules: object[]) => ({ aws_backup_plan: { Plan: { rule: rules } } });
const selection = (more: object) => ({ aws_backup_selection: { Sel: { plan_id: "${aws_backup_plan.Plan.id}", ...more } } });
const VOLUME = { aws_ebs_volume: { Disk: { size: 20, tags: { project: "atlas", owner: "me" } } } };
const DISK = "${aws_ebs_volume.Disk.arn}";
const DB = { aws_db_instance: { Db: { engine: "postgres", multi_az: true, backup_retention_period: 7 } } };

describe("the table", () => {
  test("has a source and the day it was read for every row", () => {
    for (const [id, { source, date, scopes }] of Object.entries(AWS_MECHANISMS.rows)) {
      expect(`${id} ${source.startsWith("https://")} ${isDay(date)} ${scopes.length > 0}`).toBe(`${id} true true true`);
    }
  });

  test("has zero across regions only for what commits in both", () => {
    const zero = Object.entries(AWS_MECHANISMS.rows).filter(([, row]) => row.scopes.includes("region") && row.rpo.minutes === 0);
    expect(zero.map(([id, { synchronous }]) => [id, synchronous])).toEqual([
      ["dsqlRegions", true],
      ["tableStrong", true],
    ]);
  });
});

describe("schedules", () => {
  test.each([
    ["cron(0 5 * * ? *)", 1440],
    ["cron(0 * * * ? *)", 60],
    ["cron(0 0/6 * * ? *)", 360],
    ["cron(0 1,13 * * ? *)", 720],
    ["cron(0 8,12 * * ? *)", 1200],
    ["cron(0 8-17 * * ? *)", 900],
    ["cron(0/15 * * * ? *)", 15],
    ["cron(0 5 ? * SUN *)", 7 * 1440],
    ["cron(0 5 ? * MON-FRI *)", 3 * 1440],
    ["cron(0 5 1 * ? *)", 31 * 1440],
    ["cron(0 5 1,15 * ? *)", 17 * 1440],
    ["rate(4 hours)", 240],
    ["rate(1 day)", 1440],
  ])("%s is %d minutes apart at most", (expression, minutes) => expect(longestGapMinutes(expression)).toBe(minutes));

  test.each([
    "cron(0 5 L * ? *)",
    "cron(0 5 31 * ? *)",
    "cron(0 5 * 6 ? *)",
    "cron(0 25 * * ? *)",
    "${var.schedule}",
    "daily",
    "rate(5 parsecs)",
    undefined,
  ])("%s cannot be told", (expression) => expect(longestGapMinutes(expression)).toBeUndefined());

  test("several times a day: as far apart as their largest gap over midnight", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 6 }), (hours) => {
        const gap = longestGapMinutes(`cron(0 ${hours.join(",")} * * ? *)`) as number;
        const ringed = [...Array(48).keys()].filter((hour) => hours.includes(hour % 24));
        const gaps = ringed.slice(1).map((hour, index) => hour - (ringed[index] as number));
        expect(gap).toBe(Math.max(...gaps, hours.length === 1 ? 24 : 0) * 60);
      }),
    );
  });
});

describe("backup plans", () => {
  test("lose the interval and the start window; without a window it is 8 hours", () => {
    expect(mechanisms({ ...VOLUME, ...plan(PLAN), ...selection({ resources: [DISK] }) })).toEqual({ diskApart: 0, backup: 1500 });
    const open = { ...PLAN, start_window: undefined };
    expect(mechanisms({ ...VOLUME, ...plan(open), ...selection({ resources: [DISK] }) })).toMatchObject({ backup: 1440 + 480 });
  });

  test.each<[string, object, boolean]>([
    ["its address", { resources: [DISK] }, true],
    ["all of its kind", { resources: ["arn:aws:ec2:*:*:volume/*"] }, true],
    ["all of another kind", { resources: ["arn:aws:rds:*:*:db:*"] }, false],
    [
      "everything with its tag",
      { resources: ["*"], condition: [{ string_equals: [{ key: "aws:ResourceTag/project", value: "atlas" }] }] },
      true,
    ],
    [
      "everything with another tag",
      { resources: ["*"], condition: [{ string_equals: [{ key: "aws:ResourceTag/project", value: "x" }] }] },
      false,
    ],
    ["one of its tags", { selection_tag: [{ type: "STRINGEQUALS", key: "owner", value: "me" }] }, true],
    ["a tag that it does not have", { selection_tag: [{ type: "STRINGEQUALS", key: "owner", value: "you" }] }, false],
    [
      "a pattern of tags, which cannot be decided",
      { resources: ["*"], condition: [{ string_like: [{ key: "aws:ResourceTag/project", value: "a*" }] }] },
      false,
    ],
    ["exceptions, which cannot be decided", { resources: ["*"], not_resources: ["arn:aws:ec2:*:*:volume/vol-1"] }, false],
    ["nothing", {}, false],
  ])("that select by %s", (_, how, covered) => {
    expect("backup" in mechanisms({ ...VOLUME, ...plan(PLAN), ...selection(how) })).toBe(covered);
  });

  test("of a machine hold the disks that are attached to it", () => {
    const attached = {
      ...VOLUME,
      aws_instance: { Vm: {} },
      aws_volume_attachment: { At: { instance_id: "${aws_instance.Vm.id}", volume_id: "${aws_ebs_volume.Disk.id}" } },
    };
    expect(mechanisms({ ...attached, ...plan(PLAN), ...selection({ resources: ["${aws_instance.Vm.arn}"] }) })).toMatchObject({
      backup: 1500,
    });
  });

  test("that copy to another region cover its loss; copies in the same one do not", () => {
    const vaults = { aws_backup_vault: { Here: {}, There: { provider: "aws.eu" } } };
    const copying = (destination_vault_arn: string) =>
      mechanisms({
        ...VOLUME,
        ...vaults,
        ...plan({ ...PLAN, copy_action: [{ destination_vault_arn }] }),
        ...selection({ resources: [DISK] }),
      });
    expect(copying("${aws_backup_vault.There.arn}")).toMatchObject({ backupCopy: 1500 });
    expect(copying("arn:aws:backup:eu-west-1:111122223333:backup-vault:x")).toMatchObject({ backupCopy: 1500 });
    expect(copying("${aws_backup_vault.Here.arn}")).not.toHaveProperty("backupCopy");
    expect(copying("${var.vault}")).not.toHaveProperty("backupCopy");
  });

  test("with a schedule that cannot be told do not count", () => {
    expect(mechanisms({ ...VOLUME, ...plan({ ...PLAN, schedule: "${var.when}" }), ...selection({ resources: [DISK] }) })).toEqual({
      diskApart: 0,
    });
  });
});

describe("lifecycle policies", () => {
  const policy = (more: object, details: object = {}) => ({
    aws_dlm_lifecycle_policy: {
      Policy: {
        policy_details: {
          resource_types: ["VOLUME"],
          target_tags: { owner: "me" },
          schedule: [{ name: "s", create_rule: { interval: 1 } }],
          ...details,
        },
        ...more,
      },
    },
  });

  test("lose the interval and an hour", () =>
    expect(mechanisms({ ...VOLUME, ...policy({}) })).toEqual({ diskApart: 0, snapshotPolicy: 120 }));

  test.each([
    ["that are off", policy({ state: "DISABLED" })],
    ["of other tags", policy({}, { target_tags: { owner: "you" } })],
    ["of machines", policy({}, { resource_types: ["INSTANCE"] })],
  ])("%s do not count", (_, json) => expect(mechanisms({ ...VOLUME, ...json })).toEqual({ diskApart: 0 }));

  test("copy to another region", () => {
    const schedule = [
      { name: "s", create_rule: { cron_expression: "cron(0 5 * * ? *)" }, cross_region_copy_rule: [{ target: "eu-west-1" }] },
    ];
    expect(mechanisms({ ...VOLUME, ...policy({}, { schedule }) })).toMatchObject({ snapshotPolicy: 1500, snapshotCopy: 1500 });
  });
});

describe("databases", () => {
  test("have a standby and point in time only when they say so", () => {
    expect(mechanisms(DB)).toEqual({ databaseStandby: 0, databasePointInTime: 5 });
    expect(mechanisms({ aws_db_instance: { Db: { engine: "postgres", backup_retention_period: 0 } } })).toEqual({});
    expect(
      mechanisms({ aws_db_instance: { Db: { engine: "postgres", backup_retention_period: "${var.days}", multi_az: "${var.two}" } } }),
    ).toEqual({});
  });

  test("a replica is a copy and no backup; in another region it can be promoted, without a bound", () => {
    const replica = (more: object) => ({
      aws_db_instance: { ...DB.aws_db_instance, Copy: { replicate_source_db: "${aws_db_instance.Db.arn}", ...more } },
    });
    expect(mechanisms(replica({}))).toEqual({ databaseStandby: 0, databasePointInTime: 5 });
    expect(read(replica({})).things[0]?.notes).toEqual(["a read replica is no backup: what is deleted is deleted there too"]);
    expect(mechanisms(replica({ provider: "aws.eu" }))).toMatchObject({ databaseReplicaElsewhere: null });
  });

  test("automated backups count in another region only", () => {
    const replication = (provider?: string) => ({
      ...DB,
      aws_db_instance_automated_backups_replication: { R: { source_db_instance_arn: "${aws_db_instance.Db.arn}", provider } },
    });
    expect(mechanisms(replication("aws.eu"))).toHaveProperty("databaseBackupsElsewhere", null);
    expect(mechanisms(replication())).not.toHaveProperty("databaseBackupsElsewhere");
  });

  test("continuous backup is 5 minutes behind, for databases but not for disks", () => {
    const continuous = plan({ ...PLAN, enable_continuous_backup: true });
    expect(mechanisms({ ...DB, ...continuous, ...selection({ resources: ["${aws_db_instance.Db.arn}"] }) })).toMatchObject({
      continuousBackup: 5,
    });
    expect(mechanisms({ ...VOLUME, ...continuous, ...selection({ resources: [DISK] }) })).not.toHaveProperty("continuousBackup");
  });

  test("of Aurora fail over in 2 minutes with two members and in 10 with one", () => {
    const cluster = { aws_rds_cluster: { C: { engine: "aurora-postgresql" } } };
    const member = { cluster_identifier: "${aws_rds_cluster.C.id}" };
    expect(mechanisms({ ...cluster, aws_rds_cluster_instance: { A: member, B: member } })).toEqual({
      auroraReplica: 0,
      auroraPointInTime: 5,
    });
    expect(mechanisms({ ...cluster, aws_rds_cluster_instance: { A: member } })).toEqual({ auroraStorage: 0, auroraPointInTime: 5 });
    expect(mechanisms({ aws_rds_cluster: { C: { engine: "postgres" } } })).toEqual({ databaseStandbys: 0, databasePointInTime: 5 });
  });

  test("in two regions are seconds behind as global database and not behind at all when they commit in both", () => {
    const linked = { engine: "aurora-postgresql", global_cluster_identifier: "${aws_rds_global_cluster.G.id}" };
    const { things } = read({ aws_rds_global_cluster: { G: {} }, aws_rds_cluster: { A: linked, B: { ...linked, provider: "aws.eu" } } });
    expect(things.map(({ mechanisms: all }) => all.map(({ id }) => id).includes("auroraGlobal"))).toEqual([true, true]);
    const dsql = (properties?: object) => mechanisms({ aws_dsql_cluster: { D: { multi_region_properties: properties && [properties] } } });
    expect(dsql({ witness_region: "us-west-2", clusters: ["arn:aws:dsql:us-east-2:111122223333:cluster/x"] })).toEqual({
      dsqlZones: 0,
      dsqlRegions: 0,
    });
    expect(dsql({ witness_region: "us-west-2" })).toEqual({ dsqlZones: 0 });
    expect(dsql()).toEqual({ dsqlZones: 0 });
  });
});

describe("machines", () => {
  test("keep their root disk when they are recovered, which is on unless switched off", () => {
    expect(mechanisms({ aws_instance: { Vm: {} } })).toEqual({ machineRecovery: 0 });
    expect(mechanisms({ aws_instance: { Vm: { maintenance_options: { auto_recovery: "disabled" } } } })).toEqual({});
  });

  test("that only pass traffic on hold nothing", () => {
    const { things, notJudged } = read({ aws_instance: { Nat: { source_dest_check: false } } });
    expect([things.length, notJudged.length]).toEqual([0, 1]);
  });
});

describe("stores", () => {
  const BUCKET = { aws_s3_bucket: { B: {} } };
  const versions = (status: string) => ({
    aws_s3_bucket_versioning: { V: { bucket: "${aws_s3_bucket.B.id}", versioning_configuration: { status } } },
  });

  test("buckets survive a zone, and wrong deletes only with versions", () => {
    expect(mechanisms(BUCKET)).toEqual({ objectZones: 0 });
    expect(mechanisms({ ...BUCKET, ...versions("Enabled") })).toEqual({ objectZones: 0, objectVersions: 0 });
    expect(mechanisms({ ...BUCKET, ...versions("Suspended") })).toEqual({ objectZones: 0 });
  });

  test("copies in another region are bounded only with replication time control, and only when all is copied", () => {
    const replicated = (destination: object, rule: object = {}) => {
      const { things } = read({
        aws_s3_bucket: { B: {}, Copy: { provider: "aws.eu" }, Near: {} },
        aws_s3_bucket_replication_configuration: {
          R: { bucket: "${aws_s3_bucket.B.id}", rule: [{ status: "Enabled", destination, ...rule }] },
        },
      });
      return things[0]?.mechanisms.flatMap(({ id, rpo, scopes }) =>
        scopes.includes("region" satisfies FailureScope) ? [id, rpo.minutes] : [],
      );
    };
    const bucket = "${aws_s3_bucket.Copy.arn}";
    expect(replicated({ bucket, replication_time: { status: "Enabled" } })).toEqual(["objectReplicationTimed", 15]);
    expect(replicated({ bucket })).toEqual(["objectReplication", null]);
    expect(replicated({ bucket: "${aws_s3_bucket.Near.arn}" })).toEqual([]);
    expect(replicated({ bucket }, { filter: { prefix: "a/" } })).toEqual([]);
  });

  test("tables lose nothing across regions only with strong consistency", () => {
    const table = (more: object) => mechanisms({ aws_dynamodb_table: { T: more } });
    expect(table({})).toEqual({ tableZones: 0 });
    expect(table({ point_in_time_recovery: { enabled: true } })).toEqual({ tableZones: 0, tablePointInTime: 5 });
    expect(table({ replica: [{ region_name: "eu-west-1" }] })).toEqual({ tableZones: 0, tableReplica: 1 / 60 });
    expect(table({ replica: [{ region_name: "eu-west-1", consistency_mode: "STRONG" }] })).toEqual({ tableZones: 0, tableStrong: 0 });
  });

  test("file systems in one zone have nothing of their own", () => {
    expect(mechanisms({ aws_efs_file_system: { F: {} } })).toEqual({ filesZones: 0 });
    expect(mechanisms({ aws_efs_file_system: { F: { availability_zone_name: "us-east-1a" } } })).toEqual({});
  });

  test("what has no known mechanism is judged all the same", () => {
    expect(mechanisms({ aws_elasticache_replication_group: { Redis: {} } })).toEqual({});
  });
});
