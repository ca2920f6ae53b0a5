import { TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** The elements of a stack in the engine's order; nested stacks are rendered on their own. */
export function terraformElements(scope: IConstruct, found: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(scope)) found.push(scope);
  for (const child of scope.node.children) {
    if (!TerraformStack.isStack(child)) terraformElements(child, found);
  }
  return found;
}
