import { IDENTITY } from "../../labels";
import type { Check } from "../../spec/check";
import { readGovernance, type GovernanceProps, type GovernanceSpec } from "../../spec/governance";
import { CLASS_NAME } from "./worker-migrations";
import { STORE_REFERENCE } from "./worker-bindings";

/** Many agents in one Worker: each is an object of a Durable Object class, with its own storage, id and heartbeats. */
export type WorkerAgentsProps = NamedAgents | CountedAgents;

export interface NamedAgents {
  /** The class of which every agent is an object; it extends `DurableObject`, and a migration has to create it. */
  readonly class: string;
  /** Ids of the agents. */
  readonly ids: readonly string[];
}

export interface CountedAgents {
  /** The class of which every agent is an object; it extends `DurableObject`, and a migration has to create it. */
  readonly class: string;
  /** How many agents there are, 1 to 10,000. */
  readonly count: number;
  /** What their ids start with: with "researcher" they are researcher-1, researcher-2 and so on. */
  readonly prefix: string;
}

/** How the agents report; with `agents` each has its own id. */
export interface WorkerGovernanceProps extends Omit<GovernanceProps, "agentId"> {
  /**
   * The id of the agent, when the Worker is one.
   * @default - the ids in `agents`
   */
  readonly agentId?: string;
}

export interface WorkerAgentsSpec {
  /** Absent when the Worker as a whole is the agent. */
  readonly agentClass?: string;
  readonly agents: readonly string[];
}

/** Most agents in one service: the roll calls every one of them within two hours. */
const MAX_AGENTS = 10_000;

/** Reads the props `agents` and `governance.agentId`, of which one has to be there. */
export function readAgents<P extends object>(
  parent: Check<P>,
  agents: WorkerAgentsProps | undefined,
  governance: WorkerGovernanceProps | undefined,
): WorkerAgentsSpec {
  if (agents === undefined) return { agents: [governance?.agentId ?? ""] };
  if (governance?.agentId !== undefined) {
    parent.issue("governance.agentId", governance.agentId, "nothing beside agents, each of which has its own id", "remove it");
  }
  const counted = typeof agents === "object" && agents !== null && "count" in agents;
  const known = counted ? { class: true, count: true, prefix: true } : { class: true, ids: true };
  const check = parent.nested<NamedAgents & CountedAgents>("agents", agents as NamedAgents & CountedAgents, Object.keys(known));
  const agentClass = check.text("class", { pattern: CLASS_NAME, want: "the name of a class" });
  return { agentClass, agents: counted ? countedIds(check) : namedIds(check) };
}

function countedIds(check: Check<NamedAgents & CountedAgents>): readonly string[] {
  const count = check.integer("count", { min: 1, max: MAX_AGENTS });
  const prefix = check.text("prefix", { ...IDENTITY, maxLength: 58 });
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

function namedIds(check: Check<NamedAgents & CountedAgents>): readonly string[] {
  const ids = check.list<string>("ids", "a list of ids");
  if (ids.length === 0 || ids.length > MAX_AGENTS) check.issue("ids", `${ids.length} ids`, `1 to ${MAX_AGENTS} ids`);
  const seen = new Set<string>();
  for (const id of ids) {
    if (typeof id !== "string" || !IDENTITY.pattern.test(id)) check.issue("ids", id, IDENTITY.want);
    else if (seen.has(id)) check.issue("ids", id, "ids that are not in the list already", "give one of the two agents another id");
    seen.add(id);
  }
  return ids;
}

/** Reads the prop `governance`; the agents' ids are apart. */
export function readWorkerGovernance<P extends object>(
  parent: Check<P>,
  props: WorkerGovernanceProps | undefined,
  fleet: boolean,
): Omit<GovernanceSpec, "agentId"> {
  const whole = { ...props, agentId: fleet ? "fleet" : props?.agentId } as GovernanceProps;
  const { endpoint, governanceId, keySecret, heartbeatSeconds, missedHeartbeats } = readGovernance(parent, whole, STORE_REFERENCE);
  return { endpoint, governanceId, keySecret, heartbeatSeconds, missedHeartbeats };
}
