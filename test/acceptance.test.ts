import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { govern, type PromisesProps } from "cdktf-governed-agents";
import { aws, AwsAgentVm, AwsBackupPolicy, AwsNetwork, type AwsAgentVmProps } from "cdktf-governed-agents/aws";
import { synth } from "cdktf-governed-agents/testing";
import { AWS_PROMISES } from "../examples/personal-employee/promises";

const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:assistant-AbCdEf";

/** The assistant of the example, with other promises or another machine. */
function assistant(promises: Partial<PromisesProps>, machine: Partial<AwsAgentVmProps> = {}) {
  const build = (stack: TerraformStack) => {
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const network = new AwsNetwork(stack, "Network", { cidr: "10.30.0.0/20", zones: ["us-east-1a", "us-east-1b"], egress: "public-ip" });
    const vm = new AwsAgentVm(stack, "Assistant", {
      network,
      size: "small",
      units: { orchestrator: { command: ["/usr/bin/node", "/opt/agent/orchestrator.js"] } },
      governance: { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "household", keySecret: secret },
      ...machine,
    });
    new AwsBackupPolicy(stack, "Backups", { sources: [vm], schedules: { daily: { frequency: "daily", retentionDays: 30 } } });
    govern(stack, {
      ...AWS_PROMISES,
      ...promises,
      providers: [aws],
      labels: {
        project: "assistant",
        environment: "production",
        costCenter: "household",
        owner: "owner@acme.dev",
        governanceId: "household",
        governanceEndpoint: "https://governance.acme.dev",
      },
    });
  };
  return () => synth(build, "personal-employee-aws");
}

describe("the personal employee keeps its promises, or the synth says what to change", () => {
  test("as it is, all hold", () => {
    expect(assistant({})).not.toThrow();
  });

  test("a cap of 20 USD names what costs most and the cheapest change", () => {
    expect(assistant({ budgets: [], budgetUsdPerMonth: 20 })).toThrowErrorMatchingSnapshot();
  });

  test("a larger machine breaks the cap", () => {
    expect(assistant({}, { size: "medium" })).toThrowErrorMatchingSnapshot();
  });

  test("losing an hour at most is not possible with what is there, and the nearest that would do is named", () => {
    const recovery = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["zone", "operator-error"] as const };
    expect(assistant({ recovery })).toThrowErrorMatchingSnapshot();
  });

  test("nothing lost when a region fails is refused", () => {
    const recovery = { rpoMinutes: 0, rtoMinutes: 15, scopes: ["region"] as const };
    expect(assistant({ recovery })).toThrowErrorMatchingSnapshot();
  });
});
