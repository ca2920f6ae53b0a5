import * as fs from "node:fs";
import * as path from "node:path";
import { deployWorkflow, GithubAgentService, pullRequestWorkflow, workflowText } from "cdktf-governed-agents/github";
import { ghSynth } from "../github/support";
import { WORK } from "./support/paths";
import { run, withoutColour } from "./support/run";
import { findTool, notChecked, say } from "./support/tools";

const STACKS = { stacks: ["network", "agents"] } as const;
const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "triage", governanceId: "gov-7", keySecret: "GOVERNANCE_KEY" };
const PINNED = `ghcr.io/acme/triage@sha256:${"ab".repeat(32)}`;

function agentText(props: object): string {
  let text = "";
  ghSynth((stack) => {
    const base = { repository: "agents", governance: GOVERNANCE, command: ["node", "main.js", "it's"], schedules: ["17 */6 * * *"] };
    text = new GithubAgentService(stack, "Agent", { ...base, ...props }).workflow.text;
  });
  return text;
}

const EVENTS = { issues: ["opened"], issueComment: ["created"], pullRequest: ["opened"], repositoryDispatch: ["go"] };

const WORKFLOWS: Readonly<Record<string, string>> = {
  "pull-request": workflowText(pullRequestWorkflow()),
  "pull-request-plan": workflowText(pullRequestWorkflow({ lock: "stateful.lock.json", plan: { ...STACKS, environment: "plan" } })),
  deploy: workflowText(
    deployWorkflow({
      ...STACKS,
      environment: "production",
      approvals: "approvals.json",
      secrets: { CLOUDFLARE_API_TOKEN: "CLOUDFLARE_API_TOKEN" },
    }),
  ),
  agent: agentText({ setup: "npm ci" }),
  "agent-image": agentText({ image: PINNED, events: EVENTS, runsPerMonth: 500, secrets: { LLM_KEY: "LLM_KEY" } }),
  "agent-off": agentText({ enabled: false }),
};

const FOLDER = path.join(WORK, "workflows", ".github", "workflows");

function save(name: string, text: string): string {
  fs.mkdirSync(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${name}.yml`);
  fs.writeFileSync(file, text);
  return file;
}

const actionlint = findTool("actionlint");
const shellcheck = findTool("shellcheck");

describe("generated workflows", () => {
  if (actionlint === undefined) {
    notChecked("workflows by actionlint: it is not installed (scripts/ci/tools.sh installs it where Go is)");
    return;
  }
  if (shellcheck === undefined) notChecked("scripts in workflows by shellcheck: it is not installed");
  const lint = (file: string) => run(actionlint, ["-no-color", `-shellcheck=${shellcheck ?? ""}`, "-pyflakes=", file]);

  test.each(Object.keys(WORKFLOWS))("%s: actionlint has nothing to say", async (name) => {
    const { code, stdout, stderr } = await lint(save(name, WORKFLOWS[name] as string));
    expect(withoutColour(stdout + stderr)).toBe("");
    expect(code).toBe(0);
    say(`CHECKED: workflow ${name} by actionlint${shellcheck === undefined ? "" : " and shellcheck"}`);
  });

  test("actionlint sees what is wrong, in the workflow and in its scripts", async () => {
    const wrong = (WORKFLOWS.deploy as string).replace("vars.AWS_REGION", "varz.AWS_REGION").replace("run: npm ci", "run: echo $UNQUOTED");
    const { code, stdout } = await lint(save("wrong", wrong));
    expect(code).toBe(1);
    expect(stdout).toContain("varz");
    if (shellcheck !== undefined) expect(stdout).toContain("SC2086");
  });
});
