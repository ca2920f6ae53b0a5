import { ACKNOWLEDGED } from "./support/acknowledged";
import { describeStacks } from "./support/apps";
import type { FailedCheck } from "./support/checkov";
import { scan } from "./support/checkov";
import { findTool, notChecked, say } from "./support/tools";

const needed = new Set<(typeof ACKNOWLEDGED)[number]>();

function isAcknowledged({ checkId, resource }: FailedCheck): boolean {
  const entries = ACKNOWLEDGED.filter((entry) => entry.checkId === checkId && (entry.resources?.test(resource) ?? true));
  entries.forEach((entry) => needed.add(entry));
  return entries.length > 0;
}

describe("Checkov", () => {
  const checkov = findTool("checkov");
  if (!checkov) return notChecked("Checkov is not installed: the output was not scanned");
  describeStacks((stack) => {
    test(`has nothing against stack ${stack.name} that is not acknowledged with a reason`, async () => {
      const { passed, failed } = await scan(checkov, stack);
      const open = failed.filter((one) => !isAcknowledged(one));
      say(`${stack.name}: Checkov passed ${passed}, acknowledged ${failed.length - open.length}, open ${open.length}`);
      expect(open.map(({ checkId, title, resource }) => `${checkId} ${resource}: ${title}`).sort()).toEqual([]);
    });
  });
  test("every acknowledgement is still needed", () => {
    const unused = ACKNOWLEDGED.filter((entry) => !needed.has(entry));
    expect(unused.map(({ checkId, resources }) => `${checkId} ${resources ?? ""}`)).toEqual([]);
  });
});
