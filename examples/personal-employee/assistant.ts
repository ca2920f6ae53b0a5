import type { Labels } from "cdktf-governed-agents";

export const ENDPOINT = "https://governance.acme.dev";
export const OWNER = "owner@acme.dev";

/** Version of the assistant's code, and the digest of the archive that holds it. */
export const RELEASE = { file: "assistant-1.4.2.tar.gz", sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" };

/** What the assistant is, on every cloud: an orchestrator and two watchers on a small machine. */
export const ASSISTANT = {
  size: "small",
  tools: ["node", "python", "claude-code"],
  packages: ["git", "jq"],
  units: {
    orchestrator: { command: ["/usr/bin/node", "/opt/agent/orchestrator.js"], memoryMaxMiB: 1536 },
    "mail-watcher": { command: ["/usr/bin/python3.13", "/opt/agent/watchers/mail.py"], memoryMaxMiB: 512 },
    "file-watcher": { command: ["/usr/bin/python3.13", "/opt/agent/watchers/files.py"], memoryMaxMiB: 512 },
  },
  environment: { VAULT: "/var/lib/agent/vault", VAULT_WRITES: "Updates/" },
  maintenanceWindow: "Sunday 02:00-04:00",
} as const;

/** How it reports: each cloud has a variant of its own, with an id and a key of its own. */
export const governance = (cloud: string, keySecret: string) => ({
  endpoint: ENDPOINT,
  agentId: `assistant-${cloud}`,
  governanceId: "household",
  keySecret,
});

export const LABELS: Labels = {
  project: "assistant",
  environment: "production",
  costCenter: "household",
  owner: OWNER,
  governanceId: "household",
  governanceEndpoint: ENDPOINT,
};
