import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import type { TerraformStack } from "cdktf";
import { github } from "cdktf-governed-agents/github";
import { synth, type Synthesized } from "cdktf-governed-agents/testing";
import type { Fact } from "../../lib/facts/fact";
import { Inventory } from "../../lib/facts/inventory";
import { accepted } from "../schema/expect-valid";

/** A stack with the provider; what it says is held against the real provider's schema. */
export function ghSynth(build: (stack: TerraformStack) => unknown): Synthesized {
  const result = synth((stack) => {
    new GithubProvider(stack, "github", { owner: "acme" });
    build(stack);
  });
  return accepted(result);
}

/** What the Terraform of such a stack says. */
export function ghFacts(build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return new Inventory(ghSynth(build).json).facts(github.readers);
}

/** The resources of a type, by logical id; empty when there are none. */
export function resourcesOf({ json }: Synthesized, type: string): Readonly<Record<string, Record<string, unknown>>> {
  return (json.resource?.[type] ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
}
