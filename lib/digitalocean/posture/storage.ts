import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, block, flag, given, isExpression, not, oneOf, settingsOf, some, type Attributes } from "../../facts/values";

/** A bucket with its policy and its log. Spaces are always encrypted, by DigitalOcean's key. */
export const readBucket: PostureReader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const setting = (type: string) => settingsOf(`digitalocean_spaces_bucket_${type}`, "bucket", bucket, "name", inventory)[0]?.attributes;
  const rules = asList(attributes.lifecycle_rule) as readonly Attributes[];
  return [
    {
      kind: "storage-bucket",
      address,
      path,
      encryption: "provider-key",
      publicAccessBlocked: all([oneOf(attributes.acl, ["private"], "private"), not(opensToAll(setting("policy")?.policy))]),
      accessListsOff: false,
      versioned: flag(block(attributes.versioning).enabled, false),
      tlsOnly: false,
      lifecycle: some(rules.map(({ enabled }) => flag(enabled, false))),
      accessLogged: setting("logging") !== undefined,
      replicated: false,
    },
  ];
};

/** Whether a policy allows everyone something. */
function opensToAll(policy: unknown): Known<boolean> {
  if (!given(policy)) return false;
  if (typeof policy !== "string" || /^\$\{[^}]*\}$/.test(policy)) return "unknown";
  const statements = statementsOf(policy);
  return statements === undefined ? "unknown" : some(statements.map(allowsAll));
}

function statementsOf(policy: string): readonly Attributes[] | undefined {
  try {
    return asList((JSON.parse(policy) as Attributes).Statement) as readonly Attributes[];
  } catch {
    return undefined;
  }
}

function allowsAll({ Effect: effect, Principal: principal }: Attributes): Known<boolean> {
  if (effect !== "Allow") return false;
  const named = typeof principal === "object" && principal !== null ? Object.values(principal).flatMap(asList) : [principal];
  return named.some(isExpression) && !named.includes("*") ? "unknown" : named.includes("*");
}
