import { Check, type KeysOf } from "../../spec/check";
import { installSteps, PROJECT_PROPS, readProject, verifySteps, type Project, type ProjectProps } from "./project";
import { planSteps, readStacks, STACKS_PROPS, type Stacks, type StacksProps } from "./stacks";
import type { Workflow, WorkflowJob } from "./workflow";
import { checkWorkflow } from "./workflow-check";

/** How a pull request is planned against what is deployed. */
export interface PullRequestPlanProps extends StacksProps {
  /**
   * The environment that has the credentials. They reach code that nobody reviewed yet, so they must be able to read only; an
   * `AwsDeployRole` refuses pull requests for that reason.
   */
  readonly environment: string;
}

export interface PullRequestWorkflowProps extends ProjectProps {
  /**
   * Whether the report of the change stands as a comment on the pull request.
   * @default true
   */
  readonly comment?: boolean;
  /**
   * Plans the stacks and refuses a plan that loses data without an approval.
   * @default - none: no credentials are needed
   */
  readonly plan?: PullRequestPlanProps;
}

const KNOWN = { ...PROJECT_PROPS, comment: true, plan: true } satisfies KeysOf<PullRequestWorkflowProps>;

/** A fork's runs have neither secrets nor a token that may write. */
const OWN = "github.event.pull_request.head.repo.full_name == github.repository";

/**
 * A workflow that looks at every pull request: synthesizes, tests, checks the promises of the stacks, comments what changes, and, when asked
 * for, plans the stacks and guards what holds data.
 * The code of the pull request never runs in a job that may write.
 * @throws IntentError with every problem of the props.
 */
export function pullRequestWorkflow(props: PullRequestWorkflowProps = {}): Workflow {
  const check = new Check<PullRequestWorkflowProps>("pullRequestWorkflow", props, KNOWN);
  const project = readProject(check as Check<object> as Check<ProjectProps>, props);
  const comment = check.flag("comment", true);
  const plan = readPlan(check, props?.plan);
  const jobs = {
    verify: verifyJob(project),
    ...(comment && { comment: commentJob(project) }),
    ...(plan && { plan: planJob(project, plan) }),
  };
  const workflow: Workflow = {
    name: "Pull request",
    on: { pullRequest: { branches: [project.branch] } },
    concurrency: { group: "pull-request-${{ github.event.pull_request.number }}", cancelInProgress: true },
    jobs,
  };
  if (check.clean) checkWorkflow(check, "workflow", workflow);
  return check.done(workflow);
}

function verifyJob(project: Project): WorkflowJob {
  return {
    name: "Verify",
    permissions: { contents: "read" },
    timeoutMinutes: project.timeoutMinutes,
    steps: [
      ...installSteps(project),
      ...verifySteps(project),
      { name: "Report", if: "always()", run: "npx governed-agents report cdktf.out -o report" },
      { name: "Keep the report", if: "always()", uses: project.actions.uploadArtifact, with: { name: "report", path: "report" } },
    ],
  };
}

function commentJob({ actions }: Project): WorkflowJob {
  return {
    name: "Comment",
    needs: ["verify"],
    if: `always() && needs.verify.result != 'cancelled' && ${OWN}`,
    permissions: { "pull-requests": "write" },
    timeoutMinutes: 5,
    steps: [
      { name: "Take the report", uses: actions.downloadArtifact, with: { name: "report", path: "report" } },
      {
        name: "Comment",
        env: {
          GH_TOKEN: "${{ github.token }}",
          GH_REPO: "${{ github.repository }}",
          PULL_REQUEST: "${{ github.event.pull_request.number }}",
        },
        run: 'gh pr comment "$PULL_REQUEST" --body-file report/report.md --edit-last --create-if-none',
      },
    ],
  };
}

function planJob(project: Project, { environment, stacks }: { readonly environment: string; readonly stacks: Stacks }): WorkflowJob {
  return {
    name: "Plan",
    needs: ["verify"],
    if: OWN,
    environment,
    permissions: { contents: "read", "id-token": "write" },
    timeoutMinutes: project.timeoutMinutes,
    steps: [...installSteps(project), { name: "Synthesize", run: project.synth }, ...planSteps(project, stacks)],
  };
}

function readPlan(
  parent: Check<PullRequestWorkflowProps>,
  props: PullRequestPlanProps | undefined,
): { readonly environment: string; readonly stacks: Stacks } | undefined {
  if (props === undefined) return undefined;
  const check = parent.nested<PullRequestPlanProps>("plan", props, { ...STACKS_PROPS, environment: true });
  return { environment: check.text("environment", ENVIRONMENT), stacks: readStacks(check as Check<object> as Check<StacksProps>, props) };
}

/** The name of an environment. */
export const ENVIRONMENT = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._ -]{0,253}[A-Za-z0-9]$/,
  want: 'the name of an environment: letters, digits, ".", "_", "-" and spaces inside',
};
