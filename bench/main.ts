/** Measures the compiled library against the plain engine and prints ratios: `npm run build && npm run bench [-- synth|import|city]`. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchCity } from "./city";
import { benchImport } from "./import";
import { benchSynth } from "./synth";

const BENCHES = { import: benchImport, synth: benchSynth, city: benchCity };
const RESULTS = join(__dirname, "results.md");

function main(names: readonly string[]): void {
  if (!existsSync(join(__dirname, "..", "dist", "aws", "index.js"))) throw new Error("nothing to measure: run `npm run build` first");
  const progress = (text: string): void => console.error(text);
  const chosen = Object.entries(BENCHES).filter(([name]) => names.length === 0 || names.includes(name));
  const table = markdown(chosen.flatMap(([, bench]) => bench(progress)));
  console.log(table);
  if (chosen.length === Object.keys(BENCHES).length) writeFileSync(RESULTS, `${INTRODUCTION}\n${table}`);
}

const INTRODUCTION = `# Benchmarks

Medians of ratios against the plain engine with the same resources, each measured in a process of its own, in turns. Written by \`npm run bench\`.
"One check" renders the stack once and looks at the JSON; "govern" also labels every resource, which nearly doubles the output, and writes the manifest.
Every process loads the library, which is measured apart as cold import.
`;

function markdown(rows: readonly string[][]): string {
  const all = [["measured", "ratio", "required"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return line(all[0] ?? []) + rule + rows.map(line).join("");
}

main(process.argv.slice(2));
