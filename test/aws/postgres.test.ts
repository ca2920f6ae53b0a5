import { TerraformOutput, Token } from "cdktf";
import { AwsNetwork, type AwsPostgres, type AwsPostgresProps } from "cdktf-governed-agents/aws";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { LACKS, POSTGRES_LIMITS } from "../../lib/aws/postgres/postgres-limits";
import { POSTGRES_SIZES } from "../../lib/spec/postgres";
import { postgresContract } from "../contracts/postgres";
import { BASE, database, imported, synthesized } from "./postgres-support";
import { awsFacts, awsSynth, resourcesOf } from "./support";

/** What a value of a database is in the Terraform. */
function rendered(value: (db: AwsPostgres) => string, props: Partial<AwsPostgresProps> = {}): unknown {
  const { json } = awsSynth((stack) => void new TerraformOutput(stack, "value", { value: value(database(stack, props)) }));
  return (json.output as { value: { value: unknown } }).value.value;
}

const instances = (result: Synthesized) => Object.values(resourcesOf(result, "aws_db_instance"));
const primary = (result: Synthesized) => instances(result).find((instance) => instance.engine === "postgres") ?? {};

describe("AwsPostgres", () => {
  postgresContract({
    base: BASE,
    larger: "large",
    limits: POSTGRES_LIMITS,
    lacks: LACKS,
    resource: {
      type: "aws_db_instance",
      replacing: ["identifier", "engine", "storage_encrypted", "kms_key_id", "db_subnet_group_name", "username", "db_name"],
      upgrades: true,
    },
    build: (stack, id, props) => database(stack, props, id),
    facts: awsFacts,
    resources: (build) => (awsSynth(build).json.resource ?? {}) as never,
  });

  test("production is protected against deletion, sandbox can be thrown away", () => {
    expect(primary(synthesized())).toMatchObject({
      multi_az: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "test-db-final",
      delete_automated_backups: false,
      lifecycle: { prevent_destroy: true },
    });
    const sandbox = primary(synthesized({ profile: "sandbox" }));
    expect(sandbox).toMatchObject({ multi_az: false, deletion_protection: false, skip_final_snapshot: true });
    expect(sandbox).not.toHaveProperty("lifecycle");
  });

  test.each(["production", "sandbox"] as const)("the security defaults hold in %s", (profile) => {
    expect(primary(synthesized({ profile }))).toMatchObject({
      storage_encrypted: true,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.GovernedKey/),
      publicly_accessible: false,
      iam_database_authentication_enabled: true,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      performance_insights_enabled: true,
      performance_insights_kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.GovernedKey/),
      monitoring_interval: 60,
      auto_minor_version_upgrade: true,
      copy_tags_to_snapshot: true,
      port: 5433,
      username: "dbadmin",
      manage_master_user_password: true,
    });
  });

  test("refuses plain connections and logs slow statements and changes of the schema", () => {
    const [group] = Object.values(resourcesOf(synthesized(), "aws_db_parameter_group"));
    expect(group).toMatchObject({ family: "postgres16", name: "test-db-v16", lifecycle: { create_before_destroy: true } });
    expect(group?.parameter).toEqual([
      { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
      { name: "log_statement", value: "ddl", apply_method: "immediate" },
      { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
    ]);
  });

  test("its logs are encrypted and end, because they are made before RDS would make them", () => {
    const result = synthesized({ readReplicas: 1 });
    const logs = Object.values(resourcesOf(result, "aws_cloudwatch_log_group")).filter((group) =>
      String(group.name).startsWith("/aws/rds/"),
    );
    expect(logs.map((group) => [group.name, group.retention_in_days])).toEqual([
      ["/aws/rds/instance/test-db/postgresql", 365],
      ["/aws/rds/instance/test-db/upgrade", 365],
      ["/aws/rds/instance/test-db-replica1/postgresql", 365],
      ["/aws/rds/instance/test-db-replica1/upgrade", 365],
    ]);
    for (const instance of instances(result)) {
      expect(instance.depends_on).toEqual(expect.arrayContaining([expect.stringMatching(/^aws_cloudwatch_log_group\./)]));
      expect(instance.depends_on).toEqual(expect.arrayContaining([expect.stringMatching(/^aws_iam_role_policy_attachment\./)]));
    }
  });

  test.each<[AwsPostgresProps["network"]["egress"], string]>([
    ["none", "Isolated"],
    ["nat-gateway", "Isolated"],
    ["public-ip", "Isolated"],
  ])("lies in the isolated subnets of a network with egress %s", (egress, tier) => {
    const result = awsSynth((stack) => {
      const network = new AwsNetwork(stack, "Net", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress });
      database(stack, { network });
    });
    const [group] = Object.values(resourcesOf(result, "aws_db_subnet_group"));
    expect(group?.subnet_ids).toEqual([expect.stringContaining(`Net_${tier}A`), expect.stringContaining(`Net_${tier}B`)]);
  });

  test("lies in the private subnets when there are no isolated ones", () => {
    const result = awsSynth((stack) => database(stack, { network: imported({ private: ["subnet-1", "subnet-2"], public: ["subnet-3"] }) }));
    expect(Object.values(resourcesOf(result, "aws_db_subnet_group"))[0]?.subnet_ids).toEqual(["subnet-1", "subnet-2"]);
  });

  test("takes subnets that are known only after apply", () => {
    const subnets = Token.asList("${data.aws_subnets.private.ids}");
    const result = awsSynth((stack) => database(stack, { network: imported({ private: subnets }) }));
    expect(Object.values(resourcesOf(result, "aws_db_subnet_group"))[0]?.subnet_ids).toBe("${data.aws_subnets.private.ids}");
  });

  test("every size has an arm64 class of its own", () => {
    const classes = POSTGRES_SIZES.map((size) => String(primary(synthesized({ size })).instance_class));
    expect(new Set(classes).size).toBe(POSTGRES_SIZES.length);
    expect(classes.every((name) => /^db\.[a-z]\d+g\./.test(name))).toBe(true);
  });

  test("warns of a version that costs Extended Support", () => {
    expect(synthesized({ version: "13" }).annotations).toEqual([
      "test/Db: PostgreSQL 13 left standard support on 2026-02-28: RDS Extended Support is charged for each vCPU and hour; use a later version",
    ]);
    expect(synthesized().annotations).toEqual([]);
  });

  test("alarms ring for processor, storage and connections, at the stack's topic", () => {
    const alarms = Object.values(resourcesOf(synthesized(), "aws_cloudwatch_metric_alarm"));
    expect(alarms.map((alarm) => [alarm.metric_name, alarm.threshold])).toEqual([
      ["DatabaseConnections", 135],
      ["CPUUtilization", 80],
      ["FreeStorageSpace", 2 * 2 ** 30],
    ]);
    for (const alarm of alarms) {
      expect(alarm.alarm_actions).toEqual([expect.stringMatching(/^\$\{aws_sns_topic\.GovernedAlarms/)]);
      expect(alarm.dimensions).toEqual({ DBInstanceIdentifier: expect.stringMatching(/^\$\{aws_db_instance\.Db/) });
    }
  });

  test("is what a backup policy can take care of", () => {
    expect(rendered((db) => db.backupArns.join(" "))).toMatch(/^\$\{aws_db_instance\.Db_\w+\.arn\}$/);
  });
});

describe("AwsPostgres password", () => {
  test("is managed by RDS, encrypted with the stack's key, and rotated every 7 days without a resource of its own", () => {
    const result = synthesized();
    expect(primary(result).master_user_secret_kms_key_id).toMatch(/^\$\{aws_kms_key\.GovernedKey/);
    expect(resourcesOf(result, "aws_secretsmanager_secret_rotation")).toEqual({});
    expect(rendered((db) => db.secretArn)).toMatch(/^\$\{aws_db_instance\.Db_\w+\.master_user_secret\[0\]\.secret_arn\}$/);
  });

  test("is rotated as often as asked", () => {
    const [rotation] = Object.values(resourcesOf(synthesized({ passwordRotationDays: 30 }), "aws_secretsmanager_secret_rotation"));
    expect(rotation).toMatchObject({ rotate_immediately: false, rotation_rules: { automatically_after_days: 30 } });
  });

  test("goes into a secret first and from there to the database when there are replicas, and never into the state", () => {
    const result = synthesized({ readReplicas: 1, passwordVersion: 4 });
    const ephemeral = result.json.ephemeral as Record<string, Record<string, unknown>>;
    const [id = ""] = Object.keys(ephemeral.aws_secretsmanager_random_password ?? {});
    expect(ephemeral).toEqual({
      aws_secretsmanager_random_password: {
        [id]: { password_length: 48, exclude_punctuation: true, require_each_included_type: true },
      },
      aws_secretsmanager_secret_version: {
        [id]: { secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret_version\.Db_Password_Version_\w+\.secret_id\}$/) },
      },
    });
    const [version] = Object.values(resourcesOf(result, "aws_secretsmanager_secret_version"));
    expect(version).toMatchObject({
      secret_string_wo: `\${jsonencode({ username = "dbadmin", password = ephemeral.aws_secretsmanager_random_password.${id}.random_password })}`,
      secret_string_wo_version: 4,
    });
    expect(primary(result)).toMatchObject({
      password_wo: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${id}.secret_string)["password"]}`,
      password_wo_version: 4,
    });
    expect(primary(result)).not.toHaveProperty("manage_master_user_password");
    expect(Object.values(resourcesOf(result, "aws_secretsmanager_secret"))).toEqual([
      expect.objectContaining({
        name: "test-db-password",
        recovery_window_in_days: 30,
        kms_key_id: expect.stringContaining("GovernedKey"),
      }),
    ]);
  });
});

describe("AwsPostgres replicas", () => {
  test("copy the database, are as closed as it, and stand in nobody's way", () => {
    const result = synthesized({ readReplicas: 2 });
    const replicas = instances(result).filter((instance) => instance.replicate_source_db !== undefined);
    expect(replicas.map((replica) => replica.identifier)).toEqual(["test-db-replica1", "test-db-replica2"]);
    for (const replica of replicas) {
      expect(replica).toMatchObject({
        replicate_source_db: expect.stringMatching(/^\$\{aws_db_instance\.Db_\w+\.identifier\}$/),
        storage_encrypted: true,
        publicly_accessible: false,
        vpc_security_group_ids: primary(result).vpc_security_group_ids,
        parameter_group_name: primary(result).parameter_group_name,
        deletion_protection: false,
        skip_final_snapshot: true,
      });
      expect(replica).not.toHaveProperty("lifecycle");
      expect(replica).not.toHaveProperty("username");
    }
  });

  test("have addresses of their own", () => {
    const endpoints = rendered((db) => db.replicas.map((replica) => replica.endpoint).join(" "), { readReplicas: 2 });
    expect(endpoints).toMatch(/^\$\{aws_db_instance\.Db_Replica1_\w+\.address\} \$\{aws_db_instance\.Db_Replica2_\w+\.address\}$/);
  });

  test("ring when they fall behind", () => {
    const alarms = Object.values(resourcesOf(synthesized({ readReplicas: 1 }), "aws_cloudwatch_metric_alarm"));
    expect(alarms.filter((alarm) => alarm.metric_name === "ReplicaLag")).toHaveLength(1);
  });
});
