import { stringify } from "yaml";
import type { Provider } from "../provider";
import type { Finding } from "./finding";
import type { References, Rule } from "./rule";
import { RULES } from "./rules";

type Scanner = "checkov" | "trivy";

/** One check of a scanner that is acknowledged wherever the rule behind it does not hold. */
interface Skip {
  readonly checkId: string;
  readonly findings: readonly Finding[];
}

/** Where others ask for the same as a rule: what the rule says itself, and what the providers know. */
export function referencesOf(rule: Rule, providers: readonly Provider[]): References {
  return Object.assign({}, rule.references, ...providers.map((provider) => provider.posture?.references[rule.id]));
}

/**
 * A configuration file for Checkov (`--config-file`) that skips what is acknowledged.
 * Checkov skips a check for the whole run; a check whose rule still fails somewhere is therefore left in, see `checkovBaseline`.
 */
export function checkovSkips(findings: readonly Finding[], providers: readonly Provider[], rules: readonly Rule[] = RULES): string {
  const { skips, kept } = skipsOf("checkov", findings, providers, rules);
  const acknowledged = skips.map(({ checkId, findings: about }) => [checkId, reasonOf(about)] as const);
  const reasons = new Map([...decidedOf(findings, providers, rules), ...acknowledged].sort(([one], [other]) => (one < other ? -1 : 1)));
  const lines = [...reasons].map(([checkId, reason]) => `${checkId}: ${reason}`);
  return `${comment([...lines, ...notSkipped(kept)])}${stringify({ "skip-check": [...reasons.keys()] }, { lineWidth: 0 })}`;
}

/**
 * A baseline file for Checkov (`--baseline`) that names the resources one by one: what is acknowledged for one is still checked for all others.
 * @param file the Terraform file as Checkov names it, such as `/cdk.tf.json`
 */
export function checkovBaseline(
  findings: readonly Finding[],
  providers: readonly Provider[],
  file = "/cdk.tf.json",
  rules: readonly Rule[] = RULES,
): string {
  const checks = new Map<string, Set<string>>();
  for (const { ruleId, status, address } of findings) {
    if (status !== "acknowledged") continue;
    const resource = address.split(" ")[0] as string;
    for (const name of namesOf(resource)) {
      const ids = checks.get(name) ?? new Set();
      checks.set(name, ids);
      for (const id of idsOf("checkov", ruleId, providers, rules)) ids.add(id);
    }
  }
  const entries = [...checks].flatMap(([resource, ids]) => (ids.size === 0 ? [] : [{ resource, check_ids: [...ids].sort() }]));
  const sorted = entries.sort((one, other) => (one.resource < other.resource ? -1 : 1));
  return `${JSON.stringify({ failed_checks: sorted.length === 0 ? [] : [{ file, findings: sorted }] }, null, 2)}\n`;
}

/**
 * A `.trivyignore.yaml` with what is acknowledged, why and until when.
 * Trivy ignores a check in whole files; a check whose rule still fails somewhere is therefore left in.
 */
export function trivyIgnore(findings: readonly Finding[], providers: readonly Provider[], rules: readonly Rule[] = RULES): string {
  const { skips, kept } = skipsOf("trivy", findings, providers, rules);
  const misconfigurations = skips.map(({ checkId, findings: about }) => {
    const days = about.flatMap(({ acknowledgement }) => acknowledgement?.expires ?? []).sort();
    return { id: checkId, statement: reasonOf(about), ...(days.length === 0 ? {} : { expired_at: days[0] }) };
  });
  return `${comment(notSkipped(kept))}${stringify({ misconfigurations }, { lineWidth: 0 })}`;
}

/** What providers have decided once, without the checks that a broken rule asks for too. */
function decidedOf(findings: readonly Finding[], providers: readonly Provider[], rules: readonly Rule[]): (readonly [string, string])[] {
  const broken = findings.filter(({ status }) => status === "fail" || status === "acknowledged");
  const asked = new Set(broken.flatMap(({ ruleId }) => idsOf("checkov", ruleId, providers, rules)));
  return providers.flatMap(({ posture }) => Object.entries(posture?.decided ?? {})).filter(([checkId]) => !asked.has(checkId));
}

/** Some checks of Checkov name what stands in JSON as `resource.<id>`, without its type (seen in 3.3.30). */
function namesOf(resource: string): readonly string[] {
  return [resource, resource.replace(/^[^.]+\./, "resource.")];
}

function skipsOf(scanner: Scanner, findings: readonly Finding[], providers: readonly Provider[], rules: readonly Rule[]) {
  const byCheck = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.status === "unknown") continue;
    for (const id of idsOf(scanner, finding.ruleId, providers, rules)) {
      const known = byCheck.get(id);
      if (known === undefined) byCheck.set(id, [finding]);
      else known.push(finding);
    }
  }
  const all = [...byCheck].map(([checkId, about]) => ({ checkId, findings: about })).sort((a, b) => (a.checkId < b.checkId ? -1 : 1));
  const isOpen = ({ findings: about }: Skip) => about.some(({ status }) => status === "fail");
  const isAcknowledged = ({ findings: about }: Skip) => about.some(({ status }) => status === "acknowledged");
  return { skips: all.filter((skip) => !isOpen(skip)), kept: all.filter((skip) => isOpen(skip) && isAcknowledged(skip)) };
}

function idsOf(scanner: Scanner, ruleId: string, providers: readonly Provider[], rules: readonly Rule[]): readonly string[] {
  const rule = rules.find(({ id }) => id === ruleId);
  return rule === undefined ? [] : (referencesOf(rule, providers)[scanner] ?? []);
}

function reasonOf(findings: readonly Finding[]): string {
  return [...new Set(findings.flatMap(({ ruleId, acknowledgement }) => (acknowledgement ? `${ruleId}: ${acknowledgement.reason}` : [])))]
    .map((reason) => reason.replace(/\s+/g, " "))
    .join("; ");
}

function notSkipped(kept: readonly Skip[]): string[] {
  return kept.map(({ checkId, findings }) => {
    const open = findings.filter(({ status }) => status === "fail").length;
    return `${checkId} is not skipped: ${open} of ${findings.length} places are not acknowledged`;
  });
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\n`).join("");
}
