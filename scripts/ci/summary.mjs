// Counts what .ci/run did: one check per step, and the tests of every jest result file. Plain JavaScript, so that it works when npm ci has failed.
import fs from "node:fs";
import path from "node:path";

const NOT_CHECKED = "NOT CHECKED";

function readSteps(folder) {
  const lines = fs.readFileSync(path.join(folder, "steps.tsv"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [kind, name, code, seconds, result] = line.split("\t");
    return { kind, name, code: Number(code), seconds: Number(seconds), result };
  });
}

function countStep({ kind, name, code, result }) {
  if (kind === "report") return { passed: 0, failed: 0, notChecked: code === 0 ? [] : [`${name}: not complete, see above`] };
  if (kind === "jest") return countJest(name, code, result);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notChecked: [] };
}

/** A run that left no result, or that ended badly though every test passed, is one failed check. */
function countJest(name, code, file) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, notChecked: [`${name}: ended without a result`] };
  const results = JSON.parse(fs.readFileSync(file, "utf8"));
  const tests = results.testResults.flatMap((suite) => suite.assertionResults);
  const notChecked = tests.filter((one) => one.title.startsWith(NOT_CHECKED)).map((one) => one.title);
  const skipped = tests.filter((one) => one.status === "pending" || one.status === "todo").map((one) => `skipped: ${one.fullName}`);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const endedBadly = code !== 0 && failed === 0 ? 1 : 0;
  return { passed: results.numPassedTests - notChecked.length, failed: failed + endedBadly, notChecked: [...notChecked, ...skipped] };
}

const steps = readSteps(process.argv[2]).map((step) => ({ ...step, ...countStep(step) }));
const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
const notChecked = steps.flatMap((step) => step.notChecked);

console.log("\n=== summary");
for (const { kind, name, code, seconds, passed, failed } of steps) {
  const counts = kind === "jest" ? `${passed} passed, ${failed} failed` : code === 0 ? "ok" : "failed";
  console.log(`${String(seconds).padStart(5)} s  ${name} (${counts})`);
}
console.log(notChecked.length === 0 ? "every check ran" : "did not run:");
notChecked.forEach((reason) => console.log(`  ${reason}`));
console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${notChecked.length} skipped`);
process.exitCode = sum("failed") === 0 ? 0 : 1;
