import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { flag, given, isExpression, not, oneOf, word } from "../../facts/values";

/** What actions the workflows of a repository, an organization or an enterprise may use. */
export const readActionsPermissions: PostureReader = ({ address, path, attributes }) => {
  const none = attributes.enabled === false || attributes.enabled_repositories === "none" || attributes.enabled_organizations === "none";
  const actionsChosen = none ? true : oneOf(attributes.allowed_actions, ["selected", "local_only"], "all");
  return [{ kind: "workflow-rules", address, path, actionsChosen }];
};

/** What the token of a run may do. Nothing said is what the owner has chosen, or GitHub's default of the day. */
export const readWorkflowPermissions: PostureReader = ({ address, path, attributes }) => {
  const token = attributes.default_workflow_permissions;
  const tokenReads = token === undefined ? "unknown" : oneOf(token, ["read"], "");
  return [{ kind: "workflow-rules", address, path, tokenReads, approves: flag(attributes.can_approve_pull_request_reviews, false) }];
};

/** An environment, with its deployment policies. */
export const readEnvironment: PostureReader = (environment, inventory) => {
  const { address, path, attributes } = environment;
  const reviewers = block(attributes.reviewers);
  const reviewed = given(reviewers.users) || given(reviewers.teams);
  return [{ kind: "deployment-gate", address, path, reviewed, refsNamed: refsNamed(environment, inventory) }];
};

/** Patterns that every branch matches. */
const ANY = ["*", "**", "**/*"];

/** "Protected branches only" looks at branch protection: with rulesets alone every branch may deploy. */
function refsNamed(environment: ResourceView, inventory: Inventory): Known<boolean> {
  const { protected_branches: whole, custom_branch_policies: custom } = block(environment.attributes.deployment_branch_policy);
  if (flag(whole, false) === true) return "unknown";
  const named = flag(custom, false);
  if (named !== true) return named;
  const policies = inventory.referring("github_repository_environment_deployment_policy", "environment", environment);
  const patterns = policies.flatMap(({ attributes }) => [...asList(attributes.branch_pattern), ...asList(attributes.tag_pattern)]);
  if (patterns.some((pattern) => ANY.includes(String(pattern)))) return false;
  return patterns.some(isExpression) ? "unknown" : true;
}

/** A key of a machine; it reads unless said. */
export const readDeployKey: PostureReader = ({ address, path, attributes }) => [
  { kind: "deploy-key", address, path, readOnly: flag(attributes.read_only, true) },
];

/** A webhook of a repository or an organization. */
export const readWebhook: PostureReader = ({ address, path, attributes }) => {
  const { url, insecure_ssl: insecure, secret } = block(attributes.configuration);
  const to = word(url, "");
  const checked = not(flag(insecure, false));
  const encrypted = to === "unknown" ? to : !to.startsWith("https://") ? false : checked;
  return [{ kind: "webhook", address, path, encrypted, signed: given(secret) }];
};

/** A secret of workflows: encrypted by GitHub, and kept until somebody writes another. What is encrypted already stands nowhere as text. */
export const readSecret: PostureReader = ({ address, path, attributes }) => {
  const plain = attributes.plaintext_value;
  const value = !given(plain) ? "nowhere" : isExpression(plain) ? "state" : "code";
  return [{ kind: "secret", address, path, encryption: "provider-key", rotationDays: -1, value }];
};
