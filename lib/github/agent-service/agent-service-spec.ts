import type { Construct } from "constructs";
import { isToken, type Check, type KeysOf } from "../../spec/check";
import { readCommand } from "../../spec/container";
import { openCheck, specContext } from "../../spec/context";
import { readEnvironment, readSecrets } from "../../spec/environment";
import { readGovernance } from "../../spec/governance";
import type { JobAgentSpec } from "../../spec/job-agent";
import { ACTIONS } from "../workflow/actions";
import { tryCron } from "../workflow/cron";
import { SECRET, SECRET_WANT } from "../workflow/stacks";
import { checkCron, MAX_MINUTES } from "../workflow/workflow-check";
import type { AgentEvents, GithubAgentServiceProps } from "./agent-service";
import { LACKS, MINUTES_OF_MONTH, ALTERNATIVES, monthlyUsd } from "./always-on";

const KNOWN = {
  repository: true,
  governance: true,
  command: true,
  image: true,
  setup: true,
  schedules: true,
  events: true,
  timeoutMinutes: true,
  runsPerMonth: true,
  environment: true,
  secrets: true,
  permissions: true,
  enabled: true,
  branch: true,
  actions: true,
} satisfies KeysOf<GithubAgentServiceProps>;

const EVENTS = { issues: true, issueComment: true, pullRequest: true, repositoryDispatch: true } satisfies KeysOf<AgentEvents>;
const SECRET_REFERENCE = { pattern: SECRET, want: SECRET_WANT };

const IMAGE = {
  pattern: /^[a-z0-9][A-Za-z0-9._:/-]{0,254}@sha256:[a-f0-9]{64}$/,
  want: 'an image that ends with "@sha256:<64 hex digits>", because a tag can be moved to other code',
  fix: "take the digest from your build",
};

/** The machine of a private repository. Source: https://docs.github.com/en/actions/reference/runners/github-hosted-runners, read 2026-11-21. */
const MACHINE = { vcpu: 2, memoryMiB: 8192 } as const;

/** Minutes of a month of 30 days: an agent that may run as long is one that is always on. */
const MAX_MINUTES_OF_MONTH = 43_200;

/**
 * The agent after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function agentServiceSpec(scope: Construct, props: GithubAgentServiceProps): JobAgentSpec {
  const context = specContext<object, object>(scope, undefined, LACKS);
  const check = openCheck<GithubAgentServiceProps>(props, KNOWN, context);
  const enabled = check.flag("enabled", true);
  const schedules = readSchedules(check);
  const events = readEvents(check, props?.events);
  const timeoutMinutes = check.integer("timeoutMinutes", {
    min: 1,
    max: MAX_MINUTES,
    default: 30,
    source: "GitHub Actions ends every job after 6 hours",
  });
  if (schedules.length + Object.keys(events).length === 0)
    check.issue("schedules", props?.schedules, "one schedule or event at least", 'such as schedules: ["17 */6 * * *"]');
  check.required("command", 'what runs, such as ["node", "main.js"]');
  const setup = check.tryText("setup", { pattern: /^[^\n]{1,500}$/, want: "one line of a shell script" });
  const spec = {
    runtime: "job" as const,
    enabled,
    ...MACHINE,
    ...(props?.image !== undefined && { image: check.text("image", IMAGE) }),
    ...(setup !== undefined && { setup }),
    command: readCommand(check, props?.command) ?? [],
    schedules: enabled ? schedules : [],
    events: enabled ? events : {},
    timeoutMinutes,
    runsPerMonth: readRuns(check, props, schedules, timeoutMinutes),
    governance: readGovernance(check, props?.governance, SECRET_REFERENCE),
    environment: literal(check, readEnvironment(check, props?.environment)),
    secrets: readSecrets(check, props?.secrets, SECRET_REFERENCE, props?.environment),
    permissions: { actions: "read", ...(props?.permissions ?? { contents: "read" }) },
  };
  for (const word of spec.command)
    if (isToken(word)) check.issue("command", word, "literal text", "give the value as variable of the repository");
  if (typeof props?.actions === "object") for (const name of Object.keys(props.actions)) checkPin(check, name);
  return check.done(spec);
}

function checkPin(check: Check<GithubAgentServiceProps>, name: string): void {
  if (!(name in ACTIONS)) check.issue("actions", name, `one of ${Object.keys(ACTIONS).join(", ")}`);
}

function readSchedules(check: Check<GithubAgentServiceProps>): readonly string[] {
  const schedules = check.list<string>("schedules", "cron expressions in UTC", []);
  for (const schedule of schedules) checkCron(check, "schedules", schedule);
  return schedules;
}

function readEvents(parent: Check<GithubAgentServiceProps>, props: AgentEvents | undefined): Readonly<Record<string, readonly string[]>> {
  const check = parent.nested<AgentEvents>("events", props ?? {}, EVENTS);
  const events = Object.keys(EVENTS).flatMap((event): [string, readonly string[]][] => {
    const kinds = props?.[event as keyof AgentEvents];
    if (kinds === undefined) return [];
    if (
      !Array.isArray(kinds) ||
      kinds.length === 0 ||
      !kinds.every((kind) => typeof kind === "string" && !isToken(kind) && /^[A-Za-z0-9_-]{1,100}$/.test(kind))
    )
      check.issue(event, kinds, 'kinds of the event, such as ["opened"]');
    return [[event, kinds]];
  });
  return Object.fromEntries(events);
}

function readRuns(
  check: Check<GithubAgentServiceProps>,
  props: GithubAgentServiceProps,
  schedules: readonly string[],
  timeoutMinutes: number,
): number {
  const started = schedules.reduce((sum, schedule) => sum + (typeof schedule === "string" ? (tryCron(schedule)?.maxPerMonth ?? 0) : 0), 0);
  if (props?.events !== undefined && props.runsPerMonth === undefined)
    check.issue("runsPerMonth", undefined, "a bound when there are events: nobody knows how many come", "such as 500");
  const runs = check.integer("runsPerMonth", { min: 1, max: 100_000, default: Math.max(1, started) });
  if (runs < started)
    check.issue("runsPerMonth", runs, `${started} or more: as many runs do the schedules start in a month of 31 days`, "run less often");
  const minutes = runs * timeoutMinutes;
  if (minutes >= MAX_MINUTES_OF_MONTH) {
    const want = `less than ${MAX_MINUTES_OF_MONTH} minutes a month in all (runsPerMonth x timeoutMinutes): this is ${minutes} minutes, ${monthlyUsd(minutes)} USD, and as good as always on (${MINUTES_OF_MONTH} minutes)`;
    check.issue("runsPerMonth", runs, want, `lower one of the two, or take ${ALTERNATIVES}`);
  }
  return runs;
}

/** The environment stands in a file of the repository. */
function literal(check: Check<GithubAgentServiceProps>, environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(environment)) {
    if (isToken(value)) {
      const fix = `keep it as variable of the repository and write "\${{ vars.${name} }}"`;
      check.issue(`environment.${name}`, value, "a value known at synth: the workflow is a file in the repository", fix);
    }
  }
  return environment;
}
