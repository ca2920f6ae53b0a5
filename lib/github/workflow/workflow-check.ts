import { Hidden, isToken, type Check } from "../../spec/check";
import { looksSecret } from "../../spec/environment";
import { tryCron } from "./cron";
import type { ActionStep, ScriptStep, Step, Workflow, WorkflowJob } from "./workflow";

/** Source: https://docs.github.com/en/actions/reference/limits (job execution time), read 2026-11-21. */
export const MAX_MINUTES = 360;

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows (schedule), read 2026-11-21. */
const MIN_GAP_MINUTES = 5;

const KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
const PINNED = /^[A-Za-z0-9._-]+\/[A-Za-z0-9._/-]+$/;
const SHA = /^[0-9a-f]{40}$/;
const REFERENCE = /^\$\{\{ ?(secrets\.[A-Za-z_][A-Za-z0-9_]*|github\.token) ?\}\}$/;
const DIGEST = /@sha256:[a-f0-9]{64}$/;

/** Checks a workflow; problems are named by where they stand in it, below `prop`. */
export function checkWorkflow<P extends object>(check: Check<P>, prop: string, workflow: Workflow): void {
  const at = (path: string) => `${prop}.${path}`;
  if (typeof workflow !== "object" || workflow === null) return check.issue(prop, workflow, "a workflow, such as deployWorkflow makes");
  if (checkTokens(check, prop, workflow)) return;
  checkTriggers(check, at("on"), workflow);
  if (!workflow.concurrency?.group)
    check.issue(
      at("concurrency"),
      workflow.concurrency,
      "a group, so that runs do not pass each other",
      'such as { group: "deploy", cancelInProgress: false }',
    );
  const jobs = Object.entries(workflow.jobs ?? {});
  if (jobs.length === 0) check.issue(at("jobs"), workflow.jobs, "one job or more by name");
  for (const [name, job] of jobs) checkJob(check, at(`jobs.${name}`), name, job, workflow);
}

/** What is known only after apply cannot stand in a file that people review. */
function checkTokens<P extends object>(check: Check<P>, prop: string, value: unknown): boolean {
  if (isToken(value)) {
    const fix = 'give a literal, or keep the value as variable of the repository and write "${{ vars.NAME }}"';
    check.issue(prop, value, "a value known at synth: the workflow is a file in the repository", fix);
    return true;
  }
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value)
    .map(([key, inner]) => checkTokens(check, `${prop}.${key}`, inner))
    .includes(true);
}

function checkTriggers<P extends object>(check: Check<P>, prop: string, { on }: Workflow): void {
  const given = Object.entries(on ?? {}).filter(([, value]) => value !== undefined && value !== false);
  if (given.length === 0) check.issue(prop, on, "one trigger or more", "such as { workflowDispatch: true }");
  for (const [trigger, value] of given) {
    const words = Array.isArray(value) ? value : ((value as { branches?: readonly unknown[] }).branches ?? []);
    if (trigger !== "workflowDispatch" && words.length === 0) check.issue(`${prop}.${trigger}`, value, "one entry or more");
  }
  for (const cron of on?.schedule ?? []) checkCron(check, `${prop}.schedule`, cron);
}

/** Checks one schedule. */
export function checkCron<P extends object>(check: Check<P>, prop: string, text: unknown): void {
  const cron = typeof text === "string" ? tryCron(text) : undefined;
  if (cron === undefined)
    check.issue(
      prop,
      text,
      'five fields "minute hour day-of-month month day-of-week" in UTC that name a time that comes',
      'such as "17 */6 * * *"',
    );
  else if (cron.minGapMinutes < MIN_GAP_MINUTES) {
    const want = `${MIN_GAP_MINUTES} minutes or more between two runs (GitHub Actions limit); these are ${cron.minGapMinutes} apart at times`;
    check.issue(prop, text, want, "run less often");
  }
}

function checkJob<P extends object>(check: Check<P>, prop: string, name: string, job: WorkflowJob, { jobs }: Workflow): void {
  if (!KEY.test(name)) check.issue(prop, name, 'a name of letters, digits, "_" and "-" that starts with a letter or "_"');
  const { timeoutMinutes: minutes } = job;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    const want = `a whole number, 1 to ${MAX_MINUTES} (GitHub Actions ends every job after 6 hours)`;
    check.issue(`${prop}.timeoutMinutes`, minutes, want, "split the work, or run it on a machine or service of another provider");
  }
  if (job.permissions === undefined)
    check.issue(`${prop}.permissions`, undefined, "what the job's token may do", "{} when that is nothing");
  for (const other of job.needs ?? [])
    if (other === name || jobs[other] === undefined)
      check.issue(
        `${prop}.needs`,
        other,
        `another job: ${Object.keys(jobs)
          .filter((key) => key !== name)
          .join(", ")}`,
      );
  if (job.container !== undefined && !DIGEST.test(job.container))
    check.issue(`${prop}.container`, job.container, 'an image that ends with "@sha256:<64 hex digits>": a tag can be moved to other code');
  checkEnvironment(check, `${prop}.env`, job.env);
  if ((job.steps ?? []).length === 0) check.issue(`${prop}.steps`, job.steps, "one step or more");
  (job.steps ?? []).forEach((step, index) => checkStep(check, `${prop}.steps.${index}`, step));
}

function checkStep<P extends object>(check: Check<P>, prop: string, step: Step): void {
  if (!step.name) check.issue(`${prop}.name`, step.name, "what the step does, for people");
  checkEnvironment(check, `${prop}.env`, step.env);
  if ("uses" in step) checkAction(check, prop, step);
  else checkScript(check, prop, step);
}

function checkAction<P extends object>(check: Check<P>, prop: string, { uses, with: input }: ActionStep): void {
  if (typeof uses?.action !== "string" || !PINNED.test(uses.action) || !SHA.test(uses.sha)) {
    const want = "an action pinned by the full SHA of a commit (40 hex digits): a tag can be moved to other code";
    check.issue(`${prop}.uses`, uses, want, "take the commit of the version that you reviewed");
  }
  checkEnvironment(check, `${prop}.with`, Object.fromEntries(Object.entries(input ?? {}).map(([key, value]) => [key, String(value)])));
}

function checkScript<P extends object>(check: Check<P>, prop: string, { run }: ScriptStep): void {
  if (typeof run !== "string" || run.trim() === "") return check.issue(`${prop}.run`, run, "a script");
  if (run.includes("${{")) {
    const fix = "give the expression as env of the step and use the variable, in quotes";
    check.issue(`${prop}.run`, run, "a script without expressions: what others wrote would become code", fix);
  }
  if (looksSecret("", run)) check.issue(`${prop}.run`, hidden(), "no secret in plain text", "store it as a secret and give it as env");
}

function checkEnvironment<P extends object>(check: Check<P>, prop: string, values: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "string") check.issue(`${prop}.${name}`, value, "text");
    else if (!REFERENCE.test(value) && looksSecret(name, value) && !EXPRESSION.test(value))
      check.issue(`${prop}.${name}`, hidden(), "no secret in plain text", `store it as a secret and write "\${{ secrets.${name} }}"`);
  }
}

/** A value that comes from a variable or a file at run time. */
const EXPRESSION = /^\$\{\{ ?(vars|runner|steps|needs)\.[^}]*\}\}/;

function hidden(): Hidden {
  return new Hidden("something that looks like a secret");
}
