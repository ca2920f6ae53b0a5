import { ActionsVariable } from "@cdktf/provider-github/lib/actions-variable";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { claimName } from "../../names";
import type { GovernanceProps } from "../../spec/governance";
import type { JobAgentSpec } from "../../spec/job-agent";
import { referenceText } from "../../spec/reference";
import type { ActionPins } from "../workflow/actions";
import { GithubWorkflow } from "../workflow/github-workflow";
import type { Permission } from "../workflow/workflow";
import { agentServiceSpec } from "./agent-service-spec";
import { agentWorkflow, enabledVariable, workflowFile } from "./agent-workflow";

/** Events of the repository that start an agent, each with its kinds. */
export interface AgentEvents {
  /** Such as `opened` or `labeled`. */
  readonly issues?: readonly string[];
  /** Comments on issues and pull requests: `created`, `edited`, `deleted`. */
  readonly issueComment?: readonly string[];
  /** Pull requests into the branch, such as `opened`. Those from forks get no secrets, so the agent does not report for them and fails. */
  readonly pullRequest?: readonly string[];
  /** Events that others send through the API, by their names. */
  readonly repositoryDispatch?: readonly string[];
}

export interface GithubAgentServiceProps {
  /** Name of the repository without its owner, in which the agent lives. It may be known only after apply. */
  readonly repository: string;
  /** How the agent reports, and under which identity; `keySecret` is the name of an Actions secret. */
  readonly governance: GovernanceProps;
  /** What runs, in full. It needs Node 20 or newer as `node`, which the reporter runs in. */
  readonly command: readonly string[];
  /**
   * Image that it runs in, with bash and Node, pinned by digest.
   * @default - none: the repository's code, on Ubuntu with Node 24
   */
  readonly image?: string;
  /**
   * One line of a shell script that prepares the code, such as `npm ci`. It has no secrets.
   * @default - none
   */
  readonly setup?: string;
  /**
   * Cron expressions in UTC, at most every 5 minutes. Runs start late at busy times, and some may be left out.
   * @default []
   */
  readonly schedules?: readonly string[];
  /**
   * Events that start it.
   * @default {}
   */
  readonly events?: AgentEvents;
  /**
   * Minutes after which a run is ended, 1 to 360.
   * @default 30
   */
  readonly timeoutMinutes?: number;
  /**
   * Runs after which the rest of the month has none: the bound of the cost. A run beyond it ends within its first minute, and costs that minute.
   * @default - as many as the schedules start; needed when there are events
   */
  readonly runsPerMonth?: number;
  /**
   * Plain environment variables, known at synth. What looks like a secret is refused.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Environment variables from Actions secrets: the name of the secret for each.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * What a run's own token may do, beside reading the runs of the workflow.
   * @default { contents: "read" }
   */
  readonly permissions?: Readonly<Partial<Record<Permission, "read" | "write">>>;
  /**
   * The kill switch: with false nothing starts the agent any more, and a variable of the repository stops it when somebody tries by hand.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The default branch of the repository: schedules and events of issues run from there only.
   * @default "main"
   */
  readonly branch?: string;
  /**
   * Other commits of the actions.
   * @default - those that the library pins
   */
  readonly actions?: ActionPins;
}

/**
 * An agent that GitHub Actions starts by schedule or event, that reports while it runs, and that ends.
 *
 * Creates `github_repository_file` with the workflow and `github_actions_variable` with the kill switch. Each minute costs 0.006 USD on Linux
 * with 2 CPUs in private repositories, rounded up for each run, after the minutes that are included in the plan; public repositories are free
 * (price list of 2026-01-01). At most runsPerMonth x timeoutMinutes: 100 runs of 30 minutes come to 18.00 USD.
 * It is no place for an agent that is always there: a job ends after 6 hours, and a month without a pause would be 43,800 minutes, 262.80 USD.
 * One run goes at a time; one more waits, and a later one takes its place. The run counts itself at GitHub and stops at `runsPerMonth`.
 * The reporting key is moved into a file and out of the agent's environment; heartbeats are sent from the same machine while the agent's process
 * runs, and one at its end says `inactive` or `error`. Between two runs there are none, so an alarm on missing heartbeats belongs to the
 * collector, which knows both.
 * Not covered: requests from outside (a job has no address), runners of one's own, Windows and macOS, a limit on outgoing connections.
 */
export class GithubAgentService extends Construct {
  /** The agent after defaults and checks. */
  readonly spec: JobAgentSpec;
  /** The workflow that runs it. */
  readonly workflow: GithubWorkflow;
  /** The variable that stops it without a commit: "true" lets it run. */
  readonly switch: ActionsVariable;

  constructor(scope: Construct, id: string, props: GithubAgentServiceProps) {
    super(scope, id);
    this.spec = agentServiceSpec(this, props);
    const { agentId } = this.spec.governance;
    const { repository, branch = "main", actions } = props;
    claimAgent(this, agentId);
    addLabels(this, { agentId });
    const variableName = enabledVariable(agentId);
    claimName(this, { kind: "kill switch" }, `${referenceText(this, repository)}/${variableName}`, "governance.agentId");
    this.switch = new ActionsVariable(this, "Switch", { repository, variableName, value: String(this.spec.enabled) });
    const workflow = agentWorkflow(this.spec, branch, actions);
    this.workflow = new GithubWorkflow(this, "Workflow", { repository, branch, file: workflowFile(agentId), workflow });
  }
}
