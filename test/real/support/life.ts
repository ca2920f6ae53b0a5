import type { SynthesizedApp } from "./apps";
import { taggedResources } from "./aws-calls";
import { CdktfProject } from "./cdktf";
import type { Emulator } from "./emulator";
import { startEmulator } from "./emulator";
import { isProtected } from "./protection";
import type { RunResult } from "./run";
import type { Terraform } from "./terraform";
import type { TerraformJson } from "./terraform-json";
import { resourcesOf } from "./terraform-json";
import { say } from "./tools";

/** What happened in the whole life of an app, step by step; a step that was not reached is undefined. */
export interface Life {
  error?: Error;
  /** By stack: the plan right after deployment, undefined when nothing would change. */
  changes?: Readonly<Record<string, string | undefined>>;
  /** How `destroy` ended while resources are protected; undefined also when none is. */
  refusal?: RunResult;
  /** What Terraform still manages after `destroy`. */
  managed?: readonly string[];
  /** What the emulator still holds after `destroy`, beyond what stays on purpose. */
  leftovers?: readonly string[];
}

/** What a deletion leaves behind on purpose. */
const STAYS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /:rds:.*:snapshot:/, reason: "final snapshot of a database" },
  { pattern: /:kms:.*:key\//, reason: "keys wait a week or more before they are gone" },
  { pattern: /:secretsmanager:.*:secret:/, reason: "secrets stay recoverable for a while" },
];

/** deploy, diff, destroy (refused while protected), deploy without protection, destroy: with an emulator of its own. */
export async function liveOnce({ app, stacks }: SynthesizedApp, terraform: Terraform, python: string): Promise<Life> {
  const life: Life = {};
  const emulator = await startEmulator(python, app.name);
  const project = new CdktfProject(app, terraform, emulator);
  const started = Date.now();
  const progress = (step: string) => say(`${app.name}: ${step} after ${Math.round((Date.now() - started) / 1000)} s`);
  try {
    await project.deploy({ unprotect: false });
    progress("deployed");
    life.changes = Object.fromEntries(await inOrder(stacks, async (stack) => [stack.name, await project.changes(stack)] as const));
    progress("compared");
    const isProtectedApp = stacks.some(({ json }) => resourcesOf(json).some(({ body }) => isProtected(body)));
    if (isProtectedApp) {
      life.refusal = await project.destroy({ unprotect: false });
      await project.deploy({ unprotect: true });
      progress("protection removed");
    }
    const destroyed = await project.destroy({ unprotect: true });
    progress(`destroyed (${destroyed.code})`);
    if (destroyed.code !== 0) throw new Error(`cdktf destroy ended with ${destroyed.code}\n${destroyed.stdout}\n${destroyed.stderr}`);
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

async function leftovers(emulator: Emulator, stacks: readonly TerraformJson[]): Promise<string[]> {
  const settings = stacks.flatMap(({ provider }) => provider?.aws ?? []);
  const regions = [...new Set(settings.map(({ region }) => String(region)))];
  const found = await inOrder(regions, (region) => taggedResources(emulator, region));
  return found.flat().filter((arn) => !STAYS.some(({ pattern }) => pattern.test(arn)));
}

async function inOrder<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}
