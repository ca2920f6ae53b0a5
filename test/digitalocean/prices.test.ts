import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { digitalocean } from "cdktf-governed-agents/digitalocean";
import { budgetIssues, checkBudget } from "../../lib/cost/budget";
import { estimate } from "../../lib/cost/estimate";
import { BACKUP_FRACTION } from "../../lib/digitalocean/prices/droplets";
import { Inventory } from "../../lib/facts/inventory";
import type { ProviderPrices } from "../../lib/cost/rule";
import { IntentError } from "../../lib/spec/check";
import { providerSchema } from "../schema/provider-schema";
import { AS_OF, costs, doEstimate, gaps, type Resources } from "./price-support";

const LATER = "${var.later}";
const prices = digitalocean.prices as ProviderPrices;
const lib = join(__dirname, "../../lib/digitalocean");

const droplet = (attributes: object): Resources => ({ digitalocean_droplet: { Vm: { size: "s-2vcpu-4gb", ...attributes } } });
const database = (attributes: object): Resources => ({
  digitalocean_database_cluster: { Db: { engine: "pg", size: "db-s-1vcpu-2gb", node_count: 1, ...attributes } },
});
const balancer = (attributes: Record<string, unknown>): Resources => ({ digitalocean_loadbalancer: { Lb: attributes } });
const app = (spec: unknown): Resources => ({ digitalocean_app: { App: { spec } } });
const service = (attributes: object) => app({ service: [{ name: "api", instance_size_slug: "apps-d-1vcpu-1gb", ...attributes }] });

/** Sums by hand from the gathered prices: the same in all regions, a month at the cap of 672 hours. */
describe("what costs all month", () => {
  test.each<[string, Resources, Readonly<Record<string, string>>]>([
    ["a droplet at its cap, not 730 times the hour", droplet({ size: "s-1vcpu-1gb" }), { "droplet s-1vcpu-1gb": "6" }],
    ["daily backups: 30 %", droplet({ backups: true }), { "droplet s-2vcpu-4gb": "24", "daily backups": "7.2" }],
    [
      "weekly backups: 20 %",
      droplet({ backups: true, backup_policy: { plan: "weekly" } }),
      { "droplet s-2vcpu-4gb": "24", "weekly backups": "4.8" },
    ],
    ["a plan without backups", droplet({ backups: false, backup_policy: { plan: "weekly" } }), { "droplet s-2vcpu-4gb": "24" }],
    ["a volume", { digitalocean_volume: { V: { size: 50 } } }, { volume: "5" }],
    ["a load balancer", balancer({}), { "load balancer": "12" }],
    ["three nodes", balancer({ size_unit: 3 }), { "load balancer": "36" }],
    ["the same in the older words", balancer({ size: "lb-medium" }), { "load balancer": "36" }],
    ["a balancer of packets", balancer({ type: "REGIONAL_NETWORK" }), { "load balancer": "15" }],
    ["a database", database({}), { "database db-s-1vcpu-2gb": "30.45" }],
    ["with two standby nodes", database({ node_count: 3 }), { "database db-s-1vcpu-2gb": "91.35" }],
    ["with the disk in its price", database({ storage_size_mib: "30720" }), { "database db-s-1vcpu-2gb": "30.45" }],
    ["an app", service({ instance_count: 2 }), { "containers of api": "68" }],
    [
      "an app that scales",
      service({ autoscaling: { min_instance_count: 2, max_instance_count: 5, metrics: {} } }),
      { "containers of api": "68 to 170" },
    ],
    ["a worker", app({ worker: { name: "w", instance_size_slug: "apps-s-1vcpu-0.5gb" } }), { "containers of w": "5" }],
    ["an address of nobody", { digitalocean_reserved_ip: { I: { region: "fra1" } } }, { "reserved address without a droplet": "5" }],
    [
      "an address of a droplet",
      {
        digitalocean_reserved_ip: { I: { region: "fra1" } },
        digitalocean_reserved_ip_assignment: { A: { ip_address: "${digitalocean_reserved_ip.I.ip_address}", droplet_id: LATER } },
      },
      {},
    ],
    ["Spaces once for two buckets", { digitalocean_spaces_bucket: { A: {}, B: {} } }, { "Spaces, for all buckets": "5" }],
    ["an uptime check", { digitalocean_uptime_check: { C: {} } }, { "uptime check": "1" }],
    [
      "a pool",
      {
        digitalocean_droplet_autoscale: {
          P: { config: { min_instances: 1, max_instances: 3 }, droplet_template: { size: "s-1vcpu-1gb", region: "fra1" } },
        },
      },
      { "droplets s-1vcpu-1gb": "6 to 18" },
    ],
  ])("%s", (_, resources, expected) => {
    const made = doEstimate(resources);
    expect(costs(made)).toEqual(expected);
    expect(gaps(made)).toEqual([]);
  });

  test("backups are the part of the droplet's price that the book says", () => {
    for (const [sku, fraction] of Object.entries(BACKUP_FRACTION)) {
      const found = prices.book().find({ service: "Backups", sku, region: "global", unit: "fraction of Droplet price" });
      expect(found).toMatchObject({ row: { usd: String(fraction) } });
    }
  });
});

