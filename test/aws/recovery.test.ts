import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { TerraformStack } from "cdktf";
import { AwsAgentVm, AwsBackupPolicy, AwsPostgres, type AwsBackupPolicyProps } from "cdktf-governed-agents/aws";
import { synthApp, type Synthesized } from "cdktf-governed-agents/testing";
import { AwsAgentPlatform } from "../../examples/agent-platform/aws";
import { aws } from "../../lib/aws/provider";
import { Inventory } from "../../lib/facts/inventory";
import { judge, pricer, recoveryIssues, recoverySpec, type RecoveryJudgement, type RecoveryProps } from "../../lib/recovery";
import { IntentError } from "../../lib/spec/check";
import { awsSynth, testNetwork } from "./support";

const AS_OF = "2026-11-21";

function judgeStack({ json }: Pick<Synthesized, "json">, target: RecoveryProps, path = "test"): RecoveryJudgement {
  const inventory = new Inventory(json);
  const priceOf = pricer({ inventory, providers: [aws], options: { asOf: AS_OF } });
  return judge(inventory, [aws], [recoverySpec(target, path, AS_OF)], { asOf: AS_OF, priceOf });
}

const statuses = ({ verdicts }: RecoveryJudgement) => Object.fromEntries(verdicts.map(({ scope, status }) => [scope, status]));
const messageOf = (judgement: RecoveryJudgement) => new IntentError("test", recoveryIssues(judgement)).message;

describe("one person's assistant", () => {
  const assistant = (schedules: AwsBackupPolicyProps["schedules"]) =>
    awsSynth((stack: TerraformStack) => {
      const vm = new AwsAgentVm(stack, "Assistant", {
        network: testNetwork(stack),
        size: "small",
        bundle: { url: "s3://acme/assistant.tar.gz", sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
        units: { orchestrator: { command: ["/opt/agent/run"], memoryMaxMiB: 512 } },
        governance: {
          endpoint: "https://governance.acme.dev",
          agentId: "assistant",
          governanceId: "household",
          keySecret: "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance-AbCdEf",
        },
      });
      new AwsBackupPolicy(stack, "Backups", { sources: [vm], schedules });
    });
  const daily = assistant({ daily: { frequency: "daily", retentionDays: 30 } });
  const target: RecoveryProps = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["instance", "zone", "operator-error"] };

  test("cannot promise an hour with daily backups of its disk, and is told what would do", () => {
    expect(messageOf(judgeStack(daily, target))).toMatchInlineSnapshot(`
     "test: 3 problems
       - recovery instance: got "unproven: aws_ebs_volume.Assistant_Data_F7C7DA51", want at most 60 minutes lost and back within 4 hours after the loss of a machine in test; disk that outlives its machine loses nothing (documented) and takes a time that nobody has published; do a recovery and give measuredRto with its date and evidence
       - recovery zone: got "infeasible: aws_ebs_volume.Assistant_Data_F7C7DA51", want at most 60 minutes lost and back within 4 hours after the loss of a zone in test; backup (rule "daily", 24 hours apart, begun within 60 minutes) loses up to 25 hours (computed), more than 60 minutes; nearest that would do: standby in another zone (state in PostgreSQL instead of on the disk) (no price known)
       - recovery operator-error: got "infeasible: aws_ebs_volume.Assistant_Data_F7C7DA51", want at most 60 minutes lost and back within 4 hours after a wrong write or delete in test; backup (rule "daily", 24 hours apart, begun within 60 minutes) loses up to 25 hours (computed), more than 60 minutes; nearest that would do: text pushed to a repository every 5 minutes, once a recovery was measured (no price known)"
    `);
  });

  test("cannot with hourly ones either: an hour between two and an hour to begin", () => {
    const { verdicts } = judgeStack(assistant({ hourly: { frequency: "hourly", retentionDays: 3 } }), target);
    expect(verdicts.find(({ scope }) => scope === "operator-error")).toMatchObject({ status: "infeasible", rpoMinutes: 120 });
  });

  test("can promise 25 hours once a restore was timed", () => {
    const day = { ...target, rpoMinutes: 1500 };
    expect(statuses(judgeStack(daily, day))).toEqual({ instance: "unproven", zone: "unproven", "operator-error": "unproven" });
    const measuredRto = target.scopes.map((scope) => ({
      scope,
      of: "test/Assistant",
      minutes: 50,
      date: "2026-11-01",
      evidence: "https://wiki.acme.dev/drill",
    }));
    expect(statuses(judgeStack(daily, { ...day, measuredRto }))).toEqual({ instance: "ok", zone: "ok", "operator-error": "ok" });
  });
});

