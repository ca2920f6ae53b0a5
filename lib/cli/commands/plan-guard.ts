import { readFileSync } from "node:fs";
import { approvalsOf } from "../../change/approval";
import { lossText, planGuard, type PlanVerdict } from "../../change/plan-guard";
import { parsePlan, readPlan, type PlanJson } from "../../change/read-plan";
import { decoded, readJsonFile } from "../../files/read-json-file";
import { EXIT, type ExitCode } from "../exit-code";
import { statefulAmong } from "../libraries";
import type { PlanGuardCommandOptions } from "../program";
import { badge, paint, printJson, type Terminal } from "../terminal";

const MAX_APPROVALS_BYTES = 1_000_000;

/** Holds a plan against what must not be lost. */
export function guardPlan(file: string, { approvals, asOf, json }: PlanGuardCommandOptions, terminal: Terminal): ExitCode {
  const plan = file === "-" ? parsePlan(decoded(readFileSync(0)), "standard input") : readPlan(file);
  const stateful = statefulAmong((plan.resource_changes ?? []).map(({ type }) => type));
  const verdict = planGuard(plan, { stateful, asOf, approvals: approvals === undefined ? [] : readApprovals(approvals) });
  if (json) printJson(terminal, verdict);
  else terminal.out(verdictText(terminal, nameOf(file, plan), verdict));
  return verdict.verdict === "pass" ? EXIT.ok : EXIT.broken;
}

function readApprovals(file: string) {
  return approvalsOf(readJsonFile(file, { maxBytes: MAX_APPROVALS_BYTES, what: "a file of approvals" }), file);
}

function nameOf(file: string, { terraform_version: version }: PlanJson): string {
  const name = file === "-" ? "the plan" : file;
  return version === undefined ? name : `${name} (Terraform ${version})`;
}

function verdictText(terminal: Terminal, name: string, verdict: PlanVerdict): string {
  const { problems, approved, others, unused, counts } = verdict;
  const headline =
    problems.length === 0 ? "nothing that holds data is lost unapproved" : `${problems.length} of what holds data would be lost`;
  const lost = Object.entries(others).map(([type, count]) => `${count} ${type}`);
  return [
    `${badge(terminal, problems.length === 0)} ${paint(terminal, "bold", name)}: ${headline}`,
    ...problems.map((loss) => `  ${lossText(loss)}`),
    ...approved.map((loss) => `  ${lossText(loss)}`),
    `  changes: ${Object.entries(counts)
      .map(([action, count]) => `${count} ${action}`)
      .join(", ")}`,
    ...(lost.length === 0 ? [] : [`  lost too, not known to hold data: ${lost.join(", ")}`]),
    ...unused.map((address) => `  the approval of ${address} approves nothing: remove it`),
  ].join("\n");
}
