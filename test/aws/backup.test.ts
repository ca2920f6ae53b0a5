import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { AwsBackupPolicy, type AwsBackupPolicyProps } from "cdktf-governed-agents/aws";
import { synthApp } from "cdktf-governed-agents/testing";
import { backupContract } from "../contracts/backup";
import { awsFacts, awsSynth, resourcesOf } from "./support";

const daily = { frequency: "daily", retentionDays: 35 } as const;
const copied = { daily: { ...daily, copyTo: [{ region: "eu-west-1" }] } };

function volume(stack: TerraformStack, id = "Data") {
  const resource = new EbsVolume(stack, id, { availabilityZone: "us-east-1a", size: 10, encrypted: true });
  return { backupArns: [resource.arn] };
}

function ireland(stack: TerraformStack): AwsProvider {
  return new AwsProvider(stack, "ireland", { alias: "ireland", region: "eu-west-1" });
}

function database(stack: TerraformStack) {
  const resource = new DbInstance(stack, "Memory", { instanceClass: "db.t4g.micro", skipFinalSnapshot: true });
  return { backupArns: [resource.arn] };
}

function policy(props: Partial<AwsBackupPolicyProps>, extra: (stack: TerraformStack) => Partial<AwsBackupPolicyProps> = () => ({})) {
  return awsSynth(
    (stack) => new AwsBackupPolicy(stack, "Backups", { sources: [volume(stack)], schedules: { daily }, ...props, ...extra(stack) }),
  );
}

const only = (resources: Readonly<Record<string, Record<string, unknown>>>) => Object.values(resources)[0] as Record<string, unknown>;

