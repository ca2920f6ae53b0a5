import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { DropletAutoscale } from "@cdktf/provider-digitalocean/lib/droplet-autoscale";
import { Firewall } from "@cdktf/provider-digitalocean/lib/firewall";
import { KubernetesCluster } from "@cdktf/provider-digitalocean/lib/kubernetes-cluster";
import { Loadbalancer } from "@cdktf/provider-digitalocean/lib/loadbalancer";
import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { govern, type Governance, type LabelSet, type Manifest } from "cdktf-governed-agents";
import { digitalocean } from "cdktf-governed-agents/digitalocean";
import fc from "fast-check";
import taggable from "../../lib/digitalocean/taggable.json";
import { escapeTagValue, unescapeTagValue } from "../../lib/digitalocean/labels";
import { LABEL_KEYS, MANAGED_BY } from "../../lib/labels";
import { anyCharacter } from "../characters";
import { labels, only } from "../governed";
import { providerSchema } from "../schema/provider-schema";
import { doSynth } from "./support";

/** The labels of a governed stack, as DigitalOcean has them. */
const tags = [
  "project:atlas",
  "environment:production",
  "cost-center:r-and-d",
  "owner:research_40acme_2edev",
  "governance-id:gov-7",
  "governance-endpoint:https:_2f_2fgovernance_2eacme_2edev",
  "managed-by:cdktf-governed-agents",
];

