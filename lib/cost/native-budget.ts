import type { Check } from "../spec/check";
import { isEmail } from "../spec/email";

/** When a provider's own budget tells people, in percent of the cap: of what was spent, and of what the month is likely to end with. */
export const BUDGET_ALERTS = [
  { of: "actual", percent: 50 },
  { of: "actual", percent: 80 },
  { of: "actual", percent: 100 },
  { of: "forecast", percent: 100 },
] as const;

/** Most addresses that a provider tells, and how it is said. */
export interface EmailLimit {
  readonly max: number;
  readonly source: string;
}

/** Who hears of a budget: somebody has to. */
export function checkBudgetEmails(check: Check<{ readonly emails: readonly string[] }>, given: unknown, limit?: EmailLimit): void {
  const emails = check.list<string>("emails", "a list of e-mail addresses");
  for (const email of emails) {
    if (!isEmail(email)) check.issue("emails", email, "e-mail addresses");
  }
  const want = limit === undefined ? "1 address or more" : `1 to ${limit.max} addresses (${limit.source})`;
  const nobody = Array.isArray(given) && given.length === 0;
  if (nobody || emails.length > (limit?.max ?? Infinity)) check.issue("emails", emails, want);
}
