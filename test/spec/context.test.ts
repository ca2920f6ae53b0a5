import { tmpdir } from "node:os";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { specContext, useProfile } from "../../lib/spec/context";

const app = (context?: Record<string, string>) => new App({ outdir: tmpdir(), context });
const profileOf = (scope: Construct) => specContext(new Construct(scope, "Thing")).profile;

describe("the profile", () => {
  test("is production unless something else is said", () => {
    expect(profileOf(new TerraformStack(app(), "stack"))).toBe("production");
  });

  test("holds for everything below a scope, and the nearest scope wins", () => {
    const stack = new TerraformStack(app(), "stack");
    useProfile(stack, "sandbox");
    const inner = new Construct(stack, "Inner");
    useProfile(inner, "production");
    expect([profileOf(stack), profileOf(inner)]).toEqual(["sandbox", "production"]);
  });

  test("can be given from outside", () => {
    expect(profileOf(new TerraformStack(app({ "cdktf-governed-agents/profile": "sandbox" }), "stack"))).toBe("sandbox");
  });

  test("fails on an unknown one, wherever it comes from", () => {
    const stack = new TerraformStack(app({ "cdktf-governed-agents/profile": "prod" }), "stack");
    expect(() => useProfile(stack, "prod" as "production")).toThrowErrorMatchingInlineSnapshot(`
     "stack: 1 problem
       - profile: got "prod", want one of "production", "sandbox""
    `);
    expect(() => profileOf(stack)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Thing: 1 problem
       - context cdktf-governed-agents/profile: got "prod", want one of "production", "sandbox""
    `);
  });

  test("fails when it comes too late for what is there already", () => {
    const stack = new TerraformStack(app(), "stack");
    new Construct(stack, "Thing");
    expect(() => useProfile(stack, "sandbox")).toThrowErrorMatchingInlineSnapshot(`
     "stack: 1 problem
       - profile: got "sandbox", want a scope without children; call useProfile before anything is created in this scope"
    `);
  });
});
