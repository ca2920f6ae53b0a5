import type { TerraformStack } from "cdktf";
import { AwsAgentService, AwsBackupPolicy, AwsFirewall, AwsLoadBalancer, AwsNetwork, AwsPostgres } from "cdktf-governed-agents/aws";
import type { Tier } from "cdktf-governed-agents";
import fc from "fast-check";
import { awsSynth } from "./support";

const DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const AGENTS = ["alpha", "beta", "gamma"] as const;
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;
const TIERS: readonly Tier[] = ["public", "private", "isolated"];
const RULES = ["office", "lab", "vendor"] as const;

/** What a platform has: each list in the order in which its things are created. */
interface Platform {
  readonly zones: readonly string[];
  readonly tiers: readonly Tier[];
  readonly rules: readonly (typeof RULES)[number][];
  readonly agents: readonly (typeof AGENTS)[number][];
  readonly schedules: readonly ("daily" | "weekly")[];
}

function build(stack: TerraformStack, platform: Platform): void {
  const network = new AwsNetwork(stack, "Network", {
    cidr: "10.20.0.0/16",
    egress: "nat-gateway-per-zone",
    zones: platform.zones,
    tiers: platform.tiers,
  });
  const peer = { cidr: "192.0.2.0/24" };
  const ingress = Object.fromEntries(platform.rules.map((rule) => [rule, { port: 8000 + RULES.indexOf(rule), peer, description: rule }]));
  new AwsFirewall(stack, "Wall", { network, ingress });
  const memory = new AwsPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 20 });
  const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
  const balancer = new AwsLoadBalancer(stack, "Front", { network, domain: "agents.acme.dev", certificateArn });
  for (const agentId of platform.agents) {
    new AwsAgentService(stack, agentId, {
      network,
      image: `ghcr.io/acme/${agentId}@${DIGEST}`,
      port: 8443,
      replicas: { min: 1, max: 4, cpuPercent: 70 },
      database: memory,
      balancer: { balancer, paths: [`/${agentId}/*`] },
      governance: {
        endpoint: "https://governance.acme.dev",
        agentId,
        governanceId: "gov-7",
        keySecret: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${agentId}-AbCdEf`,
      },
    });
  }
  const schedules = Object.fromEntries(platform.schedules.map((frequency) => [frequency, { frequency, retentionDays: 35 }]));
  new AwsBackupPolicy(stack, "Backups", { sources: [memory], schedules });
}

/** What must not change when something else is added: addresses, ranges, rules and priorities. */
function fixtures(platform: Platform): ReadonlyMap<string, string> {
  const { json } = awsSynth((stack) => build(stack, platform));
  const attributes = ["cidr_block", "availability_zone", "from_port", "cidr_ipv4", "priority", "name", "identifier", "family"];
  const entries = Object.entries(json.resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources).map(([id, resource]): [string, string] => [
      `${type}.${id}`,
      JSON.stringify(attributes.map((key) => resource[key])),
    ]),
  );
  return new Map(entries);
}

/** A few of the items, at least `least`, in any order. */
const some = <T>(items: readonly T[], least: number) => fc.shuffledSubarray([...items], { minLength: least });

const platforms = fc.record({
  zones: some(ZONES, 2),
  tiers: some(TIERS.slice(1), 1).map((tiers): readonly Tier[] => ["public", ...tiers]),
  rules: some(RULES, 0),
  agents: some(AGENTS, 0),
  schedules: some(["daily", "weekly"] as const, 1),
});

/** The same platform with more of everything, in an order of its own. */
const grown = (before: Platform) =>
  fc.record({
    zones: some(ZONES, 0).map((more) => [...new Set([...more, ...before.zones])]),
    tiers: some(TIERS, 0).map((more) => [...new Set([...more, ...before.tiers])]),
    rules: some(RULES, 0).map((more) => [...new Set([...more, ...before.rules])]),
    agents: some(AGENTS, 0).map((more) => [...new Set([...more, ...before.agents])]),
    schedules: some(["daily", "weekly"] as const, 0).map((more) => [...new Set([...more, ...before.schedules])]),
  });

test("adding zones, tiers, rules, agents and schedules in any order leaves every earlier address, range and priority as it was", () => {
  fc.assert(
    fc.property(
      platforms.chain((before) => fc.tuple(fc.constant(before), grown(before))),
      ([before, after]) => {
        const now = fixtures(after);
        for (const [address, attributes] of fixtures(before)) expect(`${address} ${now.get(address)}`).toBe(`${address} ${attributes}`);
      },
    ),
    { numRuns: 6 },
  );
}, 30_000);
