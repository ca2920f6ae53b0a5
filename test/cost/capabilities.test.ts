import type { Fact } from "../../lib/facts/fact";
import { lackingOf, tryCapabilities } from "../../lib/cost/capabilities";

const fact = (kind: Fact["kind"], spec: object): Fact => ({ kind, address: `${kind}.One`, path: "stack/One", spec }) as Fact;

const machine = fact("agent-vm", { size: "medium", dataVolumeGiB: 20, zone: "a" });
const service = fact("agent-service", { vcpu: 0.5, memoryMiB: 1024, replicas: { min: 3, max: 9 } });
const database = fact("postgres", { storageGiB: 30, zones: 2 });
const network = (egress: string, more: object = {}) => fact("network", { egress, ...more });
const balancer = (exposure: string) => fact("load-balancer", { exposure });

describe("what a stack can do", () => {
  test.each<[string, readonly Fact[], object]>([
    [
      "a machine",
      [machine, network("public-ip")],
      { vcpus: 4, memoryGiB: 8, storageGiB: 20, zones: 1, database: "none", egress: "direct" },
    ],
    ["a service by its least copies", [service, network("nat-gateway")], { vcpus: 1.5, memoryGiB: 3, zones: 2, egress: "shared-address" }],
    ["a database alone", [database], { vcpus: 0, storageGiB: 30, zones: 2, database: "two-zones", egress: "none", ingress: "none" }],
    ["all of it", [machine, service, database, balancer("internal"), balancer("public")], { vcpus: 5.5, zones: 1, ingress: "public" }],
    ["a private balancer", [service, balancer("internal")], { ingress: "private" }],
  ])("is read from its facts: %s", (_name, facts, capabilities) => {
    expect(tryCapabilities(facts)).toMatchObject({ runtime: "continuous", ...capabilities });
  });

  test("is that of jobs only where nothing runs all the time", () => {
    const job = fact("job-agent", { runtime: "job", vcpu: 2, memoryMiB: 8192 });
    const alone = { runtime: "job", vcpus: 4, memoryGiB: 16, storageGiB: 0, zones: 1, ingress: "none", database: "none", egress: "direct" };
    expect(tryCapabilities([job, job])).toEqual(alone);
    expect(tryCapabilities([job, service])).toEqual(tryCapabilities([service]));
  });

  test("is unknown where nothing runs and nothing is held", () => {
    expect(tryCapabilities([network("none"), balancer("public")])).toBeUndefined();
  });
});

describe("what a side lacks", () => {
  const sides = [
    { name: "one", facts: [machine, network("public-ip", { zones: ["a"], flowLogRetentionDays: 365 }), fact("backup", { schedules: [] })] },
    { name: "two", facts: [fact("agent-vm", { size: "small" }), network("public-ip", { zones: undefined, region: "fra1" })] },
  ];

  test("is a whole intent, or a prop of one that another side has", () => {
    expect(lackingOf(sides)).toEqual([
      { name: "one", lacks: [] },
      { name: "two", lacks: ["agent-vm.dataVolumeGiB", "agent-vm.zone", "backup", "network.flowLogRetentionDays", "network.zones"] },
    ]);
  });

  test("is nothing between sides that say the same", () => {
    const [one] = sides as [(typeof sides)[0]];
    expect(lackingOf([one, { ...one, name: "again" }]).map(({ lacks }) => lacks)).toEqual([[], []]);
  });
});
