import type { Fact } from "../../facts/fact";
import { block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { readMachine, readSettings } from "../../runtime/machine";
import { AGENT_VM_SIZES, type AgentVmSpec } from "../../spec/agent-vm";
import { ARCHITECTURES } from "../../spec/architecture";
import { INSTANCE_TYPE } from "./agent-vm-limits";
import { AWS_PACKAGES, tryReadUserData } from "./agent-vm-machine";

/** A machine as its instance, user data, settings, data volume and state say it. Other instances are no agent machines. */
export const readAgentVm: Reader = (instance, inventory): Fact[] => {
  const config = tryReadUserData(instance.attributes.user_data_base64);
  const volume = dataVolumeOf(instance, inventory);
  const settings = volume === undefined ? undefined : inventory.referring("aws_ssm_parameter", "value", volume)[0];
  if (config === undefined || volume === undefined || settings === undefined) return [];
  const [state] = inventory.referring("aws_ec2_instance_state", "instance_id", instance);
  const spec: AgentVmSpec = {
    ...readMachine(config, readSettings(settings.attributes.value), { packages: AWS_PACKAGES, identity: true }),
    ...sizeOf(String(instance.attributes.instance_type)),
    profile: block(volume.attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    zone: String(volume.attributes.availability_zone),
    dataVolumeGiB: Number(volume.attributes.size),
    rootVolumeGiB: Number(block(instance.attributes.root_block_device).volume_size),
    enabled: state?.attributes.state !== "stopped",
  };
  return [{ kind: "agent-vm", address: instance.address, path: instance.path, spec }];
};

function dataVolumeOf(instance: ResourceView, inventory: Inventory): ResourceView | undefined {
  const [attachment] = inventory.referring("aws_volume_attachment", "instance_id", instance);
  return inventory.referred(attachment?.attributes.volume_id);
}

function sizeOf(instanceType: string): Pick<AgentVmSpec, "architecture" | "size"> {
  for (const architecture of ARCHITECTURES) {
    const size = AGENT_VM_SIZES.find((candidate) => INSTANCE_TYPE[architecture][candidate] === instanceType);
    if (size !== undefined) return { architecture, size };
  }
  return { architecture: instanceType.includes("g.") ? "arm64" : "amd64", size: "large" };
}
