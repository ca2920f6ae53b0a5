import type { TerraformStack } from "cdktf";
import {
  CloudflareAccess,
  CloudflareDatabase,
  CloudflareFirewall,
  CloudflareLoadBalancer,
  CloudflareNetwork,
  CloudflareTunnel,
} from "cdktf-governed-agents/cloudflare";
import {
  DigitalOceanAgentService,
  DigitalOceanFirewall,
  DigitalOceanLoadBalancer,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
} from "cdktf-governed-agents/digitalocean";
import { GithubAgentService } from "cdktf-governed-agents/github";
import type { Fact } from "../../lib/facts/fact";
import type { ManifestFact } from "../../lib/report/manifest";
import { topologyOf } from "../../lib/report/topology/topology";
import { ACCOUNT, cfFacts, ZONE } from "../cloudflare/support";
import { GOVERNANCE, PRIVATE_DATABASE, PUBLIC_DATABASE, service, variable, ZONES } from "../cloudflare/worker-support";
import { doFacts } from "../digitalocean/support";
import { ghFacts } from "../github/support";

/** Every way as a line of text, with the titles of its ends; without the heartbeats, which are the same everywhere. */
function ways(facts: readonly Fact[]): string[] {
  const { nodes, edges } = topologyOf({ facts: facts as unknown as readonly ManifestFact[], resources: [] });
  const title = new Map(nodes.map((node) => [node.id, node.title]));
  return edges
    .filter(({ kind }) => kind !== "report")
    .map(({ from, to, kind, label }) => `${title.get(from)} -${kind}-> ${title.get(to)} (${label})`);
}

const zone = CloudflareNetwork.fromAttributes({ accountId: ACCOUNT, zoneId: ZONE, zoneName: "acme.dev", plan: "pro" });
const filter = (stack: TerraformStack) => new CloudflareFirewall(stack, "Filter", { zone });
const gate = (stack: TerraformStack, host: string) =>
  new CloudflareAccess(stack, "Gate", { zone, host, allow: { operators: { emails: ["ada@acme.dev"] } } });

describe("requests at the edge", () => {
  test("pass the filter of their zone and the gate of their host on the way to a tunnel", () => {
    const facts = cfFacts((stack) => {
      filter(stack);
      const access = { application: gate(stack, "vm.acme.dev"), teamName: "acme" };
      new CloudflareTunnel(stack, "Tunnel", { zone, host: "vm.acme.dev", port: 8080, access });
    });
    expect(ways(facts)).toEqual(["Internet -open-> Filter (443)", "Filter -open-> Gate (443)", "Gate -open-> Tunnel (443)"]);
  });

  test("end at the gate of a host that another stack has", () => {
    expect(ways(cfFacts((stack) => gate(stack, "console.acme.dev")))).toEqual(["Internet -open-> Gate (443)"]);
  });

  test("reach an agent at the hosts of its domains and routes, and nobody while it is off", () => {
    const openings = { domains: { "agent.acme.dev": ZONES }, routes: { Api: { ...ZONES, pattern: "*.acme.dev/agent/*" } } };
    expect(ways(cfFacts((stack) => [filter(stack), service(stack, openings)]))).toEqual([
      "Internet -open-> Filter (443)",
      "Filter -open-> Agent (443)",
      "Agent -open-> Internet (any)",
    ]);
    expect(ways(cfFacts((stack) => service(stack, { ...openings, enabled: false })))).toEqual([]);
  });

  test("go on from a balancer to its pools, one of which may be a tunnel of the stack", () => {
    const facts = cfFacts((stack) => {
      const vm = new CloudflareTunnel(stack, "Tunnel", { zone, host: "vm.acme.dev", port: 8080, exposure: "public" });
      const pools = {
        cloud: { targets: { virginia: { to: { hostname: "api.acme-aws.dev" } } }, healthCheck: {} },
        own: { targets: { vm: { to: vm } }, healthCheck: {} },
      };
      new CloudflareLoadBalancer(stack, "Front", { zone, domain: "api.acme.dev", pools, fallbackPool: "own" });
    });
    expect(ways(facts).sort()).toEqual([
      "Front -open-> Tunnel (443)",
      "Front -open-> api.acme-aws.dev (443)",
      "Internet -open-> Front (443)",
      "Internet -open-> Tunnel (443)",
    ]);
  });
});

describe("agents behind no firewall of a network", () => {
  test("use what is bound to them by name, here and elsewhere, and may ask anybody", () => {
    const facts = cfFacts((stack) => {
      const memory = new CloudflareDatabase(stack, "Memory", { accountId: ACCOUNT });
      const login = { user: "app", password: variable(stack, "Password") };
      const tunnel = { hostname: "db.acme.dev", accessClientId: "id", accessClientSecret: variable(stack, "Access") };
      service(stack, {
        d1: { NOTES: { databaseId: memory.databaseId } },
        databases: { FACTS: { postgres: PUBLIC_DATABASE, ...login }, PAST: { postgres: PRIVATE_DATABASE, ...login, tunnel } },
      });
    });
    expect(ways(facts)).toEqual(["Agent -use-> Memory (NOTES)", "Agent -use-> db.acme.dev (FACTS, PAST)", "Agent -open-> Internet (any)"]);
  });

  const NETWORK = { cidr: "10.20.0.0/16", region: "fra1", egress: "public-ip" } as const;
  const IMAGE = `ghcr.io/acme/hub@sha256:${"ab".repeat(32)}`;

  test.each([
    ["at its own domain", { domain: "agent.acme.dev" }],
    ["at the name that the provider gives", {}],
  ])("are reached %s, and use their database", (_name, route) => {
    const facts = doFacts((stack) => {
      const network = new DigitalOceanNetwork(stack, "Network", NETWORK);
      const database = new DigitalOceanPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 30 });
      const governance = { ...GOVERNANCE, agentId: "hub", keySecret: variable(stack, "Key") };
      const size = { vcpu: 1, memoryMiB: 1024, replicas: { min: 1, max: 1 } };
      new DigitalOceanAgentService(stack, "Hub", {
        network,
        database,
        image: IMAGE,
        command: ["node", "main.js"],
        port: 8080,
        route,
        governance,
        ...size,
      });
    });
    expect(ways(facts)).toEqual(["Internet -open-> Hub (443)", "Hub -use-> Memory (database)", "Hub -open-> Internet (any)"]);
  });

  test("run as jobs that ask anybody", () => {
    const governance = { ...GOVERNANCE, agentId: "triage", keySecret: "GOVERNANCE_KEY" };
    const facts = ghFacts((stack) => {
      new GithubAgentService(stack, "Triage", {
        repository: "agents",
        governance,
        command: ["node", "main.js"],
        schedules: ["17 */6 * * *"],
      });
    });
    expect(ways(facts)).toEqual(["Triage -open-> Internet (any)"]);
  });
});

test("a balancer that has no firewall of its own has the clients that its settings let in", () => {
  const facts = doFacts((stack) => {
    const network = new DigitalOceanNetwork(stack, "Network", { cidr: "10.20.0.0/16", region: "fra1", egress: "public-ip" });
    const target = { firewall: new DigitalOceanFirewall(stack, "Scout", {}), port: 8080 };
    const allowFrom = { office: { cidr: "198.51.100.0/24" } };
    new DigitalOceanLoadBalancer(stack, "Front", {
      network,
      domain: "api.acme.dev",
      zone: "acme.dev",
      target,
      allowFrom,
      redirectHttp: true,
    });
  });
  expect(ways(facts)).toEqual(["Front -open-> Scout (8080)", "198.51.100.0/24 -open-> Front (443, 80)"]);
});
