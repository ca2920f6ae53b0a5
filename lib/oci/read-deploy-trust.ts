import { asList, block, type Reader } from "../facts/inventory";
import { trustOf, type DeployTrustSpec } from "../spec/deploy-identity";

/**
 * The host that vouches for its runs.
 * Source: https://docs.github.com/en/actions/reference/security/oidc, read 2026-11-21.
 */
export const ISSUER = "token.actions.githubusercontent.com";

const RULE = /^sub eq (repo:([^/@]+)(?:@[^/]+)?\/([^:@]+)(?:@([^:]+))?:(ref|environment):(.+))$/;

/** The identities that runs of repositories have by a trust; trusts in other hosts are none of ours. */
export const readDeployTrust: Reader = ({ attributes, address, path }) => {
  if (attributes.issuer !== `https://${ISSUER}`) return [];
  const audience = String(asList(attributes.client_claim_values)[0]);
  const rules = asList(attributes.impersonation_service_users).map(block);
  const users = [...new Set(rules.map(({ value }) => value))];
  return users.map((user) => {
    const own = rules.filter(({ value }) => value === user).map(({ rule }) => String(rule));
    return { kind: "deploy-identity", address, path, spec: { trust: trustIn(own), audience } };
  });
};

function trustIn(rules: readonly string[]): DeployTrustSpec {
  const found = rules.map((rule) => RULE.exec(rule) ?? []);
  const claims: Record<string, string[]> = {};
  for (const [, , owner, name, id, kind, value] of found) {
    claims.repository = [`${owner}/${name}`];
    if (id !== undefined) claims.repository_id = [id];
    if (kind !== undefined && value !== undefined) claims[kind] = [...new Set([...(claims[kind] ?? []), value])];
  }
  return trustOf(
    found.map(([, subject]) => subject ?? ""),
    claims,
  );
}
