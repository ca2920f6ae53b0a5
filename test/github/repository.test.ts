import { TerraformVariable, type TerraformStack } from "cdktf";
import { GithubRepository, type GithubRepositoryProps } from "cdktf-governed-agents/github";
import type { RepositorySpec } from "../../lib/spec/repository";
import { ghFacts, ghSynth, resourcesOf } from "./support";

type Props = Partial<GithubRepositoryProps>;

const KEY = `ssh-ed25519 ${"A".repeat(68)}`;
const GOVERNANCE = { endpoint: "https://governance.acme.dev", governanceId: "gov-7" };

const made =
  (props: Props, id = "Atlas") =>
  (stack: TerraformStack) =>
    new GithubRepository(stack, id, { plan: "team", ...props });

/** A value that is known only when Terraform runs. */
const later = (stack: TerraformStack, name: string) => new TerraformVariable(stack, name, { sensitive: true }).stringValue;

/** Everything that an organization with an enterprise can ask for. */
const full = (stack: TerraformStack): Props => ({
  plan: "enterprise",
  name: "atlas",
  description: "Research agents",
  visibility: "internal",
  defaultBranch: "trunk",
  topics: ["research", "agents"],
  mergeMethods: ["merge", "rebase"],
  review: { approvals: 3, codeOwners: true },
  statusChecks: [{ name: "test" }, { name: "plan", appId: 15368 }],
  signedCommits: true,
  bypassApps: [4711],
  pushLimits: { paths: ["tokens/**/*"], extensions: ["*.exe"], maxFileMB: 10, maxPathLength: 255 },
  secretScanning: true,
  actions: { githubOwned: false, verified: true, patterns: ["aws-actions/configure-aws-credentials@*"] },
  environments: {
    production: {
      reviewers: { users: [7], teams: [11, 12] },
      waitMinutes: 30,
      branches: ["trunk", "release/*"],
      tags: ["v*"],
      variables: { REGION: "eu-west-1" },
      secrets: { DEPLOY_TOKEN: { encryptedValue: later(stack, "deploy_token") } },
    },
    staging: { profile: "sandbox" },
  },
  deployKeys: { "cloud-agent": { publicKey: KEY, write: true }, reader: { publicKey: `${KEY} ada@acme.dev` } },
  codeOwners: [
    { path: "*", owners: ["@acme/platform"] },
    { path: "/docs/", owners: ["@ada", "ada@acme.dev"] },
  ],
  customProperties: { tier: { type: "single_select", values: ["gold"] }, audited: { type: "true_false", values: ["true"] } },
  variables: { LOG_LEVEL: "info" },
  secrets: { API_KEY: { encryptedValue: later(stack, "api_key") } },
  governance: { ...GOVERNANCE, agentId: "researcher" },
});

const settingsOf = (props: Props, type: string) => Object.values(resourcesOf(ghSynth(made(props)), `github_${type}`));

