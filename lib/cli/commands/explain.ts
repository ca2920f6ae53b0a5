import { InputError } from "../../files/input-error";
import { referencesOf } from "../../policy/export";
import { rulesOf } from "../../policy/packs";
import type { Rule } from "../../policy/rule";
import { nearest } from "../../spec/check";
import { EXIT, type ExitCode } from "../exit-code";
import { allProviders } from "../libraries";
import { paint, printJson, type Terminal } from "../terminal";

/** Explains one rule, or lists all of them. */
export function explain(id: string | undefined, { json }: { readonly json?: boolean }, terminal: Terminal): ExitCode {
  const rules = rulesOf("regulated");
  const found = id === undefined ? rules : rules.filter((rule) => rule.id === id);
  if (found.length === 0) {
    const ids = rules.map((rule) => rule.id);
    throw new InputError(
      id as string,
      "no rule of this name",
      "the id of a rule",
      nearest(id as string, ids) ?? "list all with: governed-agents explain",
    );
  }
  const providers = allProviders();
  const explained = found.map((rule) => ({ ...rule, references: referencesOf(rule, providers) }));
  if (json) printJson(terminal, id === undefined ? explained : explained[0]);
  else terminal.out(id === undefined ? listText(found) : explained.map((rule) => ruleText(terminal, rule)).join("\n"));
  return EXIT.ok;
}

function listText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, pack, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${pack.padEnd(9)}  ${title}`).join("\n");
}

function ruleText(terminal: Terminal, { id, severity, pack, title, why, fix, kinds, references }: Rule): string {
  const elsewhere = Object.entries(references).map(([name, controls]) => `${name} ${(controls as readonly string[]).join(", ")}`);
  return [
    `${paint(terminal, "bold", id)} (${severity}, ${pack})`,
    title,
    `  why      ${why}`,
    `  fix      ${fix}`,
    `  looks at ${kinds.join(", ")}`,
    ...(elsewhere.length === 0 ? [] : [`  see      ${elsewhere.join("; ")}`]),
  ].join("\n");
}
