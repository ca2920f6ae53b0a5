import { Document, isMap, isPair, isScalar, parse, visit } from "yaml";
import type { Step, Workflow, WorkflowJob, WorkflowTriggers } from "./workflow";

/** A workflow as its file says it, without comments. */
export type WorkflowDocument = Readonly<Record<string, unknown>>;

const HEADER = " Generated from the stack: change it there. Actions are pinned by commit; the comment behind each is the version.";

/** What the file of a workflow says, as data. */
export function workflowDocument({ name, on, concurrency, jobs }: Workflow): WorkflowDocument {
  return {
    name,
    on: triggers(on),
    permissions: {},
    concurrency: { group: concurrency.group, "cancel-in-progress": concurrency.cancelInProgress },
    defaults: { run: { shell: "bash" } },
    jobs: Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, jobDocument(job)])),
  };
}

/** The text of the file of a workflow, with a comment that names the version behind each commit. */
export function workflowText(workflow: Workflow): string {
  const document = new Document(workflowDocument(workflow), { aliasDuplicateObjects: false });
  document.commentBefore = HEADER;
  const versions = versionsOf(workflow);
  visit(document, {
    Pair(_, pair) {
      if (!isPair(pair) || !isScalar(pair.key) || !isScalar(pair.value) || pair.key.value !== "uses") return;
      pair.value.comment = ` ${versions.get(String(pair.value.value)) ?? ""}`;
    },
    Map(_, map) {
      if (isMap(map) && map.items.length === 0) map.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** What a file says, as data; undefined when it is no workflow. */
export function tryWorkflowDocument(text: string): WorkflowDocument | undefined {
  const value: unknown = parse(text);
  return typeof value === "object" && value !== null && "jobs" in value ? (value as WorkflowDocument) : undefined;
}

function triggers(on: WorkflowTriggers): Record<string, unknown> {
  const { pullRequest, push, schedule, issues, issueComment, repositoryDispatch } = on;
  const types = (list: readonly string[] | undefined) => list && { types: [...list] };
  return withoutNothing({
    pull_request:
      pullRequest && withoutNothing({ branches: [...pullRequest.branches], types: pullRequest.types && [...pullRequest.types] }),
    push: push && { branches: [...push.branches] },
    schedule: schedule?.map((cron) => ({ cron })),
    issues: types(issues),
    issue_comment: types(issueComment),
    repository_dispatch: types(repositoryDispatch),
    workflow_dispatch: on.workflowDispatch === true ? {} : undefined,
  });
}

function jobDocument(job: WorkflowJob): Record<string, unknown> {
  return withoutNothing({
    name: job.name,
    needs: job.needs && [...job.needs],
    if: job.if,
    "runs-on": RUNNER,
    environment: job.environment,
    permissions: job.permissions,
    "timeout-minutes": job.timeoutMinutes,
    container: job.container && { image: job.container },
    env: job.env,
    steps: job.steps.map(stepDocument),
  });
}

/** The runner of all jobs: Linux with 2 x64 CPUs and 8 GB. Source: https://docs.github.com/en/actions/reference/runners/github-hosted-runners, read 2026-11-21. */
export const RUNNER = "ubuntu-24.04";

function stepDocument(step: Step): Record<string, unknown> {
  const { name, id, env } = step;
  const action = "uses" in step ? { uses: reference(step), with: step.with } : {};
  return withoutNothing({ name, id, if: step.if, ...action, env, run: "run" in step ? step.run : undefined });
}

function reference({ uses }: Extract<Step, { uses: unknown }>): string {
  return `${uses.action}@${uses.sha}`;
}

function versionsOf({ jobs }: Workflow): ReadonlyMap<string, string> {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return new Map(steps.flatMap((step) => ("uses" in step ? [[reference(step), step.uses.version] as const] : [])));
}

function withoutNothing(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
