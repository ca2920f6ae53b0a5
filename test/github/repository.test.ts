import { TerraformVariable, type TerraformStack } from "cdktf";
import { GithubRepository, type GithubRepositoryProps } from "cdktf-governed-agents/github";
import type { RepositorySpec } from "../../lib/spec/repository";
import { ghFacts, ghSynth, resourcesOf } from "./support";

type Props = Partial<GithubRepositoryProps>;

const KEY = `ssh-ed25519 ${"A".repeat(68)}`;
const PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----";
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
const fails = (props: object) => () => ghSynth(made(props));

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

describe("fails", () => {
  test("on a public repository for a vault, and on one that the whole enterprise can read", () => {
    expect(fails({ purpose: "vault", visibility: "public", pushLimits: false })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - visibility: got "public", want "private" when purpose is "vault": it holds what people know; keep what others may read in another repository"
    `);
    expect(fails({ purpose: "vault", visibility: "internal", plan: "enterprise" })).toThrow(/"private" when purpose is "vault"/);
  });

  test("on production that nobody reviews", () => {
    expect(fails({ plan: "enterprise", environments: { production: {}, staging: { reviewers: {} } } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 2 problems
       - environments.production.reviewers: got nothing, want users or teams in production; or say withoutReviewersBecause, or use profile "sandbox" for this environment
       - environments.staging.reviewers: got {}, want 1 to 6 users and teams (GitHub limit)"
    `);
    expect(fails({ review: false })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - review: got false, want a review of every change in production; leave it out, or use profile "sandbox""
    `);
  });

  test("on what the plan has not for a private repository", () => {
    const asked: Props = {
      plan: "free",
      review: { approvals: 1 },
      statusChecks: [{ name: "test" }],
      pushLimits: { maxFileMB: 5 },
      secretScanning: true,
      actions: { patterns: ["acme/deploy@*"] },
      environments: { production: {} },
      codeOwners: [{ path: "*", owners: ["@ada"] }],
      customProperties: { tier: { type: "string", values: ["gold"] } },
    };
    expect(fails(asked)).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 9 problems
       - actions.patterns: got ["acme/deploy@*"], want nothing: GitHub takes single actions for private repositories of the plan "enterprise" only; use actions of GitHub, or verified: true
       - review: got {"approvals":1}, want nothing: GitHub has no rulesets for private repositories of the plan "free"; use the plan "pro" or "team" or "enterprise"
       - statusChecks: got [{"name":"test"}], want nothing: GitHub has no rulesets for private repositories of the plan "free"; use the plan "pro" or "team" or "enterprise"
       - plan: got "free", want "pro" or "team" or "enterprise" for a private repository in production: its branches need rules; or use profile "sandbox"
       - pushLimits: got {"maxFileMB":5}, want false: GitHub has no limits of pushes for the plan "free"; use a plan that has them ("team" or "enterprise", not public)
       - secretScanning: got true, want false: GitHub scans private repositories for organizations with GitHub Secret Protection only, on the plan "team" or "enterprise"; leave it out, and scan before every push
       - environments: got ["production"], want nothing: GitHub has no environments in private repositories of the plan "free"; use the plan "pro" or "team" or "enterprise"
       - codeOwners: got [{"path":"*","owners":["@ada"]}], want nothing: GitHub has no code owners in private repositories of the plan "free"
       - customProperties: got ["tier"], want nothing: a person's account (plan "free") defines no properties"
    `);
    const reviewers = { users: [7], teams: [8] };
    expect(fails({ plan: "pro", environments: { production: { reviewers, waitMinutes: 5 } } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 3 problems
       - environments.production.reviewers.teams: got [8], want nothing: a person's account (plan "pro") has no teams; name users
       - environments.production.reviewers: got {"users":[7],"teams":[8]}, want nothing: GitHub has reviewers and wait times for private repositories of the plan "enterprise" only; say withoutReviewersBecause, and let the rules of the branch guard the deployment
       - environments.production.waitMinutes: got 5, want nothing: GitHub has reviewers and wait times for private repositories of the plan "enterprise" only; say withoutReviewersBecause, and let the rules of the branch guard the deployment"
    `);
    expect(fails({ visibility: "internal" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - visibility: got "internal", want "private" or "public" with the plan "team": only an enterprise has internal repositories"
    `);
    expect(fails({ visibility: "public", pushLimits: { maxFileMB: 5 } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - pushLimits: got {"maxFileMB":5}, want false: GitHub has no limits of pushes for public repositories; use a plan that has them ("team" or "enterprise", not public)"
    `);
    expect(fails({ purpose: "vault", plan: "pro" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - pushLimits: got nothing, want false: GitHub has no limits of pushes for the plan "pro"; use a plan that has them ("team" or "enterprise", not public), or say false and scan before every push"
    `);
  });

  test("on secrets in plain text, and private keys, without printing them", () => {
    const props = {
      secrets: { API_KEY: { encryptedValue: "c2VhbGVkIGJveA==" }, OTHER: "hunter2hunter2", plain: { value: "x" } },
      variables: { DB_PASSWORD: "hunter2hunter2", TOKEN_OF: `ghp_${"a".repeat(36)}` },
      deployKeys: { agent: { publicKey: PRIVATE_KEY }, old: { publicKey: `ssh-dss ${"A".repeat(68)}` } },
      environments: { staging: { profile: "sandbox", secrets: { KEY: { encryptedValue: "hunter2" } } } },
    };
    expect(fails(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 9 problems
       - environments.staging.secrets.KEY: got something that may be a secret (hidden), want a reference to the encrypted value, never a literal; give a variable or the output of another resource as encryptedValue, or use OIDC, which needs no secret
       - deployKeys.agent.publicKey: got text that may hold a private key (hidden), want the public half of an SSH key, such as ssh-ed25519 AAAA...; the private half stays on the machine that uses it
       - deployKeys.old.publicKey: got text that may hold a private key (hidden), want the public half of an SSH key, such as ssh-ed25519 AAAA...; the private half stays on the machine that uses it
       - variables.DB_PASSWORD: got something that looks like a secret, want no secret in plain text; use OIDC, or give it as secrets.DB_PASSWORD
       - variables.TOKEN_OF: got something that looks like a secret, want no secret in plain text; use OIDC, or give it as secrets.TOKEN_OF
       - secrets.API_KEY: got something that may be a secret (hidden), want a reference to the encrypted value, never a literal; give a variable or the output of another resource as encryptedValue, or use OIDC, which needs no secret
       - secrets.OTHER: got something that may be a secret (hidden), want a reference to the encrypted value, never a literal; give a variable or the output of another resource as encryptedValue, or use OIDC, which needs no secret
       - secrets.plain: got "plain", want a name of capitals, digits and "_", not starting with a digit or GITHUB_
       - secrets.plain: got something that may be a secret (hidden), want a reference to the encrypted value, never a literal; give a variable or the output of another resource as encryptedValue, or use OIDC, which needs no secret"
    `);
    expect(fails(props)).not.toThrow(/hunter2|ghp_|b3BlbnNzaC1rZXk/);
  });

  test("on names and values that GitHub would refuse", () => {
    const props = {
      name: "acme/atlas",
      description: "x".repeat(351),
      defaultBranch: "-main",
      topics: ["Research", "project--atlas", "a", "a"],
      mergeMethods: ["fast-forward"],
      review: { approvals: 11, dismiss: true },
      statusChecks: [{ name: "" }, { name: "test", appId: 0 }],
      bypassApps: [1.5],
      pushLimits: { paths: [], extensions: ["exe"], maxFileMB: 101, maxPathLength: 0 },
      environments: { Production: { profile: "sandbox", waitMinutes: 43201, branches: ["**"] } },
      codeOwners: [
        { path: "a b", owners: ["ada"] },
        { path: "*", owners: [] },
      ],
      customProperties: { "a b": { type: "true_false", values: ["yes"] }, tier: { type: "number", values: [] } },
      variables: { lower: "x", GITHUB_X: "x", GOVERNANCE_ID: "x", EMPTY: "" },
      governance: { endpoint: "http://governance.acme.dev", governanceId: "" },
    };
    expect(fails(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 32 problems
       - defaultBranch: got "-main", want the name of a branch, such as main
       - review.dismiss: got true, want no such prop; remove it; known props: approvals, codeOwners
       - review.approvals: got 11, want a whole number, 0 to 10 (GitHub limit)
       - statusChecks[0].name: got "", want the name of a check
       - statusChecks[1].appId: got 0, want a whole number, 1 to 9007199254740991
       - bypassApps: got 1.5, want ids: whole numbers, 1 or more; GitHub shows them in its API, not its pages
       - pushLimits.paths: got [], want patterns of paths, such as tokens/**/*, at least one
       - pushLimits.extensions: got "exe", want patterns of extensions, such as "*.exe"
       - pushLimits.maxFileMB: got 101, want a whole number, 1 to 100 (GitHub limit)
       - pushLimits.maxPathLength: got 0, want a whole number, 1 to 32767 (GitHub limit)
       - name: got "acme/atlas", want a name of 1 to 100 letters, digits, "-", "_" and ".", not ending with .git (GitHub limit)
       - description: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want one line of at most 350 characters without \${ and %{
       - mergeMethods: got ["fast-forward"], want at least one of "merge", "squash", "rebase"
       - topics: got "Research", want a topic of 1 to 50 of a-z, 0-9 and "-", not starting with "-" (GitHub limit)
       - topics: got "project--atlas", want a topic that is not a label; set labels through govern
       - topics: got "a", want every topic once
       - environments.Production: got "Production", want lower case words with dashes, such as cloud-agent, at most 100 characters
       - environments.Production.waitMinutes: got 43201, want a whole number, 0 to 43200 (GitHub limit)
       - environments.Production.branches: got "**", want named branches: anyone who may push could deploy
       - codeOwners[0].path: got "a b", want a pattern of paths without blanks, such as * or /docs/
       - codeOwners[0].owners: got "ada", want @user, @organization/team or an e-mail address
       - codeOwners[1].owners: got [], want at least one owner
       - customProperties.a b: got "a b", want the name of a property: 1 to 75 letters, digits, "_" and "-"
       - customProperties.a b.values: got ["yes"], want one of "true", "false"
       - customProperties.tier.type: got "number", want one of "string", "single_select", "multi_select", "true_false"
       - customProperties.tier.values: got [], want exactly one value
       - variables.lower: got "lower", want a name of capitals, digits and "_", not starting with a digit or GITHUB_
       - variables.GITHUB_X: got "GITHUB_X", want a name of capitals, digits and "_", not starting with a digit or GITHUB_
       - variables.GOVERNANCE_ID: got "GOVERNANCE_ID", want a name that the governance contract does not set; set it through the prop governance
       - variables.EMPTY: got "", want text of 1 byte to 48 KB (GitHub limit)
       - governance.endpoint: got "http://governance.acme.dev", want an https URL without credentials, query or fragment
       - governance.governanceId: got "", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit"
    `);
    expect(fails({ pushLimits: {} })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 1 problem
       - pushLimits: got {}, want at least one limit; or say false"
    `);
    expect(fails({ plan: "gold", colour: "red" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 2 problems
       - colour: got "red", want no such prop; remove it; known props: profile, plan, name, description, purpose, visibility, defaultBranch, topics, mergeMethods, review, statusChecks, signedCommits, bypassApps, pushLimits, secretScanning, actions, environments, deployKeys, codeOwners, customProperties, variables, secrets, governance
       - plan: got "gold", want one of "free", "pro", "free-organization", "team", "enterprise": it decides what GitHub does for a repository that is not public"
    `);
  });

  test("on a reference where a literal decides what is created", () => {
    const named = (stack: TerraformStack) => made({ name: later(stack, "name"), description: later(stack, "what") })(stack);
    expect(() => ghSynth(named)).toThrowErrorMatchingInlineSnapshot(`
     "test/Atlas: 2 problems
       - name: got a value known only after apply, want a name of 1 to 100 letters, digits, "-", "_" and ".", not ending with .git (GitHub limit); give a literal: this value decides what is created and has to be known at synth
       - description: got a value known only after apply, want one line of at most 350 characters without \${ and %{; give a literal: this value decides what is created and has to be known at synth"
    `);
  });

  test("on two repositories of one name, whatever its case", () => {
    const both = (stack: TerraformStack) => [made({ name: "atlas" }, "One")(stack), made({ name: "Atlas" }, "Two")(stack)];
    expect(() => ghSynth(both)).toThrowErrorMatchingInlineSnapshot(`
     "test/Two: 1 problem
       - name: got "atlas", want a repository name that test/One does not use already; give one of the two constructs another name"
    `);
  });
});
