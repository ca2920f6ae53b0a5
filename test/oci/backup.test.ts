import { TerraformStack } from "cdktf";
import { OciBackupPolicy, type OciBackupPolicyProps } from "cdktf-governed-agents/oci";
import { CoreInstance } from "cdktf-governed-agents/oci/bindings/core-instance";
import { CoreVolume } from "cdktf-governed-agents/oci/bindings/core-volume";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import { useCompartment } from "cdktf-governed-agents/oci";
import { synthApp } from "cdktf-governed-agents/testing";
import { backupContract } from "../contracts/backup";
import { COMPARTMENT, ociFacts, ociSynth, resourcesOf } from "./support";

const daily = { frequency: "daily", retentionDays: 35 } as const;
const copyTo = [{ region: "us-phoenix-1" }] as const;
const memory = {
  backupIds: ["ocid1.postgresqldbsystem.oc1.iad.aaaaexample"],
  ownBackups: { title: "managed databases", retentionDays: 35, fix: "raise retentionDays of the database" },
};

function volume(stack: TerraformStack, id = "Data") {
  const config = { availabilityDomain: "Uocm:US-ASHBURN-AD-1", compartmentId: COMPARTMENT, sizeInGbs: "50" };
  return { backupIds: [new CoreVolume(stack, id, config).id] };
}

function policy(props: object, sources = (stack: TerraformStack): unknown => [volume(stack)]) {
  return (stack: TerraformStack) =>
    new OciBackupPolicy(stack, "Backups", { sources: sources(stack), schedules: { daily }, ...props } as OciBackupPolicyProps);
}

const only = (resources: Readonly<Record<string, Record<string, unknown>>>) => Object.values(resources)[0] as Record<string, unknown>;
const policyOf = (props: object) => only(resourcesOf(ociSynth(policy(props)), "oci_core_volume_backup_policy"));

