import type { TerraformStack } from "cdktf";
import { terraformElements } from "./elements";
import { isKnownEngine } from "./engine";
import { LiteralFirstResolver } from "./resolve";

/**
 * Does what `prepareStack` does: finds references to other stacks, which add outputs and data sources.
 * Returns false when the engine has to do it itself, also for the sake of its error messages; doing it twice is harmless.
 */
export function tryPrepare(stack: TerraformStack): boolean {
  if (!isKnownEngine(stack)) return false;
  try {
    stack.ensureBackendExists();
    const resolver = new LiteralFirstResolver(stack, true);
    for (const element of terraformElements(stack)) resolver.resolve(element.toTerraform());
    return true;
  } catch {
    return false;
  }
}
