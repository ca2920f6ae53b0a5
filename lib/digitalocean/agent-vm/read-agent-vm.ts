import type { Fact } from "../../facts/fact";
import { asList, block, type Reader } from "../../facts/inventory";
import { readMachine } from "../../runtime/machine";
import { AGENT_VM_SIZES, type AgentVmSpec } from "../../spec/agent-vm";
import { DROPLET_SIZE } from "./agent-vm-limits";
import { DIGITALOCEAN_PACKAGES, tryReadUserData } from "./agent-vm-machine";

/** A machine as its droplet, user data and data volume say it. Other droplets are no agent machines. */
export const readAgentVm: Reader = (droplet, inventory): Fact[] => {
  const { attributes } = droplet;
  const first = tryReadUserData(attributes.user_data);
  const volume = inventory.referred(asList(attributes.volume_ids)[0]);
  const size = AGENT_VM_SIZES.find((candidate) => DROPLET_SIZE[candidate] === attributes.size);
  if (first === undefined || volume === undefined || size === undefined) return [];
  const spec: AgentVmSpec = {
    ...readMachine(first.config, first.settings, { packages: DIGITALOCEAN_PACKAGES, identity: false }),
    size,
    architecture: "amd64",
    profile: block(volume.attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    dataVolumeGiB: Number(volume.attributes.size),
    enabled: attributes.count !== 0,
  };
  return [{ kind: "agent-vm", address: droplet.address, path: droplet.path, spec }];
};
