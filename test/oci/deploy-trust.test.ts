import { OciDeployTrust, type OciDeployTrustProps } from "cdktf-governed-agents/oci";
import type { TerraformStack } from "cdktf";
import { ociFacts, ociSynth, resourcesOf } from "./support";

const USER = "0123456789abcdef0123456789abcdef";
const PRODUCTION = { trust: { repository: "acme/infra", environment: "production" }, userId: USER, refsHeldBy: "environment" } as const;
const BASE: OciDeployTrustProps = {
  domainUrl: `https://idcs-${USER}.identity.oraclecloud.com:443`,
  clients: ["token-exchange"],
  audience: "https://cloud.oracle.com",
  deployments: { production: PRODUCTION },
};
const IDS = { owner: "11", repository: "22" };

const trust = (stack: TerraformStack, props: Partial<OciDeployTrustProps> = {}) =>
  new OciDeployTrust(stack, "Deploy", { ...BASE, ...props });
const rulesOf = (props: Partial<OciDeployTrustProps> = {}) => {
  const result = ociSynth((stack) => trust(stack, props));
  return Object.values(resourcesOf(result, "oci_identity_domains_identity_propagation_trust"))[0]?.impersonation_service_users;
};

describe("OciDeployTrust", () => {
  test.each<readonly [string, OciDeployTrustProps["deployments"]]>([
    ["an environment", { production: PRODUCTION }],
    ["branches", { main: { trust: { repository: "acme/infra", refs: ["refs/tags/v1", "refs/heads/main"] }, userId: USER } }],
    ["both forms of the subject", { production: { ...PRODUCTION, trust: { ...PRODUCTION.trust, ids: IDS, subjects: "both" } } }],
    ["two deployments", { staging: { ...PRODUCTION, userId: "other", trust: { ...PRODUCTION.trust, ids: IDS } }, production: PRODUCTION }],
  ])("Terraform says what was asked for: %s", (_name, deployments) => {
    let spec: unknown;
    const facts = ociFacts((stack) => (spec = trust(stack, { deployments }).spec));
    expect(facts.filter(({ kind }) => kind === "deploy-identity").map((fact) => fact.spec)).toEqual(spec);
  });

  test("every subject has a rule of its own, without wildcards, in the form that the repository writes", () => {
    expect(rulesOf()).toEqual([{ rule: "sub eq repo:acme/infra:environment:production", value: USER }]);
    expect(rulesOf({ deployments: { main: { trust: { repository: "acme/infra", ids: IDS }, userId: USER } } })).toEqual([
      { rule: "sub eq repo:acme@11/infra@22:ref:refs/heads/main", value: USER },
    ]);
  });

  test("fails on everything that is wrong at once", () => {
    expect(() =>
      ociSynth((stack) =>
        trust(stack, {
          domainUrl: "https://example.com",
          clients: [],
          audience: "two words",
          deployments: {
            a: { trust: { repository: "acme/*", environment: "prod eu" }, userId: USER },
            b: { trust: { repository: "acme/infra" }, userId: USER, refsHeldBy: "environment" },
          },
        }),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Deploy: 8 problems
       - domainUrl: got "https://example.com", want the URL of an identity domain: https://idcs-<32 hex digits>.identity.oraclecloud.com:443
       - audience: got "two words", want a name or URL without blanks
       - clients: got [], want 1 to 10 client ids of confidential applications
       - deployments.a.trust.repository: got "acme/*", want owner/name, without wildcards; name every one that may deploy: a pattern lets in what nobody has seen
       - deployments.a.trust.environment: got "prod eu", want a name without blanks: a rule of OCI ends at one; use a name with - instead
       - deployments.a.refsHeldBy: got nothing, want "environment" with trust.environment: OCI does not compare the ref; limit the branches of the environment, and say so here
       - deployments.b.refsHeldBy: got "environment", want nothing without trust.environment; remove it
       - deployments.b.userId: got "0123456789abcdef0123456789abcdef", want another user than a has; give each a user of its own"
    `);
  });
});
