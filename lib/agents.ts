import type { IConstruct } from "constructs";
import { IntentError } from "./spec/check";

const claims = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Takes an agent id for one agent: heartbeats, keys and alarms are told apart by it.
 * @throws IntentError when another agent of the same app has this id already.
 */
export function claimAgent(agent: IConstruct, agentId: string): void {
  const claimed = claims.get(agent.node.root) ?? new Map<string, string>();
  claims.set(agent.node.root, claimed);
  const owner = claimed.get(agentId);
  if (owner !== undefined && owner !== agent.node.path) {
    const want = `an agent id that ${owner} does not use already`;
    throw new IntentError(agent.node.path, [
      { prop: "governance.agentId", got: agentId, want, fix: "give one of the two agents another id" },
    ]);
  }
  claimed.set(agentId, agent.node.path);
}
