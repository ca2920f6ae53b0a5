import { compareCosts, type Candidate, type Capabilities, type ComparedSide, type Comparison } from "../../cost/compare";
import { estimate } from "../../cost/estimate";
import { InputError } from "../../files/input-error";
import { readJsonFile } from "../../files/read-json-file";
import { Check, type KeysOf } from "../../spec/check";
import { EXIT, type ExitCode } from "../exit-code";
import { providersOf } from "../libraries";
import type { CompareOptions } from "../program";
import { inventoryOf, stacksIn, tryManifest } from "../stack-folder";
import { paint, printJson, type Terminal } from "../terminal";

interface Sides {
  readonly one: Capabilities;
  readonly other: Capabilities;
}

const MAX_BYTES = 1_000_000;
const SIDES = { one: true, other: true } satisfies KeysOf<Sides>;
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

/** Compares what two variants cost a month; a refusal is a result too. */
export function compare(one: string, other: string, options: CompareOptions, terminal: Terminal): ExitCode {
  const sides = readCapabilities(options.capabilities);
  const comparison = compareCosts(candidate(one, sides.one, options), candidate(other, sides.other, options));
  if (options.json) printJson(terminal, comparison);
  else terminal.out(comparisonText(terminal, comparison));
  return EXIT.ok;
}

function candidate(folder: string, capabilities: Capabilities, { asOf, usage }: CompareOptions): Candidate {
  const [stack, ...more] = stacksIn(folder);
  if (stack === undefined || more.length > 0)
    throw new InputError(folder, `${more.length + 1} stacks`, "the folder of one stack", "give one of the folders in its stacks folder");
  const inventory = inventoryOf(stack);
  const labels = tryManifest(stack)?.labels;
  return { name: folder, capabilities, estimate: estimate(inventory, providersOf(inventory), { asOf, usage: { profile: usage }, labels }) };
}

function readCapabilities(file: string): Sides {
  const json = readJsonFile(file, { maxBytes: MAX_BYTES, what: "a file of capabilities" }) as Sides;
  const check = new Check<Sides>(file, json, SIDES);
  for (const side of ["one", "other"] as const) {
    const own = check.nested<Capabilities>(side, json?.[side], CAPABILITIES);
    own.oneOf("runtime", ["continuous", "job"]);
    own.oneOf("ingress", ["none", "private", "public"]);
    own.oneOf("database", ["none", "one-zone", "two-zones"]);
    own.oneOf("egress", ["none", "direct", "shared-address"]);
    own.integer("zones", { min: 1, max: 100 });
    for (const amount of ["vcpus", "memoryGiB", "storageGiB"] as const) {
      const value: unknown = json?.[side]?.[amount];
      if (typeof value !== "number" || !(value >= 0)) own.issue(amount, value, "a number, 0 or more");
    }
  }
  return check.done(json);
}

function comparisonText(terminal: Terminal, comparison: Comparison): string {
  const rows = comparison.sides.flatMap(sideLines);
  if ("refused" in comparison) {
    const reasons = comparison.refused.map(({ reason, detail }) => `  ${reason}: ${detail}`);
    return [...rows, paint(terminal, "yellow", "no percentage, because"), ...reasons].join("\n");
  }
  const { of, against, usd, percent, formula } = comparison.difference;
  return [...rows, `${of} against ${against}: ${usd} USD a month, ${percent} %`, `  ${formula}`].join("\n");
}

function sideLines({ name, grossUsd, complete, gaps }: ComparedSide): readonly string[] {
  const total = grossUsd === null ? "no total" : `${grossUsd} USD a month expected, at list price`;
  return [`${name}: ${total}${complete ? "" : `, ${gaps.length} without a price to rely on`}`];
}
