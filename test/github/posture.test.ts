import { Inventory, type TerraformJson } from "cdktf-governed-agents";
import { github, GithubRepository } from "cdktf-governed-agents/github";
import type { Posture } from "../../lib/facts/posture";
import { evaluate } from "../../lib/policy";
import { RULES } from "../../lib/policy/rules";
import { providerSchema } from "../schema/provider-schema";
import { ghSynth } from "./support";

const LATER = "${var.later}";

type Resources = TerraformJson["resource"];
type Case = readonly [name: string, type: string, attributes: Record<string, unknown>, said: object, beside?: Resources];

const posture = github.posture as NonNullable<typeof github.posture>;

/** What the readers say of one resource; further resources are beside it. */
function read(type: string, attributes: Record<string, unknown>, beside: Resources = {}): readonly Posture[] {
  const inventory = new Inventory({ resource: { ...beside, [type]: { This: attributes, ...beside[type] } } });
  const view = inventory.resources.find(({ address }) => address === `${type}.This`);
  return posture.readers[type]?.(view as never, inventory) ?? [];
}

const REPOSITORY = "${github_repository.This.name}";
const ruleset = (rules: object, attributes: object = {}): Resources => ({
  github_repository_ruleset: {
    R: {
      repository: REPOSITORY,
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules,
      ...attributes,
    },
  },
});
const policies = (...patterns: readonly string[]): Resources => ({
  github_repository_environment_deployment_policy: Object.fromEntries(
    patterns.map((branch_pattern, at) => [`P${at}`, { environment: "${github_repository_environment.This.environment}", branch_pattern }]),
  ),
});
const CUSTOM = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
const STRICT = {
  deletion: true,
  non_fast_forward: true,
  required_signatures: true,
  pull_request: { required_approving_review_count: 2, dismiss_stale_reviews_on_push: true, require_code_owner_review: true },
  required_status_checks: { required_check: [{ context: "test" }] },
};
const KEPT = { historyKept: true, approvals: 2, staleDismissed: true, ownersAsked: true, checksRequired: true, commitsSigned: true };
const OPEN = { historyKept: false, approvals: 0, staleDismissed: false, ownersAsked: false, checksRequired: false, commitsSigned: false };
const hook = (configuration: object) => ({ events: ["push"], configuration });

