import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { tryUnwrapCommand } from "../../runtime/agent-wrapper";
import { governanceOf, RESERVED_ENVIRONMENT } from "../../spec/governance";
import type { JobAgentSpec } from "../../spec/job-agent";
import { unescapeTemplate } from "../workflow/template";
import { tryWorkflowDocument, type WorkflowDocument } from "../workflow/workflow-text";
import { enabledVariable, STEP_IDS } from "./agent-workflow";

type Attributes = Readonly<Record<string, unknown>>;

const FOLDER = ".github/workflows/";

/** An agent that a workflow runs, or a workflow of another kind; other files are none of ours. */
export const readWorkflow: Reader = (file, inventory) => {
  const { repository, branch, file: path, content } = file.attributes;
  if (!String(path).startsWith(FOLDER)) return [];
  const document = tryWorkflowDocument(unescapeTemplate(String(content)));
  if (document === undefined) return [];
  const agent = tryAgent(document, file, inventory);
  if (agent !== undefined) return [{ kind: "job-agent", address: file.address, path: file.path, spec: agent }];
  const spec = { repository: String(repository), branch: String(branch), path: String(path), document };
  return [{ kind: "workflow", address: file.address, path: file.path, spec }];
};

function tryAgent(document: WorkflowDocument, file: ResourceView, inventory: Inventory): JobAgentSpec | undefined {
  const job = block(block(document.jobs).agent);
  const steps = asList(job.steps).map(block);
  const step = steps.find(({ id }) => id === STEP_IDS.agent);
  const command = tryUnwrapCommand(step?.run);
  if (step === undefined || command === undefined) return undefined;
  const plain = texts(block(job.env));
  const { GOVERNANCE_KEY: keySecret, ...secrets } = secretNames(block(step.env));
  const { RUNS_PER_MONTH: runs, ...environment } = plain;
  const { schedule, ...others } = block(document.on);
  const events = Object.entries(others).filter(([event]) => event !== "workflow_dispatch");
  const setup = steps.find(({ id }) => id === STEP_IDS.setup)?.run;
  const image = block(job.container).image;
  const schedules = asList(schedule).map((entry) => String(block(entry).cron));
  return {
    runtime: "job",
    enabled: isOn(plain.AGENT_ID, file, inventory) && schedules.length + events.length > 0,
    vcpu: 2,
    memoryMiB: 8192,
    ...(image !== undefined && { image: String(image) }),
    ...(setup !== undefined && { setup: String(setup) }),
    command,
    schedules,
    events: Object.fromEntries(events.map(([event, types]) => [camel(event), asList(block(types).types).map(String)])),
    timeoutMinutes: Number(job["timeout-minutes"]),
    runsPerMonth: Number(runs),
    governance: governanceOf(plain, keySecret),
    environment: without(environment, RESERVED_ENVIRONMENT),
    secrets,
    permissions: texts(block(job.permissions)),
  };
}

/** Whether the variable that lets the agent run says so. */
function isOn(agentId: string | undefined, file: ResourceView, inventory: Inventory): boolean {
  const name = enabledVariable(agentId ?? "");
  const variables = Object.values(inventory.json.resource?.github_actions_variable ?? {});
  return variables.some(
    ({ repository, variable_name, value }) => repository === file.attributes.repository && variable_name === name && value === "true",
  );
}

function secretNames(environment: Attributes): Record<string, string> {
  const name = (value: unknown) => /^\$\{\{ secrets\.(\w+) \}\}$/.exec(String(value))?.[1] ?? String(value);
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, name(value)]));
}

function texts(values: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function without(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function camel(event: string): string {
  return event.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
