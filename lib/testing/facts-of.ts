import type { TerraformStack } from "cdktf";
import type { Fact } from "../facts/fact";
import { Inventory } from "../facts/inventory";
import type { Provider } from "../provider";
import { synth } from "./synth";

/** What the Terraform of a construct says, in neutral words. */
export function factsOf(provider: Provider, build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return new Inventory(synth(build).json).facts(provider.readers);
}
