import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc";
import { TerraformStack, type TerraformResource } from "cdktf";
import { DigitalOceanBackupPolicy, type DigitalOceanBackupPolicyProps } from "cdktf-governed-agents/digitalocean";
import { synthApp } from "cdktf-governed-agents/testing";
import { topologyOf } from "../../lib/report/topology/topology";
import { backupContract } from "../contracts/backup";
import { doFacts, doSynth, resourcesOf } from "./support";

const daily = { frequency: "daily" } as const;

function droplet(stack: TerraformStack, id = "Vm"): Droplet {
  return new Droplet(stack, id, { image: "ubuntu-24-04-x64", name: id.toLowerCase(), size: "s-2vcpu-4gb", region: "fra1" });
}

function cluster(stack: TerraformStack, engine = "pg"): DatabaseCluster {
  return new DatabaseCluster(stack, "Memory", {
    engine,
    version: "17",
    name: "memory",
    nodeCount: 1,
    region: "fra1",
    size: "db-s-1vcpu-1gb",
  });
}

const held = (...backupResources: TerraformResource[]) => ({ backupResources });

function policy(props: object, sources = (stack: TerraformStack): unknown => [held(droplet(stack))]) {
  return (stack: TerraformStack) =>
    new DigitalOceanBackupPolicy(stack, "Backups", {
      sources: sources(stack),
      schedules: { daily },
      ...props,
    } as DigitalOceanBackupPolicyProps);
}

describe("DigitalOceanBackupPolicy", () => {
  const lock = { mode: "governance" };
  backupContract({
    sources: (stack) => [held(droplet(stack)), held(droplet(stack, "Web"))],
    build: (stack, id, props) => new DigitalOceanBackupPolicy(stack, id, props as unknown as DigitalOceanBackupPolicyProps),
    synth: doSynth,
    facts: doFacts,
    at: "16:00",
    weeklyDays: 28,
    startsWithinMinutes: 240,
    frequencies: ["daily", "weekly"],
    can: { "no retention, which is DigitalOcean's own": { schedules: { daily } } },
    lacks: {
      profile: { profile: "sandbox" },
      selectLabels: { selectLabels: { layer: "core" } },
      lock: { lock },
      restoreTesting: { restoreTesting: { frequency: "monthly" } },
      "schedules.daily.coldAfterDays": { schedules: { daily: { ...daily, coldAfterDays: 3 } } },
      "schedules.daily.startWindowMinutes": { schedules: { daily: { ...daily, startWindowMinutes: 60 } } },
      "schedules.daily.pointInTime": { schedules: { daily: { ...daily, pointInTime: true } } },
      "schedules.daily.copyTo": { schedules: { daily: { ...daily, copyTo: [{ region: "ams3" }] } } },
    },
    growth: {},
  });

  test("it sets backups and their plan on every Droplet, and creates nothing", () => {
    const stack = doSynth(
      policy({ schedules: { weekly: { frequency: "weekly", weekday: "Wednesday", at: "20:00" } } }, (scope) => [
        held(droplet(scope)),
        held(droplet(scope, "Web")),
      ]),
    );
    expect(Object.keys(stack.json.resource ?? {})).toEqual(["digitalocean_droplet"]);
    const plan = { backups: true, backup_policy: { plan: "weekly", weekday: "WED", hour: 20 } };
    expect(resourcesOf(stack, "digitalocean_droplet")).toMatchObject({ Vm: plan, Web: plan });
  });

  test("a daily plan has no day, and begins at 04:00 unless told otherwise", () => {
    const { Vm } = resourcesOf(doSynth(policy({})), "digitalocean_droplet");
    expect(Vm?.backup_policy).toEqual({ plan: "daily", hour: 4 });
  });

  test("28 hours, or 7 days and 4 hours, can be lost; what is kept is DigitalOcean's own choice", () => {
    const [day] = doFacts(policy({}));
    const [week] = doFacts(policy({ schedules: { weekly: { frequency: "weekly" } } }));
    expect(day?.spec).toMatchObject({ rpoMinutes: 28 * 60, schedules: [{ retentionDays: 7 }] });
    expect(week?.spec).toMatchObject({ rpoMinutes: (7 * 24 + 4) * 60, schedules: [{ retentionDays: 28 }] });
  });

  test("a database makes its own backups: it is held against the schedule, and nothing is set", () => {
    const stack = (scope: TerraformStack) => policy({}, () => [held(droplet(scope)), held(cluster(scope))])(scope);
    const backups = doFacts(stack).filter(({ kind }) => kind === "backup");
    expect(backups.map(({ spec }) => spec)).toMatchObject([{ sources: ["digitalocean_droplet.Vm"] }]);
    expect(Object.keys(resourcesOf(doSynth(stack), "digitalocean_database_cluster").Memory ?? {})).not.toContain("backup_restore");
  });

  test("in the picture of a stack the backups are a node of their own, beside the Droplet that they are a setting of", () => {
    const facts = doFacts(policy({})) as never;
    const resources = [{ address: "digitalocean_droplet.Vm", path: "test/Vm" }] as never;
    const { nodes, edges } = topologyOf({ facts, resources });
    expect(nodes.map(({ id }) => id)).toEqual(["test/Vm backups", "digitalocean_droplet.Vm"]);
    expect(edges).toMatchObject([{ from: "digitalocean_droplet.Vm", to: "test/Vm backups", label: "daily" }]);
  });

  test("what others switched on is told as well, by plan", () => {
    const facts = doFacts((stack) => {
      for (const id of ["A", "B", "C"]) droplet(stack, id).backups = true;
      (stack.node.findChild("C") as Droplet).putBackupPolicy({ plan: "weekly", hour: 0, weekday: "MON" });
      droplet(stack, "None");
    }).filter(({ kind }) => kind === "backup");
    expect(facts.map(({ address, spec }) => ({ address, spec }))).toMatchObject([
      { address: "digitalocean_droplet.A", spec: { sources: ["digitalocean_droplet.A", "digitalocean_droplet.B"], rpoMinutes: 28 * 60 } },
      { address: "digitalocean_droplet.C", spec: { schedules: [{ frequency: "weekly", at: "00:00", weekday: "Monday" }] } },
    ]);
  });
});

