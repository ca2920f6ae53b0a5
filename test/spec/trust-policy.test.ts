import { mayTake } from "../support/trust-policy";

const ISSUER = "issuer.acme.dev";
const on = (test: string, ...values: string[]) => [{ test, variable: `${ISSUER}:sub`, values }];

describe("the evaluator of trust policies", () => {
  test.each([
    ["StringEquals", ["repo:a/b:ref:x"], "repo:a/b:ref:x", true],
    ["StringEquals", ["repo:a/*"], "repo:a/b", false],
    ["StringEquals", ["no", "yes"], "yes", true],
    ["StringEquals", ["Yes"], "yes", false],
    ["StringLike", ["repo:a/*"], "repo:a/b:pull_request", true],
    ["StringLike", ["repo:a/?"], "repo:a/bc", false],
    ["StringLike", ["a.c"], "abc", false],
    ["StringLike", [], "abc", false],
  ])("%s %j against %s: %s", (operator, values, sub, expected) => {
    expect(mayTake(on(operator, ...values), ISSUER, { sub })).toBe(expected);
  });

  test("a claim that is not there, or of another issuer, holds nowhere", () => {
    expect(mayTake(on("StringLike", "*"), ISSUER, {})).toBe(false);
    expect(mayTake(on("StringLike", "*"), "other.dev", { sub: "x" })).toBe(false);
  });

  test("an operator that it does not know is an error", () => {
    expect(() => mayTake(on("StringNotEquals", "x"), ISSUER, { sub: "x" })).toThrow("no such comparison");
  });
});
