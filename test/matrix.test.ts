import { has, INTENTS, matrixRows, providerFolders, REASONS, type Intent } from "../scripts/matrix";

describe("the support matrix", () => {
  const cells = providerFolders().flatMap((provider) => (Object.keys(INTENTS) as Intent[]).map((intent) => ({ provider, intent })));

  test("has no empty cell: what is not there has its reason", () => {
    expect(cells.filter(({ provider, intent }) => !has(provider, intent) && !REASONS[`${provider} ${intent}`])).toEqual([]);
    expect(matrixRows().flat()).not.toContain("");
  });

  test("gives no reason for what is there", () => {
    expect(cells.filter(({ provider, intent }) => has(provider, intent) && REASONS[`${provider} ${intent}`])).toEqual([]);
  });
});
