import type { PromisesProps } from "cdktf-governed-agents";

const RESTORED = { minutes: 35, date: "2026-11-02", evidence: "https://acme.dev/runbooks/assistant/restore-2026-11-02" };
const UNTIL = "2027-06-30";

/** What the assistant may cost, how safely it is set up, and how it comes back. Checked at every synth. */
export const PROMISES: PromisesProps = {
  asOf: "2026-11-21",
  cost: { usage: { profile: "small" }, maxPriceAgeDays: 900 },
  budgets: [
    {
      usdPerMonth: 45,
      acceptUnpriced: [
        { what: "aws_backup_restore_testing_selection", reason: "one restore of 20 GiB a month, looked at on the bill", expires: UNTIL },
      ],
    },
  ],
  policy: {},
  recovery: {
    rpoMinutes: 25 * 60,
    rtoMinutes: 4 * 60,
    scopes: ["instance", "zone", "operator-error"],
    measuredRto: (["instance", "zone", "operator-error"] as const).map((scope) => ({
      ...RESTORED,
      scope,
      of: "personal-employee/Assistant",
    })),
  },
};
