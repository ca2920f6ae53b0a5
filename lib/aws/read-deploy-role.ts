import { asList, block, type Reader, type TerraformJson } from "../facts/inventory";
import { trustOf } from "../spec/deploy-identity";

/**
 * The host that vouches for its runs.
 * Source: https://docs.github.com/en/actions/reference/security/oidc, read 2026-11-21.
 */
export const ISSUER = "token.actions.githubusercontent.com";

type Attributes = Readonly<Record<string, unknown>>;

const DOCUMENT = /^\$\{data\.aws_iam_policy_document\.([A-Za-z0-9_-]+)\.json\}$/;

/** A role that runs of a repository take to deploy; other roles are none of ours. */
export const readDeployRole: Reader = (role, inventory) => {
  const conditions = asList(trustStatement(role.attributes.assume_role_policy, inventory.json).condition).map(block);
  const claims = Object.fromEntries(
    conditions.flatMap(({ test, variable, values }) =>
      test === "StringEquals" && String(variable).startsWith(`${ISSUER}:`)
        ? [[String(variable).slice(ISSUER.length + 1), asList(values).map(String)]]
        : [],
    ),
  );
  const { aud: [audience] = [], sub, ...others } = claims;
  if (audience === undefined || sub === undefined) return [];
  const { permissions_boundary: boundary, max_session_duration: seconds } = role.attributes;
  const attachments = inventory.referring("aws_iam_role_policy_attachment", "role", role);
  const spec = {
    trust: trustOf(sub, others),
    audience,
    sessionMinutes: Number(seconds) / 60,
    policies: attachments.map(({ attributes }) => String(attributes.policy_arn)).sort(),
    ...(boundary !== undefined && { boundary: String(boundary) }),
  };
  return [{ kind: "deploy-identity", address: role.address, path: role.path, spec }];
};

function trustStatement(policy: unknown, { data }: TerraformJson): Attributes {
  const [, id = ""] = DOCUMENT.exec(String(policy)) ?? [];
  const documents = block(block(data).aws_iam_policy_document);
  return block(block(documents[id]).statement);
}
