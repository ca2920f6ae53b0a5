import type { AgentVmLimits, AgentVmProps, AgentVmSize } from "../../spec/agent-vm";
import type { Lacks } from "../../spec/context";
import type { IDigitalOceanNetwork } from "../network/network";

/** Sizes with exactly the vCPU and memory of the size. Source: https://docs.digitalocean.com/products/droplets/details/pricing, read 2026-11-21. */
export const DROPLET_SIZE = {
  small: "s-2vcpu-4gb",
  medium: "s-4vcpu-8gb",
  large: "s-8vcpu-16gb",
} satisfies Record<AgentVmSize, string>;

/** Ubuntu 24.04 by Canonical, in its current build. */
export const UBUNTU_IMAGE = "ubuntu-24-04-x64";

/** An image by slug, or by the number of an image or snapshot of one's own. */
export const IMAGE = {
  pattern: /^([a-z0-9]+(-[a-z0-9]+)+|\d+)$/,
  want: 'the slug or number of an image, such as "ubuntu-24-04-x64" or "178934212"',
};

/** A field of a secret in Vault: the path of the API behind `/v1/`, `#`, and the field. */
export const FIELD = {
  pattern: /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)+#[A-Za-z0-9_.-]+$/,
  want: 'a field of a secret in the vault, such as "secret/data/assistant#key"',
};

const NO_IDENTITY = "a droplet has no identity that could be asked for secrets; the machine's own token is closed to units";

export type DigitalOceanAgentVmLacking = "zone" | "rootVolumeGiB";

export const LACKS = {
  zone: "a region of DigitalOcean has no zones to choose from",
  rootVolumeGiB: "the system volume of a droplet comes with its size: 80 GiB with small, 160 with medium, 320 with large",
} satisfies Record<DigitalOceanAgentVmLacking, string> & Lacks<AgentVmProps>;

/** What DigitalOcean allows for a machine in this network. */
export function agentVmLimits(network: IDigitalOceanNetwork | undefined): AgentVmLimits {
  return {
    zones: [],
    wayOut: network === undefined || network.egress !== "none",
    architectures: { among: ["amd64"], why: "DigitalOcean has no arm64 droplets" },
    noIdentity: NO_IDENTITY,
    volumeGiB: { min: 1, max: 16_384, source: "DigitalOcean volume limits" },
    leastRootGiB: 1,
    secret: FIELD,
    keySecret: FIELD,
    artifact: {
      pattern: /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[^\s?#]+$/,
      want: "an https URL without query",
    },
  };
}
