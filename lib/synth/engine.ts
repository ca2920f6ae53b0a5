import { TerraformStack } from "cdktf";
import type { IStackSynthesizer } from "cdktf";
import { RootConstruct } from "constructs";

/**
 * Whether the stack belongs to the engine whose `prepareStack` and text format are known in full: 0.21, the last of `cdktf`.
 * Its continuation also tracks which functions are in use and formats empty values differently.
 */
export function isKnownEngine(stack: TerraformStack): boolean {
  return /^0\.21\./.test(String(stack.node.tryGetContext("cdktfVersion")));
}

/** Whether this is the synthesizer that the engine gives every stack: it asks for the JSON once, writes it and is done. */
export function isEngineSynthesizer(synthesizer: IStackSynthesizer): boolean {
  engineSynthesizer ??= new TerraformStack(new RootConstruct(), "any").synthesizer.constructor;
  return synthesizer.constructor === engineSynthesizer;
}

let engineSynthesizer: unknown;
