/** What Terraform says of a store for copies: nothing may be in it that is nowhere else. */
export interface CacheSpec {
  /** When another place sees what was written: at once, or some time later. */
  readonly consistency: "eventual" | "strong";
}
