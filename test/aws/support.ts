import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { aws, AwsNetwork } from "cdktf-governed-agents/aws";
import { factsOf, synth, type Synthesized } from "cdktf-governed-agents/testing";
import type { Fact } from "../../lib/facts/fact";

/** A stack with the provider in us-east-1. */
export function awsSynth(build: (stack: TerraformStack) => unknown): Synthesized {
  return synth((stack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    build(stack);
  });
}

/** What the Terraform of such a stack says. */
export function awsFacts(build: (stack: TerraformStack) => unknown): readonly Fact[] {
  return factsOf(aws, (stack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    build(stack);
  });
}

/** A network with all tiers in two zones. */
export function testNetwork(stack: TerraformStack): AwsNetwork {
  return new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "nat-gateway" });
}

/** The resources of a type, by logical id; empty when there are none. */
export function resourcesOf({ json }: Synthesized, type: string): Readonly<Record<string, Record<string, unknown>>> {
  return (json.resource?.[type] ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
}
