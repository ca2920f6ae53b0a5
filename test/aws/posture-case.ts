import type { TerraformJson } from "cdktf-governed-agents";

/** A value that is known only when Terraform runs. */
export const LATER = "${var.later}";

/** A resource, what has to be said of it, and further resources beside it. */
export type PostureCase = readonly [
  name: string,
  type: string,
  attributes: Record<string, unknown>,
  said: object,
  resource?: TerraformJson["resource"],
];
