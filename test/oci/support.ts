import type { TerraformStack } from "cdktf";
import { oci, useCompartment } from "cdktf-governed-agents/oci";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import { synth, type Synthesized } from "cdktf-governed-agents/testing";
import { Inventory } from "../../lib/facts/inventory";
import type { Fact } from "../../lib/facts/fact";
import { accepted } from "../schema/expect-valid";

export const COMPARTMENT = "ocid1.compartment.oc1..aaaaexample";

/** A stack with the provider in us-ashburn-1, in a compartment; what it says is held against the real provider's schema. */
export function ociSynth(build: (stack: TerraformStack) => unknown): Synthesized {
  const result = synth((stack) => {
    new OciProvider(stack, "oci", { region: "us-ashburn-1" });
    useCompartment(stack, COMPARTMENT);
    build(stack);
  });
  return accepted(result);
}

/** What the Terraform of such a stack says. */
export function ociFacts(build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return new Inventory(ociSynth(build).json).facts(oci.readers);
}

/** The resources of a type, by logical id; empty when there are none. */
export function resourcesOf({ json }: Synthesized, type: string): Readonly<Record<string, Record<string, unknown>>> {
  return (json.resource?.[type] ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
}
