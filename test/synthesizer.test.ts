import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, Aspects, Lazy, TerraformLocal, TerraformOutput, TerraformStack } from "cdktf";
import type { AppConfig } from "cdktf";
import { Construct } from "constructs";
import * as fc from "fast-check";
import { tryPrepare } from "../lib/synth/prepare";
import { tryRender } from "../lib/synth/render";
import { onRendered, renderStack } from "../lib/synthesizer";
import type { RenderedStack } from "../lib/synthesizer";
import { TreeBuilder, trees } from "./synthesizer-trees";

const outdir = mkdtempSync(join(tmpdir(), "synthesizer-"));
afterAll(() => rmSync(outdir, { recursive: true }));

let written = ["manifest.json", "stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json"];

/** Everything a synth writes for its stacks, or the error it ends with. */
function synth(build: (app: App) => void): Record<string, string> {
  return withoutStackTraces(() => {
    for (const file of written) rmSync(join(outdir, file), { force: true });
    try {
      const app = new App({ outdir, stackTraces: false, skipValidation: true });
      build(app);
      app.synth();
      const stacks = Object.values(app.manifest.stacks).map((stack) => stack.synthesizedStackPath);
      written = ["manifest.json", ...stacks];
      return Object.fromEntries(written.map((file) => [file, withoutTokens(read(file))]));
    } catch (error) {
      return { error: withoutTokens((error as Error).message) };
    }
  });
}

function read(file: string): string {
  return readFileSync(join(outdir, file), "utf8");
}

/** The engine keeps a stack trace per token, which takes most of the time here. */
function withoutStackTraces<T>(action: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => "";
  try {
    return action();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Tokens are numbered per process, and the engine lets numbers through in errors and in keys that it turns to snake case. */
function withoutTokens(text: string): string {
  return text.replace(/\nObject creation stack:[^]*/, "").replace(/token_\d+|TfToken\[[^\]]*\]|-\d\.\d+e\+\d+/gi, "TOKEN");
}

beforeAll(() => jest.spyOn(console, "warn").mockImplementation());

/** One of everything that stays on the fast path. */
function sample(app: App): TerraformStack {
  const stack = new TerraformStack(app, "sample");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { digest: "sha256:4f-3e92", note: "$${x}" } });
  vpc.addOverride("tags.number", `${vpc.getNumberAttribute("n")}`);
  new TerraformOutput(new Construct(stack, "Scope"), "Id", { value: vpc.id });
  stack.addOverride("terraform.required_version", Lazy.stringValue({ produce: () => ">= 1.11" }));
  stack.addOverride("provider.aws", undefined);
  return stack;
}

function newApp(config: AppConfig = {}): App {
  return new App({ outdir, stackTraces: false, ...config });
}

describe("written files", () => {
  test("equal the engine's own for any tree", () => {
    let [rendered, fast] = [0, 0];
    const sameFiles = fc.property(trees, (steps) => {
      const plain = synth((app) => new TreeBuilder(app).build(steps));
      const ours = synth((app) => {
        const tree = new TreeBuilder(app);
        for (const stack of tree.stacks) {
          onRendered(stack, () => {
            rendered++;
            if (tryRender(stack) !== undefined) fast++;
          });
        }
        tree.build(steps);
      });
      expect(ours).toEqual(plain);
    });
    fc.assert(sameFiles, { numRuns: 40 });
    expect(fast / rendered).toBeGreaterThan(0.5);
  });

  test("equal the engine's own with validations and HCL output", () => {
    const run = (watch: boolean): string[] => {
      const app = newApp({ hclOutput: true });
      const stack = withEnvironment("SYNTH_HCL_OUTPUT", "true", () => sample(app));
      if (watch) onRendered(stack, () => undefined);
      app.synth();
      return ["cdk.tf", "metadata.json"].map((file) => read(`stacks/sample/${file}`));
    };
    expect(run(true)).toEqual(run(false));
  });
});

describe("renderStack", () => {
  test("equals toTerraform without falling back on it", () => {
    const stack = sample(newApp());
    expect(tryRender(stack)).toEqual(stack.toTerraform());
  });

  test("needs no preparation by an engine that is known", () => {
    const stack = sample(newApp());
    expect(tryPrepare(stack)).toBe(process.env.ENGINE !== "cdktn");
    expect(stack.node.tryFindChild("backend") !== undefined).toBe(process.env.ENGINE !== "cdktn");
  });

  test.each<[string, (vpc: Vpc) => void]>([
    ["a date", (vpc) => vpc.addOverride("when", [new Date(0)])],
    ["deep nesting", (vpc) => vpc.addOverride("deep", JSON.parse("[".repeat(170) + "]".repeat(170)))],
    ["an override of the stack's metadata", (vpc) => vpc.cdktfStack.addOverride("//.metadata.stackName", "other")],
    [
      "an object that meets null",
      (vpc) => {
        new TerraformLocal(vpc.cdktfStack, "One", null).overrideLogicalId("same");
        new TerraformLocal(vpc.cdktfStack, "Two", {}).overrideLogicalId("same");
      },
    ],
  ])("falls back on the engine for %s", (_name, change) => {
    const stack = sample(newApp());
    change(new Vpc(stack, "Odd", {}));
    expect(tryRender(stack)).toBeUndefined();
    expect(renderStack(stack)).toEqual(stack.toTerraform());
  });

  test("uses a toTerraform that the stack overrides", () => {
    class Own extends TerraformStack {
      public override toTerraform(): object {
        return { own: true };
      }
    }
    expect(renderStack(new Own(newApp(), "own"))).toEqual({ own: true });
  });

  test("fails with the engine's own error", () => {
    const stack = sample(newApp());
    new TerraformLocal(stack, "Broken", Lazy.anyValue({ produce: () => JSON.parse("{") as unknown }));
    expect(() => renderStack(stack)).toThrow(/^Resolution error: /);
  });
});

