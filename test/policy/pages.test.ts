import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PAGES } from "../../scripts/rules";

test.each(Object.entries(PAGES))("%s says what the code says today", (file, make) => {
  expect(readFileSync(join(__dirname, "../..", file), "utf8")).toBe(make());
});
