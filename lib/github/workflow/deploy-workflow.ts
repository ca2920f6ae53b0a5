import { Check, type KeysOf } from "../../spec/check";
import { installSteps, PROJECT_PROPS, readProject, verifySteps, type Project, type ProjectProps } from "./project";
import { ENVIRONMENT } from "./pull-request-workflow";
import { planSteps, readStacks, STACKS_PROPS, type Stacks, type StacksProps } from "./stacks";
import type { Workflow, WorkflowJob } from "./workflow";
import { checkWorkflow } from "./workflow-check";

export interface DeployWorkflowProps extends ProjectProps, StacksProps {
  /** The environment that has the credentials, and reviewers in production: see `GithubDeployIdentity`. */
  readonly environment: string;
}

const KNOWN = { ...PROJECT_PROPS, ...STACKS_PROPS, environment: true } satisfies KeysOf<DeployWorkflowProps>;

/**
 * A workflow that deploys what is pushed to the branch: verified without credentials first, then, when the reviewers of the environment let it
 * go on, planned, guarded against the loss of data, and applied as planned, stack by stack.
 * Deployments to an environment wait for each other and are never cut off.
 * @throws IntentError with every problem of the props.
 */
export function deployWorkflow(props: DeployWorkflowProps): Workflow {
  const check = new Check<DeployWorkflowProps>("deployWorkflow", props, KNOWN);
  const project = readProject(check as Check<object> as Check<ProjectProps>, props);
  const stacks = readStacks(check as Check<object> as Check<StacksProps>, props);
  const environment = check.text("environment", ENVIRONMENT);
  const workflow: Workflow = {
    name: `Deploy to ${environment}`,
    on: { push: { branches: [project.branch] }, workflowDispatch: true },
    concurrency: { group: `deploy-${environment}`, cancelInProgress: false },
    jobs: { verify: verifyJob(project), deploy: deployJob(project, stacks, environment) },
  };
  if (check.clean) checkWorkflow(check, "workflow", workflow);
  return check.done(workflow);
}

function verifyJob(project: Project): WorkflowJob {
  return {
    name: "Verify",
    permissions: { contents: "read" },
    timeoutMinutes: project.timeoutMinutes,
    steps: [...installSteps(project), ...verifySteps(project)],
  };
}

function deployJob(project: Project, stacks: Stacks, environment: string): WorkflowJob {
  return {
    name: "Deploy",
    needs: ["verify"],
    environment,
    permissions: { contents: "read", "id-token": "write" },
    timeoutMinutes: project.timeoutMinutes,
    steps: [...installSteps(project), { name: "Synthesize", run: project.synth }, ...planSteps(project, stacks, true)],
  };
}
