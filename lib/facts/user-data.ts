import { gunzipSync } from "fflate";
import type { Known } from "./posture";
import { isExpression, secretsInText } from "./values";

/** Looks into plain, base64 and gzipped user data; text around expressions is looked at too. */
export function userDataSecrets(plain: unknown, base64: unknown): Known<readonly string[]> {
  if (typeof plain === "string") return secretsInText(plain);
  if (typeof base64 !== "string") return [];
  const inner = /^\$\{base64encode\("([\s\S]*)"\)\}$/.exec(base64)?.[1]?.replaceAll("\\n", "\n");
  if (inner !== undefined) return secretsInText(inner);
  return isExpression(base64) ? "unknown" : secretsInText(decoded(base64));
}

function decoded(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? Buffer.from(gunzipSync(bytes)).toString("utf8") : bytes.toString("utf8");
}
