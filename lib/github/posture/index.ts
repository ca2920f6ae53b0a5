import type { ProviderPosture } from "../../provider";
import { readActionsPermissions, readDeployKey, readEnvironment, readSecret, readWebhook, readWorkflowPermissions } from "./delivery";
import { LACKS } from "./lacks";
import { REFERENCES } from "./references";
import { readCodeRepository } from "./repositories";

/** How safely resources of GitHub are set up: also those that no construct of this library makes. */
export const githubPosture: ProviderPosture = {
  readers: {
    github_actions_environment_secret: readSecret,
    github_actions_organization_permissions: readActionsPermissions,
    github_actions_organization_secret: readSecret,
    github_actions_repository_permissions: readActionsPermissions,
    github_actions_secret: readSecret,
    github_codespaces_organization_secret: readSecret,
    github_codespaces_secret: readSecret,
    github_codespaces_user_secret: readSecret,
    github_dependabot_organization_secret: readSecret,
    github_dependabot_secret: readSecret,
    github_enterprise_actions_permissions: readActionsPermissions,
    github_enterprise_actions_workflow_permissions: readWorkflowPermissions,
    github_organization_webhook: readWebhook,
    github_repository: readCodeRepository,
    github_repository_deploy_key: readDeployKey,
    github_repository_environment: readEnvironment,
    github_repository_webhook: readWebhook,
    github_workflow_repository_permissions: readWorkflowPermissions,
  },
  references: REFERENCES,
  lacks: LACKS,
};