describe("OciBackupPolicy", () => {
  const copied = { schedules: { daily: { ...daily, copyTo } } };
  const weekly = { frequency: "weekly", weekday: "Monday", at: "23:00", retentionDays: 90 };
  const monthly = { frequency: "monthly", dayOfMonth: 28, retentionDays: 400 };
  const hourly = { frequency: "hourly", retentionDays: 2 };
  backupContract({
    sources: (stack) => [volume(stack), volume(stack, "Logs")],
    build: (stack, id, props) => new OciBackupPolicy(stack, id, props as unknown as OciBackupPolicyProps),
    synth: ociSynth,
    facts: ociFacts,
    at: "16:00",
    weeklyDays: 90,
    startsWithinMinutes: 300,
    frequencies: ["hourly", "daily", "weekly", "monthly"],
    can: {
      "several schedules": { schedules: { hourly, daily, weekly, monthly } },
      "copies in another region": copied,
      "no lock": { lock: { mode: "none" } },
      "a lock for ever": { lock: { mode: "compliance" } },
      "a sandbox": { profile: "sandbox" },
    },
    lacks: {
      selectLabels: { selectLabels: { layer: "core" } },
      restoreTesting: { restoreTesting: { frequency: "monthly" } },
      "schedules.hourly.everyHours": { schedules: { hourly: { ...hourly, everyHours: 6 } } },
      "schedules.daily.coldAfterDays": { schedules: { daily: { ...daily, coldAfterDays: 3 } } },
      "schedules.daily.startWindowMinutes": { schedules: { daily: { ...daily, startWindowMinutes: 60 } } },
      "schedules.daily.pointInTime": { schedules: { daily: { ...daily, pointInTime: true } } },
      "schedules.daily.copyTo.0.retentionDays": { schedules: { daily: { ...daily, copyTo: [{ ...copyTo[0], retentionDays: 3 }] } } },
      "lock.changeableForDays": { lock: { mode: "compliance", changeableForDays: 3 } },
      "lock.minRetentionDays": { lock: { mode: "governance", minRetentionDays: 3 } },
    },
    growth: { "a schedule": { schedules: { weekly, daily } }, "a copy": copied },
  });

  test("the schedules are in OCI's words, and in UTC", () => {
    expect(policyOf({ schedules: { hourly, weekly, monthly }, lock: { mode: "none" } })).toMatchInlineSnapshot(`
     {
       "//": {
         "metadata": {
           "path": "test/Backups/Resource",
           "uniqueId": "Backups_9A29A52D",
         },
       },
       "compartment_id": "ocid1.compartment.oc1..aaaaexample",
       "display_name": "test-backups",
       "lifecycle": {
         "prevent_destroy": true,
       },
       "schedules": [
         {
           "backup_type": "INCREMENTAL",
           "is_prevent_deletion_enabled": false,
           "is_retention_lock_enabled": false,
           "offset_seconds": 0,
           "offset_type": "NUMERIC_SECONDS",
           "period": "ONE_HOUR",
           "retention_seconds": 172800,
           "time_zone": "UTC",
         },
         {
           "backup_type": "INCREMENTAL",
           "day_of_week": "MONDAY",
           "hour_of_day": 23,
           "is_prevent_deletion_enabled": false,
           "is_retention_lock_enabled": false,
           "offset_type": "STRUCTURED",
           "period": "ONE_WEEK",
           "retention_seconds": 7776000,
           "time_zone": "UTC",
         },
         {
           "backup_type": "INCREMENTAL",
           "day_of_month": 28,
           "hour_of_day": 5,
           "is_prevent_deletion_enabled": false,
           "is_retention_lock_enabled": false,
           "offset_type": "STRUCTURED",
           "period": "ONE_MONTH",
           "retention_seconds": 34560000,
           "time_zone": "UTC",
         },
       ],
     }
    `);
  });

  test("production: backups cannot be deleted before their time, and the policy stays", () => {
    const lock = { is_prevent_deletion_enabled: true, is_retention_lock_enabled: false };
    const retention_period = { retention_time_amount: 35, retention_time_unit: "DAYS" };
    expect(policyOf({})).toMatchObject({ lifecycle: { prevent_destroy: true }, schedules: [{ ...lock, retention_period }] });
    expect(policyOf({ profile: "sandbox" })).toMatchObject({
      lifecycle: { prevent_destroy: false },
      schedules: [{ is_prevent_deletion_enabled: false, is_retention_lock_enabled: false }],
    });
  });

  test("every volume has an assignment of its own, boot volumes too; copies can have a key there", () => {
    const stack = ociSynth((scope) => {
      const config = { availabilityDomain: "Uocm:US-ASHBURN-AD-1", compartmentId: COMPARTMENT, shape: "VM.Standard.A1.Flex" };
      const vm = new CoreInstance(scope, "Vm", config);
      const { backupIds } = volume(scope);
      const copyKeyId = "ocid1.key.oc1.phx.example.aaaaexample";
      return new OciBackupPolicy(scope, "Backups", {
        sources: [{ backupIds: [vm.bootVolumeId, ...backupIds, "ocid1.volumegroup.oc1.iad.aaaaexample"] }],
        schedules: { daily: { ...daily, copyTo } },
        copyKeyId,
      });
    });
    const assignments = Object.values(resourcesOf(stack, "oci_core_volume_backup_policy_assignment"));
    expect(assignments.map(({ asset_id }) => asset_id).sort()).toEqual([
      "${oci_core_instance.Vm.boot_volume_id}",
      "${oci_core_volume.Data.id}",
      "ocid1.volumegroup.oc1.iad.aaaaexample",
    ]);
    expect(new Set(assignments.map(({ xrc_kms_key_id }) => xrc_kms_key_id))).toEqual(new Set(["ocid1.key.oc1.phx.example.aaaaexample"]));
    expect(only(resourcesOf(stack, "oci_core_volume_backup_policy")).destination_region).toBe("us-phoenix-1");
  });

  test("hourly backups lose six hours at worst: OCI begins them up to several hours late", () => {
    const [fact] = ociFacts(policy({ schedules: { daily, hourly } }));
    expect(fact?.spec).toMatchObject({ rpoMinutes: 6 * 60, schedules: [{ rpoMinutes: 29 * 60 }, { rpoMinutes: 6 * 60 }] });
  });

  test("a volume of another stack is known by its reference", () => {
    const build = () =>
      synthApp((app) => {
        const [data, backups] = ["data", "backups"].map((id) => {
          const stack = new TerraformStack(app, id);
          new OciProvider(stack, "oci", { region: "us-ashburn-1" });
          useCompartment(stack, COMPARTMENT);
          return stack;
        }) as [TerraformStack, TerraformStack];
        new OciBackupPolicy(backups, "Backups", { sources: [volume(data)], schedules: { daily } });
      });
    expect(only(resourcesOf(build().backups as never, "oci_core_volume_backup_policy_assignment")).asset_id).toMatch(
      /terraform_remote_state/,
    );
  });
});