describe("onRendered", () => {
  const file = "stacks/sample/cdk.tf.json";
  beforeEach(() => rmSync(join(outdir, "stacks"), { recursive: true, force: true }));

  test("calls back once per synth, with the final JSON and before it is written", () => {
    const app = newApp();
    const stack = sample(app);
    Aspects.of(stack).add({ visit: (node) => node instanceof Vpc && (node.tags = { aspect: "yes" }) });
    const seen: RenderedStack[] = [];
    onRendered(stack, (rendered) => {
      seen.push(rendered);
      expect(existsSync(rendered.outputDirectory)).toBe(true);
      expect(existsSync(join(outdir, file))).toBe(seen.length > 1);
    });
    app.synth();
    expect(seen).toHaveLength(1);
    expect(seen[0]!.outputDirectory).toBe(join(outdir, "stacks/sample"));
    expect(seen[0]!.json.resource?.aws_vpc?.Vpc?.tags).toMatchObject({ aspect: "yes" });
    expect(JSON.parse(read(file))).toEqual(seen[0]!.json);
    app.synth();
    expect(seen).toHaveLength(2);
  });

  test("writes nothing of the stack when a callback throws", () => {
    const app = newApp();
    onRendered(sample(app), () => {
      throw new Error("no");
    });
    expect(() => app.synth()).toThrow("no");
    expect(existsSync(join(outdir, file))).toBe(false);
  });

  test("renders once for any number of callbacks, and gives the stack its own methods back", () => {
    const app = newApp();
    const stack = sample(app);
    const calls: string[] = [];
    onRendered(stack, () => calls.push("first"));
    const synthesizer = stack.synthesizer;
    onRendered(stack, () => calls.push("second"));
    expect(stack.synthesizer).toBe(synthesizer);
    const rendered = jest.spyOn(stack.node.findChild("Vpc") as Vpc, "toTerraform");
    app.synth();
    expect(calls).toEqual(["first", "second"]);
    expect(rendered).toHaveBeenCalledTimes(2); // the engine's search for references between stacks, and the rendering
    expect(Object.keys(stack)).not.toContain("toTerraform");
  });

  test("calls back when the engine writes HCL", () => {
    const app = newApp({ hclOutput: true });
    const stack = withEnvironment("SYNTH_HCL_OUTPUT", "1", () => sample(app));
    const callback = jest.fn();
    onRendered(stack, callback);
    app.synth();
    expect(callback).toHaveBeenCalledTimes(1);
    expect(callback.mock.calls[0]).toMatchObject([{ json: { resource: { aws_vpc: {} } } }]);
  });

  test("is not taken in by a validation that renders the stack", () => {
    const app = newApp();
    const stack = sample(app);
    const order: string[] = [];
    onRendered(stack, () => order.push("callback"));
    stack.node.addValidation({ validate: () => (order.push(`validation ${Object.keys(stack.toTerraform() as object).length}`), []) });
    app.synth();
    expect(order).toEqual(["validation 5", "callback"]);
  });

  test("works around a synthesizer that was put there before or after", () => {
    const app = newApp();
    const stack = sample(app);
    const order: string[] = [];
    const wrap = (name: string): void => {
      const inner = stack.synthesizer;
      stack.synthesizer = { synthesize: (session) => (order.push(name), inner.synthesize(session)) };
    };
    wrap("inner");
    onRendered(stack, () => order.push("first callback"));
    wrap("outer");
    onRendered(stack, () => order.push("second callback"));
    app.synth();
    expect(order).toEqual(["outer", "inner", "second callback", "first callback"]);
  });

  test("calls back even when the other synthesizer never renders", () => {
    const app = newApp();
    const stack = sample(app);
    stack.synthesizer = { synthesize: () => undefined };
    const callback = jest.fn();
    onRendered(stack, callback);
    app.synth();
    expect(callback).toHaveBeenCalledTimes(1);
  });
});

function withEnvironment<T>(name: string, value: string, action: () => T): T {
  process.env[name] = value;
  try {
    return action();
  } finally {
    delete process.env[name];
  }
}
