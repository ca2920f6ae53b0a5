import type { Synthesized } from "cdktf-governed-agents/testing";
import { schemaProblems } from "./provider-schema";

/** The same stack, after its resources were held against the schemas of the real providers. */
export function accepted(synthesized: Synthesized): Synthesized {
  expect(schemaProblems(synthesized.json)).toEqual([]);
  return synthesized;
}
