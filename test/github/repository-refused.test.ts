import { TerraformVariable, type TerraformStack } from "cdktf";
import { GithubRepository, type GithubRepositoryProps } from "cdktf-governed-agents/github";
import { ghSynth } from "./support";

type Props = Partial<GithubRepositoryProps>;

const PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----";

const made =
  (props: Props, id = "Atlas") =>
  (stack: TerraformStack) =>
    new GithubRepository(stack, id, { plan: "team", ...props });

const later = (stack: TerraformStack, name: string) => new TerraformVariable(stack, name, {}).stringValue;
const fails = (props: object) => () => ghSynth(made(props));

describe("GithubRepository fails", () => {
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
