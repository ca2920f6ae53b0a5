import type { TerraformStack } from "cdktf";
import { OciFirewall, OciNetwork, OciPostgres, type IOciNetwork, type OciPostgresProps } from "cdktf-governed-agents/oci";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { LACKS, NODE_SIZES, POSTGRES_LIMITS } from "../../lib/oci/postgres/postgres-limits";
import { postgresContract } from "../contracts/postgres";
import { COMPARTMENT, ociFacts, ociSynth, resourcesOf } from "./support";

const BASE = { version: "16", size: "large" } as const;
const ISOLATED = { isolated: "ocid1.subnet.oc1.iad.aaaaisolated" };
const DOMAINS = ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2"];

/** A network that is managed elsewhere: the stack holds the database only. */
function imported(availabilityDomains: readonly string[] = DOMAINS, subnetIds: Record<string, string> = ISOLATED): IOciNetwork {
  const vcnId = "ocid1.vcn.oc1.iad.aaaaexample";
  return OciNetwork.fromAttributes({ vcnId, cidr: "10.20.0.0/16", egress: "none", availabilityDomains, subnetIds });
}

function database(stack: TerraformStack, props: Partial<OciPostgresProps> = {}, id = "Db"): OciPostgres {
  return new OciPostgres(stack, id, { ...BASE, network: imported(), ...props });
}

const synthesized = (props: Partial<OciPostgresProps> = {}) => ociSynth((stack) => database(stack, props));
const all = (result: Synthesized, type: string) => Object.values(resourcesOf(result, `oci_${type}`));
const system = (result: Synthesized) => all(result, "psql_db_system")[0] ?? {};

describe("OciPostgres", () => {
  postgresContract({
    base: BASE as never,
    larger: "xlarge",
    limits: POSTGRES_LIMITS,
    lacks: LACKS,
    resource: {
      type: "oci_psql_db_system",
      replacing: ["db_version", "system_type", "instances_details", "network_details", "credentials", "storage_details"],
      upgrades: false,
    },
    build: (stack, id, props) => database(stack, props as never, id),
    facts: ociFacts,
    resources: (build) => (ociSynth(build).json.resource ?? {}) as never,
  });

  const whole = synthesized();

  test("is a database system whose storage spans the region, with a node that takes over", () => {
    expect(system(whole)).toMatchObject({
      compartment_id: COMPARTMENT,
      display_name: "test-db",
      db_version: "16",
      shape: "PostgreSQL.VM.Standard.E5.Flex",
      instance_count: 2,
      instance_ocpu_count: 1,
      instance_memory_size_in_gbs: 16,
      storage_details: { is_regionally_durable: true, iops: "75000", system_type: "OCI_OPTIMIZED_STORAGE" },
      network_details: { subnet_id: ISOLATED.isolated, is_reader_endpoint_enabled: true },
      management_policy: {
        maintenance_window_start: "SUN 02:00",
        backup_policy: { kind: "DAILY", backup_start: "00:00", retention_days: 7 },
        pitr_policy: { kind: "STANDARD", restore_days: 7 },
      },
      lifecycle: { prevent_destroy: true },
    });
    expect(system(whole)).not.toHaveProperty("storage_details.availability_domain");
  });

  test("OCI makes the password, into the stack's vault", () => {
    expect(all(whole, "vault_secret")).toEqual([
      expect.objectContaining({
        enable_auto_generation: true,
        vault_id: expect.stringContaining("oci_kms_vault.GovernedKey"),
        key_id: expect.stringContaining("oci_kms_key.GovernedKey"),
      }),
    ]);
    expect(system(whole).credentials).toEqual({
      username: "dbadmin",
      password_details: { password_type: "VAULT_SECRET", secret_id: expect.stringContaining("oci_vault_secret"), secret_version: "1" },
    });
  });

  test("a secret that is there already is used, and none is made", () => {
    const passwordSecretId = "ocid1.vaultsecret.oc1.iad.aaaaexample";
    const result = synthesized({ passwordSecretId, passwordVersion: 4 });
    expect(all(result, "vault_secret")).toEqual([]);
    expect(system(result)).toMatchObject({ credentials: { password_details: { secret_id: passwordSecretId, secret_version: "4" } } });
  });

  test("in a region with one zone production has a replica that takes over, and storage in that zone", () => {
    const network = imported(["Uocm:EU-AMSTERDAM-1-AD-1"]);
    const result = synthesized({ network, backupCopyRegions: ["eu-frankfurt-1"] });
    expect(system(result)).toMatchObject({
      instance_count: 2,
      storage_details: { is_regionally_durable: false, availability_domain: "Uocm:EU-AMSTERDAM-1-AD-1" },
      management_policy: {
        backup_policy: { copy_policy: { compartment_id: COMPARTMENT, regions: ["eu-frankfurt-1"], retention_period: 7 } },
      },
    });
    const [fact] = ociFacts((stack) => database(stack, { network })).filter(({ kind }) => kind === "postgres");
    expect(fact?.spec).toMatchObject({ zones: 1, readReplicas: 1, profile: "production" });
  });

  test("processor, memory and operations are what was asked for", () => {
    for (const [size, { memoryGiB, ocpus }] of Object.entries(NODE_SIZES)) {
      expect(memoryGiB).toBe(ocpus * 16);
      expect(system(synthesized({ size: size as never, shape: "E6", iops: 150_000 }))).toMatchObject({
        shape: "PostgreSQL.VM.Standard.E6.Flex",
        instance_ocpu_count: ocpus,
        instance_memory_size_in_gbs: memoryGiB,
        storage_details: { iops: "150000" },
      });
    }
  });

  test("watches processor and memory of the busiest node", () => {
    expect(all(whole, "monitoring_alarm").map(({ namespace, query }) => [namespace, query])).toEqual(
      ["CpuUtilization", "MemoryUtilization"].map((metric) => ["oci_postgresql", expect.stringContaining(`${metric}[5m]{resourceId = "`)]),
    );
  });

  test("a policy of backups can tell what the database does by itself", () => {
    ociSynth((stack) => {
      const db = database(stack, { retentionDays: 30 });
      expect(db.ownBackups).toMatchObject({ retentionDays: 30, copyRegions: [] });
      expect(db.backupIds).toHaveLength(1);
    });
  });
});

