import type { PromisesProps } from "cdktf-governed-agents";

const RESTORED = { minutes: 35, date: "2026-11-02", evidence: "https://acme.dev/runbooks/assistant/restore-2026-11-02" };
const UNTIL = "2027-06-30";

/** The same on every cloud: the day of the prices, what is assumed of the use, and the rules. */
const COMMON: PromisesProps = { asOf: "2026-11-21", cost: { usage: { profile: "small" }, maxPriceAgeDays: 900 }, policy: {} };

/** A restore that was done and written down, for each scope. */
const restored = (stack: string, scopes: readonly ("instance" | "zone" | "operator-error")[]) =>
  scopes.map((scope) => ({ ...RESTORED, scope, of: `${stack}/Assistant` }));

const AWS_SCOPES = ["instance", "zone", "operator-error"] as const;

/** On AWS a machine with 4 GiB alone is 24.53: 20 USD are not possible. Whatever fails, a day's work is lost at most. */
export const AWS_PROMISES: PromisesProps = {
  ...COMMON,
  budgets: [
    {
      usdPerMonth: 45,
      acceptUnpriced: [
        { what: "aws_backup_restore_testing_selection", reason: "one restore of 20 GiB a month, looked at on the bill", expires: UNTIL },
      ],
    },
  ],
  recovery: {
    rpoMinutes: 25 * 60,
    rtoMinutes: 4 * 60,
    scopes: AWS_SCOPES,
    measuredRto: restored("personal-employee-aws", AWS_SCOPES),
  },
};

/** On DigitalOcean nothing backs up a volume on a schedule: it outlives its machine, and no more is promised. */
export const DIGITALOCEAN_PROMISES: PromisesProps = {
  ...COMMON,
  budgets: [{ usdPerMonth: 27 }],
  recovery: {
    rpoMinutes: 25 * 60,
    rtoMinutes: 4 * 60,
    scopes: ["instance"],
    measuredRto: restored("personal-employee-digitalocean", ["instance"]),
  },
};

const OCI_SCOPES = ["instance", "operator-error"] as const;

/** On OCI: 20 USD, when the tenancy's free cores and memory are not used elsewhere; 31.01 at most without them. Its price list is of January 2024. */
export const OCI_PROMISES: PromisesProps = {
  ...COMMON,
  cost: { ...COMMON.cost, maxPriceAgeDays: 1100, allowances: ["A1 OCPU hours", "A1 GB hours"] },
  budgets: [
    {
      usdPerMonth: 20,
      measure: "net-high",
      acceptUnpriced: [
        { what: "oci_core_instance", reason: "its public address is ephemeral, and the price list has no line for these", expires: UNTIL },
      ],
    },
  ],
  recovery: {
    rpoMinutes: 36 * 60,
    rtoMinutes: 4 * 60,
    scopes: OCI_SCOPES,
    measuredRto: restored("personal-employee-oci", OCI_SCOPES),
  },
};
