import { lackingOf, tryCapabilities } from "../../cost/capabilities";
import { compareCosts, type Candidate, type Capabilities, type ComparedSide, type Comparison } from "../../cost/compare";
import { estimate } from "../../cost/estimate";
import type { Fact } from "../../facts/fact";
import { InputError } from "../../files/input-error";
import { readJsonFile } from "../../files/read-json-file";
import { Check, type KeysOf } from "../../spec/check";
import { EXIT, type ExitCode } from "../exit-code";
import { providersOf } from "../libraries";
import type { CompareOptions } from "../program";
import { inventoryOf, stacksIn, tryManifest, type StackFolder } from "../stack-folder";
import { paint, printJson, type Terminal } from "../terminal";

const MAX_BYTES = 1_000_000;
const CAPABILITIES = {
  runtime: true,
  vcpus: true,
  memoryGiB: true,
  storageGiB: true,
  zones: true,
  ingress: true,
  database: true,
  egress: true,
} satisfies KeysOf<Capabilities>;

/** One variant, with all that is read from its Terraform. */
interface Side extends Candidate {
  readonly facts: readonly Fact[];
}

/** What the command found: what each side cannot do, and each side held against the first. */
interface Compared {
  readonly lacking: ReturnType<typeof lackingOf>;
  readonly comparisons: readonly Comparison[];
}

/** Compares what two or more variants cost a month; a refusal is a result too. */
export function compare(folders: readonly string[], options: CompareOptions, terminal: Terminal): ExitCode {
  const stacks = folders.flatMap((folder) => stacksIn(folder));
  if (stacks.length < 2) throw new InputError(folders.join(" "), "one stack", "two stacks or more", "give a second folder");
  const given = options.capabilities === undefined ? undefined : readCapabilities(options.capabilities, stacks);
  const sides = named(stacks).map(([name, stack]) => sideOf(name, stack, given?.[stack.name], options));
  const [first, ...others] = sides as [Side, ...Side[]];
  const compared = { lacking: lackingOf(sides), comparisons: others.map((other) => compareCosts(other, first)) };
  if (options.json) printJson(terminal, compared);
  else terminal.out(comparedText(terminal, sides, compared));
  return EXIT.ok;
}

/** Stacks by name; by folder where a name is there twice. */
function named(stacks: readonly StackFolder[]): readonly (readonly [string, StackFolder])[] {
  const once = new Set(stacks.map(({ name }) => name)).size === stacks.length;
  return stacks.map((stack) => [once ? stack.name : stack.directory, stack]);
}

function sideOf(name: string, stack: StackFolder, given: Capabilities | undefined, { asOf, usage, maxPriceAge }: CompareOptions): Side {
  const inventory = inventoryOf(stack);
  const providers = providersOf(inventory);
  const facts = providers.flatMap(({ readers }) => inventory.facts(readers));
  const capabilities = given ?? tryCapabilities(facts);
  if (capabilities === undefined) {
    const fix = "say what it can do with --capabilities <file>";
    throw new InputError(stack.directory, "a stack without agents and databases of this library", "a stack that can be compared", fix);
  }
  const labels = tryManifest(stack)?.labels;
  const options = { asOf, usage: { profile: usage }, maxPriceAgeDays: maxPriceAge, labels };
  return { name, facts, capabilities, estimate: estimate(inventory, providers, options) };
}

function readCapabilities(file: string, stacks: readonly StackFolder[]): Readonly<Record<string, Capabilities>> {
  const json = readJsonFile(file, { maxBytes: MAX_BYTES, what: "a file of capabilities" }) as Record<string, Capabilities>;
  const names = [...new Set(stacks.map(({ name }) => name))];
  const check = new Check<Record<string, Capabilities>>(file, json, names);
  for (const name of names) {
    const own = check.nested<Capabilities>(name, json?.[name] as Capabilities, CAPABILITIES);
    own.oneOf("runtime", ["continuous", "job"]);
    own.oneOf("ingress", ["none", "private", "public"]);
    own.oneOf("database", ["none", "one-zone", "two-zones"]);
    own.oneOf("egress", ["none", "direct", "shared-address"]);
    own.integer("zones", { min: 1, max: 100 });
    for (const amount of ["vcpus", "memoryGiB", "storageGiB"] as const) {
      const value: unknown = json?.[name]?.[amount];
      if (typeof value !== "number" || !(value >= 0)) own.issue(amount, value, "a number, 0 or more");
    }
  }
  return check.done(json);
}

function comparedText(terminal: Terminal, sides: readonly Side[], { lacking, comparisons }: Compared): string {
  const compared = [comparisons[0]?.sides[1] as ComparedSide, ...comparisons.map((one) => one.sides[0])];
  return [
    ...sides.flatMap(({ capabilities }, index) => {
      const lacks = lacking[index]?.lacks ?? [];
      return [
        ...sideLines(compared[index] as ComparedSide),
        `  can    ${canText(capabilities)}`,
        ...(lacks.length === 0 ? [] : [`  lacks  ${lacks.join(", ")}`]),
      ];
    }),
    ...comparisons.flatMap((one) => comparisonLines(terminal, one)),
  ].join("\n");
}

function canText({ runtime, vcpus, memoryGiB, storageGiB, zones, ingress, database, egress }: Capabilities): string {
  return `${runtime}, ${vcpus} vCPU, ${memoryGiB} GiB, ${storageGiB} GiB stored, zones ${zones}, ingress ${ingress}, database ${database}, egress ${egress}`;
}

function comparisonLines(terminal: Terminal, comparison: Comparison): readonly string[] {
  const [of, against] = comparison.sides.map(({ name }) => name);
  if ("refused" in comparison) {
    const reasons = comparison.refused.map(({ reason, detail }) => `  ${reason}: ${detail}`);
    return [paint(terminal, "yellow", `${of} against ${against}: no percentage, because`), ...reasons];
  }
  const { usd, percent, formula } = comparison.difference;
  return [`${comparison.difference.of} against ${comparison.difference.against}: ${usd} USD a month, ${percent} %`, `  ${formula}`];
}

function sideLines({ name, grossUsd, netUsd, complete, gaps }: ComparedSide): readonly string[] {
  const net = netUsd === null || netUsd === grossUsd ? "" : ` (${netUsd} after allowances)`;
  const total = grossUsd === null ? "no total" : `${grossUsd} USD a month expected, at list price${net}`;
  return [`${name}: ${total}${complete ? "" : `, ${gaps.length} without a price to rely on`}`];
}