describe("a platform of agents", () => {
  const { platform } = synthApp((app) => {
    new AwsAgentPlatform(app, "platform", {
      domain: "agents.acme.dev",
      zoneId: "Z0123456789ABCDEFGHIJ",
      onCall: "on-call@acme.dev",
      secrets: "arn:aws:secretsmanager:us-east-1:111122223333:secret:governance",
      copyProvider: (stack) => new AwsProvider(stack, "aws-eu", { region: "eu-west-1", alias: "eu" }),
    });
  }) as { platform: Synthesized };
  const target: RecoveryProps = { rpoMinutes: 0, rtoMinutes: 15, scopes: ["instance", "zone", "region", "operator-error"] };

  test("its memory loses nothing within the region; across regions that is refused with what would be needed", () => {
    const judgement = judgeStack(platform, { ...target, availabilityPercent: 99.99 }, "platform/Memory");
    expect(statuses(judgement)).toEqual({ instance: "ok", zone: "ok", region: "infeasible", "operator-error": "infeasible" });
    expect(judgement.verdicts.find(({ scope }) => scope === "region")).toMatchInlineSnapshot(`
     {
       "address": "aws_db_instance.Memory_22710B9E",
       "mechanism": "backup copied to another region (rule "daily", 24 hours apart, begun within 60 minutes, to eu-west-1)",
       "nearest": {
         "mechanism": "Aurora DSQL in two regions with a witness in a third, once a recovery was measured",
         "usdPerMonth": null,
       },
       "path": "platform/Memory",
       "reason": "backup copied to another region (rule "daily", 24 hours apart, begun within 60 minutes, to eu-west-1) loses up to 25 hours (computed), and zero needs every write to be confirmed in both regions; the copy itself takes time beside that; a read replica is no backup: what is deleted is deleted there too",
       "rpoMinutes": 1500,
       "rtoMinutes": null,
       "scope": "region",
       "status": "infeasible",
       "target": {
         "rpoMinutes": 0,
         "rtoMinutes": 15,
       },
     }
    `);
    expect(judgement.availability.map(({ scope, status, usedPercent }) => [scope, status, usedPercent])).toEqual([
      ["instance", "ok", 46],
      ["zone", "ok", 46],
      ["region", "unproven", null],
    ]);
  });

  test("as a whole is as weak as the disk of its machine", () => {
    const { verdicts, uncovered } = judgeStack(platform, target, "platform");
    expect(verdicts.find(({ scope }) => scope === "zone")?.address).toMatch(/^aws_ebs_volume\.Scout_Data/);
    expect(uncovered).toEqual([]);
  });

  test("its logs, keys and copies are listed, not judged", () => {
    const { notJudged } = judgeStack(platform, target, "platform");
    const types = [...new Set(notJudged.map(({ address }) => address.split(".")[0]))];
    expect(types.sort()).toEqual([
      "aws_cloudwatch_log_group",
      "aws_db_instance",
      "aws_instance",
      "aws_kms_key",
      "aws_s3_bucket",
      "aws_secretsmanager_secret",
      "aws_ssm_parameter",
    ]);
  });
});

describe("a database in one zone", () => {
  const single = awsSynth((stack) => {
    new AwsPostgres(stack, "Memory", {
      network: testNetwork(stack),
      version: "16",
      size: "medium",
      storageGiB: 20,
      zones: 1,
      profile: "sandbox",
    });
  });

  test("is told what the standby costs: the price of two zones less that of one, and storage twice", () => {
    const { verdicts } = judgeStack(single, { rpoMinutes: 0, rtoMinutes: 15, scopes: ["zone"] });
    const [hours, gib] = [730 * (0.129 - 0.065), 20 * (0.23 - 0.115)];
    expect(verdicts[0]?.nearest).toEqual({ mechanism: "standby in another zone", usdPerMonth: (hours + gib).toFixed(2) });
  });
});

test("a disk that nobody backs up is named", () => {
  const bare = awsSynth((stack) => new EbsVolume(stack, "Notes", { availabilityZone: "us-east-1a", size: 10 }));
  expect(judgeStack(bare, { rpoMinutes: 1e6, rtoMinutes: 1e6, scopes: ["zone"] }).uncovered).toEqual([
    {
      address: "aws_ebs_volume.Notes",
      path: "test/Notes",
      scopes: ["zone", "operator-error"],
      why: "nothing brings the disk back after the loss of its zone, a wrong write or delete",
    },
  ]);
});
