import { readdirSync } from "node:fs";
import { join } from "node:path";
import { aws } from "cdktf-governed-agents/aws";
import { POSTURE_KINDS } from "../../lib/facts/posture";
import { rulesOf } from "../../lib/policy";
import { RULES } from "../../lib/policy/rules";

const folder = join(__dirname, "../../lib/policy/rules");

describe("the rules", () => {
  test("are one for each file, named for it, in order", () => {
    const files = readdirSync(folder).map((file) => file.replace(".ts", ""));
    expect(RULES.map(({ id }) => id)).toEqual(files.filter((file) => file !== "index").sort());
  });

  test("are many, and the regulated pack has more than the baseline", () => {
    expect(rulesOf("baseline").length).toBeGreaterThanOrEqual(45);
    expect(rulesOf("regulated").length).toBeGreaterThan(rulesOf("baseline").length);
  });

  test.each(RULES)("$id says what is true, why, and what to do", ({ title, why, fix, references, kinds }) => {
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[a-z].*[^.]$/);
    expect(references.nist?.length).toBeGreaterThan(0);
    for (const asi of references.asi ?? []) expect(asi).toMatch(/^ASI(0[1-9]|10)$/);
    for (const kind of kinds) expect(POSTURE_KINDS).toHaveProperty(kind);
  });

  test("look at every kind of posture", () => {
    const looked = new Set<string>(RULES.flatMap(({ kinds }) => kinds));
    expect(Object.keys(POSTURE_KINDS).filter((kind) => !looked.has(kind))).toEqual([]);
  });

  test("answer every risk that infrastructure can answer", () => {
    const answered = new Set(RULES.flatMap(({ references }) => references.asi ?? []));
    for (const asi of ["ASI03", "ASI05", "ASI07", "ASI08", "ASI10"]) expect(answered).toContain(asi);
  });

  test("are the only ones that a provider has references for, in the form of their source", () => {
    const references = aws.posture?.references ?? {};
    expect(Object.keys(references).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
    for (const { checkov = [], trivy = [], cis = [] } of Object.values(references)) {
      for (const id of checkov) expect(id).toMatch(/^CKV2?_AWS_\d+$/);
      for (const id of trivy) expect(id).toMatch(/^AWS-\d{4}$/);
      for (const id of cis) expect(id).toMatch(/^\d+(\.\d+)+$/);
    }
  });
});
