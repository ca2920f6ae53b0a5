import { OciBudget, type OciBudgetProps } from "cdktf-governed-agents/oci";
import type { Synthesized } from "cdktf-governed-agents/testing";
import { COMPARTMENT, ociSynth, resourcesOf } from "./support";

const BASE: OciBudgetProps = { tenancyId: "ocid1.tenancy.oc1..aaaaexample", usdPerMonth: 45, emails: ["owner@acme.dev", "pay@acme.dev"] };
const synthBudget = (props: Partial<OciBudgetProps> = {}): Synthesized =>
  ociSynth((stack) => new OciBudget(stack, "Budget", { ...BASE, ...props }));
const budgetOf = (result: Synthesized) => Object.values(resourcesOf(result, "oci_budget_budget"))[0];

describe("OciBudget", () => {
  const made = synthBudget();

  test("watches a compartment, from the root one, for a whole number a month", () => {
    expect(budgetOf(made)).toMatchObject({
      amount: 45,
      compartment_id: BASE.tenancyId,
      reset_period: "MONTHLY",
      target_type: "COMPARTMENT",
      targets: [COMPARTMENT],
    });
  });

  test("tells everybody at 50, 80 and 100 percent, and when 100 are likely", () => {
    const rules = Object.values(resourcesOf(made, "oci_budget_alert_rule"));
    const said = rules.map(({ type, threshold, threshold_type, recipients }) => [type, threshold, threshold_type, recipients].join(" "));
    expect(said).toEqual([
      "ACTUAL 100 PERCENTAGE owner@acme.dev,pay@acme.dev",
      "ACTUAL 50 PERCENTAGE owner@acme.dev,pay@acme.dev",
      "ACTUAL 80 PERCENTAGE owner@acme.dev,pay@acme.dev",
      "FORECAST 100 PERCENTAGE owner@acme.dev,pay@acme.dev",
    ]);
    expect(rules.map(({ message }) => message)).toContain("test-budget: 100 percent of 45 USD are likely by the end of the month");
  });

  test("watches what carries a cost-tracking tag", () => {
    const label = { tagNamespace: "governance", key: "costCenter", value: "r.and.d" } as const;
    expect(budgetOf(synthBudget({ label }))).toMatchObject({ target_type: "TAG", targets: ["governance.cost-center.r.and.d"] });
  });

  test("fails on cents, and says which whole number to give", () => {
    expect(() => synthBudget({ usdPerMonth: 19.99 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Budget: 1 problem
       - usdPerMonth: got 19.99, want a whole number of USD, 1 or more (OCI budgets have no cents); give 19, rounded down; govern keeps its cap with cents"
    `);
    expect(() => synthBudget({ usdPerMonth: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Budget: 1 problem
       - usdPerMonth: got 0.5, want a whole number of USD, 1 or more (OCI budgets have no cents)"
    `);
  });

  test.each<[string, Partial<OciBudgetProps>, string]>([
    ["a cap of nothing", { usdPerMonth: 0 }, "usdPerMonth: got 0"],
    ["a cap without an end", { usdPerMonth: Infinity }, "usdPerMonth: got Infinity"],
    ["nobody to tell", { emails: [] }, "emails: got [], want 1 address or more"],
    ["something that is no address", { emails: ["owner"] }, 'emails: got "owner"'],
  ])("fails on %s", (_name, props, message) => expect(() => synthBudget(props)).toThrow(message));

  test("fails with every problem at once", () => {
    const label = { tagNamespace: "a.b", key: "governanceId" as "project", value: "" };
    const props = { tenancyId: COMPARTMENT, usdPerMonth: "45" as never, emails: "owner@acme.dev" as never, label, period: "year" };
    expect(() => synthBudget(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Budget: 7 problems
       - period: got "year", want no such prop; remove it; known props: tenancyId, usdPerMonth, emails, label
       - tenancyId: got "ocid1.compartment.oc1..aaaaexample", want the OCID of a tenancy, such as "ocid1.tenancy.oc1..aaaaexample"
       - usdPerMonth: got "45", want a whole number of USD, 1 or more (OCI budgets have no cents)
       - emails: got "owner@acme.dev", want a list of e-mail addresses
       - label.tagNamespace: got "a.b", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - label.key: got "governanceId", want one of "project", "environment", "costCenter", "owner", "agentId", "layer"
       - label.value: got "", want text of 1 to 256 characters (OCI tag value)"
    `);
  });
});
