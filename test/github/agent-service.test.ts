import { GithubAgentService, type GithubAgentServiceProps } from "cdktf-governed-agents/github";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { parse } from "yaml";
import { ghFacts, ghSynth, resourcesOf } from "./support";
import { workflowProblems } from "./workflow-schema";

const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "triage", governanceId: "gov-7", keySecret: "GOVERNANCE_KEY" };
const BASE: GithubAgentServiceProps = {
  repository: "agents",
  governance: GOVERNANCE,
  command: ["node", "main.js"],
  schedules: ["17 */6 * * *"],
};
const PINNED = `ghcr.io/acme/triage@sha256:${"ab".repeat(32)}`;

const agent = (stack: TerraformStack, props: Partial<GithubAgentServiceProps> = {}, id = "Agent") =>
  new GithubAgentService(stack, id, { ...BASE, ...props });

const CASES: readonly (readonly [string, Partial<GithubAgentServiceProps>])[] = [
  ["the defaults", {}],
  ["an image", { image: PINNED, command: ["/usr/bin/node", "/app/main.js", "it's"] }],
  ["code that is prepared", { setup: "npm ci" }],
  [
    "events",
    {
      schedules: [],
      events: { issues: ["opened"], issueComment: ["created"], pullRequest: ["opened"], repositoryDispatch: ["triage_now"] },
      runsPerMonth: 500,
    },
  ],
  [
    "environment, secrets and rights",
    { environment: { LEVEL: "info" }, secrets: { LLM_KEY: "LLM_KEY" }, permissions: { issues: "write" } },
  ],
  ["other limits", { timeoutMinutes: 60, runsPerMonth: 300 }],
  ["other heartbeats", { governance: { ...GOVERNANCE, heartbeatSeconds: 45, missedHeartbeats: 7 } }],
  ["the kill switch", { enabled: false }],
];

interface File {
  readonly on: object;
  readonly concurrency: object;
  readonly jobs: {
    agent: { if: string; env: Record<string, string>; steps: { name: string; env?: Record<string, string>; run?: string }[] };
  };
}

const fileOf = (props: Partial<GithubAgentServiceProps> = {}): File => {
  let text = "";
  ghSynth((stack) => (text = agent(stack, props).workflow.text));
  return parse(text) as File;
};

const plain = fileOf({ secrets: { LLM_KEY: "LLM_KEY" } });

