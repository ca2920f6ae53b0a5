import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { snapshot } from "cdktf-governed-agents/testing";
import type { TerraformJson } from "../lib/facts/inventory";
import { readManifests } from "../lib/report/read-manifests";
import { repositoryApps, synthesize } from "../scripts/apps";
import { schemaProblems } from "./schema/provider-schema";

/** Of stacks with more resources than this the snapshot holds addresses only: nobody would read the rest. */
const MOST_REVIEWED = 250;

const addressesOf = ({ resource = {} }: TerraformJson) =>
  Object.entries(resource).flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`));

const outdir = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe.each(repositoryApps())("$main", (app) => {
  const out = join(outdir, app.name);
  synthesize(app, out);
  const { stacks } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };

  test.each(Object.keys(stacks))("%s synthesizes to the reviewed Terraform", (stack) => {
    const text = readFileSync(join(out, stacks[stack]?.synthesizedStackPath as string), "utf8");
    const json = JSON.parse(text) as TerraformJson;
    expect(addressesOf(json).length > MOST_REVIEWED ? addressesOf(json) : snapshot(json)).toMatchSnapshot();
  });

  test.each(Object.keys(stacks))("%s is what the real providers' schemas take", (stack) => {
    const json = JSON.parse(readFileSync(join(out, stacks[stack]?.synthesizedStackPath as string), "utf8")) as Record<string, object>;
    expect(schemaProblems(json)).toEqual([]);
  });

  test("every stack is governed, and every label arrives where it can", () => {
    const manifests = readManifests(out).map(({ manifest }) => manifest);
    expect(manifests.map((manifest) => manifest.stack).sort()).toEqual(Object.keys(stacks).sort());
    for (const manifest of manifests) expect(manifest.coverage).toMatchObject({ conflict: 0, ungoverned: 0, ratioOfTaggable: 1 });
  });
});
