import { AwsDeployRole, type AwsDeployRoleProps } from "cdktf-governed-agents/aws";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { mayTake, type Claims, type TrustCondition } from "../support/trust-policy";
import { awsFacts, awsSynth, resourcesOf } from "./support";

const ISSUER = "token.actions.githubusercontent.com";
const POLICY = "arn:aws:iam::123456789012:policy/deploy";
const TRUST = { repository: "acme/infra", environment: "production" } as const;
const IDS = { owner: "11", repository: "22" };

const role = (stack: TerraformStack, props: Partial<AwsDeployRoleProps> = {}) =>
  new AwsDeployRole(stack, "Deploy", { trust: TRUST, policies: { deploy: POLICY }, ...props });

function conditionsOf(props: Partial<AwsDeployRoleProps> = {}): readonly TrustCondition[] {
  const { json } = awsSynth((stack) => role(stack, props));
  const documents = (
    json.data as { aws_iam_policy_document: Record<string, { statement: readonly { condition: readonly TrustCondition[] }[] }> }
  ).aws_iam_policy_document;
  return Object.values(documents)[0]?.statement[0]?.condition ?? [];
}

/** A token as GitHub makes it out for a deployment of acme/infra from main to production. */
const token = (claims: Claims = {}): Claims => ({
  aud: "sts.amazonaws.com",
  sub: "repo:acme/infra:environment:production",
  repository: "acme/infra",
  repository_id: "22",
  ref: "refs/heads/main",
  environment: "production",
  ...claims,
});

