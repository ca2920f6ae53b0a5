import { App, TerraformStack } from "cdktf";
import { IntentError, govern, type GovernanceProps } from "cdktf-governed-agents";
import { aws, AwsAgentService, AwsBackupPolicy, AwsNetwork, AwsPostgres } from "cdktf-governed-agents/aws";
import { CloudflareBackupBucket, CloudflareKeyValueStore } from "cdktf-governed-agents/cloudflare";
import { GithubWorkflow } from "cdktf-governed-agents/github";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DISTRICTS, governance, LABELS } from "./city";

/** Something that the city was asked to be, and cannot be. */
export interface Refusal {
  readonly asked: string;
  /** Asks for it; throws what the library says. */
  readonly ask: (stack: TerraformStack) => unknown;
  /** What is promised instead. */
  readonly instead: string;
}

const accountId = "0123456789abcdef0123456789abcdef";
const key = "arn:aws:secretsmanager:us-east-1:111122223333:secret:city/research-AbCdEf";
const reporting: GovernanceProps = governance("research", key);

const network = (stack: TerraformStack) => {
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  return new AwsNetwork(stack, "Network", { cidr: "10.40.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "nat-gateway" });
};
const memory = (stack: TerraformStack) =>
  new AwsPostgres(stack, "Memory", { network: network(stack), version: "16", size: "large", storageGiB: 200 });

export const REFUSALS: readonly Refusal[] = [
  {
    asked: "unlimited replicas of a back end",
    ask: (stack) =>
      new AwsAgentService(stack, "Research", {
        network: network(stack),
        image: DISTRICTS.research,
        replicas: { min: 5, max: "unlimited" as unknown as number },
        governance: reporting,
      }),
    instead: "5 to 100 replicas of each, priced at 100",
  },
  {
    asked: "nothing lost when a region fails, back within 15 minutes",
    ask: (stack) => {
      memory(stack);
      const recovery = { rpoMinutes: 0, rtoMinutes: 15, scopes: ["region"] } as const;
      return govern(stack, { providers: [aws], labels: LABELS, asOf: "2026-11-21", recovery });
    },
    instead: "5 minutes and 15 minutes when a machine or a zone fails; copies of every backup in two more regions",
  },
  {
    asked: "backups kept for ever",
    ask: (stack) =>
      new AwsBackupPolicy(stack, "Backups", {
        sources: [memory(stack)],
        schedules: { monthly: { frequency: "monthly", retentionDays: Infinity } },
      }),
    instead: "30 days of daily and seven years of monthly backups: finite, and priced",
  },
  {
    asked: "an archive without an end",
    ask: (stack) => new CloudflareBackupBucket(stack, "Archive", { accountId, retentionDays: "forever" as unknown as number }),
    instead: "seven years in R2, in cheaper storage after 30 days",
  },
  {
    asked: "identities of citizens in Workers KV",
    ask: (stack) => new CloudflareKeyValueStore(stack, "Identities", { accountId, holds: "records" as "cache" }),
    instead: "the storage of each citizen's Durable Object, which can be restored to any point of 30 days",
  },
  {
    asked: "a workflow that runs for a day",
    ask: (stack) =>
      new GithubWorkflow(stack, "Day", {
        repository: "agent-city",
        file: "day.yml",
        workflow: {
          name: "Day",
          on: { workflowDispatch: true },
          concurrency: { group: "day", cancelInProgress: false },
          jobs: { agent: { permissions: {}, timeoutMinutes: 24 * 60, steps: [{ name: "Work", run: "node agents/run.mjs" }] } },
        },
      }),
    instead: "six hours for each run, one run at a time for each subject",
  },
];

/** What the library says when it is asked. */
export function answerTo({ ask }: Refusal, outdir: string): string {
  const app = new App({ outdir });
  try {
    ask(new TerraformStack(app, "city"));
    app.synth();
  } catch (error) {
    if (error instanceof IntentError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
