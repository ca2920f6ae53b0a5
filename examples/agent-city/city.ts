import type { GovernanceProps, Labels } from "cdktf-governed-agents";

export const LABELS: Labels = {
  project: "agent-city",
  environment: "production",
  costCenter: "city",
  owner: "city@acme.dev",
  governanceId: "city",
  governanceEndpoint: "https://governance.acme.dev",
};

export const ON_CALL = "city-on-call@acme.dev";
export const DOMAIN = "city.acme.dev";

/** All citizens: each is an object of one Durable Object class, with an id and heartbeats of its own. */
export const CITIZENS = 1250;

/** The four WebSocket back ends behind one balancer, by path; the images are pinned by digest. */
export const DISTRICTS = {
  research: "ghcr.io/acme/research@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  communication: "ghcr.io/acme/communication@sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
  history: "ghcr.io/acme/history@sha256:fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
  family: "ghcr.io/acme/family@sha256:a4e624d686e03ed2767c0abd85c14426b0b1157d2ce81d27bb4fe4f6f01d688a",
} as const;

/** Validators, with a private RPC port that districts and each other may reach. */
export const VALIDATORS = 10;
export const RPC_PORT = 8545;

/** Where every backup is kept too. */
export const COPIES = ["eu-west-1", "ap-southeast-1"] as const;

/** How a part of the city reports. */
export function governance(agentId: string, keySecret: string): GovernanceProps {
  return { endpoint: LABELS.governanceEndpoint, agentId, governanceId: LABELS.governanceId, keySecret };
}
