import { Repository } from "@cdktf/provider-github/lib/repository";
import { GithubAgentService, GithubWorkflow, pullRequestWorkflow, type GithubAgentServiceProps } from "cdktf-governed-agents/github";
import { costs, gaps, ghEstimate } from "./price-support";
import { ghSynth } from "./support";

const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "triage", governanceId: "gov-7", keySecret: "GOVERNANCE_KEY" };
const BASE = { repository: "agents", governance: GOVERNANCE, command: ["node", "main.js"], schedules: ["17 */6 * * *"] };

const priced = (props: Partial<GithubAgentServiceProps> = {}, visibility?: string) =>
  ghEstimate(
    ghSynth((stack) => {
      const repository = visibility === undefined ? "agents" : new Repository(stack, "Repo", { name: "agents", visibility }).name;
      new GithubAgentService(stack, "Agent", { ...BASE, repository, ...props });
      new GithubWorkflow(stack, "Pr", { repository, file: "pr.yml", workflow: pullRequestWorkflow() });
    }).json.resource,
  );

/** Sums by hand: runs x minutes x 0.006 USD. */
describe("what an agent on Actions costs", () => {
  test.each<readonly [string, Partial<GithubAgentServiceProps>, string | undefined, Readonly<Record<string, string>>]>([
    ["124 runs of 30 minutes", {}, undefined, { "minutes of an agent": "0 to 22.32" }],
    [
      "100 runs of 10 minutes by event",
      { schedules: [], events: { issues: ["opened"] }, runsPerMonth: 100, timeoutMinutes: 10 },
      "private",
      { "minutes of an agent": "0 to 6" },
    ],
    ["a public repository", {}, "public", {}],
    ["an agent that is switched off", { enabled: false }, "private", {}],
  ])("%s", (_name, props, visibility, expected) => {
    expect(costs(priced(props, visibility))).toEqual(expected);
    expect(gaps(priced(props, visibility))).toEqual([]);
  });
});
