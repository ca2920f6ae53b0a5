import type { Pack, Rule } from "./rule";
import { RULES } from "./rules";

/** The rules of a pack. `regulated` holds `baseline` too. */
export function rulesOf(pack: Pack): readonly Rule[] {
  return pack === "regulated" ? RULES : RULES.filter((rule) => rule.pack === "baseline");
}
