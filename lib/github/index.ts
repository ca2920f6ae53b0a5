export { GithubAgentService, type AgentEvents, type GithubAgentServiceProps } from "./agent-service/agent-service";
export { GithubDeployIdentity, type GithubDeployIdentityProps } from "./deploy-identity/deploy-identity";
export { ACTIONS, type ActionPins, type PinnedAction } from "./workflow/actions";
export { deployWorkflow, type DeployWorkflowProps } from "./workflow/deploy-workflow";
export { GithubWorkflow, type GithubWorkflowProps } from "./workflow/github-workflow";
export type { ProjectProps } from "./workflow/project";
export { pullRequestWorkflow, type PullRequestPlanProps, type PullRequestWorkflowProps } from "./workflow/pull-request-workflow";
export type { StacksProps } from "./workflow/stacks";
export type { ActionStep, Permission, ScriptStep, Step, Workflow, WorkflowJob, WorkflowTriggers } from "./workflow/workflow";
export { workflowText } from "./workflow/workflow-text";
export { github } from "./provider";
export { GithubRepository } from "./repository/repository";
export type { GithubPlan } from "./repository/plan";
export type { GithubRepositoryEnvironment } from "./repository/repository-environment";
export type {
  GithubActionsProps,
  GithubDeployKeyProps,
  GithubEnvironmentProps,
  GithubGovernanceProps,
  GithubPushLimitsProps,
  GithubRepositoryProps,
  GithubReviewersProps,
  GithubReviewProps,
  GithubSecretProps,
} from "./repository/repository-props";
