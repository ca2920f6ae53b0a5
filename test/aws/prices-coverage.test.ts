import fs, { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsNetwork, AwsPostgres, aws } from "cdktf-governed-agents/aws";
import ts from "typescript";
import { awsPrices } from "../../lib/aws/prices";
import { allocate } from "../../lib/cost/allocation";
import { Inventory } from "../../lib/facts/inventory";
import { govern } from "../../lib/govern";
import { awsEstimate } from "./price-support";
import { awsSynth } from "./support";

const root = join(__dirname, "../..");
const lib = join(root, "lib/aws");

/** The resource types that the constructs make, by the bindings that they import. */
function emittedTypes(): readonly string[] {
  const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const imports = sources.flatMap((name) => [
    ...readFileSync(join(lib, name), "utf8").matchAll(/^import \{.*@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/gm),
  ]);
  const things = new Set(imports.map((match) => match[1] as string).filter((thing) => thing !== "provider" && !thing.startsWith("data-")));
  return [...things].map((thing) => `aws_${thing.replaceAll("-", "_")}`).sort();
}

describe("the prices of AWS", () => {
  test("say of every type that a construct makes what it costs, or that it is free", () => {
    const types = emittedTypes();
    expect(types.length).toBeGreaterThan(50);
    expect(types.filter((type) => !(type in awsPrices.rules) && !(type in awsPrices.free))).toEqual([]);
  });

  test("say only one thing of a type", () => {
    expect(Object.keys(awsPrices.rules).filter((type) => type in awsPrices.free)).toEqual([]);
    expect(Object.values(awsPrices.free).every((reason) => reason.length > 10)).toBe(true);
  });

  test("cost nothing until somebody asks: the book is read at the first estimate, and once", () => {
    const read = jest.spyOn(fs, "readFileSync");
    const books = () => read.mock.calls.filter(([file]) => String(file).includes("cost/book")).length;
    jest.isolateModules(() => {
      const { aws: fresh } = jest.requireActual<{ aws: typeof aws }>("../../lib/aws");
      expect(books()).toBe(0);
      const book = fresh.prices?.book();
      expect(fresh.prices?.book()).toBe(book);
      expect(books()).toBe(1);
    });
    read.mockRestore();
  });

  test("are in the package: the build copies the books", () => {
    const { config } = ts.readConfigFile(join(root, "tsconfig.build.json"), ts.sys.readFile) as { config: unknown };
    const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    expect(options.resolveJsonModule).toBe(true);
    expect(fileNames).toContain(join(root, "lib/cost/book/aws.json"));
  });
});

describe("a stack of real constructs", () => {
  const LABELS = {
    project: "city",
    environment: "sandbox",
    costCenter: "cc-1",
    owner: "ada",
    governanceId: "gov-1",
    governanceEndpoint: "https://governance.acme.dev",
  };
  const tf = awsSynth((stack) => {
    govern(stack, { providers: [aws], labels: LABELS });
    const network = new AwsNetwork(stack, "Network", {
      cidr: "10.20.0.0/16",
      zones: ["us-east-1a", "us-east-1b"],
      egress: "nat-gateway",
      profile: "sandbox",
    });
    new AwsPostgres(stack, "Db", { network, version: "16", size: "small", storageGiB: 20, zones: 1, profile: "sandbox" });
  });
  const made = awsEstimate(new Inventory(tf.json));

  test("has a price for everything", () => {
    expect(made.gaps).toEqual([]);
    expect(made.lines.some((line) => line.path.endsWith("Network/NatA") && line.usd.high === "32.85")).toBe(true);
  });

  test("belongs to its owner as a whole, and to no agent", () => {
    const { owner, agentId } = allocate(made.lines);
    expect(owner).toEqual([expect.objectContaining({ value: "ada", usd: made.totals?.gross.high })]);
    expect(agentId).toEqual([expect.objectContaining({ value: null, usd: made.totals?.gross.high })]);
  });
});
