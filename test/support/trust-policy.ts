/** One comparison of a trust policy, as `aws_iam_policy_document` says it. */
export interface TrustCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** The claims of a token, without the issuer in front. */
export type Claims = Readonly<Record<string, string | undefined>>;

/**
 * Whether a token may take a role: every condition has to hold, each by one of its values; a claim that the token lacks holds nowhere.
 * Comparisons as in IAM: StringEquals by letter and case; StringLike too, with `*` for any text and `?` for any one character.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, read 2026-11-21.
 */
export function mayTake(conditions: readonly TrustCondition[], issuer: string, claims: Claims): boolean {
  return conditions.every(({ test, variable, values }) => {
    const compare = COMPARISONS[test];
    if (compare === undefined) throw new Error(`no such comparison here: ${test}`);
    if (!variable.startsWith(`${issuer}:`)) return false;
    const claim = claims[variable.slice(issuer.length + 1)];
    return claim !== undefined && values.some((value) => compare(value, claim));
  });
}

const COMPARISONS: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: (wanted, given) => {
    const pattern = [...wanted].map((letter) =>
      letter === "*" ? "[^]*" : letter === "?" ? "[^]" : letter.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
    );
    return new RegExp(`^${pattern.join("")}$`, "u").test(given);
  },
};
