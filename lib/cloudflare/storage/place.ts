import { isToken, type Check } from "../../spec/check";

/** Hints where data is created. Source: https://developers.cloudflare.com/r2/reference/data-location/, read 2026-11-21. */
export const LOCATIONS = ["wnam", "enam", "weur", "eeur", "apac", "oc"] as const;

export type CloudflareLocation = (typeof LOCATIONS)[number];

/** Bounds that data never leaves; `fedramp` is for Enterprise customers. Same source. */
export const JURISDICTIONS = ["eu", "fedramp"] as const;

export type CloudflareJurisdiction = (typeof JURISDICTIONS)[number];

/** Where data is; neither can be changed later without losing it. */
export interface CloudflarePlaceProps {
  /**
   * A hint where to create it, on a best effort: `wnam` and `enam` are America, `weur` and `eeur` Europe, `apac` Asia, `oc` Oceania.
   * Not together with `jurisdiction`.
   * @default - near to who deploys
   */
  readonly location?: CloudflareLocation;
  /**
   * A guarantee that the data is stored there only.
   * @default - none
   */
  readonly jurisdiction?: CloudflareJurisdiction;
}

/** Checks where data is to be. */
export function checkPlace(check: Check<CloudflarePlaceProps>, { location, jurisdiction }: CloudflarePlaceProps): void {
  if (location !== undefined) check.oneOf("location", LOCATIONS);
  if (jurisdiction !== undefined) check.oneOf("jurisdiction", JURISDICTIONS);
  if (location !== undefined && jurisdiction !== undefined)
    check.issue("location", location, "nothing beside a jurisdiction, which decides the place (Cloudflare)", "remove one of the two");
}

/** An id of an account or a zone: 32 hexadecimal digits. */
const ID = /^[0-9a-f]{32}$/;

/** Checks the id of the account; a value of another resource is fine. */
export function checkAccount(check: Check<{ readonly accountId: string }>): void {
  check.text("accountId", {
    pattern: ID,
    want: "the id of a Cloudflare account: 32 hexadecimal digits",
    fix: "it is in the address bar of the dashboard",
    tokens: true,
  });
}

/** Checks a name that the caller gives; undefined is fine. */
export function checkName<P extends object>(check: Check<P>, prop: keyof P & string, given: unknown, pattern: RegExp, want: string): void {
  if (given !== undefined && !isToken(given)) check.text(prop, { pattern, want });
  else if (isToken(given)) check.issue(prop, given, want, "give a literal: the name decides what is created");
}