describe("what has no price is a gap, and never nothing", () => {
  test.each<[string, Resources, readonly string[]]>([
    ["a NAT gateway", { digitalocean_vpc_nat_gateway: { N: {} } }, ["price-missing: NAT gateway"]],
    ["a read-only node", { digitalocean_database_replica: { R: {} } }, ["price-missing: read-only node"]],
    ["disk beyond what is in the price", database({ storage_size_mib: 40960 }), ["price-missing: database storage"]],
    ["a larger database", database({ size: "db-s-4vcpu-8gb" }), ["price-missing: database db-s-4vcpu-8gb"]],
    ["another engine", database({ engine: "kafka" }), ["price-missing: database"]],
    ["a droplet that the book does not have", droplet({ size: "gpu-h100x1-80gb" }), ["price-missing: droplet gpu-h100x1-80gb"]],
    ["a dedicated address of an app", app({ egress: { type: "DEDICATED_IP" } }), ["price-missing: dedicated egress addresses"]],
    ["a database of an app's own", app({ database: [{ name: "db" }] }), ["price-missing: development database"]],
    ["an app without a most", service({ autoscaling: { min_instance_count: 1 } }), ["unbounded: containers of api"]],
    ["an app without a size", app({ service: { name: "api" } }), ["price-missing: containers of api"]],
    ["a job", app({ job: { name: "j" } }), ["quantity-unknown-at-synth: job"]],
    ["a size that is known later", droplet({ size: LATER }), ["quantity-unknown-at-synth: droplet"]],
    ["nodes that are known later", database({ node_count: LATER }), ["quantity-unknown-at-synth: database nodes"]],
    ["a plan that is known later", droplet({ backups: LATER }), ["quantity-unknown-at-synth: backups"]],
    ["a type without a rule", { digitalocean_kubernetes_cluster: { K: {} } }, ["no-rule-for-type"]],
  ])("%s", (_, resources, expected) => {
    expect(gaps(doEstimate(resources))).toEqual(expected);
  });

  test("a cluster that an app uses is priced where it is made", () => {
    expect(doEstimate(app({ database: [{ name: "db", cluster_name: "main", production: true }] })).gaps).toEqual([]);
  });
});

describe("what is used", () => {
  const declared = { "digitalocean_droplet.Vm": { egressGB: { low: 0, expected: 600, high: 600 } } };

  test("counts in full, and net of what a droplet adds to the pool once that is named", () => {
    const made = doEstimate(droplet({}), { usage: { declared }, allowances: ["droplet transfer"] });
    expect(made.totals).toMatchObject({ gross: { high: "30.00" }, net: { high: "25.00" } });
  });

  test("nobody else's data is taken off: a load balancer adds nothing to the pool", () => {
    const more = { "digitalocean_loadbalancer.Lb": { egressGB: { low: 600, expected: 600, high: 600 } } };
    expect(doEstimate(balancer({}), { usage: { declared: more }, allowances: ["droplet transfer"] }).totals).toMatchObject({
      gross: { high: "18.00" },
      net: { high: "18.00" },
    });
  });
});

