import type { TerraformResource, TerraformStack } from "cdktf";
import {
  DigitalOceanAlarms,
  DigitalOceanFirewall,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
  type DigitalOceanPostgresProps,
  type DigitalOceanRegion,
  type IDigitalOceanNetwork,
} from "cdktf-governed-agents/digitalocean";
import type { Synthesized } from "cdktf-governed-agents/testing";
import fc from "fast-check";
import { checkPools } from "../../lib/digitalocean/postgres/postgres-users";
import { connectionsOf, LACKS, PLAN_SIZES, POSTGRES_LIMITS } from "../../lib/digitalocean/postgres/postgres-limits";
import { Check } from "../../lib/spec/check";
import { POSTGRES_SIZES, type PostgresSize } from "../../lib/spec/postgres";
import { postgresContract } from "../contracts/postgres";
import { doFacts, doSynth, resourcesOf } from "./support";

const BASE = { version: "16", size: "small", storageGiB: 30 } as const;

/** A network that is managed elsewhere: the stack holds the database only. */
function imported(region = "fra1"): IDigitalOceanNetwork {
  const vpcId = "5a4981aa-9653-4bd1-bef5-d6bff52042e4";
  return DigitalOceanNetwork.fromAttributes({ vpcId, region: region as DigitalOceanRegion, cidr: "10.20.0.0/16", egress: "none" });
}

function database(stack: TerraformStack, props: Partial<DigitalOceanPostgresProps> = {}, id = "Db"): DigitalOceanPostgres {
  DigitalOceanAlarms.of(stack).addEmail("oncall@example.com");
  return new DigitalOceanPostgres(stack, id, { ...BASE, network: imported(), ...props });
}

const synthesized = (props: Partial<DigitalOceanPostgresProps> = {}) => doSynth((stack) => database(stack, props));
const all = (result: Synthesized, type: string) => Object.values(resourcesOf(result, `digitalocean_${type}`));
const cluster = (result: Synthesized) => all(result, "database_cluster")[0] ?? {};

describe("DigitalOceanPostgres", () => {
  postgresContract({
    base: BASE,
    larger: "medium",
    limits: POSTGRES_LIMITS,
    lacks: LACKS,
    resource: { type: "digitalocean_database_cluster", replacing: ["name", "engine", "private_network_uuid", "region"], upgrades: true },
    build: (stack, id, props) => database(stack, props as never, id),
    facts: doFacts,
    resources: (build) => (doSynth(build).json.resource ?? {}) as never,
  });

  const whole = synthesized({ pools: { web: { size: 20 }, jobs: { size: 5, mode: "session", user: "worker" } }, users: ["app", "worker"] });

  test("is a cluster in the network, with a standby in production", () => {
    expect(cluster(whole)).toMatchObject({
      name: "test-db",
      engine: "pg",
      version: "16",
      size: "db-s-1vcpu-2gb",
      region: "fra1",
      node_count: 2,
      storage_size_mib: "30720",
      private_network_uuid: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
      maintenance_window: [{ day: "sunday", hour: "02:00" }],
      lifecycle: { prevent_destroy: true },
    });
  });

  test("has a database, users and pools, and the data of the database is kept too", () => {
    expect(all(whole, "database_db")).toEqual([expect.objectContaining({ name: "app", lifecycle: { prevent_destroy: true } })]);
    expect(all(whole, "database_user").map(({ name }) => name)).toEqual(["app", "worker"]);
    const user = (name: string) => expect.stringMatching(new RegExp(`^\\$\\{digitalocean_database_user.Db_User-${name}_\\w+.name\\}$`));
    expect(all(whole, "database_connection_pool")).toEqual([
      expect.objectContaining({ name: "jobs", size: 5, mode: "session", user: user("worker"), db_name: "app" }),
      expect.objectContaining({ name: "web", size: 20, mode: "transaction", user: user("app"), db_name: "app" }),
    ]);
  });

  test("watches processor, memory and storage", () => {
    expect(all(whole, "monitor_alert").map(({ type, value }) => [type, value])).toEqual([
      ["v1/dbaas/alerts/cpu_alerts", 80],
      ["v1/dbaas/alerts/memory_utilization_alerts", 90],
      ["v1/dbaas/alerts/disk_utilization_alerts", 90],
    ]);
  });

  test("a size is the plan that its table says", () => {
    for (const size of POSTGRES_SIZES) {
      expect(PLAN_SIZES[size].slug).toBe(`db-s-${PLAN_SIZES[size].vcpus}vcpu-${PLAN_SIZES[size].memoryGiB}gb`);
    }
  });
});

