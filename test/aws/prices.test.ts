import { budgetIssues } from "../../lib/cost/budget";
import { IntentError } from "../../lib/spec/check";
import { awsEstimate, awsInventory, awsVerdict, costs, type Resources } from "./price-support";

/** A machine with a public address and 20 GB: the stack that a cap of 20.00 was written for. */
const machine = (instance_type: string, volume_size = 20): Resources => ({
  aws_instance: { Vm: { instance_type, associate_public_ip_address: true, root_block_device: { volume_type: "gp3", volume_size } } },
});
const NAT: Resources = { aws_nat_gateway: { Nat: { connectivity_type: "public" } } };
const database = (attributes: object): Resources => ({
  aws_db_instance: {
    Db: { engine: "postgres", instance_class: "db.t4g.medium", storage_type: "gp3", allocated_storage: 20, ...attributes },
  },
});
const message = (resources: Resources) => new IntentError("city", budgetIssues(awsVerdict(resources))).message;

/** The sums are made by hand from the gathered prices (us-east-1, 730 hours): price x quantity, added, rounded once. */
describe("the stacks that a cap of 20.00 decides", () => {
  test.each<[string, Resources, string, "pass" | "fail"]>([
    // .0168 x 730 = 12.264, .005 x 730 = 3.65, .08 x 20 = 1.60
    ["t4g.small with address and 20 GB", machine("t4g.small"), "17.51", "pass"],
    // .0416 x 730 = 30.368, 3.65, 1.60
    ["t3.medium with address and 20 GB", machine("t3.medium"), "35.62", "fail"],
    // .0084 x 730 = 6.132, 3.65, .08 x 8 = .64
    ["t4g.micro with address and 8 GB", machine("t4g.micro", 8), "10.42", "pass"],
    // .045 x 730
    ["one NAT gateway, without traffic", NAT, "32.85", "fail"],
    // .0225 x 730 = 16.425, two addresses 7.30
    ["a load balancer in two subnets", { aws_lb: { Lb: { internal: false, subnets: ["a", "b"] } } }, "23.73", "fail"],
    // .016 x 730 = 11.68, .115 x 20 = 2.30
    ["db.t4g.micro in one zone with 20 GB", database({ instance_class: "db.t4g.micro" }), "13.98", "pass"],
  ])("%s: %s", (_, resources, usd, verdict) => {
    expect(awsVerdict(resources)).toMatchObject({ usd, verdict });
  });

  test("an unsupported type fails", () => {
    expect(awsVerdict({ ...machine("t4g.small"), aws_quantum_computer: { Q: {} } })).toMatchObject({
      verdict: "fail",
      usd: "17.51",
      problems: [{ kind: "no-rule-for-type", addresses: ["aws_quantum_computer.Q"] }],
    });
  });

  test("a failure names what costs most and the cheapest change that fits", () => {
    expect([machine("t3.medium"), NAT, { ...machine("t3.medium"), ...NAT }].map(message).join("\n")).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got 35.62, want at most 20.00 for the stack (gross-high); largest: aws_instance.Vm 35.62 (machine t3.medium, 1 machine x 730 h); cheapest change that fits: instance_type "t3a.small" instead of "t3.medium" (aws_instance.Vm) makes it 18.97, at the price of capacity (small is smaller than medium)
     city: 1 problem
       - budgetUsdPerMonth: got 32.85, want at most 20.00 for the stack (gross-high); largest: aws_nat_gateway.Nat 32.85 (NAT gateway, 1 gateway x 730 h); cheapest change that fits: egress "nat-instance" instead of a NAT gateway (aws_nat_gateway.Nat) makes it 3.71, at the price of failover of the way out
     city: 1 problem
       - budgetUsdPerMonth: got 68.47, want at most 20.00 for the stack (gross-high); largest: aws_instance.Vm 35.62 (machine t3.medium, 1 machine x 730 h), aws_nat_gateway.Nat 32.85 (NAT gateway, 1 gateway x 730 h); cheapest change that fits: egress "nat-instance" instead of a NAT gateway (aws_nat_gateway.Nat) and instance_type "t3.micro" instead of "t3.medium" (aws_instance.Vm) makes it 16.55, at the price of failover of the way out and capacity (micro is smaller than medium)"
    `);
  });
});

describe("a database", () => {
  const hours = (attributes: object) =>
    awsEstimate(awsInventory(database(attributes))).lines.find((line) => line.unit === "instance-hour" && line.kind === "fixed");

  test("in two zones has a price of its own, which is not twice that of one zone", () => {
    expect(hours({ multi_az: true })).toMatchObject({ sku: "db.t4g.medium:multi-az", unitUsd: "0.129", usd: { high: "94.17" } });
    expect(hours({ multi_az: false })).toMatchObject({ sku: "db.t4g.medium:single-az", unitUsd: "0.065", usd: { high: "47.45" } });
  });

  test("costs the storage that it may grow to, at most", () => {
    const made = awsEstimate(awsInventory(database({ multi_az: true, max_allocated_storage: 100 })));
    expect(made.lines.find((line) => line.meter === "database storage")).toMatchObject({
      unitUsd: "0.23",
      basis: "20 to 100 GiB gp3",
      usd: { low: "4.6", expected: "4.6", high: "23" },
    });
  });

  test("that is a replica has engine and size of its source, and its own zones and password", () => {
    const replica = { instance_class: "db.t4g.micro", storage_type: "gp3", replicate_source_db: "${aws_db_instance.Db.identifier}" };
    const { aws_db_instance } = database({ multi_az: true, manage_master_user_password: true });
    const made = awsEstimate(awsInventory({ aws_db_instance: { ...aws_db_instance, Replica: replica } }));
    const own = { ...made, lines: made.lines.filter((line) => line.address === "aws_db_instance.Replica") };
    expect(costs(own)).toEqual({ "database db.t4g.micro, single-az": "11.68", "database storage": "2.3" });
  });

  test.each([
    ["another engine", { engine: "oracle-ee" }, "price-missing"],
    ["a class that is not in the book", { instance_class: "db.x9.mega" }, "price-missing"],
    ["a class known only at apply", { instance_class: "${var.class}" }, "quantity-unknown-at-synth"],
    ["zones known only at apply", { multi_az: "${var.ha}" }, "quantity-unknown-at-synth"],
    ["storage known only at apply", { allocated_storage: "${var.size}" }, "quantity-unknown-at-synth"],
    ["performance data of two years", { performance_insights_retention_period: 731 }, "price-missing"],
  ])("with %s has a gap", (_, attributes, reason) => {
    expect(awsEstimate(awsInventory(database(attributes))).gaps).toMatchObject([{ reason }]);
  });
});

describe("a machine", () => {
  test("pays for detailed monitoring, IOPS and throughput beyond the baseline, and further disks", () => {
    const resources: Resources = {
      aws_instance: {
        Vm: {
          instance_type: "t4g.small",
          monitoring: true,
          root_block_device: { volume_type: "gp3", volume_size: 10, iops: 4000, throughput: 200 },
          ebs_block_device: [{ device_name: "/dev/sdf", volume_type: "gp2", volume_size: 5 }],
        },
      },
    };
    // .30 x 7, .08 x 10, .005 x 1000, .04 x 75, .10 x 5
    expect(costs(awsEstimate(awsInventory(resources)))).toEqual({
      "machine t4g.small": "12.264",
      "detailed monitoring": "2.1",
      "root volume": "0.8",
      "IOPS of the root volume": "5",
      "throughput of the root volume": "3",
      "volume /dev/sdf": "0.5",
    });
  });

  test.each([
    ["its own", {}, {}, true],
    ["none", { associate_public_ip_address: false }, {}, false],
    [
      "that of its subnet",
      { associate_public_ip_address: undefined, subnet_id: "${aws_subnet.S.id}" },
      { map_public_ip_on_launch: true },
      true,
    ],
    ["none of its subnet", { associate_public_ip_address: undefined, subnet_id: "${aws_subnet.S.id}" }, {}, false],
  ])("has a public address: %s", (_, attributes, subnet, charged) => {
    const { Vm } = machine("t4g.small").aws_instance as { Vm: object };
    const made = awsEstimate(awsInventory({ aws_instance: { Vm: { ...Vm, ...attributes } }, aws_subnet: { S: subnet } }));
    expect("public IPv4 address" in costs(made)).toBe(charged);
  });

  test("with an elastic address pays for one address", () => {
    const made = awsEstimate(awsInventory({ ...machine("t4g.small"), aws_eip: { E: { instance: "${aws_instance.Vm.id}" } } }));
    expect(made.lines.filter((line) => line.meter === "public IPv4 address").map((line) => line.address)).toEqual(["aws_eip.E"]);
    expect(made.totals?.gross.high).toBe("17.51");
  });

  test("that is stopped goes on paying for its disks", () => {
    const stopped = { aws_ec2_instance_state: { S: { instance_id: "${aws_instance.Vm.id}", state: "stopped" } } };
    expect(costs(awsEstimate(awsInventory({ ...machine("t4g.small"), ...stopped })))).toEqual({ "root volume": "1.6" });
  });

  test.each([
    ["spot", { instance_market_options: { market_type: "spot" } }, "price-missing"],
    ["hardware of its own", { tenancy: "dedicated" }, "price-missing"],
    ["a type known only at apply", { instance_type: "${var.type}" }, "quantity-unknown-at-synth"],
    ["a disk that the image decides", { root_block_device: undefined }, "quantity-unknown-at-synth"],
  ])("with %s has a gap", (_, attributes, reason) => {
    const { Vm } = machine("t4g.small").aws_instance as { Vm: object };
    expect(awsEstimate(awsInventory({ aws_instance: { Vm: { ...Vm, ...attributes } } })).gaps).toMatchObject([{ reason }]);
  });
});

describe("groups that scale", () => {
  const template = {
    aws_launch_template: {
      T: {
        instance_type: "t4g.small",
        block_device_mappings: [{ device_name: "/dev/xvda", ebs: { volume_size: 10, volume_type: "gp3" } }],
      },
    },
  };
  const group = (attributes: object): Resources => ({
    ...template,
    aws_autoscaling_group: {
      G: { launch_template: { id: "${aws_launch_template.T.id}" }, min_size: 1, max_size: 4, desired_capacity: 2, ...attributes },
    },
  });
  const service = (target: object, attributes: object = {}): Resources => ({
    aws_ecs_service: {
      S: { name: "agent", launch_type: "FARGATE", desired_count: 1, task_definition: "${aws_ecs_task_definition.T.arn}", ...attributes },
    },
    aws_ecs_task_definition: { T: { cpu: "512", memory: "1024", runtime_platform: { cpu_architecture: "ARM64" } } },
    aws_appautoscaling_target: { A: { resource_id: "service/c/${aws_ecs_service.S.name}", min_capacity: 1, max_capacity: 5, ...target } },
  });

  test("of machines cost from the fewest to the most", () => {
    // (12.264 + .80) x 1, 2, 4
    expect(awsEstimate(awsInventory(group({}))).totals?.gross).toEqual({ low: "13.06", expected: "26.13", high: "52.26" });
  });

  test("of tasks cost from the fewest to the most", () => {
    // (.5 x .03238 + 1 x .00356) x 730 = 14.4175 for one, 72.0875 for five
    expect(awsEstimate(awsInventory(service({}))).totals?.gross).toEqual({ low: "14.42", expected: "14.42", high: "72.09" });
  });

  test("x86 is dearer, scratch space beyond 20 GB and public addresses are extra", () => {
    const task = { T: { cpu: 256, memory: 512, ephemeral_storage: { size_in_gib: 30 } } };
    const plain = { ...service({}, { network_configuration: { assign_public_ip: true } }), aws_ecs_task_definition: task };
    const made = awsEstimate(awsInventory({ ...plain, aws_appautoscaling_target: {} }));
    // .25 x .04048 x 730, .5 x .004445 x 730, 10 x .000111 x 730, .005 x 730
    expect(costs(made)).toEqual({
      "task CPU": "7.3876",
      "task memory": "1.622425",
      "task scratch space": "0.8103",
      "public IPv4 address": "3.65",
    });
  });

  test.each([undefined, null, "unlimited", -1])("a most of %p is no most", (most) => {
    for (const resources of [group({ max_size: most }), service({ max_capacity: most })]) {
      const { gaps } = awsEstimate(awsInventory(resources));
      expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(["unbounded"]));
      expect(awsVerdict(resources, { mode: "advisory" })).toMatchObject({ verdict: "fail" });
    }
  });

  test("a most known only at apply is not known", () => {
    expect(awsEstimate(awsInventory(service({ max_capacity: "${var.max}" }))).gaps).toMatchObject([
      { reason: "quantity-unknown-at-synth" },
    ]);
  });

  test("a service that is switched off costs nothing", () => {
    expect(awsEstimate(awsInventory(service({ min_capacity: 0, max_capacity: 0 }))).totals?.gross.high).toBe("0.00");
  });

  test("prices of Fargate in us-east-1 are of grade C and old: they do not pass silently", () => {
    const kinds = awsVerdict(service({ max_capacity: 1 })).problems.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["stale-price", "weak-price"]));
    const acceptUnpriced = [{ what: "aws_ecs_service", reason: "checked against the bill of October", expires: "2027-01-31" }];
    expect(awsVerdict(service({ max_capacity: 1 }), { acceptUnpriced })).toMatchObject({ verdict: "pass", usd: "14.42" });
  });

  test.each([
    ["Fargate Spot", { launch_type: undefined, capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT" }] }],
    ["a task definition from elsewhere", { task_definition: "arn:aws:ecs:us-east-1:123456789012:task-definition/x:1" }],
  ])("%s is a gap", (_, attributes) => {
    expect(awsEstimate(awsInventory(service({}, attributes)))).toMatchObject({ lines: [], complete: false });
  });
});

describe("cheaper ways that AWS has", () => {
  const acceptUnpriced = [{ what: "aws_ecs_service", reason: "checked against the bill of October", expires: "2027-01-31" }];
  const service = (cpu_architecture: string, max_capacity: number): Resources => ({
    aws_ecs_service: { S: { launch_type: "FARGATE", task_definition: "${aws_ecs_task_definition.T.arn}" } },
    aws_ecs_task_definition: { T: { cpu: "512", memory: "1024", runtime_platform: { cpu_architecture } } },
    aws_appautoscaling_target: { A: { resource_id: "service/c/${aws_ecs_service.S.name}", min_capacity: 1, max_capacity } },
  });

  test.each<[string, Resources, number, string, string]>([
    // (.5 x .03238 + .00356) x 730 = 14.4175 on arm64, 18.02005 on x86
    ["a processor that costs less", service("X86_64", 1), 15, 'architecture "arm64" instead of x86', "14.42"],
    ["fewer tasks at most", service("ARM64", 5), 45, "replicas.max 3 instead of 5", "43.25"],
    // .065 x 730 + 2.30
    ["one zone", database({ multi_az: true }), 50, "one zone instead of two", "49.75"],
    // .016 x 730 + 2.30
    ["a smaller class", database({}), 14, 'instance_class "db.t4g.micro" instead of "db.t4g.medium"', "13.98"],
    [
      "no private endpoint",
      { aws_vpc_endpoint: { E: { vpc_endpoint_type: "Interface", subnet_ids: ["a"] } } },
      5,
      "no interface endpoint",
      "0.00",
    ],
  ])("%s", (_, resources, usdPerMonth, change, usd) => {
    const verdict = awsVerdict(resources, { usdPerMonth, acceptUnpriced, mode: "advisory" });
    expect(verdict.change).toMatchObject({ fits: true, changes: [{ change }], usd });
  });

  test("a machine keeps its kind of processor", () => {
    expect(awsVerdict(machine("t4g.medium")).change?.changes[0]?.change).toBe('instance_type "t4g.small" instead of "t4g.medium"');
    expect(awsVerdict(machine("t3.medium")).change?.changes[0]?.change).toBe('instance_type "t3a.small" instead of "t3.medium"');
  });
});
