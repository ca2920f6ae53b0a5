import { free } from "../../cost/charges";
import type { PriceRule } from "../../cost/rule";
import { readWorkflow } from "../agent-service/read-agent-service";
import { LINUX_MINUTE, MINUTES } from "./repositories";

const IN_REPOSITORY = "a part of a repository; the minutes of its workflows are charged there";

/**
 * An agent that a workflow runs: at most as many minutes as its bounds allow. They are not part of the repository's `workflowMinutes`. Where the
 * repository is not in the same stack it counts as private.
 */
export const priceFile: PriceRule = (file, inventory) => {
  const spec = readWorkflow(file, inventory).flatMap((fact) => (fact.kind === "job-agent" ? [fact.spec] : []))[0];
  if (spec === undefined) return [free(IN_REPOSITORY)];
  if (!spec.enabled) return [free("nothing starts an agent that is switched off")];
  const repository = inventory.referred(file.attributes.repository)?.attributes;
  const hidden = repository === undefined || repository.private === true || ["private", "internal"].includes(String(repository.visibility));
  if (!hidden) return [free("runs in public repositories are not charged on standard runners")];
  const most = spec.runsPerMonth * spec.timeoutMinutes;
  return [
    {
      kind: "fixed",
      meter: "minutes of an agent",
      price: LINUX_MINUTE,
      quantity: { low: 0, expected: most, high: most },
      basis: `at most ${spec.runsPerMonth} runs x ${spec.timeoutMinutes} min`,
      allowance: MINUTES,
    },
  ];
};
