/**
 * Sends the last heartbeat of a run, once: `inactive` when the agent ended well, `error` otherwise. It is the payload of the other heartbeats,
 * so that a collector does not take a run that is over for an agent that fell silent. A heartbeat that cannot be delivered fails nothing.
 */
export const LAST_HEARTBEAT_SCRIPT = `"use strict";
const { GOVERNANCE_ENDPOINT, GOVERNANCE_ID, GOVERNANCE_KEY, AGENT_ID, AGENT_OUTCOME } = process.env;
const status = AGENT_OUTCOME === "success" ? "inactive" : "error";
const log = (outcome, detail) =>
  console.log(JSON.stringify({ event: "governance.heartbeat", outcome, agentId: AGENT_ID, at: new Date().toISOString(), ...detail }));
fetch(GOVERNANCE_ENDPOINT.replace(/\\/$/, "") + "/api/v1/agents/heartbeat", {
  method: "POST",
  redirect: "error",
  signal: AbortSignal.timeout(10000),
  headers: {
    authorization: "Bearer " + GOVERNANCE_KEY.trim(),
    "content-type": "application/json",
    "x-agent-id": AGENT_ID,
    "x-governance-id": GOVERNANCE_ID,
  },
  body: JSON.stringify({ agentId: AGENT_ID, status, uptime: 0, lastActivity: new Date().toISOString() }),
}).then(
  (response) => log(response.ok || response.status === 409 ? "delivered" : "refused", { status: response.status }),
  (error) => log("failed", { reason: error.cause?.code ?? error.code ?? error.name }),
);
`;
