import { Repository } from "@cdktf/provider-github/lib/repository";
import { GithubDeployIdentity, type GithubDeployIdentityProps } from "cdktf-governed-agents/github";
import type { TerraformStack } from "cdktf";
import { ghFacts, ghSynth, resourcesOf } from "./support";

const TRUST = { repository: "acme/infra", environment: "production" } as const;
const VARIABLES = { AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/deploy", AWS_REGION: "eu-west-1" };

const identity = (stack: TerraformStack, props: Partial<GithubDeployIdentityProps> = {}, id = "Deploy") =>
  new GithubDeployIdentity(stack, id, { trust: TRUST, reviewers: { teams: [7] }, variables: VARIABLES, ...props });

describe("GithubDeployIdentity", () => {
  test.each<readonly [string, Partial<GithubDeployIdentityProps>]>([
    ["the defaults", {}],
    ["a sandbox without reviewers", { profile: "sandbox", reviewers: undefined }],
    ["reviewers of both kinds, and a wait", { reviewers: { teams: [9, 3], users: [5] }, waitMinutes: 30 }],
    ["branches and tags", { trust: { ...TRUST, refs: ["refs/tags/v1", "refs/heads/release/2"] } }],
    ["no variables", { variables: undefined }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = ghFacts((stack) => (spec = identity(stack, props).spec));
    expect(facts.filter(({ kind }) => kind === "deploy-environment").map((fact) => fact.spec)).toEqual([spec]);
  });

  test("nobody passes by the reviewers, and only the branches of the trust deploy", () => {
    const result = ghSynth((stack) => identity(stack));
    expect(Object.values(resourcesOf(result, "github_repository_environment"))).toEqual([
      expect.objectContaining({
        can_admins_bypass: false,
        prevent_self_review: true,
        deployment_branch_policy: { custom_branch_policies: true, protected_branches: false },
      }),
    ]);
    expect(Object.values(resourcesOf(result, "github_repository_environment_deployment_policy"))).toEqual([
      expect.objectContaining({ branch_pattern: "main" }),
    ]);
  });

  test("the subject is set to the default once for each repository", () => {
    const result = ghSynth((stack) => {
      identity(stack);
      identity(stack, { trust: { ...TRUST, environment: "staging" } }, "Staging");
      identity(stack, { trust: { ...TRUST, repository: "acme/other" } }, "Other");
    });
    expect(Object.values(resourcesOf(result, "github_actions_repository_oidc_subject_claim_customization_template"))).toEqual([
      expect.objectContaining({ repository: "infra", use_default: true }),
      expect.objectContaining({ repository: "other", use_default: true }),
    ]);
  });

  test("an environment that is created elsewhere gets its variables only", () => {
    const result = ghSynth((stack) => identity(stack, { createEnvironment: false, reviewers: undefined }));
    expect(resourcesOf(result, "github_repository_environment")).toEqual({});
    expect(Object.values(resourcesOf(result, "github_actions_environment_variable"))).toHaveLength(2);
  });

  test("a repository of the same stack, and values known only after apply, are references", () => {
    let spec: unknown;
    const build = (stack: TerraformStack) => {
      const repository = new Repository(stack, "Repo", { name: "infra" });
      spec = identity(stack, { repository: repository.name, variables: { REPOSITORY_ID: repository.fullName } }).spec;
    };
    expect(ghFacts(build).map((fact) => fact.spec)).toContainEqual(spec);
    expect(spec).toMatchObject({ repository: "${github_repository.Repo.name}" });
  });

  test("growing by a ref, a variable and another identity leaves every address where it was", () => {
    const addresses = (build: (stack: TerraformStack) => unknown) =>
      Object.entries(ghSynth(build).json.resource ?? {}).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
    const grown = addresses((stack) => {
      identity(stack, { trust: { ...TRUST, environment: "staging" } }, "A");
      identity(stack, { trust: { ...TRUST, refs: ["refs/heads/a", "refs/heads/main"] }, variables: { A: "1", ...VARIABLES } });
    });
    expect(grown).toEqual(expect.arrayContaining(addresses((stack) => identity(stack))));
  });

  test("fails on everything that is wrong at once", () => {
    expect(() =>
      ghSynth((stack) =>
        identity(stack, {
          trust: { repository: "acme/infra" },
          repository: "acme/infra",
          reviewers: { teams: [0, 2, 3, 4], users: [5, 6, 7], bots: [1] },
          waitMinutes: 50_000,
          variables: { github_token: "x", GITHUB_X: "y", API_KEY: "abc", N: 3 },
          wait: 3,
        } as never),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 12 problems
       - wait: got 3, want no such prop; remove it; known props: profile, trust, repository, variables, createEnvironment, reviewers, waitMinutes
       - trust.environment: got nothing, want an environment: its variables and reviewers belong to it; such as "production"
       - reviewers.bots: got [1], want no such prop; remove it; known props: teams, users
       - reviewers.teams: got 0, want ids as whole numbers, 1 or more
       - reviewers: got {"teams":[0,2,3,4],"users":[5,6,7],"bots":[1]}, want 6 teams and users at most
       - variables.github_token: got "github_token", want a name of upper case letters, digits and "_" that starts with neither a digit nor GITHUB_
       - variables.github_token: got something that looks like a secret, want no secret in plain text; keep it in the store of secrets
       - variables.GITHUB_X: got "GITHUB_X", want a name of upper case letters, digits and "_" that starts with neither a digit nor GITHUB_
       - variables.API_KEY: got something that looks like a secret, want no secret in plain text; keep it in the store of secrets
       - variables.N: got 3, want text
       - repository: got "acme/infra", want the name of the repository without its owner
       - waitMinutes: got 50000, want a whole number, 0 to 43200 (GitHub limit of a wait timer)"
    `);
  });

  test("fails on production without reviewers, and on reviewers of an environment that is elsewhere", () => {
    expect(() => ghSynth((stack) => identity(stack, { reviewers: {} }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 1 problem
       - reviewers: got {}, want one team or user at least when profile is "production"; name a team or a user, or set profile "sandbox""
    `);
    expect(() => ghSynth((stack) => identity(stack, { createEnvironment: false, waitMinutes: 5 }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 2 problems
       - reviewers: got {"teams":[7]}, want nothing when createEnvironment is false; set it where the environment is
       - waitMinutes: got 5, want nothing when createEnvironment is false; set it where the environment is"
    `);
  });
});
