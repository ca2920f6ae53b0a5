import { wrapCommand } from "../../runtime/agent-wrapper";
import { LAST_HEARTBEAT_SCRIPT } from "../../runtime/last-heartbeat";
import { reporterEnvironment } from "../../spec/governance";
import type { JobAgentSpec } from "../../spec/job-agent";
import { ACTIONS, type ActionPins } from "../workflow/actions";
import { checkoutStep } from "../workflow/project";
import { secretEnvironment } from "../workflow/stacks";
import type { Permission, Step, Workflow, WorkflowTriggers } from "../workflow/workflow";
import { RUN_LIMIT_SCRIPT } from "./run-limit";

/** Where the agent finds its reporting key. */
export const KEY_FILE = "/tmp/governance/key";

/** Steps by which the agent is read back. */
export const STEP_IDS = { setup: "setup", agent: "agent" } as const;

/** The variable of the repository that lets an agent run. */
export function enabledVariable(agentId: string): string {
  return `AGENT_${agentId.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_ENABLED`;
}

/** The file of the workflow of an agent. */
export function workflowFile(agentId: string): string {
  return `agent-${agentId.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.yml`;
}

/** The workflow that runs an agent. */
export function agentWorkflow(spec: JobAgentSpec, branch: string, pins: ActionPins = {}): Workflow {
  const { governance } = spec;
  const actions = { ...ACTIONS, ...pins };
  return {
    name: `Agent ${governance.agentId}`,
    on: triggers(spec, branch),
    concurrency: { group: `agent-${governance.agentId}`, cancelInProgress: false },
    jobs: {
      agent: {
        name: "Agent",
        if: `vars.${enabledVariable(governance.agentId)} == 'true'`,
        permissions: spec.permissions as Partial<Record<Permission, "read" | "write">>,
        timeoutMinutes: spec.timeoutMinutes,
        container: spec.image,
        env: { ...reporterEnvironment(governance, KEY_FILE), ...spec.environment, RUNS_PER_MONTH: String(spec.runsPerMonth) },
        steps: [...prepareSteps(spec, actions), ...runSteps(spec)],
      },
    },
  };
}

function triggers({ schedules, events }: JobAgentSpec, branch: string): WorkflowTriggers {
  const { pullRequest, ...others } = events;
  return {
    ...others,
    ...(schedules.length > 0 && { schedule: schedules }),
    ...(pullRequest && { pullRequest: { branches: [branch], types: pullRequest } }),
    workflowDispatch: true,
  };
}

function prepareSteps({ image, setup }: JobAgentSpec, actions: typeof ACTIONS): Step[] {
  const node: Step = { name: "Set up Node", uses: actions.setupNode, with: { "node-version": 24 } };
  const limit: Step = { name: "Count the runs of this month", env: { GH_TOKEN: "${{ github.token }}" }, run: script(RUN_LIMIT_SCRIPT) };
  return [
    ...(image === undefined ? [node] : []),
    limit,
    ...(image === undefined ? [checkoutStep({ actions })] : []),
    ...(setup === undefined ? [] : [{ name: "Prepare", id: STEP_IDS.setup, run: setup }]),
  ];
}

function runSteps({ governance, command, secrets }: JobAgentSpec): Step[] {
  const key = { GOVERNANCE_KEY: governance.keySecret };
  return [
    { name: "Run the agent", id: STEP_IDS.agent, env: secretEnvironment({ ...key, ...secrets }), run: wrapCommand(command) },
    {
      name: "Last heartbeat",
      if: "always() && steps.agent.outcome != 'skipped'",
      env: { ...secretEnvironment(key), AGENT_OUTCOME: "${{ steps.agent.outcome }}" },
      run: script(LAST_HEARTBEAT_SCRIPT),
    },
  ];
}

/** A script of Node without anything in it that a shell would read. */
function script(text: string): string {
  return `node -e '${text.replaceAll("'", `'\\''`)}'`;
}
