import type { Fact } from "../facts/fact";
import { AGENT_SERVICE_PROPS } from "../spec/agent-service";
import { AGENT_VM_PROPS, AGENT_VM_SHAPES } from "../spec/agent-vm";
import { BACKUP_PROPS } from "../spec/backup";
import { BALANCER_ROUTE_PROPS } from "../spec/balancer-route";
import { FIREWALL_PROPS } from "../spec/firewall";
import { LOAD_BALANCER_PROPS } from "../spec/load-balancer";
import { NETWORK_PROPS } from "../spec/network";
import { POSTGRES_PROPS } from "../spec/postgres";
import type { Capabilities } from "./compare";

type SpecOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>["spec"];

/** What a stack is able to do, read from what its Terraform says; undefined when there is nothing in it that runs or holds data. */
export function tryCapabilities(facts: readonly Fact[]): Capabilities | undefined {
  const all = <K extends Fact["kind"]>(kind: K) => facts.flatMap((fact) => (fact.kind === kind ? [fact.spec as SpecOf<K>] : []));
  const machines = all("agent-vm");
  const services = all("agent-service");
  const databases = all("postgres");
  if (machines.length + services.length + databases.length === 0) return tryJobCapabilities(all("job-agent"));
  const shapes = [
    ...machines.map(({ size }) => AGENT_VM_SHAPES[size]),
    ...services.map(({ vcpu, memoryMiB, replicas }) => ({ vcpus: vcpu * replicas.min, memoryGiB: (memoryMiB / 1024) * replicas.min })),
  ];
  return {
    runtime: "continuous",
    vcpus: sum(shapes.map(({ vcpus }) => vcpus)),
    memoryGiB: sum(shapes.map(({ memoryGiB }) => memoryGiB)),
    storageGiB: sum([...machines.map(({ dataVolumeGiB }) => dataVolumeGiB), ...databases.map(({ storageGiB }) => storageGiB ?? 0)]),
    zones: zonesOf(
      machines.length,
      services.map(({ replicas }) => replicas.min),
      databases.map(({ zones }) => zones ?? 1),
    ),
    ingress: ingressOf(all("load-balancer")),
    database: databases.length === 0 ? "none" : databases.some(({ zones }) => zones !== 2) ? "one-zone" : "two-zones",
    egress: egressOf(all("network")),
  };
}

/** What agents can do that start and end. They count only where nothing runs all the time: what has to be there cannot rely on them. */
function tryJobCapabilities(jobs: readonly SpecOf<"job-agent">[]): Capabilities | undefined {
  if (jobs.length === 0) return undefined;
  const vcpus = sum(jobs.map(({ vcpu }) => vcpu));
  const memoryGiB = sum(jobs.map(({ memoryMiB }) => memoryMiB / 1024));
  return { runtime: "job", vcpus, memoryGiB, storageGiB: 0, zones: 1, ingress: "none", database: "none", egress: "direct" };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Zones in which everything goes on when one fails: what stands in one zone only decides. */
function zonesOf(machines: number, copies: readonly number[], databases: readonly number[]): number {
  return Math.min(...(machines > 0 ? [1] : []), ...copies.map((min) => Math.min(min, 2)), ...databases);
}

function ingressOf(balancers: readonly SpecOf<"load-balancer">[]): Capabilities["ingress"] {
  if (balancers.length === 0) return "none";
  return balancers.some(({ exposure }) => exposure === "public") ? "public" : "private";
}

function egressOf(networks: readonly SpecOf<"network">[]): Capabilities["egress"] {
  const ways = networks.map(({ egress }) => egress).filter((egress) => egress !== "none");
  if (ways.length === 0) return "none";
  return ways.every((egress) => egress === "public-ip") ? "direct" : "shared-address";
}

/** What can be asked for with the same word on every provider that can do it; what only one provider has words for is not held against others. */
const NEUTRAL: Partial<Record<Fact["kind"], object>> = {
  "agent-service": AGENT_SERVICE_PROPS,
  "agent-vm": AGENT_VM_PROPS,
  backup: BACKUP_PROPS,
  "balancer-route": BALANCER_ROUTE_PROPS,
  firewall: FIREWALL_PROPS,
  "load-balancer": LOAD_BALANCER_PROPS,
  network: NETWORK_PROPS,
  postgres: POSTGRES_PROPS,
};

/** A side of a comparison, by what its Terraform says. */
export interface FactsOf {
  readonly name: string;
  readonly facts: readonly Fact[];
}

/**
 * What each side cannot do that another one does: a whole intent (`load-balancer`), or a part of one (`network.flowLogRetentionDays`) that
 * its Terraform says nothing of.
 */
export function lackingOf(sides: readonly FactsOf[]): readonly { readonly name: string; readonly lacks: readonly string[] }[] {
  const said = sides.map(({ facts }) => partsOf(facts));
  const all = [...new Set(said.flatMap((parts) => [...parts]))].sort();
  return sides.map(({ name }, index) => {
    const own = said[index] as ReadonlySet<string>;
    const lacks = all.filter((part) => !own.has(part));
    return { name, lacks: lacks.filter((part) => !lacks.some((whole) => part.startsWith(`${whole}.`))) };
  });
}

function partsOf(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(
    facts.flatMap(({ kind, spec }) => [
      kind,
      ...Object.entries(spec)
        .filter(([key, value]) => value !== undefined && key in (NEUTRAL[kind] ?? {}))
        .map(([key]) => `${kind}.${key}`),
    ]),
  );
}
