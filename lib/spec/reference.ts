import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { Construct } from "constructs";

const REFERENCE = /^\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)\.[a-z_]+\}$/;

/** The Terraform address in `${volume.Data.id}`; any other text stays as it is. */
export function addressIn(reference: string): string {
  return REFERENCE.exec(reference)?.[1] ?? reference;
}

/** A value as it will stand in the Terraform of the scope's stack, such as `${volume.Data.id}`. */
export function referenceText(scope: Construct, value: unknown): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(value, { scope: TerraformStack.of(scope), resolver, preparing: false }));
}
