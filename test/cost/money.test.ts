import fc from "fast-check";
import { centsText, exactUsd, isPrice, parseUsd, quantityText, roundedUsd, sum, timesPrice } from "../../lib/cost/money";

describe("money", () => {
  test.each([
    ["0.0416", 730, "30.368"],
    ["0.0000000309", 1_000_000, "0.0309"],
    ["0.0000166667", 0.5, "0.00000833335"],
    ["32.85", 1, "32.85"],
    ["0", 730, "0"],
    ["100", 100, "10000"],
  ])("%s x %d is %s, exactly", (price, quantity, usd) => {
    expect(exactUsd(timesPrice(price, quantity))).toBe(usd);
  });

  test.each([
    ["17.514", "17.51"],
    ["0.005", "0.01"],
    ["0.004999999999999999", "0.00"],
    ["20.004", "20.00"],
    ["20.005", "20.01"],
    ["-0.005", "-0.01"],
    ["-1.004", "-1.00"],
    ["999999999999.995", "1000000000000.00"],
  ])("%s rounds half up to %s", (exact, cents) => {
    expect(roundedUsd(parseUsd(exact))).toBe(cents);
  });

  test("is rounded once for a total, not line by line", () => {
    const lines = Array.from({ length: 100 }, () => timesPrice("0.004", 1));
    expect(roundedUsd(sum(lines))).toBe("0.40");
  });

  test.each(["", "1e-7", "1,5", "abc", "NaN", "Infinity", "0x10", "1.", ".5", "0.0000000000000000001"])(
    "%j is refused as an amount",
    (text) => {
      expect(() => parseUsd(text)).toThrow(RangeError);
    },
  );

  test.each([NaN, Infinity, -Infinity])("%d is refused as a quantity", (quantity) => {
    expect(() => timesPrice("1", quantity)).toThrow("a quantity has to be finite");
  });

  test("a price is a decimal that is not negative", () => {
    expect(["0", "0.1", "12.000000000001"].every(isPrice)).toBe(true);
    expect(["-1", "1e3", "0.1234567890123", "", "1."].some(isPrice)).toBe(false);
  });

  const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  test("what is written is read back unchanged", () => {
    fc.assert(fc.property(amount, (usd) => parseUsd(exactUsd(usd)) === usd));
  });

  test("rounding moves an amount by half a cent at most", () => {
    fc.assert(
      fc.property(amount, (usd) => {
        const off = parseUsd(roundedUsd(usd)) - usd;
        return (off < 0n ? -off : off) <= 5n * 10n ** 15n;
      }),
    );
  });

  test("price times quantity agrees with whole-number arithmetic", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (microPrice, quantity) => {
        const price = `${Math.floor(microPrice / 1e6)}.${String(microPrice % 1e6).padStart(6, "0")}`;
        return timesPrice(price, quantity) === BigInt(microPrice) * BigInt(quantity) * 10n ** 12n;
      }),
    );
  });

  test("quantities keep 6 decimals", () => {
    expect([0.1 * 3, 0.0000004, 1250, 0].map(quantityText)).toEqual(["0.3", "0", "1250", "0"]);
    expect(centsText(-5n)).toBe("-0.05");
  });
});
