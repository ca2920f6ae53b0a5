import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { useProfile, type Egress } from "cdktf-governed-agents";
import { aws, AwsAgentService, AwsAgentVm, AwsBackupPolicy, AwsLoadBalancer, AwsNetwork, AwsPostgres } from "cdktf-governed-agents/aws";
import { synth } from "cdktf-governed-agents/testing";
import type { TerraformStack } from "cdktf";
import { Inventory } from "../../lib/facts/inventory";
import { acknowledgementsOf, evaluate, findingText, type Acknowledgement } from "../../lib/policy";

const DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const keySecret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance-AbCdEf";
const governance = (agentId: string) => ({ endpoint: "https://governance.acme.dev", agentId, governanceId: "gov-7", keySecret });

/** One of everything. */
function platform(stack: TerraformStack, egress: Egress): void {
  const network = new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress });
  const memory = new AwsPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 20 });
  const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
  const balancer = new AwsLoadBalancer(stack, "Front", { network, domain: "agents.acme.dev", exposure: "public", certificateArn });
  const image = `ghcr.io/acme/agent@sha256:${DIGEST}`;
  const replicas = { min: 1, max: 4, cpuPercent: 70 };
  const route = { balancer, paths: ["/agent/*"] };
  new AwsAgentService(stack, "Agent", {
    network,
    image,
    port: 8443,
    replicas,
    database: memory,
    balancer: route,
    governance: governance("agent"),
  });
  const machine = new AwsAgentVm(stack, "Machine", {
    network,
    size: "small",
    tools: ["node"],
    bundle: { url: "s3://acme-releases/agent.tar.gz", sha256: DIGEST },
    units: { main: { command: ["/usr/bin/node", "/opt/agent/main.js"], memoryMaxMiB: 256 } },
    governance: governance("machine"),
  });
  new AwsBackupPolicy(stack, "Backups", { sources: [memory, machine], schedules: { daily: { frequency: "daily", retentionDays: 30 } } });
}

const VARIANTS = (["production", "sandbox"] as const).flatMap((profile) =>
  (["nat-instance", "public-ip", "nat-gateway"] as const).map((egress) => ({ profile, egress })),
);

test.each(VARIANTS)("every construct holds the baseline or says why not: $profile, $egress", ({ profile, egress }) => {
  let acknowledgements: readonly Acknowledgement[] = [];
  const { json } = synth((stack) => {
    useProfile(stack, profile);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    platform(stack, egress);
    acknowledgements = acknowledgementsOf(stack);
  });
  const { findings, totals } = evaluate(new Inventory(json), [aws], { asOf: "2026-11-21", acknowledgements });
  expect(findings.filter(({ status }) => status !== "acknowledged").map(findingText)).toEqual([]);
  expect(totals.pass).toBeGreaterThan(150);
  const accepted = findings.map(({ ruleId, path }) => `${path.replace("test/", "")} ${ruleId}`).sort();
  expect(accepted).toMatchSnapshot();
  if (profile === "production") expect(accepted.filter((one) => /database|deletion/.test(one))).toEqual([]);
});