const DROPLET = { name: "vm", image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb" };

/** What a tag may be, by the Terraform provider. */
const TAG = /^[a-zA-Z0-9:\-_]{1,255}$/;

function governed(build: (stack: TerraformStack) => unknown) {
  let governance: Governance | undefined;
  const result = doSynth((stack) => {
    build(stack);
    governance = govern(stack, { providers: [digitalocean], labels });
  });
  return { ...result, manifest: governance?.manifest as Manifest };
}

describe("labels as DigitalOcean tags", () => {
  const full: LabelSet = { ...labels, agentId: "researcher", layer: "core", dataClass: "personal", managedBy: MANAGED_BY };

  test("come back unchanged, whatever they say, in tags that DigitalOcean takes", () => {
    const value = fc.string({ unit: anyCharacter, maxLength: 12 });
    const record = Object.fromEntries(LABEL_KEYS.map((key) => [key, value]));
    fc.assert(
      fc.property(fc.record(record) as fc.Arbitrary<LabelSet>, (set) => {
        const encoded = digitalocean.labels.encode(set, "research");
        expect(digitalocean.labels.decode({ ...encoded, foreign: "x" })).toEqual(set);
        expect(Object.entries(encoded).filter(([key, text]) => !TAG.test(`${key}:${text}`))).toEqual([]);
      }),
    );
  });

  test("differ in more than case when the labels do: DigitalOcean keeps the spelling that it saw first", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(escapeTagValue(one).toLowerCase() === escapeTagValue(other).toLowerCase()).toBe(one === other);
      }),
    );
    expect(escapeTagValue("Ada L_1")).toBe("_41da_20_4c_5f1");
    expect(unescapeTagValue("in_progress")).toBe("in_progress");
  });

  test("fail rather than be cut or changed", () => {
    const wrong = { ...full, project: "é".repeat(42), owner: `x${"\ud800"}`, layer: "x".repeat(249) };
    expect(() => digitalocean.labels.encode(wrong, "research")).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 2 problems
       - project: got "éééééééééééééééééééééééééééééééééééééééééé", want a value that with "project:" fits into 255 characters (DigitalOcean tag); it takes 260, because every byte but a to z, 0 to 9, - and : counts three; make it shorter
       - owner: got "x\\ud800", want text of whole Unicode characters"
    `);
    expect(digitalocean.labels.encode({ ...full, project: "é".repeat(41), layer: "x".repeat(249) }, "r").layer).toHaveLength(249);
  });

  test("are carried by every type whose tags say what it is", () => {
    const script = join(__dirname, "../../scripts/generate-digitalocean-taggable.mjs");
    const program = `import { digitalOceanTaggableTypes as types } from ${JSON.stringify(script)}; console.log(JSON.stringify(types()));`;
    expect(taggable).toEqual(JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" })));
    const types = Object.keys(providerSchema("digitalocean")?.resource_schemas ?? {});
    expect(types.filter((type) => digitalocean.labels.carrierOf(type) !== undefined)).toEqual(
      [...taggable, "digitalocean_droplet_autoscale"].sort(),
    );
  });
});

describe("a governed stack on DigitalOcean", () => {
  const ssh = { region: "fra1", sshKeys: ["1"] };
  const result = governed((stack) => {
    new Droplet(stack, "Vm", { ...DROPLET, tags: ["web", "Project:apollo", "team:blue"] });
    new DropletAutoscale(stack, "Pool", {
      name: "pool",
      config: { minInstances: 1, maxInstances: 2 },
      dropletTemplate: { image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb", ...ssh, tags: ["web"] },
    });
    new KubernetesCluster(stack, "Cluster", {
      name: "cluster",
      region: "fra1",
      version: "1.33",
      nodePool: { name: "first", size: "s-1vcpu-2gb", nodeCount: 1, tags: ["layer:batch"] },
    });
    new Firewall(stack, "Firewall", { name: "firewall", tags: ["web"] });
    new Loadbalancer(stack, "Balancer", { name: "balancer", forwardingRule: [], dropletTag: "web" });
    new MonitorAlert(stack, "Alert", {
      alerts: { email: ["ada@acme.dev"] },
      compare: "GreaterThan",
      description: "cpu",
      type: "v1/insights/droplet/cpu",
      value: 90,
      window: "5m",
      tags: ["web"],
    });
  });
  const statusOf = (address: string) => result.manifest.resources.find((resource) => resource.address === address);

  test("has the labels beside the tags of its droplets, and wins where both say something of one key, in any case", () => {
    expect(only(result, "digitalocean_droplet").tags).toEqual(["web", "team:blue", ...tags]);
    expect(statusOf("digitalocean_droplet.Vm")).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo" } });
  });

  test("hands them on to the droplets of pools", () => {
    expect(only(result, "digitalocean_droplet_autoscale").droplet_template).toMatchObject({ tags: ["web", ...tags] });
    expect(only(result, "digitalocean_kubernetes_cluster")).toMatchObject({ tags, node_pool: { tags: ["layer:batch", ...tags] } });
    expect(statusOf("digitalocean_droplet_autoscale.Pool")?.labelStatus).toBe("labelled");
  });

  test("never writes them where tags choose what is worked on, and says which things have none", () => {
    expect(only(result, "digitalocean_firewall").tags).toEqual(["web"]);
    expect(only(result, "digitalocean_monitor_alert").tags).toEqual(["web"]);
    expect(only(result, "digitalocean_loadbalancer")).toMatchObject({ droplet_tag: "web" });
    for (const address of ["digitalocean_firewall.Firewall", "digitalocean_loadbalancer.Balancer", "digitalocean_monitor_alert.Alert"])
      expect(statusOf(address)).toMatchObject({ labelStatus: "untaggable" });
  });

  test("adds them to tags that are known only when Terraform runs", () => {
    const late = governed((stack) => {
      const more = new TerraformVariable(stack, "more", { type: "list(string)" });
      new Droplet(stack, "Vm", { ...DROPLET, tags: more.listValue });
    });
    const written = String(only(late, "digitalocean_droplet").tags);
    expect(written.startsWith("${concat(var.more, [")).toBe(true);
    expect(written.split("project:atlas")).toHaveLength(2);
    expect(late.manifest.resources[0]).toMatchObject({ labelStatus: "labelled" });
  });

  test("fails on a tag that DigitalOcean would refuse when it plans", () => {
    const tagged = () => governed((stack) => new Droplet(stack, "Vm", { ...DROPLET, tags: ["web", "a.b", "", "x".repeat(256)] }));
    expect(tagged).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 3 problems
       - tags: got "a.b", want 1 to 255 letters, digits, ":", "-" and "_" (DigitalOcean tag)
       - tags: got "", want 1 to 255 letters, digits, ":", "-" and "_" (DigitalOcean tag)
       - tags: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want 1 to 255 letters, digits, ":", "-" and "_" (DigitalOcean tag)"
    `);
  });
});
