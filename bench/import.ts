import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { measure, median } from "./child";
import { compiledProviders } from "./providers";

const ROUNDS = 9;

/** An import of a resource that is more than types: of a published package, or of the bindings that are made here. */
const DEEP_IMPORT = /^import (?!type )[^;]*? from "(@cdktf\/provider-[a-z]+\/lib\/[^"]+|(?:\.\.\/)*(?:\.\/)?bindings\/[^"]+)";/gm;

interface Measured {
  readonly importMs: number;
  readonly rssMiB: number;
}

/** Cold import of the constructs of each provider against the bare resources that they use, as rows of a table. */
export function benchImport(progress: (text: string) => void): string[][] {
  return compiledProviders().flatMap((name) => importRows(name, progress));
}

function importRows(name: string, progress: (text: string) => void): string[][] {
  const bare = ["cdktf", "constructs", ...deepImports(name)];
  const pairs = Array.from({ length: ROUNDS }, (_, index) => {
    if (index % 3 === 0) progress(`cold import of ${name}, round ${index + 1} of ${ROUNDS}`);
    const ours = (): Measured => measure("import-child", [`./dist/${name}/index.js`]);
    const theirs = (): Measured => measure("import-child", bare);
    if (index % 2 === 0) return { ours: ours(), theirs: theirs() };
    const first = theirs();
    return { ours: ours(), theirs: first };
  });
  const ratio = (value: keyof Measured): string => `${median(pairs.map(({ ours, theirs }) => ours[value] / theirs[value])).toFixed(2)}x`;
  return [
    [`cold import of /${name} against its ${bare.length - 2} bare resources`, ratio("importMs"), "<= 1.30x"],
    ["peak memory of that import", ratio("rssMiB"), ""],
  ];
}

function deepImports(name: string): string[] {
  const sources = join(__dirname, "..", "lib", name);
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("bindings/"),
  );
  const found = files.flatMap((file) =>
    [...readFileSync(join(sources, file), "utf8").matchAll(DEEP_IMPORT)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found.map((module) => module.replace(/^.*bindings\//, `./dist/${name}/bindings/`)))].sort();
}
