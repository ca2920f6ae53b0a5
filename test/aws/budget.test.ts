import { AwsBudget, type AwsBudgetProps } from "cdktf-governed-agents/aws";
import { awsSynth, resourcesOf } from "./support";

const BASE: AwsBudgetProps = { usdPerMonth: 45, emails: ["owner@acme.dev"] };
const budget = (props: Partial<AwsBudgetProps> = {}) =>
  Object.values(
    resourcesOf(
      awsSynth((stack) => new AwsBudget(stack, "Budget", { ...BASE, ...props })),
      "aws_budgets_budget",
    ),
  )[0];

describe("AwsBudget", () => {
  test("tells people at 50, 80 and 100 percent, and when 100 are likely", () => {
    expect(budget()).toMatchObject({ limit_amount: "45.00", limit_unit: "USD", budget_type: "COST", time_unit: "MONTHLY" });
    const notifications = budget()?.notification as {
      notification_type: string;
      threshold: number;
      subscriber_email_addresses: string[];
    }[];
    expect(notifications.map((one) => `${one.notification_type} ${one.threshold}`)).toEqual([
      "ACTUAL 50",
      "ACTUAL 80",
      "ACTUAL 100",
      "FORECASTED 100",
    ]);
    expect(notifications.every((one) => one.subscriber_email_addresses.join() === "owner@acme.dev")).toBe(true);
  });

  test("watches everything, or what carries a label", () => {
    expect(budget()?.cost_filter).toEqual([]);
    expect(budget({ label: { key: "costCenter", value: "r-and-d" } })?.cost_filter).toEqual([
      { name: "TagKeyValue", values: ["user:cost-center$r-and-d"] },
    ]);
  });

  test.each<[string, Partial<AwsBudgetProps>]>([
    ["a cap of nothing", { usdPerMonth: 0 }],
    ["fractions of a cent", { usdPerMonth: 19.999 }],
    ["a cap without an end", { usdPerMonth: Infinity }],
    ["nobody to tell", { emails: [] }],
    ["something that is no address", { emails: ["owner"] }],
    ["a label that costs are not told apart by", { label: { key: "governanceId" as "project", value: "gov-7" } }],
    ["a value that no tag can have", { label: { key: "project", value: "a|b" } }],
    ["an unknown prop", { email: "owner@acme.dev" } as never],
  ])("fails on %s", (_name, props) => {
    expect(() => budget(props)).toThrowErrorMatchingSnapshot();
  });
});
