import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { oci } from "cdktf-governed-agents/oci";
import { budgetIssues } from "../../lib/cost/budget";
import { ociPrices } from "../../lib/oci/prices";
import { IntentError } from "../../lib/spec/check";
import { providerSchema } from "../schema/provider-schema";
import { costs, ociEstimate, ociVerdict, type Resources } from "./price-support";

const A1_HOURS = ["A1 OCPU hours", "A1 GB hours"];
const vm = (attributes: object = {}, shape = "VM.Standard.A1.Flex"): Resources => ({
  oci_core_instance: {
    Vm: {
      shape,
      shape_config: { ocpus: 4, memory_in_gbs: 8 },
      create_vnic_details: { assign_public_ip: false },
      source_details: { source_type: "bootVolume", source_id: "b" },
      ...attributes,
    },
  },
});
const reasons = (resources: Resources, region?: unknown) =>
  ociEstimate(resources, {}, region).gaps.map(({ reason, meter }) => `${reason}: ${meter ?? "all"}`);

describe("4 OCPU and 8 GB of A1", () => {
  // (.01 x 4 + .0015 x 8) x 730 = 37.96
  test("are 37.96 at list price and fail a cap of 20.00, whatever is free", () => {
    expect(ociVerdict(vm())).toMatchObject({ usd: "37.96", verdict: "fail" });
    expect(ociVerdict(vm(), {}, { allowances: A1_HOURS })).toMatchObject({ usd: "37.96", verdict: "fail" });
  });

  // .01 x (2920 - 1500) = 14.20; 5840 of 9000 GB hours are free
  test("are 14.20 net of the free hours that the caller names", () => {
    const { totals } = ociEstimate(vm(), { allowances: A1_HOURS });
    expect(totals).toMatchObject({ gross: { high: "37.96" }, credit: { high: "23.76" }, net: { high: "14.20" } });
    expect(ociVerdict(vm(), { measure: "net-high" }, { allowances: A1_HOURS })).toMatchObject({ usd: "14.20", verdict: "pass" });
  });

  test("the free hours are those of the tenancy: a second machine pays", () => {
    const { Vm } = vm().oci_core_instance as Record<string, object>;
    const { totals } = ociEstimate({ oci_core_instance: { One: Vm as object, Two: Vm as object } }, { allowances: A1_HOURS });
    // 75.92 - .01 x 1500 - .0015 x 9000
    expect(totals).toMatchObject({ gross: { high: "75.92" }, net: { high: "47.42" } });
  });

  test("are told with what costs most and the cheapest change that fits", () => {
    expect(new IntentError("city", budgetIssues(ociVerdict(vm()))).message).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got 37.96, want at most 20.00 for the stack (gross-high); largest: oci_core_instance.Vm 37.96 (OCPU of VM.Standard.A1.Flex, 1 machine x 4 OCPU x 730 h); cheapest change that fits: 2 OCPU and 4 GB instead of 4 and 8 (oci_core_instance.Vm) makes it 18.98, at the price of half of the capacity"
    `);
  });

  test("have no price to rely on with the default age of prices: the list is of 2024", () => {
    expect(ociVerdict(vm(), { usdPerMonth: 100 }, { maxPriceAgeDays: 400 })).toMatchObject({
      verdict: "fail",
      problems: [{ kind: "stale-price" }, { kind: "stale-price" }],
    });
  });
});

describe("a machine", () => {
  test("pays for its boot volume by size and performance, and for volumes that are launched with it", () => {
    const source_details = { source_type: "image", boot_volume_size_in_gbs: "50", boot_volume_vpus_per_gb: "20" };
    const launched = { launch_create_volume_details: { size_in_gbs: 100 } };
    // .0255 x 50, .0017 x 50 x 20, .0255 x 100, .0017 x 100 x 10
    expect(costs(ociEstimate(vm({ source_details, launch_volume_attachments: [launched], state: "STOPPED" })))).toEqual({
      "boot volume": "1.275",
      "performance of the boot volume": "1.7",
      "launched volume": "2.55",
      "performance of the launched volume": "1.7",
    });
  });

  test("of the E family is priced by its own rows: 2 OCPU and 8 GB are 45.26", () => {
    const config = { shape_config: { ocpus: 2, memory_in_gbs: 8 } };
    expect(ociVerdict(vm(config, "VM.Standard.E4.Flex"))).toMatchObject({ usd: "45.26" });
  });

  test.each<[string, Resources, string]>([
    ["a shape that is not in the book", vm({}, "VM.Standard.E6.Flex"), "price-missing: machine hours"],
    [
      "a burstable share",
      vm({ shape_config: { ocpus: 1, memory_in_gbs: 4, baseline_ocpu_utilization: "BASELINE_1_8" } }),
      "price-missing: machine hours",
    ],
    ["a preemptible machine", vm({ preemptible_instance_config: [{}] }), "price-missing: machine hours"],
    [
      "a size known only at apply",
      vm({ shape_config: { ocpus: "${var.n}", memory_in_gbs: 8 } }),
      "quantity-unknown-at-synth: machine hours",
    ],
    ["a disk whose size the image decides", vm({ source_details: { source_type: "image" } }), "quantity-unknown-at-synth: boot volume"],
    ["a public address", vm({ create_vnic_details: { assign_public_ip: "true" } }), "price-missing: public IPv4 address"],
  ])("with %s has a gap", (_, resources, gap) => expect(reasons(resources)).toContain(gap));

  test("gets a public address in a subnet that allows it, without a word", () => {
    const subnet = (attributes: object): Resources => ({
      ...vm({ create_vnic_details: { subnet_id: "${oci_core_subnet.S.id}" } }),
      oci_core_subnet: { S: attributes },
    });
    expect(reasons(subnet({}))).toEqual(["price-missing: public IPv4 address"]);
    expect(reasons(subnet({ prohibit_public_ip_on_vnic: true }))).toEqual([]);
  });
});

describe("what scales", () => {
  const pool = (size: unknown, capacity?: object): Resources => ({
    oci_core_instance_configuration: {
      Template: {
        instance_details: {
          launch_details: {
            shape: "VM.Standard.A1.Flex",
            shape_config: { ocpus: 1, memory_in_gbs: 6 },
            create_vnic_details: { assign_public_ip: false },
            source_details: { source_type: "image", boot_volume_size_in_gbs: "50" },
          },
        },
      },
    },
    oci_core_instance_pool: { Pool: { instance_configuration_id: "${oci_core_instance_configuration.Template.id}", size } },
    ...(capacity && {
      oci_autoscaling_auto_scaling_configuration: {
        Scaling: { auto_scaling_resources: { id: "${oci_core_instance_pool.Pool.id}" }, policies: [{ capacity }] },
      },
    }),
  });

  test("a pool costs its machines from the fewest to the most", () => {
    // (.01 + .0015 x 6) x 730 = 13.87 and .0425 x 50 = 2.125 each
    expect(ociEstimate(pool(2)).totals?.gross).toEqual({ low: "31.99", expected: "31.99", high: "31.99" });
    expect(ociEstimate(pool(2, { min: 1, max: 4, initial: 2 })).totals?.gross).toEqual({ low: "16.00", expected: "31.99", high: "63.98" });
  });

  test("a pool without a most is unbounded, and one of unknown size is a gap", () => {
    expect(reasons(pool(1, { min: 1 }))).toContain("unbounded: OCPU of VM.Standard.A1.Flex");
    expect(reasons(pool("${var.size}"))).toEqual(["quantity-unknown-at-synth: all"]);
  });

  test("container instances cost what machines of their shape cost, and are no part of the free hours", () => {
    const instance = {
      shape: "CI.Standard.A1.Flex",
      shape_config: { ocpus: 1, memory_in_gbs: 4 },
      vnics: [{ is_public_ip_assigned: false }],
    };
    const made = ociEstimate({ oci_container_instances_container_instance: { Agent: instance } }, { allowances: A1_HOURS });
    // (.01 + .0015 x 4) x 730
    expect(made.totals).toMatchObject({ gross: { high: "11.68" }, net: { high: "11.68" } });
  });
});

describe("a load balancer", () => {
  const balancer = (attributes: object): Resources => ({ oci_load_balancer_load_balancer: { Lb: { is_private: true, ...attributes } } });
  const flexible = { shape: "flexible", shape_details: { minimum_bandwidth_in_mbps: 10, maximum_bandwidth_in_mbps: 100 } };

  test("costs its hours, and the bandwidth that it has at least to the one that it may use", () => {
    // .0113 x 730 = 8.249; .0001 x 10 x 730 = .73, .0001 x 100 x 730 = 7.30
    expect(ociEstimate(balancer(flexible)).totals?.gross).toEqual({ low: "8.98", expected: "8.98", high: "15.55" });
    const free = { allowances: ["load balancer hours", "load balancer Mbps hours"] };
    expect(ociEstimate(balancer(flexible), free).totals?.net).toEqual({ low: "0.00", expected: "0.00", high: "6.56" });
    expect(costs(ociEstimate(balancer({ shape: "100Mbps" })))).toEqual({
      "load balancer": "8.249",
      "bandwidth of the load balancer": "7.3",
    });
  });

  test("pays for what goes out by the region that it is in", () => {
    const open = balancer({ ...flexible, is_private: false });
    const usage = { usage: { declared: { "oci_load_balancer_load_balancer.Lb": { egressGB: { low: 100, expected: 100, high: 100 } } } } };
    const paid = (region: string) => costs(ociEstimate(open, usage, region))["data to the internet"];
    expect([paid("eu-frankfurt-1"), paid("ap-tokyo-1"), paid("me-dubai-1")]).toEqual(["0.85", "2.5", "5"]);
    expect(reasons(open, "mx-queretaro-1")).toEqual(["price-missing: data to the internet"]);
    expect(reasons(open, "${var.region}")).toEqual(["quantity-unknown-at-synth: data to the internet"]);
  });
});

describe("keys, storage and messages", () => {
  const small = { usage: { profile: "small" } } as const;

  test.each<[string, Resources, Readonly<Record<string, string>>]>([
    ["a volume", { oci_core_volume: { V: { size_in_gbs: "100" } } }, { volume: "2.55", "performance of the volume": "1.7" }],
    ["a volume of lower cost", { oci_core_volume: { V: { size_in_gbs: "100", vpus_per_gb: "0" } } }, { volume: "2.55" }],
    ["a key in hardware", { oci_kms_key: { K: { protection_mode: "HSM" } } }, { "key version": "0.5334" }],
    ["a private vault", { oci_kms_vault: { V: { vault_type: "VIRTUAL_PRIVATE" } } }, { "private vault": "2718.52" }],
    [
      "a bucket",
      { oci_objectstorage_bucket: { B: {} } },
      { "objects held": "1.275", "objects written and listed": "0.034", "objects read": "0.034" },
    ],
    ["a log", { oci_logging_log: { L: {} } }, { "logs kept": "0.3" }],
    ["a web firewall", { oci_waf_web_app_firewall: { W: {} } }, { "web firewall": "5", "requests through the web firewall": "1.2" }],
    ["a zone", { oci_dns_zone: { Z: { scope: "GLOBAL" } } }, { "DNS look-ups": "1.7" }],
    ["e-mails", { oci_ons_subscription: { S: { protocol: "EMAIL" } } }, { "e-mails": "0.02" }],
  ])("%s", (_, resources, expected) => expect(costs(ociEstimate(resources, small))).toEqual(expected));

  test("backups of a volume, which are kept in object storage, and once more where they are copied to", () => {
    const resources = {
      oci_core_volume: { Data: { size_in_gbs: 50 } },
      oci_core_volume_backup_policy: { Policy: { destination_region: "us-phoenix-1" } },
      oci_core_volume_backup_policy_assignment: {
        A: { asset_id: "${oci_core_volume.Data.id}", policy_id: "${oci_core_volume_backup_policy.Policy.id}" },
      },
    };
    expect(costs(ociEstimate(resources, small))).toMatchObject({
      "backups of oci_core_volume.Data": "1.53",
      "copies of oci_core_volume.Data in us-phoenix-1": "1.53",
      "data to us-phoenix-1": "0.17",
    });
  });

  test("what is free is counted as such", () => {
    const resources = {
      oci_kms_vault: { V: { vault_type: "DEFAULT" } },
      oci_kms_key: { K: { protection_mode: "SOFTWARE" } },
      oci_core_vcn: { N: {} },
    };
    expect(ociEstimate(resources)).toMatchObject({ free: { oci_kms_vault: 1, oci_kms_key: 1, oci_core_vcn: 1 }, complete: true });
  });

  test.each<[string, Resources, string[]]>([
    [
      "the managed database",
      { oci_psql_db_system: { D: { instance_count: 2 } } },
      ["price-missing: database hours (2 nodes)", "price-missing: database storage and backups"],
    ],
    ["a NAT gateway", { oci_core_nat_gateway: { N: {} } }, ["price-missing: NAT gateway"]],
    ["a kept address", { oci_core_public_ip: { A: {} } }, ["price-missing: public IPv4 address"]],
    [
      "a replica of a volume",
      { oci_core_volume: { V: { size_in_gbs: 50, block_volume_replicas: [{}] } } },
      ["price-missing: volume replica"],
    ],
    ["messages by phone", { oci_ons_subscription: { S: { protocol: "SMS" } } }, ["price-missing: deliveries"]],
    ["a type that nobody knows", { oci_quantum_computer: { Q: {} } }, ["no-rule-for-type: all"]],
  ])("%s has no sourced price, and says so", (_, resources, gaps) => expect(reasons(resources)).toEqual(gaps));
});

describe("the prices of OCI", () => {
  const known = (type: string) => type in ociPrices.rules || type in ociPrices.free;

  test("say of every type in the schema what it costs, or that it is free, and only one of both", () => {
    const types = Object.keys(providerSchema("oci")?.resource_schemas ?? {});
    expect(types.length).toBeGreaterThan(70);
    expect(types.filter((type) => !known(type))).toEqual([]);
    expect(Object.keys(ociPrices.rules).filter((type) => type in ociPrices.free)).toEqual([]);
  });

  test("say it of every type that a construct makes", () => {
    const lib = join(__dirname, "../../lib/oci");
    const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.startsWith("bindings"),
    );
    const imports = files.flatMap((name) => [...readFileSync(join(lib, name), "utf8").matchAll(/bindings\/([a-z0-9-]+)"/g)]);
    const things = new Set(
      imports.map((match) => match[1] as string).filter((thing) => thing !== "provider" && !thing.startsWith("data-")),
    );
    const types = [...things].map((thing) => `oci_${thing.replaceAll("-", "_")}`);
    expect(types.length).toBeGreaterThan(15);
    expect(types.filter((type) => !known(type))).toEqual([]);
  });

  test("ask for no row that the book does not have", () => {
    const book = oci.prices?.book();
    const text = readdirSync(join(__dirname, "../../lib/oci/prices")).map((name) =>
      readFileSync(join(__dirname, "../../lib/oci/prices", name), "utf8"),
    );
    const asked = [...text.join("\n").matchAll(/meter\("([^"]+)", "([^"]+)", "([^"]+)"\)/g)];
    expect(asked.length).toBeGreaterThan(10);
    const missing = asked.filter(
      ([, service = "", sku = "", unit = ""]) => !("row" in (book?.find({ service, sku, unit, region: "global" }) ?? {})),
    );
    expect(missing.map(([call]) => call)).toEqual([]);
  });
});
