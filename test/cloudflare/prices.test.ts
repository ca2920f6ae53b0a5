import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudflare } from "cdktf-governed-agents/cloudflare";
import { checkBudget } from "../../lib/cost/budget";
import type { ProviderPrices } from "../../lib/cost/rule";
import type { UsageProfile } from "../../lib/cost/usage";
import { providerSchema } from "../schema/provider-schema";
import { AS_OF, cfEstimate, costs, gaps, type Resources } from "./price-support";

const prices = cloudflare.prices as ProviderPrices;
const lib = join(__dirname, "../../lib/cloudflare");

const worker = (ids: readonly string[] = ["W"]): Resources => ({ cloudflare_worker: Object.fromEntries(ids.map((id) => [id, {}])) });
const objects = (binding: object): Resources => ({
  ...worker(),
  cloudflare_worker_version: {
    V: { worker_id: "${cloudflare_worker.W.id}", bindings: [{ name: "AGENTS", type: "durable_object_namespace", ...binding }] },
  },
});

/** Exactly as much as a sum by hand is made of. */
function usageOf(quantities: Readonly<Record<string, number>>): UsageProfile {
  const entries = Object.entries(quantities).map(([key, value]) => [key, { low: value, expected: value, high: value }]);
  return { name: "test", version: 1, quantities: Object.fromEntries(entries) as UsageProfile["quantities"] };
}

describe("what Cloudflare charges", () => {
  test("the plan of the account stands once, however many Workers there are", () => {
    expect(costs(cfEstimate(worker(["A", "B", "C"])))).toEqual({ "Workers Paid, for all of the account": "5" });
    expect(costs(cfEstimate({ ...worker(), cloudflare_queue: { Q: {} } }))).toEqual({ "Workers Paid, for all of the account": "5" });
    expect(costs(cfEstimate({ cloudflare_r2_bucket: { B: {} } }))).toEqual({});
  });

  test("a Worker by its requests and its CPU time", () => {
    const usage = { profile: usageOf({ functionCallMillions: 15, functionCpuMillionMs: 105 }) };
    expect(costs(cfEstimate(worker(), { usage }))).toEqual({
      "Workers Paid, for all of the account": "5",
      requests: "4.5",
      "CPU time": "2.1",
    });
  });

  test("what the plan includes counts only when it is named: then the vendor's own example of 8.00 comes out", () => {
    const usage = { profile: usageOf({ functionCallMillions: 15, functionCpuMillionMs: 105 }) };
    const made = cfEstimate(worker(), { usage, allowances: ["Workers requests", "Workers CPU time"] });
    const budget = { usdPerMonth: 20, measure: "net-high" } as const;
    expect(checkBudget(made, budget)).toMatchObject({ verdict: "pass", usd: "8.00" });
    expect(checkBudget(made, { ...budget, measure: "gross-high" })).toMatchObject({ usd: "11.60" });
  });

  test("Durable Objects of the Worker itself, and not those of another one", () => {
    const usage = {
      profile: usageOf({
        functionCallMillions: 0,
        functionCpuMillionMs: 0,
        functionGBSeconds: 1e6,
        storedGB: 10,
        rowReadMillions: 1000,
        rowWriteMillions: 2,
      }),
    };
    expect(costs(cfEstimate(objects({ class_name: "Agent" }), { usage }))).toMatchObject({
      "duration of Durable Objects": "12.5",
      "data in Durable Objects": "2",
      "rows read in Durable Objects": "1",
      "rows written in Durable Objects": "2",
    });
    expect(Object.keys(costs(cfEstimate(objects({ script_name: "other" }), { usage })))).toEqual(["Workers Paid, for all of the account"]);
  });

  test("a bucket by what it holds and what is done with it", () => {
    const usage = { profile: usageOf({ storedGB: 100, objectWrites: 2e6, objectReads: 1e7 }) };
    expect(costs(cfEstimate({ cloudflare_r2_bucket: { B: { storage_class: "Standard" } } }, { usage }))).toEqual({
      "objects held": "1.5",
      writes: "9",
      reads: "3.6",
    });
    const rare = cfEstimate({ cloudflare_r2_bucket: { B: { storage_class: "InfrequentAccess" } } }, { usage });
    expect([costs(rare), gaps(rare)]).toEqual([{ "objects held": "1" }, ["price-missing: requests"]]);
  });

  test.each<[string, string, readonly string[]]>([
    ["a load balancer", "load_balancer", ["price-missing: load balancer"]],
    ["Access", "zero_trust_access_application", ["price-missing: seats"]],
    ["a tunnel", "zero_trust_tunnel_cloudflared", ["price-missing: tunnel"]],
    ["Argo", "argo_smart_routing", ["price-missing: Argo"]],
    ["D1", "d1_database", ["price-missing: rows read", "price-missing: rows written", "price-missing: data held"]],
    ["Workers KV", "workers_kv_namespace", ["price-missing: reads", "price-missing: writes", "price-missing: data held"]],
    ["a queue", "queue", ["price-missing: operations"]],
  ])("what has no sourced price is a gap: %s", (_, type, expected) => {
    expect(gaps(cfEstimate({ [`cloudflare_${type}`]: { T: {} } }))).toEqual(expected);
  });

  test("a price that is too old is a gap beside its line", () => {
    expect(gaps(cfEstimate(worker(), { maxPriceAgeDays: 90 }))).toEqual(["stale-price: Workers Paid, for all of the account"]);
    expect(AS_OF > prices.book().file.asOf).toBe(true);
  });
});

describe("the prices of Cloudflare", () => {
  test("say of every type that a construct makes what it costs, or that it is free", () => {
    const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const things = sources.flatMap((name) => [
      ...readFileSync(join(lib, name), "utf8").matchAll(/^(?:import|\}) .*@cdktf\/provider-cloudflare\/lib\/([a-z0-9-]+)"/gm),
    ]);
    const types = [...new Set(things.map(([, thing = ""]) => thing))]
      .filter((thing) => thing !== "provider" && !thing.startsWith("data-"))
      .map((thing) => `cloudflare_${thing.replaceAll("-", "_")}`);
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !(type in prices.rules) && !(type in prices.free))).toEqual([]);
  });

  test("say only one thing of a type, and only of types that there are", () => {
    expect(Object.keys(prices.rules).filter((type) => type in prices.free)).toEqual([]);
    const known = Object.keys(providerSchema("cloudflare")?.resource_schemas ?? {});
    expect([...Object.keys(prices.rules), ...Object.keys(prices.free)].filter((type) => !known.includes(type))).toEqual([]);
  });

  test("are the same everywhere", () => {
    expect(prices.regionOf({} as never, {} as never)).toBe("global");
  });
});
