import type { TerraformStack } from "cdktf";
import { addLabels, govern, type Governance, type Manifest, type Provider } from "cdktf-governed-agents";
import { oci } from "cdktf-governed-agents/oci";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { labels } from "../governed";
import { ociSynth } from "./support";

/** The labels of the tests as free-form tags of OCI. */
export const tags = {
  project: "atlas",
  environment: "production",
  "cost-center": "r-and-d",
  owner: "research@acme.dev",
  "governance-id": "gov-7",
  "governance-endpoint": "https://governance.acme.dev",
  "managed-by": "cdktf-governed-agents",
};

/** The three labels that parts of a stack may have beside them; with these, all ten free-form tags of a resource are taken. */
export const scopeLabels = { agentId: "scout", layer: "core", dataClass: "internal" };

/** Synthesizes a governed stack on OCI. */
export function governed(
  build: (stack: TerraformStack) => unknown,
  { provider = oci, all = false }: { provider?: Provider; all?: boolean } = {},
): Synthesized & { readonly manifest: Manifest } {
  let governance: Governance | undefined;
  const result = ociSynth((stack) => {
    build(stack);
    if (all) addLabels(stack, scopeLabels);
    governance = govern(stack, { providers: [provider], labels });
  });
  return { ...result, manifest: governance?.manifest as Manifest };
}
