import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifestText, writeManifest } from "../../lib/report/manifest-file";
import { MAX_MANIFEST_MIB, readManifest, readManifests } from "../../lib/report/read-manifests";
import { writeReport } from "../../lib/report/write-report";
import { syntheticManifest } from "./support";

const folder = mkdtempSync(join(tmpdir(), "manifests-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = manifestText(syntheticManifest({ agents: 2, resources: 30 }));
const file = join(folder, "governance.json");

function problem(text: string | Buffer): string {
  writeFileSync(file, text);
  try {
    readManifest(file);
  } catch (error) {
    return (error as Error).message.replace(file, "FILE");
  }
  return "none";
}

describe("reading manifests", () => {
  test("gives back what was written, in the order of the stacks", () => {
    const manifests = ["b", "a"].map((stack) => syntheticManifest({ stack, agents: 1, resources: 9 }));
    for (const manifest of manifests) {
      mkdirSync(join(folder, "stacks", manifest.stack), { recursive: true });
      writeManifest(join(folder, "stacks", manifest.stack), manifest);
    }
    const found = readManifests(folder).map(({ manifest }) => manifest);
    expect(found).toEqual(JSON.parse(JSON.stringify([...manifests].reverse())));
  });

  test("an element of a list is one line", () => {
    const lines = good.split("\n");
    expect(lines.filter((line) => line.includes('"labelStatus"'))).toHaveLength(30);
    expect(JSON.parse(good)).toEqual(JSON.parse(JSON.stringify(syntheticManifest({ agents: 2, resources: 30 }))));
  });

  test.each<[string, string]>([
    ["nothing", ""],
    ["no JSON", "hello"],
    ["truncated", good.slice(0, 900)],
    ["a list", "[]"],
    ["null", "null"],
    ["another version", good.replace('"manifestVersion": 1', '"manifestVersion": 2')],
    ["a version that is text", good.replace('"manifestVersion": 1', '"manifestVersion": "1"')],
    ["something missing", good.replace('"coverage"', '"cover"')],
    ["something wrong deep inside", good.replace('"labelStatus":"untaggable"', '"labelStatus":"maybe"')],
  ])("fails on %s with one clear error", (_, text) => {
    expect(problem(text)).toMatchSnapshot();
  });

  test("fails on megabytes that are no manifest, and on more than can be one", () => {
    expect(problem(Buffer.alloc(5e6, "hello "))).toBe("FILE: this is no JSON; run the synth again");
    expect(problem(`{"resources":[${'{"address":"a"},'.repeat(3e5)}`)).toBe("FILE: the JSON ends in the middle; run the synth again");
    truncateSync(file, (MAX_MANIFEST_MIB + 1) * 2 ** 20);
    expect(() => readManifest(file)).toThrow("got 129 MiB, want at most 128 MiB; this is no manifest: run the synth again");
  });

  test("fails on a file that is not there, naming it", () => {
    expect(() => readManifest(join(folder, "none.json"))).toThrow("none.json");
  });

  test("many resources with every section are read whole", () => {
    writeFileSync(file, manifestText(syntheticManifest({ agents: 125, resources: 3100 })));
    expect(readManifest(file).resources).toHaveLength(3100);
  });
});

describe("writing a report", () => {
  test("leaves four whole files and nothing else", () => {
    const out = join(folder, "deep", "report");
    const written = writeReport(out, [syntheticManifest({ agents: 2, resources: 30 })]);
    expect(readdirSync(out).sort()).toEqual(["diagram.mmd", "report.html", "report.md", "report.sarif"]);
    expect(readFileSync(written.html, "utf8").trimEnd()).toMatch(/<\/html>$/);
    expect(readFileSync(written.diagram, "utf8")).toMatch(/^flowchart LR\n/);
  });

  test("a file that cannot be put in place leaves nothing half-written", () => {
    const out = join(folder, "blocked");
    mkdirSync(join(out, "report.html", "occupied"), { recursive: true });
    expect(() => writeReport(out, [syntheticManifest({ agents: 0, resources: 0 })])).toThrow();
    expect(readdirSync(out)).toEqual(["report.html"]);
  });
});
