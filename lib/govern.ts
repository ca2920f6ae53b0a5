import { Aspects, type TerraformStack } from "cdktf";
import { Inventory } from "./facts/inventory";
import { holdPromises } from "./hold-promises";
import { LabelResolver, labelsSpec, MANAGED_BY, type Labels } from "./labels";
import { LabelsAspect } from "./labels-aspect";
import { PROMISES, promisesSpec, type PromisesProps } from "./promises";
import type { Provider } from "./provider";
import { buildManifest, type Manifest } from "./report/manifest";
import { writeManifest } from "./report/manifest-file";
import { Check, IntentError, type KeysOf } from "./spec/check";
import { onRendered } from "./synthesizer";

export interface GovernProps extends PromisesProps {
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
const KNOWN = { providers: true, labels: true, ...PROMISES } satisfies KeysOf<GovernProps>;

/**
 * Governs a stack: labels every resource that can carry labels, holds what was promised against the final Terraform, and writes
 * `governance.json` beside it. Call it once for each stack, at any time before synth, which fails when a promise is broken:
 * the manifest then says what is wrong, and no Terraform is written.
 * @throws IntentError when a label is missing or malformed, a promise makes no sense, or the stack is governed already.
 */
export function govern(stack: TerraformStack, props: GovernProps): Governance {
  const providers = checkProps(stack, props);
  const labels = labelsSpec(props.labels, stack.node.path);
  for (const provider of providers) provider.labels.encode({ ...labels, managedBy: MANAGED_BY }, stack.node.path);
  const promises = promisesSpec(props, stack.node.path, providers);
  const aspect = new LabelsAspect(new LabelResolver(stack, labels), providers);
  Aspects.of(stack).add(aspect);
  GOVERNED.add(stack);

  let manifest: Manifest | undefined;
  onRendered(stack, ({ json, outputDirectory }) => {
    const inventory = new Inventory(json);
    const { sections, issues } = holdPromises(promises, { stack, inventory, providers, labelsOf: (path) => aspect.labelsOf(path) });
    manifest = buildManifest({ stack: stack.node.id, labels, inventory, providers, labelling: aspect, sections });
    writeManifest(outputDirectory, manifest);
    if (issues.length > 0) throw new IntentError(stack.node.path, issues);
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
