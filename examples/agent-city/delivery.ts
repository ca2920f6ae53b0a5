import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { ACTIONS, github, GithubRepository, GithubWorkflow, type Workflow, type WorkflowTriggers } from "cdktf-governed-agents/github";
import type { Construct } from "constructs";
import { LABELS } from "./city";

/** An agent that works on what happens in the repository: one at a time for each subject, and for six hours at most. */
function agentWorkflow(name: string, on: WorkflowTriggers, subject: string): Workflow {
  return {
    name,
    on,
    concurrency: { group: `${name.toLowerCase().replaceAll(" ", "-")}-${subject}`, cancelInProgress: false },
    jobs: {
      agent: {
        name,
        permissions: { contents: "read", issues: "write", "pull-requests": "write" },
        timeoutMinutes: 360,
        steps: [
          { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": false } },
          { name: "Install", run: "npm ci" },
          { name: "Work", run: "node agents/run.mjs", env: { AGENT: name, GH_TOKEN: "${{ github.token }}" } },
        ],
      },
    },
  };
}

const WORKFLOWS: Readonly<Record<string, Workflow>> = {
  "pull-request": agentWorkflow("Pull request agent", { pullRequest: { branches: ["main"] } }, "${{ github.event.pull_request.number }}"),
  issue: agentWorkflow("Issue agent", { issues: ["opened", "labeled"] }, "${{ github.event.issue.number }}"),
  comment: agentWorkflow("Comment creator", { issueComment: ["created"] }, "${{ github.event.issue.number }}"),
};

/** The repository of the city and its three agents that work in runs. */
export class CityDelivery extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GithubProvider(this, "github", { owner: "acme" });
    const repository = new GithubRepository(this, "City", {
      plan: "team",
      name: "agent-city",
      codeOwners: [{ path: "*", owners: ["@acme/city"] }],
      governance: { endpoint: LABELS.governanceEndpoint, governanceId: LABELS.governanceId },
    });
    for (const [file, workflow] of Object.entries(WORKFLOWS)) {
      new GithubWorkflow(repository, `Workflow-${file}`, { repository: repository.repository.name, file: `${file}.yml`, workflow });
    }
    govern(this, { providers: [github], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }
}
