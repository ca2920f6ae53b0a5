import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, Aspects, Fn, TerraformStack, TerraformVariable } from "cdktf";
import { addLabels, govern, type Governance } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { synth, synthApp } from "cdktf-governed-agents/testing";
import { governed, labels, only, tags } from "./governed";

const vpc = (stack: TerraformStack, config: object = {}) => new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", ...config });

describe("labelling", () => {
  test("adds the labels to every resource that can carry them and leaves other tags alone", () => {
    const result = governed((stack) => vpc(stack, { tags: { Name: "main" } }));
    expect(only(result, "aws_vpc").tags).toEqual({ Name: "main", ...tags });
    expect(result.manifest.resources).toEqual([{ address: "aws_vpc.Vpc", path: "test/Vpc", labelStatus: "labelled" }]);
  });

  test("is the same wherever govern is called", () => {
    const early = synth((stack) => {
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      govern(stack, { providers: [aws], labels });
      vpc(stack);
    });
    expect(early.text).toBe(governed((stack) => vpc(stack)).text);
  });

  test("takes the labels of the scope", () => {
    const result = governed((stack) => addLabels(vpc(stack), { agentId: "researcher", layer: "core" }));
    expect(only(result, "aws_vpc").tags).toEqual({ ...tags, "governance:agent-id": "researcher", layer: "core" });
  });

  test("a tag that disagrees loses, and the manifest says what it said", () => {
    const result = governed((stack) => vpc(stack, { tags: { project: "apollo", owner: labels.owner } }));
    expect(only(result, "aws_vpc").tags).toEqual(tags);
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo" } });
  });

  test("a tag that is known only after apply disagrees, and is shown as Terraform writes it", () => {
    const { manifest } = governed((stack) => {
      const team = new TerraformVariable(stack, "team", { type: "string" });
      vpc(stack, { tags: { owner: team.stringValue } });
    });
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { owner: "${var.team}" } });
  });

  test.each<[string, (variable: TerraformVariable) => unknown]>([
    ["a variable", (variable) => variable.value],
    ["a function", (variable) => Fn.merge([{ Name: "main" }, variable.value])],
  ])("tags that are %s are merged when Terraform runs, and the labels win", (_name, of) => {
    const result = governed((stack) => vpc(stack, { tags: of(new TerraformVariable(stack, "more", { type: "map(string)" })) }));
    const text = String(only(result, "aws_vpc").tags);
    expect(text).toMatch(/^\$\{merge\(.*var\.more.*, \{.*"project" = "atlas".*\}\)\}$/);
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "labelled" });
  });

  test("a tag that an override changes or removes is a conflict", () => {
    const changed = governed((stack) => vpc(stack).addOverride("tags.project", "apollo")).manifest.resources[0];
    const removed = governed((stack) => vpc(stack).addOverride("tags.project", undefined)).manifest.resources[0];
    expect(changed).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo" } });
    expect(removed).toMatchObject({ labelStatus: "conflict", conflicts: { project: "" } });
  });

  test("an aspect that comes later and changes a label is a conflict", () => {
    const later = { visit: (node: unknown) => void (node instanceof Vpc && (node.tags = { project: "apollo" })) };
    const { manifest } = governed((stack) => vpc(stack), { late: (stack) => Aspects.of(stack).add(later) });
    expect(manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo", owner: "" } });
  });

  test("fails where the provider takes fewer tags", () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));
    expect(() => governed((stack) => vpc(stack, { tags: many(43) }))).not.toThrow();
    expect(() => governed((stack) => vpc(stack, { tags: many(44) }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Vpc: 1 problem
       - tags: got 51, want 50 tags or fewer with the labels (aws_vpc at AWS); remove some tags"
    `);
    const object = (stack: TerraformStack) => new S3Object(stack, "Object", { bucket: "reports", key: "a", tags: many(4) });
    expect(() => governed(object)).toThrowErrorMatchingInlineSnapshot(`
     "test/Object: 1 problem
       - tags: got 11, want 10 tags or fewer with the labels (aws_s3_object at AWS); remove some tags"
    `);
  });
});

describe("the manifest", () => {
  const mixed = (stack: TerraformStack) => {
    const network = vpc(stack);
    new DataAwsCallerIdentity(stack, "Identity");
    new Vpc(stack, "Other", { cidrBlock: "10.1.0.0/16", tags: { project: "apollo" } });
    new Route(stack, "Route", { routeTableId: network.mainRouteTableId });
    stack.addOverride("resource.aws_vpc.Handmade", { cidr_block: "10.2.0.0/16" });
    stack.addOverride("resource.random_pet.Pet", {});
    stack.addOverride("resource.acme_pet.Pet", {});
  };

  test("counts every resource and gives the true ratio", () => {
    const { manifest } = governed(mixed);
    expect(manifest.resources.map(({ address, labelStatus }) => `${address} ${labelStatus}`).sort()).toEqual([
      "acme_pet.Pet ungoverned",
      "aws_route.Route untaggable",
      "aws_vpc.Handmade ungoverned",
      "aws_vpc.Other conflict",
      "aws_vpc.Vpc labelled",
      "random_pet.Pet untaggable",
    ]);
    expect(manifest.coverage).toEqual({
      resources: 6,
      labelled: 1,
      untaggable: 2,
      conflict: 1,
      ungoverned: 2,
      ratio: 1 / 6,
      ratioOfTaggable: 0.5,
    });
  });

  test("of an empty stack is complete", () => {
    expect(governed(() => undefined).manifest).toEqual({
      manifestVersion: 1,
      stack: "test",
      providers: ["aws"],
      labels,
      coverage: { resources: 0, labelled: 0, untaggable: 0, conflict: 0, ungoverned: 0, ratio: 1, ratioOfTaggable: 1 },
      agents: [],
      resources: [],
      facts: [],
    });
  });

  test("lies beside the Terraform, is there only after a synth, and a second synth writes the same", () => {
    const outdir = mkdtempSync(join(tmpdir(), "govern-test-"));
    try {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "research");
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      mixed(stack);
      const governance = govern(stack, { providers: [aws], labels });
      const folder = join(outdir, "stacks", "research");
      const file = join(folder, "governance.json");
      expect(governance.manifest).toBeUndefined();
      app.synth();
      const [first, terraform] = [readFileSync(file, "utf8"), readFileSync(join(folder, "cdk.tf.json"), "utf8")];
      expect(JSON.parse(first)).toEqual(governance.manifest);
      app.synth();
      expect(readFileSync(file, "utf8")).toBe(first);
      expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).toBe(terraform);
      expect(existsSync(`${file}.tmp`)).toBe(false);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  test("every stack of an app has its own, with its own labels; a stack that is not governed has none", () => {
    const governances: Governance[] = [];
    const stacks = synthApp((app) => {
      for (const project of ["atlas", "apollo", "none"]) {
        const stack = new TerraformStack(app, project);
        new AwsProvider(stack, "aws", { region: "us-east-1" });
        vpc(stack);
        if (project !== "none") governances.push(govern(stack, { providers: [aws], labels: { ...labels, project } }));
      }
    });
    expect(governances.map(({ manifest }) => [manifest?.stack, manifest?.labels.project])).toEqual([
      ["atlas", "atlas"],
      ["apollo", "apollo"],
    ]);
    const tagged = Object.entries(stacks).map(([id, stack]) => [
      id,
      (only(stack, "aws_vpc").tags as { project?: string } | undefined)?.project,
    ]);
    expect(Object.fromEntries(tagged)).toEqual({ atlas: "atlas", apollo: "apollo", none: undefined });
  });
});

describe("govern fails", () => {
  const call = (props: object) => () => govern(new TerraformStack(new App({ outdir: tmpdir() }), "research"), props as never);

  test("the second time", () => {
    const stack = new TerraformStack(new App({ outdir: tmpdir() }), "research");
    govern(stack, { providers: [aws], labels });
    expect(() => govern(stack, { providers: [aws], labels })).toThrowErrorMatchingInlineSnapshot(`
     "research: 1 problem
       - govern: got "a second call", want one call for each stack"
    `);
  });

  test("without providers and labels, and on props it does not know", () => {
    expect(call({ provider: "aws" })).toThrowErrorMatchingInlineSnapshot(`
     "research govern: 3 problems
       - provider: got "aws", want no such prop; did you mean "providers"?
       - providers: got nothing, want a list of the providers whose resources the stack holds
       - labels: got nothing, want the labels of the stack"
    `);
    expect(call({ providers: [], labels })).toThrowErrorMatchingInlineSnapshot(`
     "research govern: 1 problem
       - providers: got [], want a list of the providers whose resources the stack holds"
    `);
    expect(call({ providers: ["aws", undefined], labels })).toThrowErrorMatchingInlineSnapshot(`
     "research govern: 2 problems
       - providers.0: got "aws", want a provider, as this library exports it
       - providers.1: got nothing, want a provider, as this library exports it"
    `);
    expect(call({ providers: [aws, aws], labels })).toThrowErrorMatchingInlineSnapshot(`
     "research govern: 1 problem
       - providers: got ["aws","aws"], want every provider once"
    `);
  });

  test("on labels that are missing, and at once on those that a provider would lose", () => {
    expect(call({ providers: [aws], labels: { ...labels, owner: undefined } })).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 1 problem
       - owner: got nothing, want text of 1 to 256 characters without surrounding blanks"
    `);
    expect(call({ providers: [aws], labels: { ...labels, owner: "R&D" } })).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 1 problem
       - owner: got "R&D", want 1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)"
    `);
  });

  test("at synth on labels of a scope that a provider would lose", () => {
    const build = () => governed((stack) => addLabels(vpc(stack), { layer: "core & more" }));
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Vpc labels: 1 problem
       - layer: got "core & more", want 1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)"
    `);
  });
});
