import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { aws, AwsNetwork } from "cdktf-governed-agents/aws";
import { factsOf, snapshot, synth } from "cdktf-governed-agents/testing";
import { current, generated } from "../scripts/readme";

// #region testing-kit
const build = (stack: TerraformStack) => {
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "none" });
};

test("my network has no way to the internet", () => {
  const network = factsOf(aws, build).find((fact) => fact.kind === "network");
  expect(network?.spec).toMatchObject({ egress: "none", tiers: ["isolated"] });
});

test("my infrastructure changes only when I mean it", () => {
  expect(snapshot(synth(build).json)).toMatchSnapshot();
});
// #endregion

test("the README shows what the code does today", () => {
  expect(current()).toBe(generated());
});
