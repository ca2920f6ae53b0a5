/**
 * A reporter that needs nothing but Node 20: it sends heartbeats to `POST <endpoint>/api/v1/agents/heartbeat` and writes one JSON line
 * for each to standard output, which the heartbeat alarm counts. The key is read from its file every time, so that a rotated key is taken up.
 * A heartbeat is never repeated: only the newest matters. It stops within a second of SIGTERM.
 */
export const HEARTBEAT_SCRIPT = `"use strict";
const { readFileSync } = require("node:fs");
const { GOVERNANCE_ENDPOINT, GOVERNANCE_ID, AGENT_ID, GOVERNANCE_KEY_FILE, GOVERNANCE_HEARTBEAT_SECONDS } = process.env;
const interval = Number(GOVERNANCE_HEARTBEAT_SECONDS) * 1000;
const started = Date.now();
const log = (outcome, detail) =>
  console.log(JSON.stringify({ event: "governance.heartbeat", outcome, agentId: AGENT_ID, at: new Date().toISOString(), ...detail }));

async function beat() {
  try {
    const now = new Date().toISOString();
    const response = await fetch(GOVERNANCE_ENDPOINT.replace(/\\/$/, "") + "/api/v1/agents/heartbeat", {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(10000),
      headers: {
        authorization: "Bearer " + readFileSync(GOVERNANCE_KEY_FILE, "utf8").trim(),
        "content-type": "application/json",
        "x-agent-id": AGENT_ID,
        "x-governance-id": GOVERNANCE_ID,
      },
      body: JSON.stringify({ agentId: AGENT_ID, status: "active", uptime: Math.round((Date.now() - started) / 1000), lastActivity: now }),
    });
    log(response.ok || response.status === 409 ? "delivered" : "refused", { status: response.status });
  } catch (error) {
    log("failed", { reason: error.cause?.code ?? error.code ?? error.name });
  }
}

function next() {
  setTimeout(() => beat().then(next), interval * (0.9 + Math.random() * 0.2));
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
beat().then(next);
`;

/** Copies the reporting key from the environment, where the platform's secret store puts it, to the file of the contract. */
export const KEY_WRITER_SCRIPT = `"use strict";
const { writeFileSync } = require("node:fs");
writeFileSync(process.env.GOVERNANCE_KEY_FILE, process.env.GOVERNANCE_KEY, { mode: 0o444 });
`;
