import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { isToken } from "./spec/check";

/** The stack's one child with this id, made when it is first asked for. */
export function once<C extends Construct>(stack: Construct, id: string, create: (id: string) => C): C {
  return (stack.node.tryFindChild(id) as C | undefined) ?? create(id);
}

/** What the stack's provider without alias was given, when it is a literal: its region, for one. */
export function providerLiteral(scope: Construct, provider: string, attribute: string): string | undefined {
  const wanted = (child: unknown) =>
    TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === provider && !child.alias;
  const found = TerraformStack.of(scope).node.children.find(wanted) as Readonly<Record<string, unknown>> | undefined;
  const value = found?.[attribute];
  return typeof value === "string" && !isToken(value) ? value : undefined;
}
