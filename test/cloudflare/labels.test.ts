import { LoadBalancerMonitor } from "@cdktf/provider-cloudflare/lib/load-balancer-monitor";
import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import { Worker } from "@cdktf/provider-cloudflare/lib/worker";
import { Fn, TerraformVariable, Token, type TerraformStack } from "cdktf";
import { addLabels, govern, type Governance, type LabelSet, type Manifest } from "cdktf-governed-agents";
import { cloudflare, CloudflareDatabase, CloudflareUsageAlert } from "cdktf-governed-agents/cloudflare";
import fc from "fast-check";
import { escapeValue, unescapeValue } from "../../lib/cloudflare/labels";
import { LABEL_KEYS } from "../../lib/labels";
import { anyCharacter } from "../characters";
import { labels } from "../governed";
import { providerSchema } from "../schema/provider-schema";
import { ACCOUNT, cfSynth, resourcesOf, ZONE } from "./support";

function governed(build: (stack: TerraformStack) => unknown) {
  let governance: Governance | undefined;
  const result = cfSynth((stack) => {
    build(stack);
    governance = govern(stack, { providers: [cloudflare], labels });
  });
  return { result, manifest: (governance as Governance).manifest as Manifest };
}

const first = (result: ReturnType<typeof cfSynth>, type: string) => Object.values(resourcesOf(result, `cloudflare_${type}`))[0];

const WORKER = { accountId: ACCOUNT, name: "planner" };
const SEVEN = [
  "project:atlas",
  "environment:production",
  "cost-center:r-and-d",
  "owner:research@acme.dev",
  "governance-id:gov-7",
  "governance-endpoint:https://governance.acme.dev",
  "managed-by:cdktf-governed-agents",
];

describe("labels on Cloudflare", () => {
  test("a Worker has them as tags, beside its own", () => {
    const { result, manifest } = governed((stack) => new Worker(stack, "W", { ...WORKER, tags: ["planning"] }));
    expect(first(result, "worker")?.tags).toEqual(["planning", ...SEVEN]);
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "labelled" });
  });

  test("what does not fit into eight tags stands in the last one, and is read again", () => {
    const { result, manifest } = governed((stack) => {
      addLabels(stack, { agentId: "planner", layer: "core", dataClass: "internal" });
      new Worker(stack, "W", { ...WORKER, tags: ["planning", "fast"] });
    });
    const tags = first(result, "worker")?.tags as string[];
    expect(tags).toHaveLength(8);
    expect(tags[7]).toBe(
      "governance-endpoint:https://governance.acme.dev;agent-id:planner;layer:core;data-class:internal;managed-by:cdktf-governed-agents",
    );
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "labelled" });
  });

  test("tags that are known later are kept", () => {
    const { result, manifest } = governed((stack) => {
      const given = new TerraformVariable(stack, "tags", { type: "list(string)" });
      new Worker(stack, "W", { ...WORKER, tags: Token.asList(Fn.distinct(given.listValue)) });
    });
    expect(first(result, "worker")?.tags).toMatch(/^\$\{concat\(distinct\(var\.tags\), \["project:atlas;environment:production;/);
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "labelled" });
  });

  test("fails when a Worker's own tags leave no room", () => {
    const build = (stack: TerraformStack) => new Worker(stack, "W", { ...WORKER, tags: [..."abcdefgh"] });
    expect(() => governed(build)).toThrowErrorMatchingInlineSnapshot(`
     "test/W: 1 problem
       - tags: got 8, want 7 or fewer beside the labels: a Worker has 8 tags (Cloudflare)"
    `);
  });

  test("descriptions have them behind their text", () => {
    const { result, manifest } = governed((stack) => {
      new LoadBalancerMonitor(stack, "M", { accountId: ACCOUNT });
      new Ruleset(stack, "R", { zoneId: ZONE, kind: "zone", name: "waf", phase: "http_ratelimit", description: "Limits of the API" });
      new CloudflareUsageAlert(stack, "U", { accountId: ACCOUNT, product: "worker_requests", limit: 9, emails: ["a@acme.dev"] });
    });
    expect(first(result, "ruleset")?.description).toMatch(/^Limits of the API \[labels: project=atlas; environment=production; /);
    expect(first(result, "load_balancer_monitor")?.description).toMatch(/^\[labels: project=atlas; .*managed-by=cdktf-governed-agents\]$/);
    expect(manifest.resources.map(({ labelStatus }) => labelStatus)).toEqual(["labelled", "labelled", "labelled"]);
  });

  test("the manifest says what has nothing to write on", () => {
    const { manifest } = governed((stack) => new CloudflareDatabase(stack, "Memory", { accountId: ACCOUNT }));
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "untaggable" });
  });

  test("a label that was there and says something else is a conflict", () => {
    const { manifest } = governed((stack) => new Worker(stack, "W", { ...WORKER, tags: ["project:other"] }));
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "conflict" });
  });

  test("every value comes back, and nothing in it can be mistaken for the next label", () => {
    const { encode, decode, carrierOf } = cloudflare.labels;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: anyCharacter, maxLength: 40 }), { minLength: 10, maxLength: 10 }), (values) => {
        const set = Object.fromEntries(LABEL_KEYS.map((key, index) => [key, values[index]])) as unknown as LabelSet;
        const encoded = encode(set, "test");
        for (const value of values) expect(unescapeValue(escapeValue(value))).toBe(value);
        const monitor = { descriptionInput: "text", description: "" };
        carrierOf("cloudflare_load_balancer_monitor")?.write(monitor as never, encoded);
        const read = carrierOf("cloudflare_load_balancer_monitor")?.read({ description: monitor.description });
        expect(decode(read ?? {})).toEqual(set);
        const worker = { node: { path: "w" }, tagsInput: ["a", "b", "c"], tags: [] };
        carrierOf("cloudflare_worker")?.write(worker as never, encoded);
        expect(decode(carrierOf("cloudflare_worker")?.read({ tags: worker.tags }) ?? {})).toEqual(set);
      }),
      { numRuns: 50 },
    );
  });

  test("types that carry them have an attribute to write them on", () => {
    const schemas = Object.entries(providerSchema("cloudflare")?.resource_schemas ?? {});
    const carriers = schemas.filter(([type]) => cloudflare.labels.carrierOf(type) !== undefined);
    expect(carriers).toHaveLength(6);
    for (const [type, schema] of carriers) {
      const { attributes } = (schema as { block: { attributes: Record<string, { optional?: boolean }> } }).block;
      expect([type, attributes[type === "cloudflare_worker" ? "tags" : "description"]?.optional]).toEqual([type, true]);
    }
  });
});
