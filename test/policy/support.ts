import type { Posture } from "../../lib/facts/posture";
import { RULES } from "../../lib/policy/rules";
import type { Rule, Verdict } from "../../lib/policy/rule";

type Kind = Posture["kind"];
type Of<K extends Kind> = Extract<Posture, { kind: K }>;

/** What a posture says, without who it is. */
export type Said<K extends Kind> = Omit<Of<K>, "kind" | "address" | "path">;

/** A rule with what is passed, what fails with which observation, and what is not known. Each is said on top of a good posture. */
export type Case<K extends Kind> = readonly [
  rule: string,
  fails: Partial<Said<K>>,
  observed: string,
  unknown: Partial<Said<K>>,
  passes?: Partial<Said<K>>,
];

export function ruleOf(id: string): Rule {
  const rule = RULES.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}

function ask<K extends Kind>(id: string, kind: K, said: object): Verdict {
  return ruleOf(id).check({ kind, address: "thing.Thing", path: "stack/Thing", ...said } as unknown as Posture);
}

/** One passing, one failing and one unknown posture for each rule. */
export function describeRules<K extends Kind>(kind: K, good: Said<K>, cases: readonly Case<K>[]): void {
  describe(kind, () => {
    test.each(cases.map((one) => ({ id: one[0], one })))("$id", ({ id, one: [, fails, observed, unknown, passes] }) => {
      expect(ruleOf(id).kinds).toContain(kind);
      expect(ask(id, kind, { ...good, ...passes })).toBe("pass");
      expect(ask(id, kind, { ...good, ...fails })).toMatchObject({ observed });
      expect(ask(id, kind, { ...good, ...unknown })).toBe("unknown");
    });
    test("has a case for every rule", () => {
      const rules = RULES.filter((rule) => rule.kinds.includes(kind)).map(({ id }) => id);
      expect([...new Set(cases.map(([id]) => id))].sort()).toEqual(rules.sort());
    });
  });
}