describe("GithubAgentService", () => {
  test.each(CASES)("Terraform says what was asked for, in a workflow that the schema takes: %s", (_name, props) => {
    let service: GithubAgentService | undefined;
    const facts = ghFacts((stack) => (service = agent(stack, props)));
    expect(facts.filter(({ kind }) => kind === "job-agent").map((fact) => fact.spec)).toEqual([service?.spec]);
    expect(workflowProblems(service?.workflow.text ?? "")).toEqual([]);
  });

  test("the agent has the governance contract, and the key reaches the reporter only", () => {
    expect(plain.jobs.agent.env).toMatchObject({
      GOVERNANCE_ENDPOINT: "https://governance.acme.dev",
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "triage",
      GOVERNANCE_KEY_FILE: "/tmp/governance/key",
      GOVERNANCE_HEARTBEAT_SECONDS: "30",
    });
    const holders = plain.jobs.agent.steps.filter(({ env }) => env?.GOVERNANCE_KEY !== undefined);
    expect(holders.map(({ name }) => name)).toEqual(["Run the agent", "Last heartbeat"]);
    expect(plain.jobs.agent.steps.filter(({ env }) => env?.LLM_KEY !== undefined).map(({ name }) => name)).toEqual(["Run the agent"]);
  });

  test("one run goes at a time, and the runs of a month are bounded by what the schedules start", () => {
    expect(plain.concurrency).toEqual({ group: "agent-triage", "cancel-in-progress": false });
    expect(plain.jobs.agent.env.RUNS_PER_MONTH).toBe("124");
  });

  test("the kill switch takes every trigger but the hand away, and the variable stops that too", () => {
    expect(fileOf({ enabled: false }).on).toEqual({ workflow_dispatch: {} });
    const values = (enabled: boolean) =>
      Object.values(
        resourcesOf(
          ghSynth((stack) => agent(stack, { enabled })),
          "github_actions_variable",
        ),
      );
    expect(values(true)).toEqual([expect.objectContaining({ variable_name: "AGENT_TRIAGE_ENABLED", value: "true" })]);
    expect(values(false)).toEqual([expect.objectContaining({ variable_name: "AGENT_TRIAGE_ENABLED", value: "false" })]);
    expect(plain.jobs.agent.if).toBe("vars.AGENT_TRIAGE_ENABLED == 'true'");
  });

  test("growing by events and another agent leaves every address where it was", () => {
    const addresses = (build: (stack: TerraformStack) => unknown) =>
      Object.entries(ghSynth(build).json.resource ?? {}).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
    const grown = addresses((stack) => {
      agent(stack, { governance: { ...GOVERNANCE, agentId: "first" } }, "A");
      agent(stack, { events: { issues: ["opened"] }, runsPerMonth: 200, secrets: { LLM_KEY: "LLM_KEY" } });
    });
    expect(grown).toEqual(expect.arrayContaining(addresses((stack) => agent(stack))));
    expect(addresses((stack) => agent(stack, { enabled: false }))).toEqual(addresses((stack) => agent(stack)));
  });

  test("fails for an agent that is always on, with what is and its price", () => {
    expect(() => ghSynth((stack) => agent(stack, { alwaysOn: true } as never))).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - alwaysOn: got true, want nothing: Actions runs jobs that end after 6 hours, and a month without a pause would be 43800 minutes, 262.80 USD; take a DigitalOceanAgentService (12.00 USD a month), an AwsAgentService (14.42), an OciAgentVm (23.23), a DigitalOceanAgentVm (26.00) or an AwsAgentVm (31.83; prices of 2024-01 to 2026-09); remove it"
    `);
    expect(() => ghSynth((stack) => agent(stack, { schedules: ["*/5 * * * *"], timeoutMinutes: 5 }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - runsPerMonth: got 8928, want less than 43200 minutes a month in all (runsPerMonth x timeoutMinutes): this is 44640 minutes, 267.84 USD, and as good as always on (43800 minutes); lower one of the two, or take a DigitalOceanAgentService (12.00 USD a month), an AwsAgentService (14.42), an OciAgentVm (23.23), a DigitalOceanAgentVm (26.00) or an AwsAgentVm (31.83; prices of 2024-01 to 2026-09)"
    `);
  });

  test("fails on everything that is wrong at once", () => {
    expect(() =>
      ghSynth((stack) =>
        agent(stack, {
          repository: "agents",
          command: [],
          image: "ghcr.io/acme/triage:latest",
          schedules: ["*/2 * * * *", "daily"],
          events: { issues: [], pullRequestTarget: ["opened"] },
          timeoutMinutes: 361,
          environment: { API_TOKEN: "x", AGENT_ID: "me", URL: new TerraformVariable(stack, "Url", {}).stringValue },
          secrets: { LLM_KEY: "sk-live-1" },
          governance: { ...GOVERNANCE, endpoint: "http://acme.dev", keySecret: "sk-live-1" },
          actions: { checkuot: {} },
          replicas: { min: 1, max: 2 },
          schedule: "0 0 * * *",
        } as never),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 18 problems
       - replicas: got {"min":1,"max":2}, want nothing: no copies wait for work; Actions runs jobs that end after 6 hours, and a month without a pause would be 43800 minutes, 262.80 USD; take a DigitalOceanAgentService (12.00 USD a month), an AwsAgentService (14.42), an OciAgentVm (23.23), a DigitalOceanAgentVm (26.00) or an AwsAgentVm (31.83; prices of 2024-01 to 2026-09); remove it
       - schedule: got "0 0 * * *", want no such prop; did you mean "schedules"?
       - schedules: got "*/2 * * * *", want 5 minutes or more between two runs (GitHub Actions limit); these are 2 apart at times; run less often
       - schedules: got "daily", want five fields "minute hour day-of-month month day-of-week" in UTC that name a time that comes; such as "17 */6 * * *"
       - events.pullRequestTarget: got ["opened"], want no such prop; did you mean "pullRequest"?
       - events.issues: got [], want kinds of the event, such as ["opened"]
       - timeoutMinutes: got 361, want a whole number, 1 to 360 (GitHub Actions ends every job after 6 hours)
       - image: got "ghcr.io/acme/triage:latest", want an image that ends with "@sha256:<64 hex digits>", because a tag can be moved to other code; take the digest from your build
       - command: got [], want a list of words such as ["node", "server.js"]
       - runsPerMonth: got nothing, want a bound when there are events: nobody knows how many come; such as 500
       - runsPerMonth: got 22320, want less than 43200 minutes a month in all (runsPerMonth x timeoutMinutes): this is 669600 minutes, 4017.60 USD, and as good as always on (43800 minutes); lower one of the two, or take a DigitalOceanAgentService (12.00 USD a month), an AwsAgentService (14.42), an OciAgentVm (23.23), a DigitalOceanAgentVm (26.00) or an AwsAgentVm (31.83; prices of 2024-01 to 2026-09)
       - governance.endpoint: got "http://acme.dev", want an https URL without credentials, query or fragment
       - governance.keySecret: got text that may hold a secret (hidden), want the name of an Actions secret: upper case letters, digits and _, not starting with a digit or GITHUB_; store the key as a secret and give its reference
       - environment.API_TOKEN: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.API_TOKEN
       - environment.AGENT_ID: got "me", want a name that the governance contract does not set; set it through the prop governance
       - environment.URL: got a value known only after apply, want a value known at synth: the workflow is a file in the repository; keep it as variable of the repository and write "\${{ vars.URL }}"
       - secrets.LLM_KEY: got text that may hold a secret (hidden), want the name of an Actions secret: upper case letters, digits and _, not starting with a digit or GITHUB_; store it as a secret and give its reference
       - actions: got "checkuot", want one of checkout, setupNode, uploadArtifact, downloadArtifact, setupTerraform, awsCredentials"
    `);
  });

  test("fails when nothing starts it, and when two agents share an id or a kill switch", () => {
    expect(() => ghSynth((stack) => agent(stack, { schedules: [] }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - schedules: got [], want one schedule or event at least; such as schedules: ["17 */6 * * *"]"
    `);
    expect(() =>
      ghSynth((stack) => {
        agent(stack);
        agent(stack, {}, "Other");
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Other: 1 problem
       - governance.agentId: got "triage", want an agent id that test/Agent does not use already; give one of the two agents another id"
    `);
    expect(() =>
      ghSynth((stack) => {
        agent(stack, { governance: { ...GOVERNANCE, agentId: "tri.age" } });
        agent(stack, { governance: { ...GOVERNANCE, agentId: "tri-age" } }, "Other");
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Other: 1 problem
       - governance.agentId: got "agents/AGENT_TRI_AGE_ENABLED", want a kill switch name that test/Agent does not use already; give one of the two constructs another governance.agentId"
    `);
  });
});
