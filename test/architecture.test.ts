import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

const root = join(__dirname, "..");
const lib = join(root, "lib");
/** Made from schemas/oci.json, not written. */
const BINDINGS = join(lib, "oci", "bindings");

interface Source {
  /** Path below lib, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports, as written. */
  readonly imports: readonly string[];
}

const sources: readonly Source[] = readdirSync(lib, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !file.startsWith(BINDINGS))
  .map((file) => {
    const text = readFileSync(file, "utf8");
    return {
      path: relative(lib, file),
      text,
      imports: [...text.matchAll(/(?:from|import|require\()\s*"([^"]+)"/g)].map((match) => match[1] as string),
    };
  });

const PROVIDERS = ["aws", "digitalocean", "oci", "cloudflare", "github"];
const NEUTRAL = ["spec", "facts", "policy", "cost", "recovery", "report", "testing", "runtime", "synth", "change", "files"];

/** Where neutral code and providers meet: it may import both. */
const COMPOSITION = ["cli"];

const folderOf = (path: string) => (path.includes("/") ? (path.split("/")[0] as string) : "");
const inNeutral = ({ path }: Source) => NEUTRAL.includes(folderOf(path)) || folderOf(path) === "";

/** The folder of lib that a relative import leads to. */
const targetOf = (source: Source, specifier: string) => folderOf(relative(lib, join(lib, source.path, "..", specifier)));

describe("the architecture", () => {
  test("is looked at as a whole", () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.some((source) => source.imports.includes("cdktf"))).toBe(true);
  });

  test("every folder has its place: neutral, one provider's, or where both meet, which nothing else imports", () => {
    const places = [...NEUTRAL, ...PROVIDERS, ...COMPOSITION, ""];
    expect([...new Set(sources.map(({ path }) => folderOf(path)))].filter((folder) => !places.includes(folder))).toEqual([]);
    const wrong = sources
      .filter(({ path }) => !COMPOSITION.includes(folderOf(path)))
      .filter((source) =>
        source.imports.some((specifier) => specifier.startsWith(".") && COMPOSITION.includes(targetOf(source, specifier))),
      );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("neutral code imports no provider", () => {
    const wrong = sources
      .filter(inNeutral)
      .flatMap((source) =>
        source.imports
          .filter(
            (specifier) =>
              specifier.startsWith("@cdktf/provider-") || (specifier.startsWith(".") && PROVIDERS.includes(targetOf(source, specifier))),
          )
          .map((specifier) => `${source.path} imports ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test("neutral code names no provider outside of comments and the limits it was given", () => {
    const names = /\b(aws|amazon|digitalocean|cloudflare|github|oracle|oci)\b/i;
    const wrong = sources.filter(inNeutral).flatMap(({ path, text }) =>
      text
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .replace(/\/\/.*$/gm, "")
        .split("\n")
        .filter((line) => names.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  test("a provider's folder imports neutral code and its own provider only", () => {
    const wrong = sources
      .filter(({ path }) => PROVIDERS.includes(folderOf(path)))
      .flatMap((source) => {
        const own = folderOf(source.path);
        return source.imports
          .filter((specifier) =>
            specifier.startsWith(".")
              ? PROVIDERS.includes(targetOf(source, specifier)) && targetOf(source, specifier) !== own
              : specifier.startsWith("@cdktf/provider-") && !specifier.startsWith(`@cdktf/provider-${own}/`),
          )
          .map((specifier) => `${source.path} imports ${specifier}`);
      });
    expect(wrong).toEqual([]);
  });

  test("nobody imports the root of a provider package", () => {
    const wrong = sources.filter(({ imports }) => imports.some((specifier) => /^@cdktf\/provider-[a-z]+(\/lib)?$/.test(specifier)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("the neutral entry point loads no provider", () => {
    const seen = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      const source = sources.find(
        (candidate) => candidate.path === path || candidate.path === `${path}.ts` || candidate.path === `${path}/index.ts`,
      );
      for (const specifier of source?.imports ?? []) {
        expect(specifier).not.toMatch(/^@cdktf\/provider-/);
        if (specifier.startsWith(".")) visit(relative(lib, join(lib, (source as Source).path, "..", specifier)));
      }
    };
    visit("index");
    expect(seen.size).toBeGreaterThan(10);
  });

  test("files are short, in kebab case, and named for what they export", () => {
    for (const { path, text } of sources) {
      const name = basename(path, ".ts");
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(`${path}: ${text.split("\n").length <= 360}`).toBe(`${path}: true`);
    }
  });

  test("classes of a provider carry its prefix, and extend a construct at most", () => {
    const prefix: Record<string, string> = {
      aws: "Aws",
      digitalocean: "DigitalOcean",
      oci: "Oci",
      cloudflare: "Cloudflare",
      github: "Github",
    };
    const wrong = sources
      .filter(({ path }) => PROVIDERS.includes(folderOf(path)))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/^export (?:abstract )?class (\w+)(?:<[^>]*>)?(?: extends (\w+))?/gm)]
          .filter(
            ([, name, base]) =>
              !name?.startsWith(prefix[folderOf(path)] as string) ||
              (base !== undefined && !["Construct", "TerraformStack"].includes(base)),
          )
          .map(([line]) => `${path}: ${line}`),
      );
    expect(wrong).toEqual([]);
  });

  test("nothing is left open: no commented-out code, no notes to do, no shouting", () => {
    const wrong = sources.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|^\s*\/\/.*[;{]\s*$/m.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("every export of the package has types and a file behind it", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      exports: Record<string, { types: string } | string>;
    };
    for (const [name, target] of Object.entries(manifest.exports)) {
      if (typeof target === "string") continue;
      const made = target.types.replace("./dist/", "lib/").replace("*", "provider");
      const there = [made, made.replace(".d.ts", ".ts")].some((source) => existsSync(join(root, source)));
      expect(`${name}: ${there}`).toBe(`${name}: true`);
    }
  });

  test("the lock file names no registry host", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved"/);
  });
});
