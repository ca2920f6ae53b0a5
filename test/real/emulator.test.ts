import * as fs from "node:fs";
import * as path from "node:path";
import type { Stack, SynthesizedApp } from "./support/apps";
import { describeStacks, synthesizedApps } from "./support/apps";
import type { Emulator } from "./support/emulator";
import { findMotoPython, startEmulator } from "./support/emulator";
import { plannableCopy } from "./support/emulator-copy";
import type { Life } from "./support/life";
import { liveOnce } from "./support/life";
import { WORK } from "./support/paths";
import { expectSuccess, run } from "./support/run";
import type { Terraform } from "./support/terraform";
import { findTerraform, missingProviders } from "./support/terraform";
import { resourcesOf } from "./support/terraform-json";
import { notChecked, say } from "./support/tools";

const terraform = findTerraform();
const python = findMotoPython();

async function plan(stack: Stack, { program, mirror, env }: Terraform, emulator: Emulator): Promise<string> {
  const cwd = path.join(WORK, "plan", stack.app.name, stack.name);
  fs.rmSync(cwd, { recursive: true, force: true });
  fs.mkdirSync(cwd, { recursive: true });
  const copy = plannableCopy(stack.json, mirror);
  const json = { ...copy, terraform: { ...copy.terraform, backend: undefined } };
  fs.writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(json, null, 2));
  const options = { cwd, env: { ...env, ...emulator.env } };
  expectSuccess(await run(program, ["init", "-input=false", "-no-color"], options));
  return expectSuccess(await run(program, ["plan", "-input=false", "-no-color"], options)).stdout;
}

function describePlans(tools: Terraform, emulator: () => Emulator): void {
  describeStacks((stack) => {
    if (!isEmulated(stack)) return;
    const missing = missingProviders(stack.json, tools.mirror);
    if (missing.length > 0) return notChecked(`stack ${stack.name} was not planned: the mirror has no ${missing.join(", ")}`);
    if (stack.json.data?.terraform_remote_state)
      return notChecked(`stack ${stack.name} is planned only once the stacks it reads are deployed (below)`);
    test(`plans stack ${stack.name}`, async () => {
      expect(await plan(stack, tools, emulator())).toMatch(/Plan: [1-9]\d* to add, 0 to change, 0 to destroy/);
    });
  });
}

/** The part of an app that the emulator can answer for. */
function onlyEmulated(one: SynthesizedApp): SynthesizedApp {
  return { ...one, stacks: one.stacks.filter(isEmulated) };
}

/** Whether everything of a stack is at AWS; what the others say to a plan is in plan.test.ts. */
function isEmulated({ json }: Stack): boolean {
  return Object.keys(json.provider ?? {}).every((name) => name === "aws");
}

/** The emulator needs minutes for more resources than this. */
const MOST_APPLIED = 300;

/** Apps that can be applied here; of several that say the same, the first. */
function applicableApps({ mirror }: Terraform): SynthesizedApp[] {
  const sayings = new Map<string, SynthesizedApp>();
  for (const one of synthesizedApps().map(onlyEmulated)) {
    if (one.stacks.length === 0 || one.error || one.stacks.some(({ json }) => missingProviders(json, mirror).length > 0)) continue;
    const size = one.stacks.flatMap(({ json }) => resourcesOf(json)).length;
    if (size > MOST_APPLIED) {
      say(`NOT CHECKED: ${one.app.name} has ${size} resources and is planned only; its parts live in agent-platform`);
      continue;
    }
    const saying = JSON.stringify(one.stacks.map(({ json }) => json));
    const same = sayings.get(saying);
    if (same) say(`${one.app.name}: has the same stacks as ${same.app.name}, which lives for both`);
    else sayings.set(saying, one);
  }
  return [...sayings.values()];
}

function describeLives(tools: Terraform, moto: string): void {
  const apps = applicableApps(tools);
  const lives = new Map<string, Promise<Life>>();
  beforeAll(() => apps.forEach((one) => lives.set(one.app.name, liveOnce(one, tools, moto))));
  describe.each(apps)("app $app.name", ({ app }) => {
    const reached = async <T>(step: (life: Life) => T | undefined): Promise<T> => {
      const life = await lives.get(app.name);
      const outcome = life && step(life);
      if (outcome === undefined) throw life?.error ?? new Error("not reached");
      return outcome;
    };
    test("cdktf deploy, then cdktf diff has nothing to do", async () => {
      const changes = await reached((life) => life.changes);
      expect(Object.values(changes).filter(Boolean).join("\n\n")).toBe("");
    });
    test("cdktf destroy leaves nothing, and is refused as long as something is protected", async () => {
      expect(await reached((life) => life.managed)).toEqual([]);
      expect(await reached((life) => life.leftovers)).toEqual([]);
      const life = await lives.get(app.name);
      if (life?.refusal) expect(life.refusal).toContain("prevent_destroy");
    });
  });
}

if (typeof terraform === "string") notChecked(terraform);
else if (!python) notChecked("moto[server] is not installed: nothing was planned or applied");
else {
  describe("terraform plan against an AWS emulator", () => {
    let emulator: Emulator;
    beforeAll(async () => void (emulator = await startEmulator(python, "plan")));
    afterAll(() => emulator?.stop());
    describePlans(terraform, () => emulator);
  });
  describe("whole life against an AWS emulator", () => describeLives(terraform, python));
}