describe("fails", () => {
  const fails = (props: object, sources?: (stack: TerraformStack) => unknown) => () => doSynth(policy(props, sources));

  test("on backups more often than daily, and says what can be lost", () => {
    const schedules = { hourly: { frequency: "hourly", everyHours: 4, retentionDays: 7 } };
    expect(fails({ schedules })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 2 problems
       - schedules: got "hourly", want "daily" or "weekly": a Droplet keeps no other name
       - schedules.hourly.frequency: got "hourly", want one of "daily", "weekly": a Droplet is backed up once a day at most, so 28 hours can be lost at worst (DigitalOcean); keep what may lose less in a managed database, or sync it to another place"
    `);
  });

  test("on two plans, another retention, an hour between, and another name", () => {
    const schedules = {
      daily: { frequency: "weekly", retentionDays: 30, at: "05:00" },
      nightly: { frequency: "daily", retentionDays: 35 },
    };
    expect(fails({ schedules })).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 6 problems
       - schedules: got ["daily","nightly"], want 1 schedule at most (DigitalOcean); keep the one that you need most
       - schedules.daily.at: got "05:00", want one of "00:00", "04:00", "08:00", "12:00", "16:00", "20:00", in UTC (DigitalOcean)
       - schedules.daily.retentionDays: got 30, want 28: weekly backups are kept that long, no more and no less (DigitalOcean)
       - schedules: got "daily", want "weekly", as its frequency: "daily" or "weekly": a Droplet keeps no other name
       - schedules: got "nightly", want "daily" or "weekly": a Droplet keeps no other name
       - schedules.nightly.retentionDays: got 35, want 7: daily backups are kept that long, no more and no less (DigitalOcean)"
    `);
  });

  test("on everything that DigitalOcean lacks, at once", () => {
    const copyTo = [{ region: "ams3" }];
    const schedules = { daily: { ...daily, pointInTime: true, coldAfterDays: 3, startWindowMinutes: 60, copyTo } };
    const lock = { mode: "compliance", changeableForDays: 3 };
    const all = { profile: "sandbox", schedules, lock, selectLabels: { layer: "core" }, restoreTesting: { frequency: "monthly" } };
    expect(fails(all)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 8 problems
       - profile: got "sandbox", want nothing: the backups of Droplets are the same in sandbox and production; remove it
       - lock: got {"mode":"compliance","changeableForDays":3}, want nothing: DigitalOcean cannot lock backups, and deletes them together with the Droplet; remove it
       - selectLabels: got {"layer":"core"}, want nothing: DigitalOcean does not back up by tag, each Droplet has its own setting; remove it
       - restoreTesting: got {"frequency":"monthly"}, want nothing: DigitalOcean makes no test restores; remove it
       - schedules.daily.pointInTime: got true, want nothing: backups of Droplets have no point in time; managed databases have it by themselves; remove it
       - schedules.daily.coldAfterDays: got 3, want nothing: DigitalOcean keeps backups in one class of storage; remove it
       - schedules.daily.startWindowMinutes: got 60, want nothing: backups of Droplets begin within 4 hours, always; remove it
       - schedules.daily.copyTo: got [{"region":"ams3"}], want nothing: DigitalOcean keeps backups in the datacenter of the Droplet, and its Terraform provider cannot copy them; remove it"
    `);
  });

  test("on volumes, caches, and what has no backups at all", () => {
    const sources = (stack: TerraformStack) => [
      held(droplet(stack), new Volume(stack, "Data", { name: "data", region: "fra1", size: 10 })),
      held(cluster(stack, "valkey")),
      held(new Vpc(stack, "Network", { name: "network", region: "fra1" })),
      held(),
      { backupResources: ["digitalocean_droplet.Vm"] },
    ];
    expect(fails({}, sources)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 5 problems
       - sources.0: got "digitalocean_volume.Data", want a Droplet or a database cluster: DigitalOcean makes no scheduled snapshots of volumes; keep the data in a database or on the disk of the Droplet, or sync it to another place; for the disk alone, give { backupResources: [droplet] }
       - sources.1: got "digitalocean_database_cluster.Memory", want a Droplet or a database cluster: clusters of this engine have no backups at DigitalOcean; keep in it only what can be lost
       - sources.2: got "digitalocean_vpc.Network", want a Droplet or a database cluster: nothing else at DigitalOcean has scheduled backups; remove it
       - sources.3: got [], want a source that holds data; remove it, or give it something to hold, such as a data volume
       - sources.4: got {"backupResources":["digitalocean_droplet.Vm"]}, want something that holds data, such as a database or a VM with a data volume"
    `);
  });

  test("on a database whose own backups are not kept as long", () => {
    const sources = (stack: TerraformStack) => [held(droplet(stack)), held(cluster(stack))];
    expect(fails({ schedules: { weekly: { frequency: "weekly" } } }, sources)).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - schedules.weekly.retentionDays: got 28, want 7 or less: digitalocean_database_cluster.Memory makes its own backups, as managed databases of DigitalOcean do, and keeps them for 7 days; take it out of this policy; what is to be kept longer has to be exported, to a bucket for one"
    `);
  });

  test("on a policy that would have nothing to do", () => {
    expect(fails({}, (stack) => [held(cluster(stack))])).toThrowErrorMatchingInlineSnapshot(`
     "test/Backups: 1 problem
       - sources: got ["digitalocean_database_cluster.Memory"], want one source or more that does not make its own backups: the policy would have nothing to do; remove the policy, or add what it is to back up"
    `);
  });

  test("on a second policy for a Droplet", () => {
    const both = (stack: TerraformStack) => {
      const vm = held(droplet(stack));
      new DigitalOceanBackupPolicy(stack, "First", { sources: [vm], schedules: { daily } });
      return new DigitalOceanBackupPolicy(stack, "Second", { sources: [vm], schedules: { weekly: { frequency: "weekly" } } });
    };
    expect(() => doSynth(both)).toThrowErrorMatchingInlineSnapshot(`
     "test/Second: 1 problem
       - sources.0: got "digitalocean_droplet.Vm", want a Droplet whose backups are not set yet: it has one plan of backups only; leave it to one policy"
    `);
  });

  test("on a Droplet of another stack, whose facts would not tell it", () => {
    const app = () =>
      synthApp((root) => {
        const [data, backups] = ["data", "backups"].map((id) => new TerraformStack(root, id)) as [TerraformStack, TerraformStack];
        new DigitaloceanProvider(data, "digitalocean", {});
        new DigitalOceanBackupPolicy(backups, "Backups", { sources: [held(droplet(data))], schedules: { daily } });
      });
    expect(app).toThrowErrorMatchingInlineSnapshot(`
     "backups/Backups: 1 problem
       - sources.0: got "digitalocean_droplet.Vm", want a resource of the same stack: backups are set on the Droplet itself; make the policy in the stack of the Droplet"
    `);
  });
});