describe("AwsDeployRole", () => {
  test.each<readonly [string, Partial<AwsDeployRoleProps>]>([
    ["the defaults", {}],
    ["ids", { trust: { ...TRUST, ids: IDS } }],
    ["both forms of the subject", { trust: { ...TRUST, ids: IDS, subjects: "both" } }],
    ["no environment and two refs", { trust: { repository: "acme/infra", refs: ["refs/tags/v1.0.0", "refs/heads/main"] } }],
    ["a boundary", { boundaryArn: POLICY, policies: { all: "arn:aws:iam::aws:policy/AdministratorAccess", deploy: POLICY } }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = awsFacts((stack) => (spec = role(stack, props).spec));
    expect(facts.filter(({ kind }) => kind === "deploy-identity").map((fact) => fact.spec)).toEqual([spec]);
  });

  test("sessions last an hour, and the identity provider is there once for all roles of a stack", () => {
    const result = awsSynth((stack) => {
      role(stack);
      new AwsDeployRole(stack, "Other", { trust: { ...TRUST, environment: "staging" }, policies: { deploy: POLICY } });
    });
    expect(Object.values(resourcesOf(result, "aws_iam_role")).map(({ max_session_duration }) => max_session_duration)).toEqual([
      3600, 3600,
    ]);
    expect(Object.values(resourcesOf(result, "aws_iam_openid_connect_provider"))).toEqual([
      expect.objectContaining({ url: `https://${ISSUER}`, client_id_list: ["sts.amazonaws.com"] }),
    ]);
  });

  test("a run is told the role and the region", () => {
    let variables: Readonly<Record<string, string>> = {};
    awsSynth((stack) => (variables = role(stack).variables));
    expect(variables).toEqual({ AWS_ROLE_ARN: expect.any(String), AWS_REGION: "us-east-1" });
  });

  test("an identity provider that is there already is used", () => {
    const providerArn = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;
    const result = awsSynth((stack) => role(stack, { providerArn }));
    expect(resourcesOf(result, "aws_iam_openid_connect_provider")).toEqual({});
    expect(JSON.stringify(result.json.data)).toContain(providerArn);
  });

  test("growing by another policy leaves every address where it was", () => {
    const ids = (policies: Record<string, string>) =>
      Object.keys(
        resourcesOf(
          awsSynth((stack) => role(stack, { policies })),
          "aws_iam_role_policy_attachment",
        ),
      );
    expect(ids({ audit: POLICY, deploy: POLICY })).toEqual(expect.arrayContaining(ids({ deploy: POLICY })));
  });

  describe("who may take it", () => {
    const named = conditionsOf();
    const withIds = conditionsOf({ trust: { ...TRUST, ids: IDS } });
    const both = conditionsOf({ trust: { ...TRUST, ids: IDS, subjects: "both" } });
    const byRef = conditionsOf({ trust: { repository: "acme/infra" } });
    const NEW = "repo:acme@11/infra@22:environment:production";

    test.each<readonly [string, readonly TrustCondition[], Claims, boolean]>([
      ["the deployment that is meant", named, {}, true],
      ["the same from another branch", named, { ref: "refs/heads/evil" }, false],
      ["the same from a pull request", named, { ref: "refs/pull/7/merge" }, false],
      [
        "a pull request outside of environments",
        named,
        { sub: "repo:acme/infra:pull_request", ref: "refs/pull/7/merge", environment: undefined },
        false,
      ],
      ["another environment", named, { sub: "repo:acme/infra:environment:staging", environment: "staging" }, false],
      ["no environment", named, { sub: "repo:acme/infra:ref:refs/heads/main", environment: undefined }, false],
      ["a fork", named, { sub: "repo:mallory/infra:environment:production", repository: "mallory/infra" }, false],
      ["a repository with a longer name", named, { sub: "repo:acme/infra-2:environment:production", repository: "acme/infra-2" }, false],
      ["a repository with other case", named, { sub: "repo:Acme/infra:environment:production", repository: "Acme/infra" }, false],
      ["another audience", named, { aud: "https://github.com/acme" }, false],
      ["the new subject where the old is expected", named, { sub: NEW }, false],
      ["the new subject", withIds, { sub: NEW }, true],
      ["the old subject where the new is expected", withIds, {}, false],
      ["the names taken by somebody else", withIds, { sub: "repo:acme@99/infra@98:environment:production", repository_id: "98" }, false],
      ["both: the old subject", both, {}, true],
      ["both: the new subject", both, { sub: NEW }, true],
      ["both: the old subject of a repository with another id", both, { repository_id: "98" }, false],
      ["a branch", byRef, { sub: "repo:acme/infra:ref:refs/heads/main", environment: undefined }, true],
      ["a branch with the name of a tag", byRef, { sub: "repo:acme/infra:ref:refs/tags/main", ref: "refs/tags/main" }, false],
      ["an environment where none is meant", byRef, {}, false],
    ])("%s", (_name, conditions, claims, expected) => {
      expect(mayTake(conditions, ISSUER, token(claims))).toBe(expected);
    });

    test("nobody with any one claim changed, whatever it says", () => {
      const claim = fc.constantFrom("aud", "sub", "repository", "repository_id", "ref", "environment");
      const accepted = token({ sub: NEW });
      const value = fc.oneof(fc.string(), fc.constantFrom("*", "?", "", "repo:*", "refs/heads/*", "refs/heads/main ", "production*"));
      fc.assert(
        fc.property(claim, value, (name, text) => {
          expect(mayTake(withIds, ISSUER, { ...accepted, [name]: text })).toBe(text === accepted[name]);
        }),
        { numRuns: 300 },
      );
    });
  });

  test("fails on everything that is wrong at once", () => {
    expect(() =>
      awsSynth((stack) =>
        role(stack, {
          trust: { repository: "acme/*", environment: "prod*", refs: ["refs/heads/*", "refs/pull/1/merge", "main"], subjects: "ids" },
          policies: { Deploy: "deploy", all: "arn:aws:iam::aws:policy/AdministratorAccess" },
          providerArn: "arn:aws:iam::123456789012:oidc-provider/example.com",
          boundry: POLICY,
        } as never),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 11 problems
       - boundry: got "arn:aws:iam::123456789012:policy/deploy", want no such prop; remove it; known props: trust, policies, boundaryArn, providerArn
       - trust.subjects: got "ids", want "names" without ids; give the ids of the owner and the repository
       - trust.environment: got "prod*", want a name of letters, digits, ".", "_", "-" and spaces inside, without wildcards; name every one that may deploy: a pattern lets in what nobody has seen
       - trust.repository: got "acme/*", want owner/name, without wildcards; name every one that may deploy: a pattern lets in what nobody has seen
       - trust.refs: got "refs/heads/*", want branches and tags in full, such as ["refs/heads/main"], without wildcards; name every one that may deploy: a pattern lets in what nobody has seen
       - trust.refs: got "refs/pull/1/merge", want no pull request: its code is not reviewed yet; deploy from the branch that it is merged into
       - trust.refs: got "main", want branches and tags in full, such as ["refs/heads/main"]
       - providerArn: got "arn:aws:iam::123456789012:oidc-provider/example.com", want ARN of an identity provider for token.actions.githubusercontent.com
       - policies: got "Deploy", want names of 1 to 31 letters in lower case, digits and -, starting with a letter
       - policies.Deploy: got "deploy", want ARN of a managed policy, such as "arn:aws:iam::aws:policy/ReadOnlyAccess"
       - policies.all: got "arn:aws:iam::aws:policy/AdministratorAccess", want no policy with which the role can give itself anything, unless boundaryArn is given; give boundaryArn, or a policy with what a deployment needs"
    `);
  });

  test("fails without anything, and on a repository that is known only after apply", () => {
    expect(() => awsSynth((stack) => new AwsDeployRole(stack, "Deploy", {} as never))).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 3 problems
       - trust: got nothing, want an object
       - trust.repository: got "", want owner/name
       - policies: got nothing, want 1 to 20 ARNs of managed policies by name; such as { deploy: "arn:aws:iam::123456789012:policy/deploy" }"
    `);
    expect(() => awsSynth((stack) => role(stack, { trust: { ...TRUST, refs: [], environment: "${var.environment}" } })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 2 problems
       - trust.environment: got "\${var.environment}", want a name of letters, digits, ".", "_", "-" and spaces inside
       - trust.refs: got [], want branches and tags in full, such as ["refs/heads/main"]; a run from any branch or pull request could deploy otherwise"
    `);
  });
});
