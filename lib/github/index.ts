export { GithubDeployIdentity, type GithubDeployIdentityProps } from "./deploy-identity/deploy-identity";
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
