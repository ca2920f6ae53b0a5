import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aws } from "../lib/aws/provider";
import { cloudflare } from "../lib/cloudflare/provider";
import { digitalocean } from "../lib/digitalocean/provider";
import { github } from "../lib/github/provider";
import { referencesOf, SEVERITIES, type Rule } from "../lib/policy";
import { RULES } from "../lib/policy/rules";

const root = join(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** Pages that are made from the code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  "docs/rules.md": rulesPage,
  "docs/own-rules.md": ownRulesPage,
};

/** Whose references stand beside the rules. */
const PROVIDERS = [aws, digitalocean, cloudflare, github];

const HEADS = { cis: "CIS", fsbp: "FSBP", asi: "OWASP", nist: "NIST", checkov: "Checkov", trivy: "Trivy", prowler: "Prowler" } as const;

/** Every rule with what it asks for, why, what to do, and where others ask for the same. */
function rulesPage(): string {
  const counts = SEVERITIES.map((severity) => `${RULES.filter((rule) => rule.severity === severity).length} ${severity}`);
  const kinds = [...new Set(RULES.flatMap((rule) => rule.kinds))].sort();
  return [
    "# Rules",
    "",
    `${RULES.length} rules: ${counts.join(", ")}. The pack \`regulated\` holds all of them, \`baseline\` the ${RULES.filter(({ pack }) => pack === "baseline").length} that are marked so.`,
    "References of CIS (AWS Foundations 7.0; GitHub 1.2 for repositories, workflows and webhooks), FSBP (AWS Foundational Security Best Practices), Checkov and Trivy are those for the providers that have them; FSBP speaks of AWS.",
    "This page is made from the code by `npm run rules`.",
    ...kinds.flatMap((kind) => ["", `## ${kind}`, "", ...RULES.filter((rule) => rule.kinds.includes(kind)).flatMap(entry)]),
    "",
  ].join("\n");
}

function entry(rule: Rule): string[] {
  const references = referencesOf(rule, PROVIDERS);
  const others = Object.entries(HEADS).flatMap(([key, head]) => {
    const ids = references[key as keyof typeof HEADS] ?? [];
    return ids.length === 0 ? [] : [`${head} ${ids.join(", ")}`];
  });
  return [
    `- **\`${rule.id}\`** (${rule.severity}, ${rule.pack}): ${rule.title} ${rule.why}`,
    `  To do: ${rule.fix}.`,
    `  _${others.join("; ")}_`,
    ...PROVIDERS.flatMap(({ name, posture }) => lacking(name, posture?.lacks?.[rule.id])),
  ];
}

/** Where nobody can meet a rule, and why: findings of it are unknown there. */
function lacking(provider: string, reason: string | undefined): string[] {
  return reason === undefined ? [] : [`  Not to be had on ${provider}: ${reason}.`];
}

/** The page on own rules, with its code as it is tested. */
function ownRulesPage(): string {
  const code = read("test/policy/own-rules.test.ts").split("// #region own-rules\n")[1]?.split("// #endregion")[0] as string;
  const page = read("docs/own-rules.md");
  return page.replace(/(<!-- generated: own-rules -->)[\s\S]*?(<!-- end -->)/, (_all, open: string, close: string) =>
    [open, "", "```ts", code.trim(), "```", "", close].join("\n"),
  );
}

if (require.main === module) for (const [file, make] of Object.entries(PAGES)) writeFileSync(join(root, file), make());
