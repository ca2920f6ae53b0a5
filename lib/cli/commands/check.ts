import { existsSync } from "node:fs";
import { checkLock, type LockVerdict } from "../../change/check-lock";
import { readLock, type StatefulLock } from "../../change/lock";
import type { BudgetVerdict } from "../../cost/budget";
import type { Inventory } from "../../facts/inventory";
import { InputError } from "../../files/input-error";
import { evaluate } from "../../policy/evaluate";
import { findingText, SEVERITIES, type Finding } from "../../policy/finding";
import type { Coverage, Manifest, ManifestRecovery } from "../../report/manifest";
import { EXIT, type ExitCode } from "../exit-code";
import { providersOf } from "../libraries";
import type { CheckOptions } from "../program";
import { inventoryOf, stacksIn, tryManifest, type StackFolder } from "../stack-folder";
import { badge, paint, printJson, progress, type Terminal } from "../terminal";
import { budgetLines } from "./estimate";

/** What a stack promises, and how it stands. Plain JSON; what is absent was neither promised nor checked. */
interface CheckedStack {
  readonly stack: string;
  readonly verdict: "pass" | "fail";
  readonly governed: boolean;
  readonly coverage?: Coverage;
  readonly budgets?: readonly BudgetVerdict[];
  readonly recovery?: ManifestRecovery;
  readonly findings: readonly Finding[];
  readonly lock?: Omit<LockVerdict, "next">;
}

/** Findings that are printed of one stack. */
const SHOWN = 50;

/** Checks what the stacks of a folder promise. */
export function check(folder: string, options: CheckOptions, terminal: Terminal): ExitCode {
  const lock = options.lock === undefined ? undefined : lockOf(options.lock);
  const stacks = stacksIn(folder, options.stack);
  const checked = stacks.map((stack) => {
    progress(terminal, `checking ${stack.name}`);
    return checkStack(stack, options, lock);
  });
  const missing = options.stack === undefined ? stacksOnlyIn(lock, stacks) : [];
  const failed = missing.length > 0 || checked.some(({ verdict }) => verdict === "fail");
  if (options.json) printJson(terminal, { verdict: failed ? "fail" : "pass", stacks: checked, missingStacks: missing });
  else terminal.out([...checked.map((one) => stackText(terminal, one, options)), ...missing.map(missingText)].join("\n\n"));
  return failed ? EXIT.broken : EXIT.ok;
}

function lockOf(file: string): StatefulLock {
  if (existsSync(file)) return readLock(file);
  throw new InputError(file, "no such file", "a lock file of stateful resources", "lockStateful writes it in synth");
}

/** Stacks that the lock knows and that are not there any more: everything in them would be forgotten. */
function stacksOnlyIn(lock: StatefulLock | undefined, stacks: readonly StackFolder[]): readonly string[] {
  const names = new Set(stacks.map(({ name }) => name));
  return Object.keys(lock?.stacks ?? {}).filter((name) => !names.has(name));
}

function missingText(stack: string): string {
  return `fail ${stack}: the lock holds data of this stack, but it was not synthesized; put it back, or take it out of the lock`;
}

function checkStack(stack: StackFolder, options: CheckOptions, lock: StatefulLock | undefined): CheckedStack {
  const manifest = tryManifest(stack);
  const inventory = manifest?.policy === undefined || lock !== undefined ? inventoryOf(stack) : undefined;
  const findings = manifest?.policy?.findings ?? findingsOf(inventory as Inventory, options);
  const locked = lock === undefined ? undefined : lockVerdict(stack, inventory as Inventory, lock);
  const { coverage, budgets, recovery }: Partial<Manifest> = manifest ?? {};
  const broken =
    findings.some((finding) => isStop(finding, options)) ||
    (budgets ?? []).some(({ verdict }) => verdict === "fail") ||
    (recovery?.verdicts ?? []).some(({ status }) => status !== "ok") ||
    (locked?.problems ?? []).length > 0;
  const governed = manifest !== undefined;
  return { stack: stack.name, verdict: broken ? "fail" : "pass", governed, coverage, budgets, recovery, findings, lock: locked };
}

function findingsOf(inventory: Inventory, { asOf, pack }: CheckOptions): readonly Finding[] {
  return evaluate(inventory, providersOf(inventory), { asOf, packs: [pack] }).findings;
}

function lockVerdict(stack: StackFolder, inventory: Inventory, lock: StatefulLock): CheckedStack["lock"] {
  const { problems, added, unused } = checkLock({ stack: stack.name, inventory, providers: providersOf(inventory) }, lock);
  return { problems, added, unused };
}

function isStop({ status, severity }: Finding, { failOn }: Pick<CheckOptions, "failOn">): boolean {
  return status === "fail" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

function stackText(terminal: Terminal, checked: CheckedStack, options: CheckOptions): string {
  return [
    `${badge(terminal, checked.verdict === "pass")} ${paint(terminal, "bold", checked.stack)}${checked.governed ? "" : " (not governed: rules only)"}`,
    ...(checked.coverage === undefined ? [] : [coverageLine(checked.coverage)]),
    ...(checked.budgets ?? []).flatMap((budget) => budgetLines(terminal, budget)),
    ...recoveryLines(terminal, checked.recovery),
    ...findingLines(checked.findings, options),
    ...lockLines(terminal, checked.lock),
  ].join("\n");
}

function coverageLine({ labelled, resources, conflict, ungoverned }: Coverage): string {
  return `  labels: ${labelled} of ${resources} resources, ${conflict} in conflict, ${ungoverned} ungoverned`;
}

function recoveryLines(terminal: Terminal, recovery: ManifestRecovery | undefined): string[] {
  const verdicts = (recovery?.verdicts ?? []).map(
    ({ path, scope, status, reason }) =>
      `  ${badge(terminal, status === "ok")} recovery of ${path} when ${scope} fails: ${status}, ${reason}`,
  );
  return [...verdicts, ...(recovery?.uncovered ?? []).map(({ address, why }) => `    covered by nothing: ${address}, ${why}`)];
}

function findingLines(findings: readonly Finding[], options: CheckOptions): string[] {
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const stops = findings.filter((finding) => isStop(finding, options));
  const milder = count("fail") - stops.length;
  return [
    `  rules: ${stops.length} findings of ${options.failOn} or worse, ${milder} milder, ${count("unknown")} undecided, ${count("acknowledged")} acknowledged`,
    ...stops.slice(0, SHOWN).map((finding) => `    ${findingText(finding)}`),
    ...(stops.length > SHOWN ? [`    and ${stops.length - SHOWN} more: see --json`] : []),
  ];
}

function lockLines(terminal: Terminal, lock: CheckedStack["lock"]): string[] {
  if (lock === undefined) return [];
  const { problems, added } = lock;
  const headline = problems.length === 0 ? "everything in the lock is kept" : `${problems.length} of what holds data would be lost`;
  return [
    `  ${badge(terminal, problems.length === 0)} data: ${headline}`,
    ...problems.map(({ kind, address, want, fix }) => `    ${kind} ${address}: want ${want}; ${fix}`),
    ...added.map(({ address }) => `    not in the lock yet: ${address}`),
  ];
}
