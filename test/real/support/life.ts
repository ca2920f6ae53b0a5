import type { App, Stack, SynthesizedApp } from "./apps";
import { isGone, taggedResources } from "./aws-calls";
import { CdktfProject } from "./cdktf";
import type { Emulator } from "./emulator";
import { applicableCopy } from "./emulator-copy";
import { startEmulator } from "./emulator";
import { isProtected } from "./protection";
import type { Terraform } from "./terraform";
import type { TerraformJson } from "./terraform-json";
import { resourcesOf } from "./terraform-json";
import { say } from "./tools";

/** What happened in the whole life of an app, step by step; a step that was not reached is undefined. */
export interface Life {
  error?: Error;
  /** By stack: the plan right after deployment, undefined when nothing would change. */
  changes?: Readonly<Record<string, string | undefined>>;
  /** What `destroy` said while resources are protected; undefined also when none is. */
  refusal?: string;
  /** What Terraform still manages after `destroy`. */
  managed?: readonly string[];
  /** What the emulator still holds after `destroy`, beyond what stays on purpose. */
  leftovers?: readonly string[];
}

/** deploy, diff, destroy (refused while protected), deploy without protection, destroy: with an emulator of its own. */
export async function liveOnce({ app, stacks }: SynthesizedApp, terraform: Terraform, python: string): Promise<Life> {
  const life: Life = {};
  const emulator = await startEmulator(python, app.name, broughtZones(stacks));
  const project = new CdktfProject(app, stacks, terraform, emulator);
  const started = Date.now();
  const progress = (step: string) => say(`${app.name}: ${step} after ${Math.round((Date.now() - started) / 1000)} s`);
  sayWhatDiffers(app, stacks, terraform);
  try {
    await project.deploy({ unprotect: false });
    progress("deployed");
    life.changes = Object.fromEntries(await inOrder(stacks, async (stack) => [stack.name, await project.changes(stack)] as const));
    progress("compared");
    if (stacks.some(({ json }) => resourcesOf(json).some(({ body }) => isProtected(body)))) {
      life.refusal = (await project.refusal()) ?? "destroyed without a word";
      await project.deploy({ unprotect: true });
      progress("protection removed");
    }
    await project.destroy();
    progress("destroyed");
    life.managed = project.managedResources();
    life.leftovers = await leftovers(
      emulator,
      stacks.map(({ json }) => json),
    );
  } catch (error) {
    life.error = error as Error;
  } finally {
    emulator.stop();
  }
  return life;
}

function sayWhatDiffers(app: App, stacks: readonly Stack[], { mirror }: Terraform): void {
  const left = stacks.flatMap(({ json }) => applicableCopy(json, { mirror, stateFolder: "", unprotect: false }).left);
  left.forEach((line) => say(`${app.name}: for the emulator, ${line}`));
}

/** Zones that the stacks name by a literal id, as their owner has them: the domain right below the public suffix. */
function broughtZones(stacks: readonly Stack[]): Record<string, string> {
  const records = stacks.flatMap(({ json }) => resourcesOf(json).filter(({ type }) => type === "aws_route53_record"));
  const literal = records
    .map(({ body }) => [String(body.zone_id), String(body.name)] as const)
    .filter((pair) => !pair.join("").includes("${"));
  return Object.fromEntries(literal.map(([zone, name]) => [zone, name.split(".").slice(-2).join(".")]));
}

async function leftovers(emulator: Emulator, stacks: readonly TerraformJson[]): Promise<string[]> {
  const settings = stacks.flatMap(({ provider }) => provider?.aws ?? []);
  const regions = [...new Set(settings.map(({ region }) => String(region)))];
  const tagged = await inOrder(regions, (region) => taggedResources(emulator, region));
  const left = await inOrder(tagged.flat(), async (arn) => ((await isGone(emulator, arn)) ? [] : [arn]));
  return left.flat();
}

async function inOrder<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}
