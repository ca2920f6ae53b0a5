import * as path from "node:path";
import type { Stack } from "./apps";
import { run, withoutColour } from "./run";

/** One check of Checkov that did not pass, at one resource. */
export interface FailedCheck {
  readonly checkId: string;
  readonly title: string;
  readonly resource: string;
}

export interface ScanResult {
  readonly passed: number;
  readonly failed: readonly FailedCheck[];
}

/** What it prints: of a stack that none of its checks is for, the counts alone. */
interface Report extends Partial<Counts> {
  readonly summary?: Counts;
  readonly results?: { readonly failed_checks: readonly { check_id: string; check_name: string; resource: string }[] };
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly parsing_errors: number;
}

function nothingToCheck(report: Report): boolean {
  return report.results === undefined && report.passed === 0 && report.failed === 0 && report.parsing_errors === 0;
}

/** Runs Checkov over a stack as it was synthesized, without asking its vendor for anything. */
export async function scan(checkov: string, stack: Stack): Promise<ScanResult> {
  const file = path.join(stack.folder, "cdk.tf.json");
  const args = ["--file", file, "--framework", "terraform_json", "--compact", "--quiet", "--skip-download", "--output", "json"];
  const result = await run(checkov, args);
  const report = parse(result.stdout);
  if (report && nothingToCheck(report)) return { passed: 0, failed: [] };
  if (!report?.results) throw new Error(`${result.command}\nended with ${result.code}\n${withoutColour(result.stdout + result.stderr)}`);
  if ((report.summary?.parsing_errors ?? 0) > 0) throw new Error(`Checkov could not read ${file}`);
  const failed = report.results.failed_checks.map((one) => ({ checkId: one.check_id, title: one.check_name, resource: one.resource }));
  return { passed: report.summary?.passed ?? 0, failed };
}

function parse(stdout: string): Report | undefined {
  try {
    const parsed = JSON.parse(stdout) as Report;
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