describe("DigitalOceanPostgres clients", () => {
  const rules = (result: Synthesized) => all(result, "database_firewall").map(({ rule }) => rule as { type: string; value: string }[]);

  test("nobody gets in but the droplets with its tag, at the cluster and at every replica", () => {
    const found = rules(synthesized({ readReplicas: 2 }));
    expect(found).toHaveLength(3);
    for (const one of found) expect(one).toEqual([{ type: "tag", value: expect.stringMatching(/^\$\{digitalocean_tag.Db_Clients_Tag_/) }]);
  });

  test("clients are let in by what they are, each once, and may connect from their side", () => {
    const result = doSynth((stack) => {
      const network = imported();
      const db = database(stack, { network });
      db.allowFrom(new DigitalOceanFirewall(stack, "Agents", {}));
      for (let times = 0; times < 2; times++) db.allowApp("4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf");
      db.allowKubernetes("1b5a0d4e-0000-4000-8000-000000000001");
      db.allowRange("10.20.3.0/24");
    });
    expect(rules(result)[0]).toEqual([
      { type: "tag", value: expect.stringContaining("Db_Clients_Tag") },
      { type: "tag", value: expect.stringContaining("Agents_Tag") },
      { type: "app", value: "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf" },
      { type: "k8s", value: "1b5a0d4e-0000-4000-8000-000000000001" },
      { type: "ip_addr", value: "10.20.3.0/24" },
    ]);
    expect(all(result, "firewall")[0]?.outbound_rule).toEqual([
      expect.objectContaining({ protocol: "tcp", port_range: "25060-25061", destination_addresses: ["10.20.0.0/16"] }),
    ]);
  });

  test.each(["0.0.0.0/0", "10.21.0.0/24", "10.20.3.1/24", "everyone"])("fails on letting in %s", (cidr) => {
    expect(() => doSynth((stack) => database(stack).allowRange(cidr))).toThrowErrorMatchingSnapshot();
  });

  test("a cluster without firewall, and one that lets the world in, are public", () => {
    const of = (change: (db: DigitalOceanPostgres) => void) =>
      doFacts((stack) => change(database(stack, { profile: "sandbox" }))).find((fact) => fact.kind === "postgres")?.spec;
    const clients = (db: DigitalOceanPostgres) => db.node.findChild("Clients").node;
    const open = (db: DigitalOceanPostgres) =>
      (clients(db).findChild("Resource") as TerraformResource).addOverride("rule", [{ type: "ip_addr", value: "0.0.0.0/0" }]);
    expect(of((db) => void clients(db).tryRemoveChild("Resource"))).toMatchObject({ exposure: "public" });
    expect(of(open)).toMatchObject({ exposure: "public" });
  });
});

describe("DigitalOceanPostgres refuses", () => {
  const fails = (props: Record<string, unknown>) => () => synthesized(props as never);

  test("fails on everything that DigitalOcean lacks, with the reasons, and on no network", () => {
    const props = {
      network: undefined,
      zones: 2,
      maxStorageGiB: 100,
      password: "hunter2",
      passwordVersion: 2,
      passwordRotationDays: 30,
      adminName: "owner",
      port: 5433,
      backupWindow: "00:30-01:30",
      logRetentionDays: 30,
    };
    expect(fails(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 10 problems
       - zones: got 2, want nothing: DigitalOcean regions have no zones: set standbys; remove it
       - maxStorageGiB: got 100, want nothing: the provider has no argument for storage that grows on its own: raise storageGiB; remove it
       - password: got text (hidden, because it may be a secret), want nothing: DigitalOcean makes every password, and Terraform's state holds it; remove it
       - passwordVersion: got 2, want nothing: DigitalOcean renews a password in its control panel only; remove it
       - passwordRotationDays: got 30, want nothing: DigitalOcean rotates no passwords; remove it
       - adminName: got "owner", want nothing: the administrator of a DigitalOcean database is always "doadmin"; remove it
       - port: got 5433, want nothing: DigitalOcean chooses the port; remove it
       - backupWindow: got "00:30-01:30", want nothing: DigitalOcean chooses the hour of the daily backup; remove it
       - logRetentionDays: got 30, want nothing: DigitalOcean has no retention of database logs to choose; remove it
       - network: got nothing, want the network that the database is in, such as a DigitalOceanNetwork"
    `);
  });

  test("fails on a standby on a plan that is too small, also when production asks for it", () => {
    expect(fails({ size: "micro", profile: "sandbox", standbys: 1 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - size: got "micro", want one of "small", "medium", "large", "xlarge", "2xlarge" with a standby (DigitalOcean Managed PostgreSQL); choose a larger size; or set standbys to 0"
    `);
    expect(fails({ size: "micro" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - size: got "micro", want one of "small", "medium", "large", "xlarge", "2xlarge" with a standby (DigitalOcean Managed PostgreSQL); choose a larger size; or set profile "sandbox""
    `);
  });

  test("fails on a region that does not have all sizes", () => {
    expect(fails({ network: imported("atl1") })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - network.region: got "atl1", want a network in a region with all sizes: nyc1, nyc2, nyc3, ams3, sfo2, sfo3, sgp1, lon1, fra1, tor1, blr1, syd1 (DigitalOcean Managed PostgreSQL)"
    `);
  });

  test.each<[string, Record<string, unknown>]>([
    ["three standbys", { standbys: 3 }],
    ["no standby in production", { standbys: 0 }],
    ["another retention", { retentionDays: 14 }],
    ["less storage than the plan has", { size: "large", storageGiB: 30 }],
    ["a version that is no longer maintained", { version: "13" }],
    ["a window with an end", { maintenanceWindow: "Sunday 02:00-04:00" }],
    ["half an hour", { maintenanceWindow: "Sunday 02:30" }],
    ["users and pools that can't be", { users: ["doadmin", "App", "app", "app"], pools: { x: { size: 0, mode: "fast", user: "nobody" } } }],
    ["more connections than the plan has", { pools: { web: { size: 40 }, jobs: { size: 8 } } }],
    ["a network of another kind", { network: { vcnId: "ocid1.vcn" } }],
  ])("fails on %s", (_name, props) => {
    expect(fails(props)).toThrowErrorMatchingSnapshot();
  });

  test("pools fit when they share the connections of the plan, and not with one more", () => {
    const problems = (size: PostgresSize, sizes: readonly number[]) => {
      const pools = Object.fromEntries(sizes.map((one, index) => [`pool${index}`, { size: one }]));
      const check = new Check<{ pools?: object }>("test/Db", { pools }, ["pools"]);
      checkPools(check as never, { size, pools });
      return !check.clean;
    };
    const shared = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom<PostgresSize>(...POSTGRES_SIZES), shared, (size, sizes) => {
        const rest = connectionsOf(size) - sizes.reduce((sum, one) => sum + one, 0);
        expect(problems(size, sizes)).toBe(rest < 0);
        if (rest >= 1) expect([problems(size, [...sizes, rest]), problems(size, [...sizes, rest + 1])]).toEqual([false, true]);
      }),
    );
  });
});
