import type { Fact } from "../../facts/fact";
import { block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { readMachine, readSettings } from "../../runtime/machine";
import type { AgentVmSpec } from "../../spec/agent-vm";
import { SHAPES, trySize, type OciShape } from "./agent-vm-limits";
import { OCI_PACKAGES, tryReadUserData } from "./agent-vm-machine";

/** A machine as its instance, metadata and data volume say it. Other instances are no agent machines. */
export const readAgentVm: Reader = (instance, inventory): Fact[] => {
  const { attributes } = instance;
  const metadata = block(attributes.metadata);
  const config = tryReadUserData(metadata.user_data);
  const volume = dataVolumeOf(instance, inventory);
  const shape = attributes.shape as OciShape;
  const size = shape in SHAPES ? trySize(shape, Number(block(attributes.shape_config).ocpus)) : undefined;
  if (config === undefined || volume === undefined || size === undefined) return [];
  const spec: AgentVmSpec = {
    ...readMachine(config, readSettings(metadata.settings), { packages: OCI_PACKAGES, identity: true }),
    size,
    architecture: SHAPES[shape].architecture,
    profile: block(volume.attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    zone: String(attributes.availability_domain),
    dataVolumeGiB: Number(volume.attributes.size_in_gbs),
    rootVolumeGiB: Number(block(attributes.source_details).boot_volume_size_in_gbs),
    enabled: attributes.state !== "STOPPED",
  };
  return [{ kind: "agent-vm", address: instance.address, path: instance.path, spec }];
};

function dataVolumeOf(instance: ResourceView, inventory: Inventory): ResourceView | undefined {
  const [attachment] = inventory.referring("oci_core_volume_attachment", "instance_id", instance);
  return inventory.referred(attachment?.attributes.volume_id);
}
