import { Construct } from "constructs";
import { physicalName } from "../names";
import { Check, isToken, type KeysOf } from "../spec/check";
import { readDeployTrust, subjectsOf, type DeployIdentitySpec, type DeployTrustProps, type DeployTrustSpec } from "../spec/deploy-identity";
import { referenceText } from "../spec/reference";
import { IdentityDomainsIdentityPropagationTrust } from "./bindings/identity-domains-identity-propagation-trust";
import { ISSUER } from "./read-deploy-trust";

/** One deployment: which runs, and who they are at OCI. */
export interface OciDeploymentProps {
  /** Which runs of which repository may deploy: the same data that the identity at the other side is given. */
  readonly trust: DeployTrustProps;
  /** Id of the service user in the identity domain; its groups and their policies say what a deployment may do. */
  readonly userId: string;
  /**
   * OCI compares the subject only, and with an environment that names no ref: say that the environment's own branch rules hold the refs, as those
   * of a `GithubDeployIdentity` do.
   * @default - needed with an environment, and only then
   */
  readonly refsHeldBy?: "environment";
}

export interface OciDeployTrustProps {
  /** URL of the identity domain, such as `https://idcs-<32 hex digits>.identity.oraclecloud.com:443`. */
  readonly domainUrl: string;
  /** Client ids of the confidential applications that may exchange a token: 1 to 10. */
  readonly clients: readonly string[];
  /** For whom tokens have to be made out: what a run asks for as audience. */
  readonly audience: string;
  /** Deployments by names of your own. A domain has one trust for each host, so all of them stand in it. */
  readonly deployments: Readonly<Record<string, OciDeploymentProps>>;
}

const KNOWN = { domainUrl: true, clients: true, audience: true, deployments: true } satisfies KeysOf<OciDeployTrustProps>;
const DEPLOYMENT = { trust: true, userId: true, refsHeldBy: true } satisfies KeysOf<OciDeploymentProps>;

const DOMAIN_URL = {
  pattern: /^https:\/\/idcs-[0-9a-f]{32}\.[a-z0-9.-]*identity\.[a-z0-9.-]+(:443)?\/?$/,
  want: "the URL of an identity domain: https://idcs-<32 hex digits>.identity.oraclecloud.com:443",
  tokens: true,
};
const ID = { pattern: /^[A-Za-z0-9_-]{1,100}$/, want: "an id of the identity domain", tokens: true };
const AUDIENCE = { pattern: /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/, want: "a name or URL without blanks" };
const MAX_CLIENTS = 10;

/**
 * The trust by which runs of a repository act as service users of OCI for an hour, without an API key.
 *
 * Creates one `oci_identity_domains_identity_propagation_trust`. It has no price of its own.
 * Every subject has a rule of its own, `sub eq <subject>`, without wildcards. What it cannot do, other than the role of AWS: OCI compares no
 * other claim beside the audience, so the branch of a run in an environment is held by the environment alone; and who exchanges the token has to
 * be a confidential application, whose client secret the workflow needs as secret. The secret alone opens nothing.
 * Not covered: service users, applications and groups (ids are inputs), and the exchange in the workflow. It was checked against the schema of the
 * real provider, not against a tenancy.
 * @see https://docs.oracle.com/iaas/Content/Identity/api-getstarted/json_web_token_exchange.htm (read 2026-11-21)
 */
export class OciDeployTrust extends Construct {
  /** The identities after defaults and checks, in the order of the deployments' names. */
  readonly spec: readonly DeployIdentitySpec[];
  /** The underlying trust. */
  readonly trust: IdentityDomainsIdentityPropagationTrust;

  constructor(scope: Construct, id: string, props: OciDeployTrustProps) {
    super(scope, id);
    const check = new Check<OciDeployTrustProps>(this.node.path, props, KNOWN);
    check.text("domainUrl", DOMAIN_URL);
    const audience = check.text("audience", AUDIENCE);
    checkClients(check);
    const deployments = readDeployments(check, props?.deployments);
    check.done(deployments);
    this.spec = deployments.map(({ trust }) => ({ trust: withText(this, trust), audience }));
    this.trust = new IdentityDomainsIdentityPropagationTrust(this, "Resource", {
      idcsEndpoint: props.domainUrl,
      schemas: ["urn:ietf:params:scim:schemas:oracle:idcs:IdentityPropagationTrust"],
      name: physicalName(this, { kind: "identity propagation trust", maxLength: 100 }),
      type: "JWT",
      active: true,
      issuer: `https://${ISSUER}`,
      publicKeyEndpoint: `https://${ISSUER}/.well-known/jwks`,
      clientClaimName: "aud",
      clientClaimValues: [audience],
      oauthClients: [...props.clients],
      subjectType: "User",
      allowImpersonation: true,
      attributeSets: ["all"],
      impersonationServiceUsers: deployments.flatMap(({ trust, userId }) =>
        subjectsOf(trust).map((subject) => ({ rule: `sub eq ${subject}`, value: userId })),
      ),
    });
  }
}

interface Deployment {
  readonly trust: DeployTrustSpec;
  readonly userId: string;
}

function checkClients(check: Check<OciDeployTrustProps>): void {
  const want = `1 to ${MAX_CLIENTS} client ids of confidential applications`;
  const clients = check.list<string>("clients", want, []);
  if (clients.length < 1 || clients.length > MAX_CLIENTS) check.issue("clients", clients, want);
  for (const client of clients)
    if (typeof client !== "string" || (!isToken(client) && !ID.pattern.test(client))) check.issue("clients", client, ID.want);
}

function readDeployments(check: Check<OciDeployTrustProps>, given: OciDeployTrustProps["deployments"] | undefined): readonly Deployment[] {
  const entries = Object.entries(typeof given === "object" && given !== null ? given : {}).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length === 0) check.issue("deployments", given, "one deployment or more by name");
  const users = new Map<string, string>();
  return entries.map(([name, props]) => {
    const deployment = readDeployment(check.nested<OciDeploymentProps>(`deployments.${name}`, props, DEPLOYMENT), props);
    const twin = users.get(deployment.userId);
    if (twin !== undefined)
      check.issue(`deployments.${name}.userId`, deployment.userId, `another user than ${twin} has`, "give each a user of its own");
    users.set(deployment.userId, name);
    return deployment;
  });
}

function readDeployment(check: Check<OciDeploymentProps>, props: OciDeploymentProps): Deployment {
  const trust = readDeployTrust(check, props?.trust);
  const userId = check.text("userId", ID);
  if (trust.environment === undefined) {
    if (props?.refsHeldBy !== undefined) check.issue("refsHeldBy", props.refsHeldBy, "nothing without trust.environment", "remove it");
    return { trust, userId };
  }
  if (trust.environment.includes(" "))
    check.issue("trust.environment", trust.environment, "a name without blanks: a rule of OCI ends at one", "use a name with - instead");
  if (props.refsHeldBy !== "environment")
    check.issue(
      "refsHeldBy",
      props.refsHeldBy,
      '"environment" with trust.environment: OCI does not compare the ref',
      "limit the branches of the environment, and say so here",
    );
  return { trust: { ...trust, refs: [] }, userId };
}

/** Ids that are known only after apply, as the Terraform says them. */
function withText(scope: Construct, { ids, ...trust }: DeployTrustSpec): DeployTrustSpec {
  if (ids === undefined) return trust;
  return { ...trust, ids: { owner: referenceText(scope, ids.owner), repository: referenceText(scope, ids.repository) } };
}
