import { OciCostAllocation, type OciCostAllocationProps } from "cdktf-governed-agents/oci";
import { synthApp, type Synthesized } from "cdktf-governed-agents/testing";
import { accepted } from "../schema/expect-valid";
import { resourcesOf } from "./support";

const TENANCY = "ocid1.tenancy.oc1..aaaaexample";
const BASE: OciCostAllocationProps = { tenancyId: TENANCY, tagNamespace: "governance", existingTags: 2 };
const costs = (props: Partial<OciCostAllocationProps> = {}): Synthesized =>
  accepted(synthApp((app) => new OciCostAllocation(app, "costs", { ...BASE, ...props })).costs as Synthesized);
const tagsOf = (result: Synthesized) => Object.values(resourcesOf(result, "oci_identity_tag"));

describe("OciCostAllocation", () => {
  const made = costs();

  test("makes cost-tracking tags in a namespace of the root compartment", () => {
    expect(resourcesOf(made, "oci_identity_tag_namespace").Namespace).toMatchObject({ compartment_id: TENANCY, name: "governance" });
    const names = tagsOf(made).map(({ name }) => name);
    expect(names).toEqual(["agent-id", "cost-center", "environment", "layer", "owner", "project"]);
    const inNamespace = "${oci_identity_tag_namespace.Namespace.id}";
    expect(tagsOf(made).every((tag) => tag.is_cost_tracking === true && tag.tag_namespace_id === inNamespace)).toBe(true);
  });

  test("says when it has to be deployed", () => {
    expect(made.annotations).toMatchInlineSnapshot(`
     [
       "costs: deploy this stack before the stacks whose govern has ociWith with the same tagNamespace: a resource with a defined tag that does not exist yet is refused; what was spent before a resource was tagged stays without labels",
     ]
    `);
  });

  test("reaches the tenancy as it is told", () => {
    const provider = (result: Synthesized) => (result.json.provider as { oci: object[] }).oci[0];
    expect(provider(made)).toEqual({});
    expect(provider(costs({ provider: { region: "us-phoenix-1" } }))).toEqual({ region: "us-phoenix-1" });
  });

  test("adding a key leaves the others where they were", () => {
    const before = resourcesOf(costs({ keys: ["project", "team"] }), "oci_identity_tag");
    const after = resourcesOf(costs({ keys: ["account", "team", "project"] }), "oci_identity_tag");
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(3);
  });

  test("takes ten tags of a tenancy, and no eleventh", () => {
    expect(tagsOf(costs({ existingTags: 4 }))).toHaveLength(6);
    expect(() => costs({ existingTags: 5 })).toThrowErrorMatchingInlineSnapshot(`
     "costs: 1 problem
       - existingTags: got "6 keys beside 5 existing tags", want 10 cost-tracking tags or fewer in a tenancy (OCI limit); give fewer keys, or turn off cost tracking of a tag that is not needed: a retired one still counts"
    `);
  });

  test("fails with every problem at once", () => {
    const keys = ["project", "PROJECT", "", "cost center", "a.b", "${TfToken[TOKEN.0]}", 7 as never];
    const props = { tenancyId: "acme", tagNamespace: "a b", existingTags: -1, keys, compartment: "x" } as never;
    expect(() => costs(props)).toThrowErrorMatchingInlineSnapshot(`
     "costs: 10 problems
       - compartment: got "x", want no such prop; remove it; known props: tenancyId, tagNamespace, existingTags, keys, provider
       - tenancyId: got "acme", want the OCID of a tenancy, such as "ocid1.tenancy.oc1..aaaaexample"
       - tagNamespace: got "a b", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - existingTags: got -1, want a whole number, 0 to 10
       - keys: got "", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - keys: got "cost center", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - keys: got "a.b", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - keys: got a value known only after apply, want 1 to 100 ASCII characters without blanks and periods (OCI tag key); give a literal: this value decides what is created and has to be known at synth
       - keys: got 7, want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - keys: got ["project","PROJECT","","cost center","a.b","\${TfToken[TOKEN.0]}",7], want every key once: OCI does not tell capitals apart"
    `);
    expect(() => costs({ keys: [] })).toThrow("want one key or more");
    expect(() => costs({ existingTags: undefined })).toThrow("existingTags: got nothing, want a whole number, 0 to 10");
  });
});
