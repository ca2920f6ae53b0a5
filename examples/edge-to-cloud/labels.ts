import type { GovernanceProps, Labels } from "cdktf-governed-agents";

export const LABELS: Labels = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "platform@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

export const ON_CALL = "on-call@acme.dev";

/** Which runs may deploy: the same data for the role at AWS and for the environment at GitHub. */
export const TRUST = {
  repository: "acme/atlas",
  ids: { owner: "1234567", repository: "987654321" },
  subjects: "both",
  environment: "production",
  refs: ["refs/heads/main"],
} as const;

/** How an agent reports. */
export function governance(agentId: string, keySecret: string): GovernanceProps {
  return { endpoint: LABELS.governanceEndpoint, agentId, governanceId: LABELS.governanceId, keySecret };
}