describe("GithubRepository", () => {
  test.each<[string, Props]>([
    ["the defaults", {}],
    ["a sandbox", { profile: "sandbox" }],
    ["a sandbox of a person without a plan", { profile: "sandbox", plan: "free" }],
    ["a vault", { purpose: "vault" }],
    ["a vault of a person, who has no limits of pushes", { purpose: "vault", plan: "pro", pushLimits: false }],
    ["a public repository of a person without a plan", { plan: "free", visibility: "public" }],
    ["one without workflows", { actions: false }],
    ["one of a team, whose deployments nobody reviews", { environments: { production: { withoutReviewersBecause: "the plan has none" } } }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: RepositorySpec | undefined;
    const facts = ghFacts((stack) => (spec = made(props)(stack).spec));
    expect(facts.filter(({ kind }) => kind === "repository").map((fact) => fact.spec)).toEqual([spec]);
  });

  test("Terraform says what was asked for: everything", () => {
    let spec: RepositorySpec | undefined;
    const facts = ghFacts((stack) => {
      const props = full(stack);
      spec = made(props)(stack).spec;
    });
    expect(facts.filter(({ kind }) => kind === "repository").map((fact) => fact.spec)).toEqual([spec]);
    expect(spec).toMatchObject({ secrets: ["API_KEY"], topics: ["agents", "research"], mergeMethods: ["merge", "rebase"] });
  });

  test("is private, reviewed by two, never forced, and kept in production", () => {
    const made = ghSynth(
      (stack) => new GithubRepository(stack, "Atlas", { plan: "team", codeOwners: [{ path: "*", owners: ["@acme/platform"] }] }),
    );
    const only = (type: string) => Object.values(resourcesOf(made, `github_${type}`))[0];
    expect(only("repository")).toMatchObject({
      name: "test-atlas",
      visibility: "private",
      auto_init: true,
      delete_branch_on_merge: true,
      vulnerability_alerts: true,
      archive_on_destroy: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(only("repository")).not.toHaveProperty("security_and_analysis");
    expect(only("repository_ruleset")).toMatchObject({
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules: {
        deletion: true,
        non_fast_forward: true,
        required_linear_history: true,
        pull_request: {
          required_approving_review_count: 2,
          require_code_owner_review: true,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: true,
        },
      },
    });
    expect(only("repository_ruleset")?.bypass_actors).toBeUndefined();
    expect(only("actions_repository_permissions")).toMatchObject({
      allowed_actions: "selected",
      allowed_actions_config: { github_owned_allowed: true, verified_allowed: false },
    });
    expect(only("workflow_repository_permissions")).toMatchObject({
      default_workflow_permissions: "read",
      can_approve_pull_request_reviews: false,
    });
    expect(only("repository_file")).toMatchObject({ file: ".github/CODEOWNERS", branch: "main", content: "* @acme/platform\n" });
    const before = (only("repository_ruleset")?.depends_on as string[]).map((address) => address.split(".")[0]);
    expect(before.sort()).toEqual(["github_branch_default", "github_repository_file"]);
  });

  test("asks nobody for an approval in a sandbox, not even of the last push", () => {
    const [rules] = settingsOf({ profile: "sandbox" }, "repository_ruleset").map((one) => one.rules as Record<string, unknown>);
    expect(rules?.pull_request).toMatchObject({ required_approving_review_count: 0, require_last_push_approval: false });
  });

  test("can be thrown away in a sandbox", () => {
    const [repository] = settingsOf({ profile: "sandbox" }, "repository");
    expect(repository).toMatchObject({ archive_on_destroy: false, lifecycle: { prevent_destroy: false } });
  });

  test("lets named branches deploy only, with reviewers who are not passed by", () => {
    const reviewers = { users: [7] };
    const [environment] = settingsOf({ plan: "enterprise", environments: { production: { reviewers } } }, "repository_environment");
    expect(environment).toMatchObject({
      environment: "production",
      reviewers: [{ users: [7], teams: [] }],
      prevent_self_review: true,
      can_admins_bypass: false,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
  });

  test("a vault takes direct pushes, but no force, and no files that hold keys", () => {
    const [branch, push] = settingsOf({ purpose: "vault" }, "repository_ruleset");
    expect(branch?.rules).toMatchObject({ deletion: true, non_fast_forward: true });
    expect(branch?.rules).not.toHaveProperty("pull_request");
    expect(push).toMatchObject({ target: "push", rules: { max_file_size: { max_file_size: 50 } } });
    const paths = (push?.rules as Record<string, Record<string, string[]>>).file_path_restriction?.restricted_file_paths;
    expect(paths).toEqual(expect.arrayContaining([".env*", "**/*.session", "**/credentials.json", "**/tokens/**/*"]));
    expect(push).not.toHaveProperty("conditions");
  });

  test("hands the governance contract to workflows as variables", () => {
    const variables = settingsOf({ governance: { ...GOVERNANCE, agentId: "researcher" } }, "actions_variable");
    expect(Object.fromEntries(variables.map((one) => [one.variable_name, one.value]))).toEqual({
      GOVERNANCE_ENDPOINT: "https://governance.acme.dev",
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "researcher",
    });
  });

  test("addresses stay when more is added", () => {
    const addresses = (props: Props) =>
      Object.entries(ghSynth(made(props)).json.resource ?? {}).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
    const few: Props = { plan: "enterprise", deployKeys: { reader: { publicKey: KEY } }, variables: { LOG_LEVEL: "info" } };
    const more: Props = {
      ...few,
      deployKeys: { agent: { publicKey: KEY }, ...few.deployKeys },
      variables: { A: "1", ...few.variables },
      environments: { "a-1": { profile: "sandbox" }, a1: { profile: "sandbox" } },
      pushLimits: { maxFileMB: 1 },
    };
    expect(addresses(more)).toEqual(expect.arrayContaining(addresses(few)));
  });
});
