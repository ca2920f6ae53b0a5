import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { govern, type Governance, type Labels, type Manifest } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { synth, type Synthesized } from "cdktf-governed-agents/testing";

/** Labels of a stack. */
export const labels: Labels = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

/** The same as AWS tags. */
export const tags = {
  project: "atlas",
  environment: "production",
  "cost-center": "r-and-d",
  owner: "research@acme.dev",
  "governance:id": "gov-7",
  "governance:endpoint": "https://governance.acme.dev",
  "managed-by": "cdktf-governed-agents",
};

/** A stack and what its manifest says. */
export interface Governed extends Synthesized {
  readonly manifest: Manifest;
}

/** Synthesizes a governed stack with the provider in us-east-1; `late` comes after `govern`. */
export function governed(
  build: (stack: TerraformStack) => unknown,
  { late }: { late?: (stack: TerraformStack) => unknown } = {},
): Governed {
  let governance: Governance | undefined;
  const result = synth((stack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    build(stack);
    governance = govern(stack, { providers: [aws], labels });
    late?.(stack);
  });
  return { ...result, manifest: governance?.manifest as Manifest };
}

/** The attributes of the only resource of a type. */
export function only({ json }: Synthesized, type: string): Record<string, unknown> {
  return Object.values(json.resource?.[type] ?? {})[0] as Record<string, unknown>;
}
