import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { acknowledge, govern, type Labels } from "cdktf-governed-agents";
import { aws, AwsNetwork } from "cdktf-governed-agents/aws";
import { factsOf, snapshot, synth } from "cdktf-governed-agents/testing";
import { current, generated, PAGES } from "../scripts/readme";

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

test("a stack that promises what the README says is held to it", () => {
  const labels: Labels = {
    project: "atlas",
    environment: "production",
    costCenter: "r-and-d",
    owner: "research@acme.dev",
    governanceId: "gov-7",
    governanceEndpoint: "https://governance.acme.dev",
  };
  const promising = (stack: TerraformStack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const cache = new EbsVolume(stack, "Cache", { availabilityZone: "us-east-1a", size: 20, encrypted: true });
    // #region promises
    govern(stack, {
      providers: [aws],
      labels,
      budgetUsdPerMonth: 200, // list prices, scaling at its maximum; what has no sourced price fails too
      policy: { packs: ["baseline"], failOn: "high" }, // docs/rules.md lists the rules
      recovery: { rpoMinutes: 5, rtoMinutes: 60, scopes: ["instance", "zone"] },
    });
    acknowledge(cache, "volume-backed-up", "the cache is made again from the database", { expires: "2027-06-30" });
    // #endregion
  };
  jest.useFakeTimers({ now: new Date("2026-11-21") });
  expect(() => synth(promising)).toThrow('recovery zone: got "infeasible: aws_ebs_volume.Cache"');
  jest.useRealTimers();
});

test.each(PAGES)("%s shows what the code does today", (page) => {
  expect(current(page)).toBe(generated(page));
});
