import type { Construct } from "constructs";
import { providerLiteral } from "../once";

/** The region of the stack's OCI provider without alias, when it is a literal. */
export function tryRegion(scope: Construct): string | undefined {
  return providerLiteral(scope, "oci", "region");
}
