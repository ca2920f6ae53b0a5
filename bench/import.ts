import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { measure, median } from "./child";

const ROUNDS = 15;
const SOURCES = join(__dirname, "..", "lib", "aws");

/** An import of a resource that is more than types. */
const DEEP_IMPORT = /^import (?!type )[^;]*? from "(@cdktf\/provider-aws\/lib\/[^"]+)";/gm;

interface Measured {
  readonly importMs: number;
  readonly rssMiB: number;
}

/** Cold import of our AWS constructs against the bare resources that they use, as rows of a table. */
export function benchImport(progress: (text: string) => void): string[][] {
  const bare = ["cdktf", "constructs", ...deepImports()];
  const pairs = Array.from({ length: ROUNDS }, (_, index) => {
    if (index % 5 === 0) progress(`cold import, round ${index + 1} of ${ROUNDS}`);
    const ours = (): Measured => measure("import-child.ts", ["./dist/aws/index.js"]);
    const theirs = (): Measured => measure("import-child.ts", bare);
    if (index % 2 === 0) return { ours: ours(), theirs: theirs() };
    const first = theirs();
    return { ours: ours(), theirs: first };
  });
  const ratio = (value: keyof Measured): string => `${median(pairs.map(({ ours, theirs }) => ours[value] / theirs[value])).toFixed(2)}x`;
  return [
    [`cold import of /aws against its ${bare.length - 2} bare resources`, ratio("importMs"), "<= 1.30x"],
    ["peak memory of that import", ratio("rssMiB"), ""],
  ];
}

function deepImports(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const found = files.flatMap((file) =>
    [...readFileSync(join(SOURCES, file), "utf8").matchAll(DEEP_IMPORT)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found)].sort();
}
