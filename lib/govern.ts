import { Aspects, type TerraformStack } from "cdktf";
import { Inventory } from "./facts/inventory";
import { LabelResolver, labelsSpec, MANAGED_BY, type Labels } from "./labels";
import { LabelsAspect } from "./labels-aspect";
import type { Provider } from "./provider";
import { buildManifest, type Manifest } from "./report/manifest";
import { writeManifest } from "./report/manifest-file";
import { Check, IntentError, type KeysOf } from "./spec/check";
import { onRendered } from "./synthesizer";

export interface GovernProps {
  /** The providers whose resources the stack holds. */
  readonly providers: readonly Provider[];
  /** Who pays for, owns and governs the stack. */
  readonly labels: Labels;
}

/** What is known of a governed stack. */
export interface Governance {
  /** The manifest of the last synth; undefined before the first. */
  readonly manifest: Manifest | undefined;
}

const GOVERNED = new WeakSet<TerraformStack>();
const KNOWN = { providers: true, labels: true } satisfies KeysOf<GovernProps>;

/**
 * Governs a stack: labels every resource that can carry labels, and writes `governance.json` beside the Terraform of the stack.
 * Call it once for each stack, at any time before synth.
 * @throws IntentError when a label is missing or malformed, or the stack is governed already.
 */
export function govern(stack: TerraformStack, props: GovernProps): Governance {
  const providers = checkProps(stack, props);
  const labels = labelsSpec(props.labels, stack.node.path);
  for (const provider of providers) provider.labels.encode({ ...labels, managedBy: MANAGED_BY }, stack.node.path);
  const aspect = new LabelsAspect(new LabelResolver(stack, labels), providers);
  Aspects.of(stack).add(aspect);
  GOVERNED.add(stack);

  let manifest: Manifest | undefined;
  onRendered(stack, ({ json, outputDirectory }) => {
    manifest = buildManifest({ stack: stack.node.id, labels, inventory: new Inventory(json), providers, labelling: aspect });
    writeManifest(outputDirectory, manifest);
  });
  return {
    get manifest() {
      return manifest;
    },
  };
}

function checkProps(stack: TerraformStack, props: GovernProps): readonly Provider[] {
  const check = new Check<GovernProps>(`${stack.node.path} govern`, props, KNOWN);
  const providers = check.list<Provider>("providers", "a list of the providers whose resources the stack holds");
  const names = providers.flatMap((provider) => provider?.name ?? []);
  providers.forEach((provider, index) => {
    if (typeof provider?.labels !== "object") check.issue(`providers.${index}`, provider, "a provider, as this library exports it");
  });
  if (providers.length === 0 && Array.isArray(props?.providers))
    check.issue("providers", [], "a list of the providers whose resources the stack holds");
  if (new Set(names).size !== names.length) check.issue("providers", names, "every provider once");
  check.required("labels", "the labels of the stack");
  check.done(undefined);
  if (GOVERNED.has(stack))
    throw new IntentError(stack.node.path, [{ prop: "govern", got: "a second call", want: "one call for each stack" }]);
  return providers;
}
