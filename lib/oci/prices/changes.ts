import { isTrue, numberOf, textOf } from "../../cost/literal";
import type { ChangeRule } from "../../cost/rule";
import { block, type ResourceView } from "../../facts/inventory";
import { priceInstance } from "./compute";

/** Shapes that run what another one of the same processor runs. */
const SAME_PROCESSOR = [["VM.Standard.E3.Flex", "VM.Standard.E4.Flex", "VM.Standard.E5.Flex"]];

/** Half of the processors and memory, as long as there is an OCPU and its GB, or a cheaper shape of the same processor. */
const changeInstance: ChangeRule = (machine, inventory, context) => {
  const shape = textOf(machine.attributes.shape);
  const config = block(machine.attributes.shape_config);
  const [ocpus, gb] = [numberOf(config.ocpus), numberOf(config.memory_in_gbs)];
  if (shape === undefined || isTrue(config.baseline_ocpu_utilization)) return [];
  const instead = (attributes: ResourceView["attributes"]) => ({
    [machine.address]: priceInstance({ ...machine, attributes: { ...machine.attributes, ...attributes } }, inventory, context),
  });
  const others = SAME_PROCESSOR.find((shapes) => shapes.includes(shape))?.filter((other) => other !== shape) ?? [];
  const shapes = others.map((other) => ({ change: `shape "${other}" instead of "${shape}"`, instead: instead({ shape: other }) }));
  if (typeof ocpus !== "number" || typeof gb !== "number" || ocpus < 2 || gb < 2) return shapes;
  const half = { ...config, ocpus: Math.floor(ocpus / 2), memory_in_gbs: Math.floor(gb / 2) };
  const smaller = {
    change: `${half.ocpus} OCPU and ${half.memory_in_gbs} GB instead of ${ocpus} and ${gb}`,
    loses: "half of the capacity",
    instead: instead({ shape_config: half }),
  };
  return [...shapes, smaller];
};

/** Cheaper ways that OCI has, by Terraform resource type. */
export const CHANGES: Readonly<Record<string, ChangeRule>> = { oci_core_instance: changeInstance };
