/** Imports the given modules in a process of its own, from the repository's root. */
import { createRequire } from "node:module";
import { join } from "node:path";

const start = performance.now();
const load = createRequire(join(process.cwd(), "package.json"));
for (const module of process.argv.slice(2)) load(module);
const importMs = performance.now() - start;
console.log(JSON.stringify({ importMs, rssMiB: process.resourceUsage().maxRSS / 1024 }));
