import { AwsCostAllocation, type AwsCostAllocationProps } from "cdktf-governed-agents/aws";
import { synthApp, type Synthesized } from "cdktf-governed-agents/testing";
import { COST_TAG_KEYS } from "../../lib/aws/labels";
import { resourcesOf } from "./support";

const costs = (props?: AwsCostAllocationProps): Synthesized =>
  synthApp((app) => new AwsCostAllocation(app, "costs", props)).costs as Synthesized;
const keysOf = (result: Synthesized) => Object.values(resourcesOf(result, "aws_ce_cost_allocation_tag")).map((tag) => tag.tag_key);

describe("AwsCostAllocation", () => {
  test("activates the keys of the labels that costs are grouped by", () => {
    const result = costs();
    expect(keysOf(result).sort()).toEqual([...COST_TAG_KEYS].sort());
    expect(Object.values(resourcesOf(result, "aws_ce_cost_allocation_tag")).every((tag) => tag.status === "Active")).toBe(true);
  });

  test("says when and where it has to be deployed", () => {
    expect(costs().annotations).toMatchInlineSnapshot(`
     [
       "costs: deploy this stack later than the labelled resources, with credentials of the management (payer) account: a tag key appears in billing up to 24 hours after its first use, and takes up to 24 hours more to become active",
     ]
    `);
  });

  test("reaches Cost Explorer in us-east-1, as the account that pays", () => {
    const provider = (props?: AwsCostAllocationProps) => (costs(props).json.provider as { aws: object[] }).aws[0];
    expect(provider()).toEqual({ region: "us-east-1" });
    expect(provider({ provider: { profile: "payer" } })).toEqual({ region: "us-east-1", profile: "payer" });
  });

  test("adding a key leaves the others where they were", () => {
    const before = resourcesOf(costs({ keys: ["project", "team"] }), "aws_ce_cost_allocation_tag");
    const after = resourcesOf(costs({ keys: ["account", "team", "project"] }), "aws_ce_cost_allocation_tag");
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(3);
  });

  test("keys that differ only in signs stay apart", () => {
    expect(keysOf(costs({ keys: ["cost:center", "cost-center", "cost.center"] }))).toHaveLength(3);
  });

  test("fails with every problem at once", () => {
    const keys = ["project", "project", "", "aws:createdBy", "a".repeat(129), "${TfToken[TOKEN.0]}", 7 as never];
    expect(() => costs({ keys, region: "us-east-1" } as never)).toThrowErrorMatchingInlineSnapshot(`
     "costs: 7 problems
       - region: got "us-east-1", want no such prop; remove it; known props: keys, provider
       - keys: got "", want a tag key of 1 to 128 letters, digits, blanks and _ . : / = + - @
       - keys: got "aws:createdBy", want a key of your own: those that start with aws: are activated in the billing console
       - keys: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", want a tag key of 1 to 128 letters, digits, blanks and _ . : / = + - @
       - keys: got a value known only after apply, want a tag key of 1 to 128 letters, digits, blanks and _ . : / = + - @; give a literal: this value decides what is created and has to be known at synth
       - keys: got 7, want a tag key of 1 to 128 letters, digits, blanks and _ . : / = + - @
       - keys: got ["project","project","","aws:createdBy","aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","\${TfToken[TOKEN.0]}",7], want every key once"
    `);
    expect(() => costs({ keys: [] })).toThrow("want one key or more");
  });
});
