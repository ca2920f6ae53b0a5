import { Hidden, isToken, type Check } from "./check";
import { RESERVED_ENVIRONMENT } from "./governance";

/** Names that usually hold a secret. */
const SECRET_NAME = /(^|_)(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|PRIVATE_KEY|CONNECTION_STRING)$/i;

/** Values that are recognised as a key of a well-known service, a private key, or a URL with a password. */
const SECRET_VALUES: readonly RegExp[] = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}\b/,
  /\bsk-[A-Za-z0-9_-]{20,}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  /\bdop_v1_[a-f0-9]{64}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i,
];

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const MAX_VALUE = 4096;

/** Whether a name or value of the environment looks like a secret. */
export function looksSecret(name: string, value: string): boolean {
  return SECRET_NAME.test(name) || SECRET_VALUES.some((pattern) => pattern.test(value));
}

/**
 * Reads plain environment variables; problems are named `environment.<NAME>`.
 * What looks like a secret is refused: it would be readable in state, plans and consoles.
 */
export function readEnvironment<P extends object>(
  parent: Check<P>,
  environment: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment ?? {})) {
    const prop = `environment.${name}`;
    if (!NAME.test(name)) parent.issue(prop, name, "a name of letters, digits and _, not starting with a digit");
    if ((RESERVED_ENVIRONMENT as readonly string[]).includes(name)) {
      parent.issue(prop, value, "a name that the governance contract does not set", "set it through the prop governance");
    } else if (typeof value !== "string" || (!isToken(value) && value.length > MAX_VALUE)) {
      parent.issue(prop, value, `text of at most ${MAX_VALUE} characters`);
    } else if (!isToken(value) && looksSecret(name, value)) {
      parent.issue(
        prop,
        new Hidden("something that looks like a secret"),
        "no secret in plain text",
        `store it as a secret and give its reference as secrets.${name}`,
      );
    } else result[name] = value;
  }
  return result;
}

/**
 * Reads environment variables that come from a secret store; problems are named `secrets.<NAME>`.
 * A name may not be in `environment` too.
 */
export function readSecrets<P extends object>(
  parent: Check<P>,
  secrets: Readonly<Record<string, string>> | undefined,
  reference: { readonly pattern: RegExp; readonly want: string },
  environment: Readonly<Record<string, string>> | undefined,
  group = "secrets",
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(secrets ?? {})) {
    const prop = `${group}.${name}`;
    if (!NAME.test(name)) parent.issue(prop, name, "a name of letters, digits and _, not starting with a digit");
    if ((RESERVED_ENVIRONMENT as readonly string[]).includes(name)) {
      parent.issue(prop, name, "a name that the governance contract does not set", "set it through the prop governance");
    }
    if (environment?.[name] !== undefined) parent.issue(prop, name, "a name that is not in environment too", "remove one of the two");
    if (typeof value !== "string" || (!isToken(value) && !reference.pattern.test(value))) {
      const got = typeof value === "string" ? new Hidden("text that may hold a secret (hidden)") : value;
      parent.issue(prop, got, reference.want, "store it as a secret and give its reference");
    }
  }
  return { ...secrets };
}
