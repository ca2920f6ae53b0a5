import { labels } from "../governed";
// #region own-rules
import { acknowledge, defineRule, govern, type Governance } from "cdktf-governed-agents";
import { aws, AwsNetwork } from "cdktf-governed-agents/aws";
import { synth } from "cdktf-governed-agents/testing";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

/** `kinds` decides what `check` sees: postures of single resources, or facts of whole constructs, such as "network". */
const networksStaySmall = defineRule({
  id: "networks-stay-small",
  pack: "baseline",
  severity: "low",
  title: "A network has two zones at most.",
  why: "Our address plan has room for two.",
  fix: "name two zones",
  references: { nist: ["GOVERN"] },
  kinds: ["network"],
  check: ({ spec: { zones = [] } }) => (zones.length <= 2 ? "pass" : { observed: `${zones.length} zones`, expected: "2 or fewer" }),
});

test("our networks keep to our rules", () => {
  let governance: Governance | undefined;
  synth((stack: TerraformStack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const network = new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones, egress: "none" });
    acknowledge(network, "networks-stay-small", "the third zone is for the move in spring", { expires: "2027-06-30" });
    governance = govern(stack, { providers: [aws], labels, asOf: "2026-11-21", policy: { rules: [networksStaySmall] } });
  });
  expect(governance?.manifest).toMatchObject({
    policy: { findings: [{ ruleId: "networks-stay-small", observed: "3 zones", status: "acknowledged" }] },
  });
});
// #endregion
