import fc from "fast-check";
import { tryCron } from "../../lib/github/workflow/cron";

describe("cron expressions of Actions", () => {
  test.each([
    ["*/5 * * * *", 5, 12 * 24 * 31],
    ["* * * * *", 1, 60 * 24 * 31],
    ["0,4 * * * *", 4, 2 * 24 * 31],
    ["58,0 * * * *", 2, 2 * 24 * 31],
    ["58 23 * * *", 1440, 31],
    ["0 0,23 * * *", 60, 62],
    ["17 */6 * * *", 360, 124],
    ["0 6 * * MON-FRI", 1440, 23],
    ["0 6 * * 1", 1440, 5],
    ["0 6 1 * *", 1440, 1],
    ["0 6 13 * FRI", 1440, 6],
    ["0 6 29 2 *", 1440, 1],
    ["30 4 1-7/2 JAN,jul *", 1440, 4],
  ])("%s: at least %i minutes apart, at most %i a month", (text, minGapMinutes, maxPerMonth) => {
    expect(tryCron(text)).toEqual({ minGapMinutes, maxPerMonth });
  });

  test.each([
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * * 7",
    "5-1 * * * *",
    "*/0 * * * *",
    "a * * * *",
    "@daily",
    "0 0 L * *",
    "0 0 * * MON#1",
    "0  0 * * *",
    "1-2-3 * * * *",
    "0 0 30 2 *",
    "-1 * * * *",
    "1, * * * *",
    "0 0 1,31 FEB,APR 8",
  ])("refuses %j", (text) => {
    expect(tryCron(text)).toBeUndefined();
  });

  test("counts what a clock would count in 31 days, whatever the minutes and hours", () => {
    const some = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some(59), some(23), (minutes, hours) => {
        const cron = tryCron(`${minutes.join(",")} ${hours.join(",")} * * *`);
        const times = Array.from({ length: 31 * 1440 }, (_, minute) => minute).filter(
          (minute) => minutes.includes(minute % 60) && hours.includes(Math.floor(minute / 60) % 24),
        );
        const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
        expect(cron).toEqual({ minGapMinutes: Math.min(...gaps), maxPerMonth: times.length });
      }),
      { numRuns: 25 },
    );
  });
});
