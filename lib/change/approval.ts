import { isDay } from "../cost/date";
import { Check, type KeysOf } from "../spec/check";
import { ADDRESS, REASON } from "./declaration";

/** Somebody's word that one resource may lose its data. */
export interface Approval {
  /** Terraform address in the plan, with its index when it has one. */
  readonly address: string;
  /** Why its data is no longer needed, for whoever owns it. */
  readonly reason: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}

interface ApprovalFile {
  readonly approvals: readonly Approval[];
}

const APPROVAL = { address: true, reason: true, expires: true } satisfies KeysOf<Approval>;

/**
 * The approvals of `{ approvals: [...] }` after their check.
 * @throws IntentError with every problem; an approval that has expired is none, but approves nothing.
 */
export function approvalsOf(given: unknown, name = "approvals"): readonly Approval[] {
  const check = new Check<ApprovalFile>(name, given as ApprovalFile, { approvals: true } satisfies KeysOf<ApprovalFile>);
  const approvals = check.list<Approval>("approvals", "a list of address, reason and expires");
  approvals.forEach((approval, index) => {
    const nested = check.nested(`approvals.${index}`, approval, APPROVAL);
    nested.text("address", ADDRESS);
    nested.text("reason", REASON);
    if (!isDay(approval?.expires)) nested.issue("expires", approval?.expires, "a day as YYYY-MM-DD");
  });
  return check.done(approvals);
}