describe("AwsBackupPolicy", () => {
  const weekly = { frequency: "weekly", weekday: "Saturday", at: "06:30", retentionDays: 90 };
  const monthly = { frequency: "monthly", retentionDays: 400 };
  const copy = { region: "eu-west-1" };
  const labelled = { sources: undefined, selectLabels: { layer: "core" } };
  backupContract({
    sources: (stack) => [volume(stack), volume(stack, "Logs")],
    build: (stack, id, props) => {
      const copies = Object.values(props.schedules ?? {}).some((schedule) => schedule?.copyTo !== undefined);
      return new AwsBackupPolicy(stack, id, { ...props, copyProviders: copies ? [ireland(stack)] : undefined });
    },
    synth: awsSynth,
    facts: awsFacts,
    at: "06:30",
    weeklyDays: 90,
    startsWithinMinutes: 60,
    frequencies: ["hourly", "daily", "weekly", "monthly"],
    can: {
      "every hour": { schedules: { hourly: { frequency: "hourly", retentionDays: 7 } } },
      "every six hours": { schedules: { often: { frequency: "hourly", everyHours: 6, startWindowMinutes: 120, retentionDays: 7 } } },
      "several schedules": { schedules: { daily, weekly, monthly: { ...monthly, dayOfMonth: 28 } } },
      "a copy with the same retention": { schedules: { daily: { ...daily, copyTo: [copy] } } },
      "a copy with another retention": { schedules: { daily: { ...daily, copyTo: [{ ...copy, retentionDays: 7 }] } } },
      labels: { sources: undefined, selectLabels: { project: "atlas", dataClass: "personal" } },
      "sources and labels": { selectLabels: { layer: "core" } },
      "cold storage": { ...labelled, schedules: { monthly: { ...monthly, coldAfterDays: 30 } } },
      "cold storage of a copy": {
        ...labelled,
        schedules: { monthly: { ...monthly, copyTo: [{ ...copy, retentionDays: 200, coldAfterDays: 10 }] } },
      },
      "point in time": { ...labelled, schedules: { daily: { ...daily, pointInTime: true } } },
      "no lock": { lock: { mode: "none" } },
      "a wider lock": { lock: { mode: "governance", minRetentionDays: 2, maxRetentionDays: 100 } },
      "a lock for ever": { lock: { mode: "compliance", changeableForDays: 30 } },
      "a sandbox": { profile: "sandbox" },
      "test restores": { restoreTesting: { frequency: "monthly", dayOfMonth: 15, types: ["EBS"], validationHours: 4 } },
    },
    lacks: {},
    growth: {
      "a schedule": { schedules: { weekly, daily } },
      "a copy": { schedules: { daily: { ...daily, copyTo: [copy] } } },
      labels: { selectLabels: { layer: "core" } },
      "test restores": { restoreTesting: { frequency: "weekly", types: ["EBS"] } },
    },
  });

  test("the RPO of several schedules is that of the best", () => {
    const often = { frequency: "hourly", everyHours: 4, startWindowMinutes: 90, retentionDays: 7 } as const;
    const [fact] = awsFacts((stack) => new AwsBackupPolicy(stack, "Backups", { sources: [volume(stack)], schedules: { daily, often } }));
    expect(fact?.spec).toMatchObject({ schedules: [{ rpoMinutes: 25 * 60 }, { rpoMinutes: 4 * 60 + 90 }], rpoMinutes: 4 * 60 + 90 });
  });

  test("production: the vault is encrypted with the stack's key, locked, refuses deletion and stays", () => {
    const stack = policy({});
    const vault = only(resourcesOf(stack, "aws_backup_vault"));
    expect(vault).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(vault.kms_key_arn).toMatch(/^\$\{aws_kms_key\.GovernedKey_/);
    expect(only(resourcesOf(stack, "aws_backup_vault_lock_configuration"))).toMatchObject({
      min_retention_days: 35,
      max_retention_days: 35,
    });
    expect(JSON.stringify(stack.json.data)).toContain('"effect":"Deny","principals":[{"identifiers":["*"],"type":"AWS"}]');
    expect(Object.keys(resourcesOf(stack, "aws_backup_vault_policy"))).toHaveLength(1);
  });

  test("sandbox: the vault is encrypted all the same, but can be thrown away with what is in it", () => {
    const stack = policy({ profile: "sandbox" });
    const vault = only(resourcesOf(stack, "aws_backup_vault"));
    expect(vault).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
    expect(vault.kms_key_arn).toMatch(/^\$\{aws_kms_key\.GovernedKey_/);
    expect([resourcesOf(stack, "aws_backup_vault_lock_configuration"), resourcesOf(stack, "aws_backup_vault_policy")]).toEqual([{}, {}]);
  });

  test("a copy lies in a vault of the other region, with a key of that region that the role may use, locked as well", () => {
    const stack = policy({ schedules: copied }, (scope) => ({ copyProviders: [ireland(scope)] }));
    for (const type of [
      "aws_kms_key",
      "aws_kms_alias",
      "aws_backup_vault",
      "aws_backup_vault_policy",
      "aws_backup_vault_lock_configuration",
    ]) {
      const elsewhere = Object.values(resourcesOf(stack, type)).filter(({ provider }) => provider === "aws.ireland");
      expect([type, elsewhere.length]).toEqual([type, 1]);
    }
    const [vault] = Object.values(resourcesOf(stack, "aws_backup_vault")).filter(({ provider }) => provider !== undefined);
    expect(vault?.kms_key_arn).toMatch(/^\$\{aws_kms_key\.Backups_Copy-eu-west-1_Key/);
    const rule = (only(resourcesOf(stack, "aws_backup_plan")).rule as Record<string, unknown>[])[0];
    expect(rule?.copy_action).toEqual([
      {
        destination_vault_arn: expect.stringMatching(/^\$\{aws_backup_vault\.Backups_Copy-eu-west-1_Vault/) as unknown,
        lifecycle: { delete_after: 35 },
      },
    ]);
  });

  test("no resource carries a region of its own, which older providers do not know", () => {
    const stack = policy({ schedules: copied }, (scope) => ({ copyProviders: [ireland(scope)] }));
    const all = Object.values(stack.json.resource ?? {}).flatMap((resources) => Object.values(resources));
    expect(all.filter((resource) => "region" in resource)).toEqual([]);
  });

  test("every source has a selection of its own, and labels select by tag", () => {
    const selections = Object.values(
      resourcesOf(policy({ selectLabels: { costCenter: "r-and-d", agentId: "a-1" } }), "aws_backup_selection"),
    );
    expect(selections.map(({ resources, condition }) => ({ resources, condition }))).toEqual([
      {
        resources: ["*"],
        condition: [
          {
            string_equals: [
              { key: "aws:ResourceTag/cost-center", value: "r-and-d" },
              { key: "aws:ResourceTag/governance:agent-id", value: "a-1" },
            ],
          },
        ],
      },
      { resources: ["${aws_ebs_volume.Data.arn}"], condition: undefined },
    ]);
  });

  test("EBS snapshots are archived on request, in monthly rules", () => {
    const monthly = { frequency: "monthly", retentionDays: 400, coldAfterDays: 30 } as const;
    const plan = only(resourcesOf(policy({ schedules: { monthly } }), "aws_backup_plan"));
    const lifecycle = { cold_storage_after: 30, delete_after: 400, opt_in_to_archive_for_supported_resources: true };
    expect(plan.rule).toEqual([expect.objectContaining({ schedule: "cron(0 5 1 * ? *)", lifecycle }) as unknown]);
  });

  test("the role is taken by AWS Backup and may touch buckets only where there may be some", () => {
    const attached = (props: Partial<AwsBackupPolicyProps>) =>
      Object.values(resourcesOf(policy(props), "aws_iam_role_policy_attachment")).map(({ policy_arn }) =>
        String(policy_arn).replace(/.*\//, ""),
      );
    const always = ["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"];
    const buckets = ["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"];
    expect(attached({})).toEqual(always);
    expect(attached({ selectLabels: { project: "atlas" } })).toEqual([...always, ...buckets].sort());
    expect(attached({ sources: [{ backupArns: ["arn:aws:s3:::acme-reports"] }] })).toEqual([...always, ...buckets].sort());
  });

  test("failed, expired and missing backups and failed test restores ring", () => {
    const stack = policy({ restoreTesting: { frequency: "monthly" } });
    const alarms = Object.values(resourcesOf(stack, "aws_cloudwatch_metric_alarm"));
    expect(alarms.map((alarm) => [alarm.metric_name, alarm.treat_missing_data, alarm.period, alarm.evaluation_periods])).toEqual([
      ["NumberOfBackupJobsExpired", "notBreaching", 300, 1],
      ["NumberOfBackupJobsFailed", "notBreaching", 300, 1],
      ["NumberOfBackupJobsCompleted", "breaching", 86400, 3],
      ["NumberOfRestoreJobsFailed", "notBreaching", 300, 1],
    ]);
    expect(only(resourcesOf(stack, "aws_backup_vault_notifications")).sns_topic_arn).toMatch(/^\$\{aws_sns_topic\.GovernedAlarms_/);
  });

  test("a policy that is too slow for an alarm on missing backups has none", () => {
    const weekly = { frequency: "weekly", retentionDays: 90 } as const;
    const metrics = Object.values(resourcesOf(policy({ schedules: { weekly } }), "aws_cloudwatch_metric_alarm")).map(
      ({ metric_name }) => metric_name,
    );
    expect(metrics).not.toContain("NumberOfBackupJobsCompleted");
  });

  test("test restores take everything of a kind in the vault, with what the user adds", () => {
    const restoreMetadata = { EBS: { availabilityZone: "us-east-1b" } };
    const stack = policy({ restoreTesting: { frequency: "weekly", weekday: "Monday", at: "09:15" }, restoreMetadata });
    expect(only(resourcesOf(stack, "aws_backup_restore_testing_plan"))).toMatchObject({
      name: "test_backups_restore_testing",
      schedule_expression: "cron(15 9 ? * MON *)",
      recovery_point_selection: [
        { include_vaults: [expect.stringMatching(/^\$\{aws_backup_vault\.Backups_Vault_/) as unknown], selection_window_days: 3 },
      ],
    });
    expect(only(resourcesOf(stack, "aws_backup_restore_testing_selection"))).toMatchObject({
      protected_resource_type: "EBS",
      protected_resource_arns: ["*"],
      restore_metadata_overrides: { availabilityZone: "us-east-1b" },
    });
  });

  test("hourly backups of a database warn: one a day falls into the database's own window", () => {
    const hourly = { frequency: "hourly", retentionDays: 7 } as const;
    const annotations = (schedule: object) =>
      policy({ schedules: { hourly: { ...hourly, ...schedule } } }, (stack) => ({ sources: [database(stack)] })).annotations;
    expect(annotations({})).toEqual([
      "test/Backups: schedules.hourly: backups of Amazon RDS databases fail when they begin in or within an hour before the database's own backup window, so at least one a day will; use pointInTime or a lower frequency",
    ]);
    expect(annotations({ pointInTime: true })).toEqual([]);
    expect(annotations({ frequency: "daily" })).toEqual([]);
  });

  test("a source of another stack is known by its kind", () => {
    const build = () =>
      synthApp((app) => {
        const data = new TerraformStack(app, "data");
        new AwsProvider(data, "aws", { region: "us-east-1" });
        const memory = database(data);
        const backups = new TerraformStack(app, "backups");
        new AwsProvider(backups, "aws", { region: "us-east-1" });
        new AwsBackupPolicy(backups, "Backups", { sources: [memory], schedules: { daily }, restoreTesting: { frequency: "monthly" } });
      }).backups;
    const stack = build() as NonNullable<ReturnType<typeof build>>;
    expect(only(resourcesOf(stack, "aws_backup_restore_testing_selection")).protected_resource_type).toBe("RDS");
    expect(String(only(resourcesOf(stack, "aws_backup_selection")).resources)).toMatch(/^\$\{data\.terraform_remote_state\./);
  });
});

describe("AwsBackupPolicy fails", () => {
  const build = (props: (stack: TerraformStack) => object) => () =>
    awsSynth((stack) => new AwsBackupPolicy(stack, "Backups", { schedules: { daily }, ...props(stack) }));

  test("on what the sources can't do", () => {
    const schedules = {
      monthly: { frequency: "monthly", retentionDays: 400, coldAfterDays: 30 },
      daily: { frequency: "daily", at: "06:00", retentionDays: 35, pointInTime: true },
      weekly: { frequency: "weekly", retentionDays: 120, coldAfterDays: 30 },
    };
    expect(build((stack) => ({ sources: [database(stack), volume(stack)], schedules }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 4 problems
       - schedules.daily.pointInTime: got true, want false: Amazon EBS volumes have no point in time (AWS Backup); put what can do it into a policy of its own
       - schedules.weekly.coldAfterDays: got 30, want nothing unless frequency is "monthly": so it is for Amazon EBS volumes (AWS Backup); use a monthly schedule for cold storage
       - schedules.monthly.coldAfterDays: got 30, want nothing: Amazon RDS databases have no cold storage (AWS Backup); put what can do it into a policy of its own
       - schedules.weekly.coldAfterDays: got 30, want nothing: Amazon RDS databases have no cold storage (AWS Backup); put what can do it into a policy of its own"
    `);
  });

  test("on sources that hold nothing, are none, or come twice", () => {
    expect(
      build((stack) => {
        const data = volume(stack);
        return { sources: [{ backupArns: [] }, "memory", data, data] };
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 3 problems
       - sources.0: got [], want a source that holds data; remove it, or give it something to hold, such as a data volume
       - sources.1: got "memory", want something that holds data, such as a database or a VM with a data volume
       - sources: got "aws_ebs_volume.Data", want every source once; remove the second one"
    `);
  });

  test("on a copy to its own region, to an unknown one, and without a provider", () => {
    const schedules = { daily: { ...daily, copyTo: [{ region: "us-east-1" }, { region: "ireland" }, { region: "eu-west-2" }] } };
    expect(build((stack) => ({ sources: [volume(stack)], schedules, copyProviders: [ireland(stack)] })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 4 problems
       - copyProviders: got "eu-west-1", want a region that a schedule copies to; add it to copyTo, or remove the provider
       - schedules.daily.copyTo.0.region: got "us-east-1", want another region than that of the stack, us-east-1; a copy in the same region is lost together with it: choose another one
       - schedules.daily.copyTo.1.region: got "ireland", want a region such as "eu-west-1"
       - schedules.daily.copyTo.2.region: got "eu-west-2", want a region of copyProviders, which has "eu-west-1"; did you mean "eu-west-1"?"
    `);
  });

  test("on providers that can't be copied to", () => {
    const copyProviders = (stack: TerraformStack) => [
      new AwsProvider(stack, "p1", { alias: "p1" }),
      new AwsProvider(stack, "p2", { alias: "p2", region: volume(stack).backupArns[0] }),
      ireland(stack),
      new AwsProvider(stack, "p3", { alias: "p3", region: "eu-west-1" }),
      "eu-west-3",
    ];
    expect(build((stack) => ({ sources: [volume(stack, "Other")], copyProviders: copyProviders(stack) })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 5 problems
       - copyProviders.0: got "aws provider test/p1, alias p1, region none", want an AwsProvider with an alias and a literal region
       - copyProviders.1: got "aws provider test/p2, alias p2, region known only after apply", want an AwsProvider with an alias and a literal region
       - copyProviders.4: got "eu-west-3", want an AwsProvider with an alias and a literal region
       - copyProviders: got "eu-west-1", want one provider for a region; remove the second one
       - copyProviders: got "eu-west-1", want a region that a schedule copies to; add it to copyTo, or remove the provider"
    `);
  });

  test("on a copy when the region of the stack is not known", () => {
    const app = () =>
      synthApp((root) => {
        const stack = new TerraformStack(root, "test");
        new AwsProvider(stack, "aws");
        new AwsBackupPolicy(stack, "Backups", { sources: [volume(stack)], schedules: copied, copyProviders: [ireland(stack)] });
      });
    expect(app).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - schedules.daily.copyTo.0.region: got "eu-west-1", want a stack whose region is known at synth, to be sure that the copy is elsewhere; give the provider of the stack a literal region"
    `);
  });

  test("on restore metadata of an unknown kind, or that nothing uses", () => {
    expect(build((stack) => ({ sources: [volume(stack)], restoreMetadata: { rds: {} } }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 2 problems
       - restoreMetadata.rds: got {}, want no such prop; remove it; known props: Aurora, DynamoDB, EBS, EC2, EFS, RDS, S3
       - restoreMetadata: got {"rds":{}}, want nothing without restoreTesting; remove it, or ask for restoreTesting"
    `);
  });
});
