import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import type { TerraformStack } from "cdktf";
import { digitalocean, DigitalOceanAlarms } from "cdktf-governed-agents/digitalocean";
import { synth, type Synthesized } from "cdktf-governed-agents/testing";
import { Inventory } from "../../lib/facts/inventory";
import type { Fact } from "../../lib/facts/fact";
import { accepted } from "../schema/expect-valid";

/** A stack with the provider and somebody who hears its alarms; what it says is held against the real provider's schema. */
export function doSynth(build: (stack: TerraformStack) => unknown): Synthesized {
  const result = synth((stack) => {
    new DigitaloceanProvider(stack, "digitalocean", {});
    DigitalOceanAlarms.of(stack).addEmail("oncall@acme.dev");
    build(stack);
  });
  return accepted(result);
}

/** What the Terraform of such a stack says. */
export function doFacts(build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return new Inventory(doSynth(build).json).facts(digitalocean.readers);
}

/** The resources of a type, by logical id; empty when there are none. */
export function resourcesOf({ json }: Synthesized, type: string): Readonly<Record<string, Record<string, unknown>>> {
  return (json.resource?.[type] ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
}