describe("a cap of 20.00", () => {
  const smallest = { size: "s-1vcpu-512mb-10gb" };

  function verdict(resource: Resources) {
    const inventory = new Inventory({ resource });
    const options = { asOf: AS_OF, maxPriceAgeDays: 3000 };
    const providers = [digitalocean];
    return checkBudget(estimate(inventory, providers, options), { usdPerMonth: 20 }, "city", { inventory, providers, options });
  }
  const message = (resource: Resources) => new IntentError("city", budgetIssues(verdict(resource))).message;

  test("holds a load balancer and two of the smallest droplets, to the cent", () => {
    const two = { digitalocean_droplet: { A: smallest, B: smallest } };
    expect(verdict({ ...balancer({}), ...two })).toMatchObject({ verdict: "pass", usd: "20.00" });
  });

  test("tells what is cheaper where it fails", () => {
    const stacks = [
      { ...droplet({ size: "s-1vcpu-1gb" }), ...database({ size: "db-s-1vcpu-1gb" }) },
      droplet({ backups: true }),
      database({ node_count: 2 }),
      balancer({ size_unit: 2 }),
      app({
        service: { name: "api", instance_size_slug: "apps-s-1vcpu-1gb", autoscaling: { min_instance_count: 1, max_instance_count: 4 } },
      }),
    ];
    expect(stacks.map(message).join("\n")).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got 21.15, want at most 20.00 for the stack (gross-high); largest: digitalocean_database_cluster.Db 15.15 (database db-s-1vcpu-1gb, 1 node), digitalocean_droplet.Vm 6.00 (droplet s-1vcpu-1gb, 1 droplet x 1 month (cap at 672 h)); cheapest change that fits: size "s-1vcpu-512mb-10gb" instead of "s-1vcpu-1gb" (digitalocean_droplet.Vm) makes it 19.15, at the price of capacity (s-1vcpu-512mb-10gb for s-1vcpu-1gb)
     city: 1 problem
       - budgetUsdPerMonth: got 31.2, want at most 20.00 for the stack (gross-high); largest: digitalocean_droplet.Vm 31.20 (droplet s-2vcpu-4gb, 1 droplet x 1 month (cap at 672 h)); cheapest change that fits: size "s-1vcpu-2gb" instead of "s-2vcpu-4gb" (digitalocean_droplet.Vm) makes it 15.60, at the price of capacity (s-1vcpu-2gb for s-2vcpu-4gb)
     city: 1 problem
       - budgetUsdPerMonth: got 60.9, want at most 20.00 for the stack (gross-high); largest: digitalocean_database_cluster.Db 60.90 (database db-s-1vcpu-2gb, 1 primary and 1 standby); no change fits: with no standby (digitalocean_database_cluster.Db) it is still 30.45
     city: 1 problem
       - budgetUsdPerMonth: got 24, want at most 20.00 for the stack (gross-high); largest: digitalocean_loadbalancer.Lb 24.00 (load balancer, 2 nodes); cheapest change that fits: size_unit 1 instead of 2 (digitalocean_loadbalancer.Lb) makes it 12.00, at the price of a node of the load balancer
     city: 1 problem
       - budgetUsdPerMonth: got 48, want at most 20.00 for the stack (gross-high); largest: digitalocean_app.App 48.00 (containers of api, 1 to 4 x apps-s-1vcpu-1gb); no change fits: with replicas.max 2 instead of 4 (digitalocean_app.App) it is still 24.00"
    `);
  });
});

describe("the prices of DigitalOcean", () => {
  test("say of every type that a construct makes what it costs, or that it is free", () => {
    const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const things = sources.flatMap((name) => [
      ...readFileSync(join(lib, name), "utf8").matchAll(/^(?:import|\}) .*@cdktf\/provider-digitalocean\/lib\/([a-z0-9-]+)"/gm),
    ]);
    const types = [...new Set(things.map(([, thing = ""]) => thing))]
      .filter((thing) => thing !== "provider" && !thing.startsWith("data-"))
      .map((thing) => `digitalocean_${thing.replaceAll("-", "_")}`);
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !(type in prices.rules) && !(type in prices.free))).toEqual([]);
  });

  test("say only one thing of a type, and only of types that there are", () => {
    expect(Object.keys(prices.rules).filter((type) => type in prices.free)).toEqual([]);
    const known = Object.keys(providerSchema("digitalocean")?.resource_schemas ?? {});
    expect([...Object.keys(prices.rules), ...Object.keys(prices.free)].filter((type) => !known.includes(type))).toEqual([]);
  });

  test.each<[string, object, string | undefined]>([
    ["its own", { region: "fra1" }, "fra1"],
    ["that of its template", { droplet_template: { region: "ams3" } }, "ams3"],
    ["that of its spec", { spec: { region: "fra" } }, "fra"],
    ["that of its cluster", { cluster_id: "${digitalocean_database_cluster.Db.id}" }, "nyc3"],
    ["none that is known", { region: LATER }, undefined],
  ])("know the region of a resource: %s", (_, attributes, region) => {
    const inventory = new Inventory({ resource: { ...database({ region: "nyc3" }), digitalocean_thing: { T: attributes as never } } });
    const thing = inventory.resources.find(({ type }) => type === "digitalocean_thing");
    expect(prices.regionOf(thing as never, inventory)).toBe(region);
  });
});
