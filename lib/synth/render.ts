import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import type { TerraformJson } from "../facts/inventory";
import { terraformElements } from "./elements";
import { mergeInto } from "./merge";
import { LiteralFirstResolver, NotReproducible } from "./resolve";

type JsonObject = Record<string, unknown>;

interface StackMetadata extends JsonObject {
  overrides?: { stack?: string[] };
}

/** Renders a stack in one pass, or returns undefined where only the engine itself can do it. */
export function tryRender(stack: TerraformStack): TerraformJson | undefined {
  try {
    return render(stack);
  } catch {
    return undefined; // whatever is wrong, the engine says it in its own words when it renders the same stack
  }
}

function render(stack: TerraformStack): TerraformJson {
  const resolver = new LiteralFirstResolver(stack);
  const bare = renderByEngine(stack, []);
  const metadata = (bare["//"] as { metadata: StackMetadata }).metadata;
  const overridden = [...(metadata.overrides?.stack ?? [])];
  const elements = terraformElements(stack);
  for (const element of elements) mergeInto(metadata, resolver.resolve(element.toMetadata()));
  const json: JsonObject = { "//": { metadata, outputs: resolver.resolve(outputNames(elements)) } };
  for (const element of elements) mergeInto(json, resolver.resolve(element.toTerraform()));
  const settled = resolver.leftovers ? (resolver.resolve(json) as JsonObject) : json;
  if (overridden.length > 0) applyStackOverrides(stack, settled, overridden, resolver.leftovers);
  return settled as TerraformJson;
}

/** Which output of the JSON belongs to which construct path, as a tree. */
function outputNames(elements: readonly TerraformElement[]): JsonObject {
  const names: JsonObject = {};
  for (const output of elements) {
    if (!TerraformOutput.isTerraformOutput(output)) continue;
    const path = output.node.path.split("/");
    mergeInto(
      names,
      path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), output.friendlyUniqueId),
    );
  }
  return names;
}

/**
 * Overrides of the stack may hold tokens, delete parts and replace others, so the engine applies them: to the blocks they touch only.
 * @throws NotReproducible for overrides of the stack's own metadata, and when the engine's second pass would still change something.
 */
function applyStackOverrides(stack: TerraformStack, json: JsonObject, blocks: readonly string[], leftovers: boolean): void {
  if (leftovers || blocks.includes("//")) throw new NotReproducible("an override of the whole");
  const touched = Object.fromEntries(Object.entries(json).filter(([block]) => blocks.includes(block)));
  const result = renderByEngine(stack, [new Fragment(touched)]);
  for (const block of blocks) {
    if (Object.hasOwn(result, block)) json[block] = result[block];
    else delete json[block];
  }
}

/** What the engine makes of the stack if `elements` were its only ones. */
function renderByEngine(stack: TerraformStack, elements: readonly TerraformElement[]): JsonObject {
  const node = Object.create(stack.node, { children: { value: elements } }) as TerraformStack["node"];
  const view = Object.create(stack, { node: { value: node } }) as TerraformStack;
  return TerraformStack.prototype.toTerraform.call(view) as JsonObject;
}

/** An element outside of any stack that contributes ready JSON. */
class Fragment extends TerraformElement {
  constructor(private readonly json: JsonObject) {
    super(new RootConstruct(), "Fragment");
  }

  public override toTerraform(): JsonObject {
    return this.json;
  }
}