describe("OciPostgres clients", () => {
  const rules = (facts: ReturnType<typeof ociFacts>, path: string) =>
    facts.flatMap((fact) => (fact.kind === "firewall" && fact.path.startsWith(path) ? fact.spec.rules : []));

  test("nobody gets in until let in, and then through the port only, on both sides", () => {
    const facts = ociFacts((stack) => {
      const network = imported();
      const db = database(stack, { network });
      database(stack, { network }, "Closed");
      db.allowFrom(new OciFirewall(stack, "Client", { network }), "worker");
    });
    const port = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
    expect(rules(facts, "test/Closed/Firewall")).toEqual([]);
    expect(rules(facts, "test/Db/Firewall")).toEqual([
      expect.objectContaining({ ...port, name: "worker", direction: "ingress", peer: { firewall: "test/Client" } }),
    ]);
    expect(rules(facts, "test/Client")).toEqual([
      expect.objectContaining({ ...port, name: "test-db", direction: "egress", peer: { firewall: "test/Db/Firewall" } }),
    ]);
  });

  test("a database that is managed elsewhere lets clients in the same way", () => {
    const result = ociSynth((stack) => {
      const db = OciPostgres.fromAttributes(stack, "Shared", {
        endpoint: "10.30.0.5",
        databaseName: "postgres",
        secretId: "ocid1.vaultsecret.oc1.iad.aaaaexample",
        securityGroupId: "ocid1.networksecuritygroup.oc1.iad.aaaaexample",
        cidr: "10.30.0.0/16",
      });
      db.allowFrom(new OciFirewall(stack, "Client", { network: imported() }), "worker");
      expect(db).toMatchObject({ endpoint: "10.30.0.5", port: 5432, databaseName: "postgres" });
    });
    expect(all(result, "core_network_security_group_security_rule")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ direction: "INGRESS", network_security_group_id: "ocid1.networksecuritygroup.oc1.iad.aaaaexample" }),
        expect.objectContaining({ direction: "EGRESS", destination: "10.30.0.0/16" }),
      ]),
    );
  });
});

describe("OciPostgres refuses", () => {
  const fails = (props: Record<string, unknown>) => () => synthesized(props as never);

  test("fails on everything that OCI lacks, with the reasons, and on no network", () => {
    const props = {
      network: undefined,
      standbys: 1,
      storageGiB: 100,
      maxStorageGiB: 200,
      password: "hunter2",
      passwordRotationDays: 30,
      databaseName: "app",
      port: 5433,
      logRetentionDays: 30,
    };
    expect(fails(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 9 problems
       - standbys: got 1, want nothing: every read replica of OCI takes over when the first node fails: set zones or readReplicas; remove it
       - storageGiB: got 100, want nothing: storage of an OCI database has no size: it grows with the data, and what is used is charged; remove it
       - maxStorageGiB: got 200, want nothing: storage of an OCI database grows with the data, without an end to choose; remove it
       - password: got text (hidden, because it may be a secret), want nothing: the password of an OCI database is always a secret in a vault: leave it out, or set passwordSecretId; remove it
       - passwordRotationDays: got 30, want nothing: OCI rotates no passwords of PostgreSQL: make a new version of the secret and raise passwordVersion; remove it
       - databaseName: got "app", want nothing: OCI makes the database "postgres" only: create others in SQL; remove it
       - port: got 5433, want nothing: the port of an OCI database is always 5432; remove it
       - logRetentionDays: got 30, want nothing: an OCI database sends no logs on its own; remove it
       - network: got nothing, want the network that the database is in, such as an OciNetwork"
    `);
  });

  test.each<[string, Record<string, unknown>]>([
    ["a size that is smaller than any node", { size: "small" }],
    ["one zone in production where there are two", { zones: 1 }],
    ["two zones where there is one", { zones: 2, network: imported(["Uocm:EU-AMSTERDAM-1-AD-1"]) }],
    ["no node that takes over in production", { readReplicas: 0, network: imported(["Uocm:EU-AMSTERDAM-1-AD-1"]) }],
    ["longer retention", { retentionDays: 36 }],
    ["shorter retention in production", { retentionDays: 3 }],
    ["a shape, operations and a region that are not there", { shape: "A1", iops: 1000, backupCopyRegions: ["frankfurt"] }],
    ["copies of backups of storage in two zones", { backupCopyRegions: ["us-phoenix-1"] }],
    ["a password instead of a secret", { passwordSecretId: "hunter2" }],
    ["windows with an end", { backupWindow: "00:30-01:30", maintenanceWindow: "Sunday 02:00-04:00" }],
    ["a name that everybody tries", { adminName: "postgres" }],
    ["public subnets only", { network: imported(DOMAINS, { public: "ocid1.subnet.oc1.iad.aaaapublic" }) }],
  ])("fails on %s", (_name, props) => {
    expect(fails(props)).toThrowErrorMatchingSnapshot();
  });
});