const CASES: readonly Case[] = [
  [
    "a repository of which little is said",
    "github_repository",
    { name: "atlas" },
    { public: true, dependenciesWatched: false, secretsScanned: false, deletionProtected: false, ...OPEN },
  ],
  [
    "a repository that is kept well",
    "github_repository",
    {
      name: "atlas",
      visibility: "private",
      vulnerability_alerts: true,
      archive_on_destroy: true,
      security_and_analysis: { secret_scanning: { status: "enabled" }, secret_scanning_push_protection: { status: "enabled" } },
    },
    { public: false, dependenciesWatched: true, secretsScanned: true, deletionProtected: true, ...KEPT },
    ruleset(STRICT),
  ],
  ["one that is private in the older words", "github_repository", { name: "a", private: true }, { public: false }],
  ["one whose visibility is known later", "github_repository", { name: "a", visibility: LATER }, { public: "unknown" }],
  ["rules that are tried only", "github_repository", { name: "a" }, OPEN, ruleset(STRICT, { enforcement: "evaluate" })],
  ["rules of tags", "github_repository", { name: "a" }, OPEN, ruleset(STRICT, { target: "tag" })],
  [
    "rules of another branch",
    "github_repository",
    { name: "a" },
    OPEN,
    ruleset(STRICT, { conditions: { ref_name: { include: ["refs/heads/next"], exclude: [] } } }),
  ],
  [
    "rules of the branch that is the default one",
    "github_repository",
    { name: "a" },
    KEPT,
    {
      ...ruleset(STRICT, { repository: "a", conditions: { ref_name: { include: ["refs/heads/next"], exclude: [] } } }),
      github_branch_default: { D: { repository: "a", branch: "next" } },
    },
  ],
  [
    "approvals that are known later",
    "github_repository",
    { name: "a" },
    { approvals: "unknown" },
    ruleset({ pull_request: { required_approving_review_count: LATER } }),
  ],
  [
    "the older branch protection",
    "github_repository",
    { name: "a" },
    KEPT,
    {
      github_branch_protection: {
        P: {
          repository_id: "${github_repository.This.node_id}",
          pattern: "main",
          require_signed_commits: true,
          required_pull_request_reviews: {
            required_approving_review_count: 2,
            dismiss_stale_reviews: true,
            require_code_owner_reviews: true,
          },
          required_status_checks: { contexts: ["test"] },
        },
      },
    },
  ],
  ["permissions of which nothing is said", "github_actions_repository_permissions", {}, { actionsChosen: false }],
  ["selected actions", "github_actions_repository_permissions", { allowed_actions: "selected" }, { actionsChosen: true }],
  ["no workflows at all", "github_actions_repository_permissions", { enabled: false }, { actionsChosen: true }],
  [
    "none in the organization",
    "github_actions_organization_permissions",
    { enabled_repositories: "none", allowed_actions: "all" },
    { actionsChosen: true },
  ],
  ["actions that are known later", "github_actions_repository_permissions", { allowed_actions: LATER }, { actionsChosen: "unknown" }],
  ["a token that writes", "github_workflow_repository_permissions", { default_workflow_permissions: "write" }, { tokenReads: false }],
  [
    "a token of which nothing is said",
    "github_workflow_repository_permissions",
    { can_approve_pull_request_reviews: true },
    { tokenReads: "unknown", approves: true },
  ],
  ["an environment for everyone", "github_repository_environment", {}, { reviewed: false, refsNamed: false }],
  [
    "an environment with reviewers and branches",
    "github_repository_environment",
    { reviewers: [{ users: [7] }], ...CUSTOM },
    { reviewed: true, refsNamed: true },
    policies("main", "release/*"),
  ],
  ["an environment for every branch by name", "github_repository_environment", CUSTOM, { refsNamed: false }, policies("main", "**")],
  ["a branch that is known later", "github_repository_environment", CUSTOM, { refsNamed: "unknown" }, policies(LATER)],
  [
    "protected branches, which may be all when rulesets take the place of protection",
    "github_repository_environment",
    { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } },
    { refsNamed: "unknown" },
  ],
  ["a key", "github_repository_deploy_key", {}, { readOnly: true }],
  ["a key that writes", "github_repository_deploy_key", { read_only: false }, { readOnly: false }],
  ["a webhook", "github_repository_webhook", hook({ url: "https://a.dev", secret: LATER }), { encrypted: true, signed: true }],
  ["one in plain text", "github_repository_webhook", hook({ url: "http://a.dev" }), { encrypted: false, signed: false }],
  ["one that trusts anyone", "github_organization_webhook", hook({ url: "https://a.dev", insecure_ssl: true }), { encrypted: false }],
  ["one that is known later", "github_repository_webhook", hook({ url: LATER }), { encrypted: "unknown" }],
  ["a secret in the code", "github_actions_secret", { plaintext_value: "hunter2" }, { value: "code" }],
  ["a secret in the state", "github_actions_secret", { plaintext_value: LATER }, { value: "state" }],
  ["a secret that is encrypted already", "github_actions_environment_secret", { encrypted_value: LATER }, { value: "nowhere" }],
];

describe("what resources of GitHub say of themselves", () => {
  test.each(CASES.map((one): [string, Case] => [one[0], one]))("%s", (_name, [, type, attributes, said, beside]) => {
    expect(read(type, attributes, beside)).toMatchObject([said]);
  });

  test("every reader and reference is of something that is there", () => {
    const known = RULES.map(({ id }) => id);
    const { references, lacks = {}, readers } = posture;
    expect([...Object.keys(references), ...Object.keys(lacks)].filter((id) => !known.includes(id))).toEqual([]);
    for (const id of Object.values(references).flatMap(({ checkov = [] }) => checkov)) expect(id).toMatch(/^CKV2?_GIT_\d+$/);
    for (const id of Object.values(references).flatMap(({ trivy = [] }) => trivy)) expect(id).toMatch(/^GIT-\d{4}$/);
    const types = Object.keys(providerSchema("github")?.resource_schemas ?? {});
    expect(Object.keys(readers).filter((type) => !types.includes(type))).toEqual([]);
  });
});

describe("a governed repository", () => {
  const failing = (build: Parameters<typeof ghSynth>[0]) =>
    evaluate(new Inventory(ghSynth(build).json), [github], { asOf: "2026-11-21", packs: ["regulated"] })
      .findings.filter(({ status }) => status === "fail")
      .map(({ ruleId }) => ruleId)
      .sort();

  test("keeps to every rule once its owners, checks and signatures are named", () => {
    const found = failing(
      (stack) =>
        new GithubRepository(stack, "Atlas", {
          plan: "enterprise",
          secretScanning: true,
          signedCommits: true,
          statusChecks: [{ name: "test" }],
          codeOwners: [{ path: "*", owners: ["@acme/platform"] }],
          environments: { production: { reviewers: { teams: [11] } } },
        }),
    );
    expect(found).toEqual([]);
  });

  test("says what its defaults leave open", () => {
    expect(failing((stack) => new GithubRepository(stack, "Atlas", { plan: "team" }))).toEqual([
      "repository-checks-required",
      "repository-commits-signed",
      "repository-owners-asked",
      "repository-secrets-scanned",
    ]);
  });
});
