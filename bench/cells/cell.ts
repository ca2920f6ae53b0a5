import type { TerraformStack } from "cdktf";

/** What a benchmark needs to know of a provider: its own name here, and resources that refer to each other, as in a small system. */
export interface Cells {
  /** How many resources one cell has. */
  readonly resources: number;
  declareProvider(stack: TerraformStack): void;
  addCell(stack: TerraformStack, index: number): void;
}
