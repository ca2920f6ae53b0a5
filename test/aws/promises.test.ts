import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { TerraformStack } from "cdktf";
import { govern, type Governance, type GovernProps } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { awsSynth } from "./support";

const LABELS = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

/** Synthesizes a stack with these promises and gives what is known of it. */
function governed(promises: Partial<GovernProps>, build: (stack: TerraformStack) => unknown): Governance["manifest"] {
  let governance: Governance | undefined;
  awsSynth((stack) => {
    build(stack);
    governance = govern(stack, { providers: [aws], labels: LABELS, asOf: "2026-11-21", ...promises });
  });
  return governance?.manifest;
}

const nat = (stack: TerraformStack) => new NatGateway(stack, "Nat", { subnetId: "subnet-1", connectivityType: "private" });
const disk = (stack: TerraformStack) => new EbsVolume(stack, "Disk", { availabilityZone: "us-east-1a", size: 20, type: "gp3" });

describe("promises", () => {
  test("what is not promised is neither checked nor shown", () => {
    const manifest = governed({}, disk);
    expect(manifest).not.toHaveProperty("cost");
    expect(manifest).not.toHaveProperty("budgets");
    expect(manifest).not.toHaveProperty("policy");
    expect(manifest).not.toHaveProperty("recovery");
  });

  test("costs can be shown without a cap", () => {
    const manifest = governed({ cost: {} }, nat);
    expect(manifest?.cost?.totals?.gross.high).toBe("32.85");
    expect(manifest).not.toHaveProperty("budgets");
  });

  test("costs belong to whom the labels say, also where a resource cannot carry them", () => {
    const line = governed({ cost: {} }, nat)?.cost?.lines[0];
    expect(line?.labels).toMatchObject({ project: "atlas", costCenter: "r-and-d" });
  });

  test("a cap that is kept is shown; one that is not stops the synth", () => {
    expect(governed({ budgetUsdPerMonth: 32.85 }, nat)?.budgets).toMatchObject([{ verdict: "pass", usd: "32.85" }]);
    expect(() => governed({ budgetUsdPerMonth: 32.84 }, nat)).toThrowErrorMatchingInlineSnapshot(`
     "test: 1 problem
       - budgetUsdPerMonth: got 32.85, want at most 32.84 for the stack (gross-high); largest: aws_nat_gateway.Nat 32.85 (NAT gateway, 1 gateway x 730 h); cheapest change that fits: egress "nat-instance" instead of a NAT gateway (aws_nat_gateway.Nat) makes it 3.71, at the price of failover of the way out"
    `);
  });

  test("a rule that does not hold stops the synth when it is bad enough, and is shown in any case", () => {
    const bucket = (stack: TerraformStack) => new S3Bucket(stack, "Bucket", {});
    expect(() => governed({ policy: {} }, bucket)).toThrow(/^test: \d+ problems?\n {2}- bucket-/);
    const manifest = governed({ policy: { failOn: "critical" } }, disk);
    expect(manifest?.policy?.findings.map((finding) => finding.ruleId)).toContain("volume-backed-up");
  });

  test("a recovery target that cannot be met stops the synth", () => {
    const recovery = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["operator-error"] as const };
    expect(() => governed({ recovery }, disk)).toThrow("recovery operator-error");
    expect(governed({ recovery: [{ ...recovery, scope: "test/Elsewhere" }] }, disk)?.recovery?.verdicts).toHaveLength(1);
  });

  test.each<[string, Partial<GovernProps>]>([
    ["a negative cap", { budgetUsdPerMonth: -1 }],
    ["a cap of fractions of a cent", { budgetUsdPerMonth: 19.999 }],
    ["a cap without an end", { budgetUsdPerMonth: Infinity }],
    ["a day that does not exist", { asOf: "2026-02-30" }],
    ["an unknown severity", { policy: { failOn: "severe" as "high" } }],
    ["no failure to recover from", { recovery: { rpoMinutes: 1, rtoMinutes: 1, scopes: [] } }],
    [
      "a measurement from the future",
      {
        recovery: {
          rpoMinutes: 1,
          rtoMinutes: 1,
          scopes: ["zone"],
          measuredRto: [{ scope: "zone", of: "x", minutes: 1, date: "2027-01-01", evidence: "run 1" }],
        },
      },
    ],
    ["budgets that contradict", { budgetUsdPerMonth: 10, budgets: [{ usdPerMonth: 20, scope: "test/Part" }] }],
    ["an unknown promise", { budgetUsd: 3 } as never],
  ])("fails on %s", (_name, promises) => {
    expect(() => governed(promises, disk)).toThrowErrorMatchingSnapshot();
  });
});
