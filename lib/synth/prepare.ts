import type { TerraformStack } from "cdktf";
import { terraformElements } from "./elements";
import { LiteralFirstResolver } from "./resolve";

/** Engines whose `prepareStack` is known to do no more than is done here; later ones also track which functions are in use. */
const KNOWN_ENGINE = /^0\.21\./;

/**
 * Does what `prepareStack` does: finds references to other stacks, which add outputs and data sources.
 * Returns false when the engine has to do it itself, also for the sake of its error messages; doing it twice is harmless.
 */
export function tryPrepare(stack: TerraformStack): boolean {
  if (!KNOWN_ENGINE.test(String(stack.node.tryGetContext("cdktfVersion")))) return false;
  try {
    stack.ensureBackendExists();
    const resolver = new LiteralFirstResolver(stack, true);
    for (const element of terraformElements(stack)) resolver.resolve(element.toTerraform());
    return true;
  } catch {
    return false;
  }
}
