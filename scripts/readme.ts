import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifests } from "../lib/report/read-manifests";
import { summaryText } from "../lib/report/summary";
import { answerTo, REFUSALS } from "../examples/agent-city/refusals";
import { repositoryApps, synthesize, type RepositoryApp } from "./apps";
import { matrixRows } from "./matrix";

const root = join(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const SECTIONS: Record<string, () => string> = {
  program: () => code("ts", read("examples/quickstart/main.ts")),
  output: () => code("text", quickstartOutput()),
  "testing-kit": () => code("ts", region("test/readme.test.ts", "testing-kit")),
  promises: () => code("ts", region("test/readme.test.ts", "promises")),
  matrix: () => table(matrixRows()),
  refusals,
};

/** The pages with generated sections. */
export const PAGES = ["README.md", "examples/agent-city/README.md"] as const;

/** A page as it is. */
export function current(page: string): string {
  return read(page);
}

/** The page with every generated section made anew. */
export function generated(page: string): string {
  return current(page).replace(
    /(<!-- generated: ([a-z-]+) -->)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => `${open}\n\n${(SECTIONS[name] as () => string)()}\n\n${close}`,
  );
}

/** What the city is refused, in the words of the library. */
function refusals(): string {
  const outdir = mkdtempSync(join(tmpdir(), "refusals-"));
  const parts = REFUSALS.map((refusal) => [
    `**${refusal.asked}**`,
    code("text", answerTo(refusal, outdir)),
    `Promised instead: ${refusal.instead}.`,
  ]);
  rmSync(outdir, { recursive: true });
  return parts.flat().join("\n\n");
}

function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

function region(file: string, name: string): string {
  const text = read(file)
    .split(`// #region ${name}\n`)[1]
    ?.split(/ *\/\/ #endregion/)[0] as string;
  const indent = /^ */.exec(text)?.[0] ?? "";
  return text.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}

function quickstartOutput(): string {
  const app = repositoryApps().find(({ name }) => name === "quickstart") as RepositoryApp;
  const outdir = mkdtempSync(join(tmpdir(), "readme-"));
  synthesize(app, outdir);
  const [found] = readManifests(outdir);
  rmSync(outdir, { recursive: true });
  if (found === undefined) throw new Error("the quickstart has written no manifest");
  const stack = found.manifest.stack;
  return summaryText({ manifest: found.manifest, directory: `cdktf.out/stacks/${stack}`, next: `npx cdktf deploy ${stack}` });
}

/** A table of Markdown; the first row is its head. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

if (require.main === module) for (const page of PAGES) writeFileSync(join(root, page), generated(page));
