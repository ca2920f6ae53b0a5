import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import {
  deployWorkflow,
  github,
  GithubDeployIdentity,
  GithubRepository,
  GithubWorkflow,
  pullRequestWorkflow,
} from "cdktf-governed-agents/github";
import type { Construct } from "constructs";
import { LABELS, TRUST } from "./labels";

export interface DeliveryProps {
  /** Stacks in the order in which they are deployed. */
  readonly stacks: readonly string[];
  /** What a run has to know to take its role: values of another stack. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How it is delivered: reviewed, planned and guarded, and deployed without any key. */
export class Delivery extends TerraformStack {
  constructor(scope: Construct, id: string, { stacks, variables }: DeliveryProps) {
    super(scope, id);
    new GithubProvider(this, "github", { owner: "acme" });
    const code = new GithubRepository(this, "Code", {
      plan: "enterprise",
      name: "atlas",
      statusChecks: [{ name: "Verify" }],
      codeOwners: [{ path: "*", owners: ["@acme/platform"] }],
      governance: { endpoint: LABELS.governanceEndpoint, governanceId: LABELS.governanceId },
    });
    const repository = code.repository.name;
    new GithubDeployIdentity(this, "Production", { trust: TRUST, repository, variables, reviewers: { teams: [4711] } });
    new GithubWorkflow(this, "PullRequest", { repository, file: "pull-request.yml", workflow: pullRequestWorkflow() });
    const secrets = { CLOUDFLARE_API_TOKEN: "CLOUDFLARE_API_TOKEN" };
    new GithubWorkflow(this, "Deploy", {
      repository,
      file: "deploy.yml",
      workflow: deployWorkflow({ environment: TRUST.environment, stacks, secrets }),
    });
    govern(this, { providers: [github], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }
}
