import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { App, TerraformStack, Token } from "cdktf";
import { addLabels, type LabelSet, type Labels } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { Construct } from "constructs";
import fc from "fast-check";
import taggable from "../lib/aws/taggable.json";
import { LABEL_KEYS, LabelResolver, labelsSpec, MANAGED_BY } from "../lib/labels";

const labels: Labels = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

const stack = () => new TerraformStack(new App({ outdir: tmpdir() }), "research");

describe("the labels of a stack", () => {
  test("are taken as they are", () => expect(labelsSpec(labels, "research")).toEqual(labels));

  test("fail with every missing one", () => {
    expect(() => labelsSpec({} as Labels, "research")).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 6 problems
       - project: got nothing, want text of 1 to 256 characters without surrounding blanks
       - environment: got nothing, want text of 1 to 256 characters without surrounding blanks
       - costCenter: got nothing, want text of 1 to 256 characters without surrounding blanks
       - owner: got nothing, want text of 1 to 256 characters without surrounding blanks
       - governanceId: got nothing, want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governanceEndpoint: got nothing, want an https URL without credentials, query or fragment"
    `);
  });

  test("fail when malformed, over-long, unknown, or known only after apply", () => {
    const wrong = {
      project: " atlas",
      environment: "x".repeat(257),
      costCenter: "",
      owner: Token.asString({ resolve: () => "someone" }),
      governanceId: "gov 7",
      governanceEndpoint: "http://governance.acme.dev",
      costCentre: "r-and-d",
    };
    expect(() => labelsSpec(wrong as Labels, "research")).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 7 problems
       - costCentre: got "r-and-d", want no such prop; did you mean "costCenter"?
       - project: got " atlas", want text of 1 to 256 characters without surrounding blanks
       - environment: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want text of 1 to 256 characters without surrounding blanks
       - costCenter: got "", want text of 1 to 256 characters without surrounding blanks
       - owner: got a value known only after apply, want text of 1 to 256 characters without surrounding blanks; give a literal: this value decides what is created and has to be known at synth
       - governanceId: got "gov 7", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governanceEndpoint: got "http://governance.acme.dev", want an https URL without credentials, query or fragment"
    `);
  });

  test("the longest label fits", () => {
    const longest = { ...labels, owner: "x".repeat(256), governanceId: "g".repeat(64) };
    expect(labelsSpec(longest, "research")).toEqual(longest);
  });
});

describe("labels of a scope", () => {
  test("hold for everything below, and the nearest wins", () => {
    const root = stack();
    const outer = new Construct(root, "Outer");
    const inner = new Construct(outer, "Inner");
    addLabels(outer, { layer: "core", dataClass: "internal" });
    addLabels(inner, { layer: "interface", agentId: "researcher" });
    const resolver = new LabelResolver(root, labels);
    expect(resolver.labelsOf(root)).toEqual({ ...labels, managedBy: MANAGED_BY });
    expect(resolver.labelsOf(new Construct(outer, "Other"))).toMatchObject({ layer: "core", dataClass: "internal" });
    expect(resolver.labelsOf(new Construct(inner, "Deep"))).toMatchObject({
      layer: "interface",
      dataClass: "internal",
      agentId: "researcher",
    });
  });

  test("hold when they are added to the stack later, or to the app around it", () => {
    const root = stack();
    const resolver = new LabelResolver(root, labels);
    addLabels(root.node.root, { layer: "core", dataClass: "internal" });
    addLabels(root, { layer: "interface" });
    expect(resolver.labelsOf(root)).toEqual({ ...labels, layer: "interface", dataClass: "internal", managedBy: MANAGED_BY });
  });

  test("add up when given twice, the later one wins", () => {
    const root = stack();
    addLabels(root, { layer: "core", agentId: "a-1" });
    addLabels(root, { layer: "interface" });
    expect(new LabelResolver(root, labels).labelsOf(root)).toMatchObject({ layer: "interface", agentId: "a-1" });
  });

  test("one set is shared by all that inherit it, so that it is encoded once", () => {
    const root = stack();
    const resolver = new LabelResolver(root, labels);
    const [first, second] = [new Construct(root, "First"), new Construct(root, "Second")];
    expect(resolver.labelsOf(first)).toBe(resolver.labelsOf(new Construct(second, "Deep")));
  });

  test("fail when malformed or not theirs to set", () => {
    const wrong = { agentId: "my agent", layer: "", dataClass: "x".repeat(257), owner: "me" };
    expect(() => addLabels(new Construct(stack(), "Agent"), wrong)).toThrowErrorMatchingInlineSnapshot(`
     "research/Agent labels: 4 problems
       - owner: got "me", want no such prop; remove it; known props: agentId, layer, dataClass
       - agentId: got "my agent", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - layer: got "", want text of 1 to 256 characters without surrounding blanks
       - dataClass: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want text of 1 to 256 characters without surrounding blanks"
    `);
  });
});

describe("labels as AWS tags", () => {
  const full: LabelSet = { ...labels, agentId: "researcher", layer: "core", dataClass: "personal", managedBy: MANAGED_BY };

  test("have keys that say where they come from", () => {
    expect(aws.labels.encode(full, "research")).toEqual({
      project: "atlas",
      environment: "production",
      "cost-center": "r-and-d",
      owner: "research@acme.dev",
      "governance:id": "gov-7",
      "governance:endpoint": "https://governance.acme.dev",
      "governance:agent-id": "researcher",
      layer: "core",
      "data-class": "personal",
      "managed-by": MANAGED_BY,
    });
  });

  test("come back unchanged, whatever they say, and foreign tags are left out", () => {
    const value = fc.stringMatching(/^[\p{L}\p{N}+\-=._:/@]{1,60}$/u);
    const optional = fc.option(value, { nil: undefined });
    const record = Object.fromEntries(LABEL_KEYS.map((key) => [key, ["agentId", "layer", "dataClass"].includes(key) ? optional : value]));
    fc.assert(
      fc.property(
        fc.record(record) as fc.Arbitrary<LabelSet>,
        fc.dictionary(fc.stringMatching(/^Foreign[a-z]*$/), fc.string()),
        (set, foreign) => {
          const given = Object.fromEntries(Object.entries(set).filter(([, text]) => text !== undefined));
          expect(aws.labels.decode({ ...foreign, ...aws.labels.encode(set, "research") })).toEqual(given);
        },
      ),
    );
  });

  test("fail rather than lose a character or the end", () => {
    const wrong = { ...full, owner: "R&D", project: "x".repeat(257), layer: "one\ntwo" };
    expect(() => aws.labels.encode(wrong, "research")).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 3 problems
       - project: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want 1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)
       - owner: got "R&D", want 1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)
       - layer: got "one\\ntwo", want 1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)"
    `);
  });

  test("are carried by the types that the installed bindings and the oldest provider know", () => {
    const script = join(__dirname, "../scripts/generate-taggable.mjs");
    const program = `import { taggableTypes } from ${JSON.stringify(script)}; console.log(JSON.stringify(taggableTypes()));`;
    const found = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    expect(taggable).toEqual(JSON.parse(found));
    expect(aws.labels.carrierOf("aws_vpc")).toBeDefined();
    expect(aws.labels.carrierOf("aws_route")).toBeUndefined();
    expect(aws.labels.carrierOf("aws_s3_access_point")).toBeUndefined();
  });
});
