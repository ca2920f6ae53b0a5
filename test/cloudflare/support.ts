import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { TerraformStack } from "cdktf";
import { cloudflare } from "cdktf-governed-agents/cloudflare";
import { synth, type Synthesized } from "cdktf-governed-agents/testing";
import type { Fact } from "../../lib/facts/fact";
import { Inventory } from "../../lib/facts/inventory";
import { accepted } from "../schema/expect-valid";

/** An account id as Cloudflare writes it. */
export const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** A zone id as Cloudflare writes it. */
export const ZONE = "fedcba9876543210fedcba9876543210";

/** A stack with the provider; what it says is held against the real provider's schema. */
export function cfSynth(build: (stack: TerraformStack) => unknown): Synthesized {
  const result = synth((stack) => {
    new CloudflareProvider(stack, "cloudflare", {});
    build(stack);
  });
  return accepted(result);
}

/** What the Terraform of such a stack says. */
export function cfFacts(build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return new Inventory(cfSynth(build).json).facts(cloudflare.readers);
}

/** The resources of a type, by logical id; empty when there are none. */
export function resourcesOf({ json }: Synthesized, type: string): Readonly<Record<string, Record<string, unknown>>> {
  return (json.resource?.[type] ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
}
