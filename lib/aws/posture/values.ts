import type { Inventory } from "../../facts/inventory";
import type { Encryption, Known } from "../../facts/posture";
import { encryptionOf as encryptionBy, isExpression, referredIn } from "../../facts/values";

export {
  all,
  asList,
  block,
  flag,
  given,
  isExpression,
  not,
  numeric,
  oneOf,
  secretNames,
  secretsInText,
  settingsOf,
  some,
  word,
  type Attributes,
} from "../../facts/values";

/** Encryption by a switch and the key beside it. Keys whose alias starts with `alias/aws/` belong to Amazon. */
export function encryptionOf(switched: Known<boolean>, key: unknown): Known<Encryption> {
  return encryptionBy(switched, typeof key === "string" && key.includes("alias/aws/") ? undefined : key);
}

/** In how many zones subnets are; `unknown` when they are not in this stack and might be in one. */
export function zonesOf(subnets: unknown, inventory: Inventory): Known<number> {
  if (isExpression(subnets)) return "unknown";
  const found = referredIn(subnets, inventory).map(
    (subnet) => subnet?.attributes.availability_zone ?? subnet?.attributes.availability_zone_id,
  );
  const known = new Set(found.filter((zone) => zone !== undefined));
  return known.size >= 2 || !found.includes(undefined) ? known.size : "unknown";
}
