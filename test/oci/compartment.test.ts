import { TerraformStack, Testing, Token } from "cdktf";
import { useCompartment } from "cdktf-governed-agents/oci";
import { Construct } from "constructs";
import { compartmentOf } from "../../lib/oci/compartment";
import { COMPARTMENT } from "./support";

const stackOf = () => new TerraformStack(Testing.app(), "stack");

describe("the compartment", () => {
  test("holds for everything below, unless something nearer says another", () => {
    const stack = stackOf();
    useCompartment(stack, COMPARTMENT);
    const inner = new Construct(stack, "Inner");
    const made = Token.asString({ made: "later" });
    useCompartment(inner, made);
    expect(compartmentOf(new Construct(stack, "Thing"))).toBe(COMPARTMENT);
    expect(compartmentOf(new Construct(inner, "Thing"))).toBe(made);
  });

  test("fails when there is none", () => {
    expect(() => compartmentOf(new Construct(stackOf(), "Thing"))).toThrowErrorMatchingInlineSnapshot(`
     "stack/Thing: 1 problem
       - compartmentId: got nothing, want the OCID of a compartment, such as "ocid1.compartment.oc1..aaaaexample"; call useCompartment(stack, id) right after creating the stack"
    `);
  });

  test("fails on the root compartment", () => {
    expect(() => useCompartment(stackOf(), "ocid1.tenancy.oc1..aaaaroot")).toThrowErrorMatchingInlineSnapshot(`
     "stack: 1 problem
       - compartmentId: got "ocid1.tenancy.oc1..aaaaroot", want the OCID of a compartment, such as "ocid1.compartment.oc1..aaaaexample"; this is the root compartment: make one for this stack below it"
    `);
  });

  test.each(["", "agents", 7])("fails on %j, which is none", (id) => {
    const want = 'want the OCID of a compartment, such as "ocid1.compartment.oc1..aaaaexample"';
    expect(() => useCompartment(stackOf(), id as string)).toThrow(
      `stack: 1 problem\n  - compartmentId: got ${JSON.stringify(id)}, ${want}`,
    );
  });
});
