import { TerraformVariable, type TerraformStack } from "cdktf";
import { govern, type Governance, type Manifest } from "cdktf-governed-agents";
import {
  digitalocean,
  DigitalOceanAgentService,
  DigitalOceanAgentVm,
  DigitalOceanAlarms,
  DigitalOceanBackupBucket,
  DigitalOceanCostAllocation,
  DigitalOceanFirewall,
  DigitalOceanLoadBalancer,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
} from "cdktf-governed-agents/digitalocean";
import { estimate } from "../../lib/cost/estimate";
import { Inventory } from "../../lib/facts/inventory";
import { evaluate } from "../../lib/policy";
import { judge } from "../../lib/recovery";
import { labels, only } from "../governed";
import { doSynth } from "./support";
import { AS_OF, costs, gaps } from "./price-support";

const PINNED = `ghcr.io/acme/researcher@sha256:${"9f86d081".repeat(8)}`;
const governance = (agentId: string, keySecret: string) => ({
  endpoint: labels.governanceEndpoint,
  agentId,
  governanceId: labels.governanceId,
  keySecret,
});

/** Every construct of DigitalOcean once, as it is by default. */
function platform(stack: TerraformStack): void {
  const network = new DigitalOceanNetwork(stack, "Network", { region: "fra1", cidr: "10.20.0.0/16", egress: "nat-gateway" });
  const secret = (id: string) => new TerraformVariable(stack, id, { type: "string", sensitive: true }).stringValue;
  new DigitalOceanAgentVm(stack, "Vm", {
    network,
    size: "small",
    units: { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } },
    governance: governance("assistant", "secret/data/assistant#key"),
    secretExchange: { url: "https://vault.acme.dev:8200", wrappedToken: secret("token") },
    livenessUrl: "https://governance.acme.dev/agents/assistant",
  });
  new DigitalOceanBackupBucket(stack, "Exports", { region: "fra1", namePrefix: "acme", retentionDays: 90 });
  const database = new DigitalOceanPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 30 });
  new DigitalOceanAgentService(stack, "Researcher", {
    network,
    image: PINNED,
    command: ["node", "main.js"],
    replicas: { min: 1, max: 2, cpuPercent: 70 },
    cpu: "dedicated",
    database,
    governance: governance("researcher", secret("key")),
  });
  new DigitalOceanLoadBalancer(stack, "Front", {
    network,
    domain: "api.acme.dev",
    zone: "acme.dev",
    target: { firewall: new DigitalOceanFirewall(stack, "Targets", {}), port: 8080 },
  });
  DigitalOceanAlarms.of(stack).addEmail("on-call@acme.dev");
  new DigitalOceanCostAllocation(stack, "Costs");
}

describe("a platform of all constructs of DigitalOcean", () => {
  let governed: Governance | undefined;
  const result = doSynth((stack) => {
    platform(stack);
    governed = govern(stack, { providers: [digitalocean], labels });
  });
  const inventory = new Inventory(result.json);
  const { resources } = governed?.manifest as Manifest;

  test("has labels on all that takes them, and says what does not", () => {
    const byStatus = (status: string) =>
      [...new Set(resources.filter(({ labelStatus }) => labelStatus === status).map(({ address }) => address.split(".")[0]))].sort();
    expect(byStatus("labelled")).toEqual(["digitalocean_database_cluster", "digitalocean_droplet", "digitalocean_volume"]);
    expect(byStatus("conflict")).toEqual([]);
    expect(byStatus("untaggable")).toEqual(
      expect.arrayContaining(["digitalocean_app", "digitalocean_firewall", "digitalocean_loadbalancer"]),
    );
  });

  test("fails no rule of the baseline that is high or critical", () => {
    const { findings } = evaluate(inventory, [digitalocean], { asOf: AS_OF });
    const failed = findings
      .filter(({ status }) => status === "fail")
      .map(({ severity, ruleId, address }) => `${severity} ${ruleId} ${address}`);
    expect(failed).toMatchInlineSnapshot(`
     [
       "medium machine-deletion-protected digitalocean_droplet.Vm_3B89B841",
       "medium target-encrypted digitalocean_loadbalancer.Front_0087DB4F",
     ]
    `);
    expect(failed.filter((text) => /^(high|critical)/.test(text))).toEqual([]);
  });

  test("says of everything that it cannot decide why DigitalOcean does not let it", () => {
    const { findings } = evaluate(inventory, [digitalocean], { asOf: AS_OF });
    const open = findings.filter(
      ({ status, observed }) => status === "unknown" && observed === "nothing that can be known before Terraform runs",
    );
    expect(open.map(({ ruleId, address }) => `${ruleId} ${address}`)).toMatchInlineSnapshot(`[]`);
  });

  test("costs what the book knows, and names what it does not", () => {
    const made = estimate(inventory, [digitalocean], { asOf: AS_OF, maxPriceAgeDays: 3000 });
    expect(costs(made)).toMatchInlineSnapshot(`
     {
       "Spaces, for all buckets": "5",
       "containers of agent": "34 to 68",
       "database db-s-1vcpu-2gb": "60.9",
       "droplet s-2vcpu-4gb": "24",
       "load balancer": "24",
       "uptime check": "1",
       "volume": "2",
     }
    `);
    expect(gaps(made)).toMatchInlineSnapshot(`
     [
       "price-missing: NAT gateway",
     ]
    `);
  });

  test("is a project as a whole", () => {
    expect(only(result, "digitalocean_project_resources").resources).toHaveLength(6);
  });

  test("names all that holds data", () => {
    const { uncovered, notJudged } = judge(inventory, [digitalocean], [], { asOf: AS_OF });
    expect(Object.fromEntries([...uncovered, ...notJudged].map(({ address, why }) => [address.split(".")[0], why]))).toMatchInlineSnapshot(`
     {
       "digitalocean_database_cluster": "nothing brings the database back after the loss of its zone",
       "digitalocean_droplet": "its own disk is made again from its image; its data is on digitalocean_volume.Vm_Data_B9910006",
       "digitalocean_spaces_bucket": "nothing brings the bucket back after the loss of its zone",
       "digitalocean_volume": "nothing brings the volume back after the loss of its zone, a wrong write or delete",
     }
    `);
  });
});