describe("fails", () => {
  const fails = (props: object, sources?: (stack: TerraformStack) => unknown) => () => ociSynth(policy(props, sources));

  test("on everything that OCI lacks, at once", () => {
    const schedules = {
      hourly: { frequency: "hourly", everyHours: 6, retentionDays: 7, coldAfterDays: 3, startWindowMinutes: 60, pointInTime: true },
    };
    const lock = { mode: "governance", minRetentionDays: 1, maxRetentionDays: 99, changeableForDays: 3 };
    const all = { schedules, lock, selectLabels: { layer: "core" }, restoreTesting: { frequency: "monthly" } };
    expect(fails(all)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 9 problems
       - selectLabels: got {"layer":"core"}, want nothing: OCI assigns a backup policy to each volume, and selects none by tag; remove it
       - restoreTesting: got {"frequency":"monthly"}, want nothing: OCI makes no test restores; remove it
       - schedules.hourly.everyHours: got 6, want nothing: OCI backs up every hour or every day, and nothing between; remove it
       - schedules.hourly.coldAfterDays: got 3, want nothing: OCI keeps volume backups in one class of storage; OciBackupBucket has colder ones; remove it
       - schedules.hourly.startWindowMinutes: got 60, want nothing: OCI begins a backup up to several hours late, and takes no limit; remove it
       - schedules.hourly.pointInTime: got true, want nothing: volumes have no point in time at OCI; managed databases have it by themselves; remove it
       - lock.minRetentionDays: got 1, want nothing: OCI locks each backup for the retention of its schedule; remove it
       - lock.maxRetentionDays: got 99, want nothing: OCI locks each backup for the retention of its schedule; remove it
       - lock.changeableForDays: got 3, want nothing: OCI takes no such time for backups of volumes; remove it"
    `);
  });

  test("on another name, a time that is no full hour, and what no number of seconds can say", () => {
    const schedules = { nightly: { ...daily, at: "05:30" }, weekly: { ...daily, retentionDays: 24856 } };
    expect(fails({ schedules })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 4 problems
       - schedules: got "nightly", want "hourly", "daily", "weekly" or "monthly": OCI gives schedules no other name
       - schedules.nightly.at: got "05:30", want a full hour in UTC such as "05:00" (OCI)
       - schedules.weekly.retentionDays: got 24856, want a whole number, 1 to 24855 (OCI)
       - schedules: got "weekly", want "daily", as its frequency: "hourly", "daily", "weekly" or "monthly": OCI gives schedules no other name"
    `);
  });

  test("on copies in the same region, in two, with other times, in part of the schedules, and a key for none", () => {
    const weekly = { frequency: "weekly", retentionDays: 90 };
    const here = [{ region: "us-ashburn-1" }];
    const two = [...copyTo, { region: "eu-frankfurt-1", coldAfterDays: 3 }, { region: "Frankfurt" }];
    expect(fails({ schedules: { daily: { ...daily, copyTo: here }, weekly: { ...weekly, copyTo: two } } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 5 problems
       - schedules.daily.copyTo.0.region: got "us-ashburn-1", want another region than that of the stack, us-ashburn-1; a copy in the same region is lost together with it: choose another one
       - schedules.weekly.copyTo.1.coldAfterDays: got 3, want nothing: OCI keeps volume backups in one class of storage; remove it
       - schedules.weekly.copyTo.2.region: got "Frankfurt", want a region such as "eu-frankfurt-1"
       - schedules.weekly.copyTo: got ["us-phoenix-1","eu-frankfurt-1","Frankfurt"], want 1 copy at most (OCI); choose one region
       - schedules.weekly.copyTo: got "us-phoenix-1, eu-frankfurt-1, Frankfurt", want the same region as daily (us-ashburn-1): a policy copies all of its backups or none (OCI)"
    `);
    expect(fails({ schedules: { daily: { ...daily, copyTo }, weekly } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - schedules.weekly.copyTo: got nothing, want the same region as daily (us-phoenix-1): a policy copies all of its backups or none (OCI)"
    `);
    expect(fails({ copyKeyId: "alias/backups" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 2 problems
       - copyKeyId: got "alias/backups", want the OCID of a key in the region of the copies, such as "ocid1.key.oc1.phx.example.aaaaexample"
       - copyKeyId: got "alias/backups", want nothing without copyTo; remove it, or copy to another region"
    `);
    expect(fails({ copyKeyId: "ocid1.key.oc1.phx.a.b" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - copyKeyId: got "ocid1.key.oc1.phx.a.b", want nothing without copyTo; remove it, or copy to another region"
    `);
  });

  test("on what backup policies cannot be assigned to", () => {
    const sources = () => [{ backupIds: ["ocid1.bucket.oc1.iad.aaaaexample", "my-volume"] }, { backupIds: [] }, { volume: "x" }];
    expect(fails({}, sources)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 4 problems
       - sources.0: got "ocid1.bucket.oc1.iad.aaaaexample", want one of volume, boot volume, volume group: OCI assigns backup policies to nothing else; a source that makes its own backups has to say so with ownBackups, as OciPostgres does
       - sources.0: got "my-volume", want one of volume, boot volume, volume group: OCI assigns backup policies to nothing else; a source that makes its own backups has to say so with ownBackups, as OciPostgres does
       - sources.1: got [], want a source that holds data; remove it, or give it something to hold, such as a data volume
       - sources.2: got {"volume":"x"}, want something that holds data, such as a database or a VM with a data volume"
    `);
  });

  test("on a database whose own backups are less than what is asked for, and a policy that would have nothing to do", () => {
    const both = (stack: TerraformStack) => [volume(stack), memory];
    expect(fails({ schedules: { daily: { ...daily, retentionDays: 36, copyTo } } }, both)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 2 problems
       - schedules.daily.retentionDays: got 36, want 35 or less: ocid1.postgresqldbsystem.oc1.iad.aaaaexample makes its own backups, as managed databases do, and keeps them for 35 days; raise retentionDays of the database
       - schedules.daily.copyTo: got ["us-phoenix-1"], want regions that it copies to: ocid1.postgresqldbsystem.oc1.iad.aaaaexample makes its own backups, as managed databases do; raise retentionDays of the database"
    `);
    expect(fails({}, () => [memory])).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - sources: got ["ocid1.postgresqldbsystem.oc1.iad.aaaaexample"], want one source or more that does not make its own backups: the policy would have nothing to do; remove the policy, or add what it is to back up"
    `);
  });

  test("on a lock that nobody could remove from a sandbox", () => {
    expect(fails({ profile: "sandbox", lock: { mode: "compliance" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - lock.mode: got "compliance", want "none" or "governance" when profile is "sandbox": nobody could throw it away"
    `);
  });
});
