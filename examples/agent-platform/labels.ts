import type { Labels } from "cdktf-governed-agents";

/** The same platform on every cloud: the same project, owner and governance. */
export const LABELS: Labels = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "platform@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

/** Images, pinned by digest. */
export const IMAGES = {
  hub: "ghcr.io/acme/hub@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  registry: "ghcr.io/acme/registry@sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
  researcher: "ghcr.io/acme/researcher@sha256:fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
} as const;
