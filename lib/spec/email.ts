import { Check, isToken } from "./check";

/** An e-mail address, as far as its form can tell. */
export const EMAIL = { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, want: "an e-mail address" } as const;

/** Whether a value is an e-mail address; one that is known only after apply is none. */
export function isEmail(value: unknown): value is string {
  return typeof value === "string" && !isToken(value) && EMAIL.pattern.test(value);
}

/**
 * Checks the one address that a method like `addEmail` was given.
 * @throws IntentError when it is not an e-mail address.
 */
export function checkEmail(path: string, address: string): void {
  const check = new Check(path, { address }, ["address"]);
  check.text("address", EMAIL);
  check.done(undefined);
}
