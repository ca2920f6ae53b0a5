import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { github, GithubRepository } from "cdktf-governed-agents/github";
import type { Construct } from "constructs";

/** The repository that the agents are made in: reviewed, checked, and with the governance contract in its variables. */
export class GithubStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GithubProvider(this, "github", { owner: "acme" });
    new GithubRepository(this, "Agents", {
      plan: "team",
      name: "research-agents",
      description: "Research agents and their infrastructure",
      statusChecks: [{ name: "Verify" }],
      codeOwners: [{ path: "*", owners: ["@acme/research"] }],
      governance: { endpoint: "https://governance.acme.dev", governanceId: "gov-7" },
    });
    govern(this, {
      providers: [github],
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      policy: {},
      labels: {
        project: "atlas",
        environment: "production",
        costCenter: "r-and-d",
        owner: "research@acme.dev",
        governanceId: "gov-7",
        governanceEndpoint: "https://governance.acme.dev",
      },
    });
  }
}
