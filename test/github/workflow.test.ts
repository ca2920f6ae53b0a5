import { Repository } from "@cdktf/provider-github/lib/repository";
import {
  ACTIONS,
  deployWorkflow,
  GithubWorkflow,
  pullRequestWorkflow,
  workflowText,
  type GithubWorkflowProps,
  type Workflow,
} from "cdktf-governed-agents/github";
import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import { escapeTemplate, unescapeTemplate } from "../../lib/github/workflow/template";
import { ghFacts, ghSynth, resourcesOf } from "./support";
import { workflowProblems } from "./workflow-schema";

const STACKS = { stacks: ["network", "agents"] } as const;
const DEPLOY = { ...STACKS, environment: "production" } as const;

const ALL: readonly (readonly [string, Workflow])[] = [
  ["a pull request", pullRequestWorkflow()],
  ["a pull request with a plan", pullRequestWorkflow({ lock: "stateful.lock.json", plan: { ...STACKS, environment: "plan" } })],
  ["a pull request without comment", pullRequestWorkflow({ comment: false, branch: "trunk" })],
  ["a deployment", deployWorkflow(DEPLOY)],
  [
    "a deployment to Cloudflare",
    deployWorkflow({ ...DEPLOY, aws: false, secrets: { CLOUDFLARE_API_TOKEN: "CLOUDFLARE_API_TOKEN" }, approvals: "approvals.json" }),
  ],
];

const file = (stack: TerraformStack, props: Partial<GithubWorkflowProps> = {}, id = "Ci") =>
  new GithubWorkflow(stack, id, { repository: "infra", file: "ci.yml", workflow: pullRequestWorkflow(), ...props });

const step = (run: string, more: object = {}): Workflow => ({
  name: "Own",
  on: { workflowDispatch: true },
  concurrency: { group: "own", cancelInProgress: false },
  jobs: { own: { permissions: {}, timeoutMinutes: 5, steps: [{ name: "Run", run, ...more }] } },
});

type Jobs = Record<
  string,
  { permissions: object; "timeout-minutes": number; environment?: string; steps: { uses?: string; run?: string }[] }
>;
const documentOf = (workflow: Workflow) => parse(workflowText(workflow)) as { permissions: object; concurrency: object; jobs: Jobs };

describe("generated workflows", () => {
  test.each(ALL)("%s: passes the schema of workflows", (_name, workflow) => {
    expect(workflowProblems(workflowText(workflow))).toEqual([]);
  });

  test("the schema refuses what is wrong", () => {
    expect(workflowProblems("on: push\njobs: {}")).not.toEqual([]);
    expect(workflowProblems(workflowText(pullRequestWorkflow()).replace("timeout-minutes", "timeout"))).not.toEqual([]);
  });

  test.each(ALL)("%s: every action is pinned, every job has an end and says what its token may do", (_name, workflow) => {
    const { permissions, concurrency, jobs } = documentOf(workflow);
    expect(permissions).toEqual({});
    expect(concurrency).toEqual({ group: expect.any(String), "cancel-in-progress": expect.any(Boolean) });
    for (const job of Object.values(jobs)) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(360);
      expect(job.permissions).toBeDefined();
      for (const { uses } of job.steps) if (uses !== undefined) expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
    }
  });

  test("the file names the version behind each commit", () => {
    expect(workflowText(pullRequestWorkflow())).toContain(`uses: actions/checkout@${ACTIONS.checkout.sha} # ${ACTIONS.checkout.version}`);
  });

  test("the code of a pull request never runs where something may be written", () => {
    const { jobs } = documentOf(pullRequestWorkflow());
    for (const job of Object.values(jobs)) {
      const writes = Object.values(job.permissions).includes("write");
      const runsCode = job.steps.some(({ uses }) => uses?.startsWith("actions/checkout"));
      expect(writes && runsCode).toBe(false);
    }
  });

  test("a deployment has credentials behind the environment only, and applies what was planned and guarded", () => {
    const { jobs } = documentOf(deployWorkflow(DEPLOY));
    expect(Object.entries(jobs).map(([name, job]) => [name, job.environment, job.permissions])).toEqual([
      ["verify", undefined, { contents: "read" }],
      ["deploy", "production", { contents: "read", "id-token": "write" }],
    ]);
    const names = (jobs.deploy as unknown as { steps: { name: string }[] }).steps.map(({ name }) => name);
    expect(names.slice(-6)).toEqual(["Plan network", "Guard network", "Apply network", "Plan agents", "Guard agents", "Apply agents"]);
    expect(jobs.deploy?.steps.at(-1)?.run).toBe("terraform -chdir=cdktf.out/stacks/agents apply -input=false -lock-timeout=5m plan.bin");
  });

  test("other commits of the actions are taken", () => {
    const checkout = { action: "acme/checkout", sha: "a".repeat(40), version: "v1" };
    expect(workflowText(pullRequestWorkflow({ actions: { checkout } }))).toContain(`acme/checkout@${"a".repeat(40)} # v1`);
  });

  test("fails on everything that is wrong with a deployment at once", () => {
    expect(() =>
      deployWorkflow({
        stacks: ["a b", "network", "network"],
        environment: "prod*",
        timeoutMinutes: 400,
        terraform: "latest",
        secrets: { token: "ghp_abc", API_TOKEN: "sk-live-123" },
        approvals: "../x",
        node: 18,
        branch: "",
        brnch: "main",
      } as never),
    ).toThrowErrorMatchingInlineSnapshot(`
     "deployWorkflow: 12 problems
       - brnch: got "main", want no such prop; did you mean "branch"?
       - branch: got "", want the name of a branch
       - node: got 18, want a whole number, 20 to 99
       - timeoutMinutes: got 400, want a whole number, 1 to 360 (GitHub Actions ends every job after 6 hours)
       - stacks: got "a b", want names of stacks in the order in which they are applied
       - stacks: got "network", want every stack once
       - secrets.token: got "token", want a name of upper case letters, digits and "_"
       - secrets.token: got text that may hold a secret (hidden), want the name of an Actions secret: upper case letters, digits and _, not starting with a digit or GITHUB_; store the value as secret of the repository or environment and give its name
       - secrets.API_TOKEN: got text that may hold a secret (hidden), want the name of an Actions secret: upper case letters, digits and _, not starting with a digit or GITHUB_; store the value as secret of the repository or environment and give its name
       - approvals: got "../x", want a path inside the repository
       - terraform: got "latest", want an exact version of Terraform, such as "1.11.4"
       - environment: got "prod*", want the name of an environment: letters, digits, ".", "_", "-" and spaces inside"
    `);
  });

  test("fails on actions that are not pinned", () => {
    const checkout = { action: "actions/checkout", sha: "v7", version: "v7" };
    expect(() => pullRequestWorkflow({ comment: false, actions: { checkout } })).toThrowErrorMatchingInlineSnapshot(`
     "pullRequestWorkflow: 1 problem
       - workflow.jobs.verify.steps.0.uses: got {"action":"actions/checkout","sha":"v7","version":"v7"}, want an action pinned by the full SHA of a commit (40 hex digits): a tag can be moved to other code; take the commit of the version that you reviewed"
    `);
  });
});

describe("GithubWorkflow", () => {
  test.each(ALL)("Terraform says what was asked for: %s", (_name, workflow) => {
    let spec: unknown;
    const facts = ghFacts((stack) => (spec = file(stack, { workflow }).spec));
    expect(facts.filter(({ kind }) => kind === "workflow").map((fact) => fact.spec)).toEqual([spec]);
  });

  test("expressions of Actions reach the file, not Terraform", () => {
    const content = Object.values(
      resourcesOf(
        ghSynth((stack) => file(stack)),
        "github_repository_file",
      ),
    )[0]?.content as string;
    expect(content).toContain("$${{ github.token }}");
    expect(content.replaceAll("$${", "")).not.toContain("${");
    expect(unescapeTemplate(content)).toBe(workflowText(pullRequestWorkflow()));
    for (const text of ["${{ a }}", "$${b}", "%{ c }", "%%{", "$", "$$$${{"]) expect(unescapeTemplate(escapeTemplate(text))).toBe(text);
  });

  test("a file that is there already is not overwritten, and a repository of the same stack is referred to", () => {
    const result = ghSynth((stack) => {
      const repository = new Repository(stack, "Repo", { name: "infra" });
      file(stack, { repository: repository.name, branch: "trunk" });
    });
    expect(Object.values(resourcesOf(result, "github_repository_file"))).toEqual([
      expect.objectContaining({
        repository: "${github_repository.Repo.name}",
        branch: "trunk",
        file: ".github/workflows/ci.yml",
        overwrite_on_create: false,
      }),
    ]);
  });

  test("fails on two workflows of one file", () => {
    expect(() =>
      ghSynth((stack) => {
        file(stack);
        file(stack, {}, "Other");
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Other: 1 problem
       - file: got "infra/main/.github/workflows/ci.yml", want a workflow file name that test/Ci does not use already; give one of the two constructs another file"
    `);
  });

  test("fails on everything that is wrong with a workflow at once", () => {
    const workflow = {
      name: "Bad",
      on: { schedule: ["* * * * *", "0 0 31 2 *"], push: { branches: [] } },
      jobs: {
        "1st": { timeoutMinutes: 361, needs: ["nobody"], container: "node:24", env: { API_TOKEN: "x" }, steps: [] },
        second: {
          permissions: {},
          timeoutMinutes: 0,
          steps: [
            { name: "Unpinned", uses: { action: "actions/checkout", sha: "main", version: "main" } },
            { name: "Injected", run: 'echo "${{ github.event.issue.title }}"' },
            { name: "Leaky", run: "curl -H 'authorization: ghp_abcdefghijklmnopqrstuvwxyz0123456789'" },
            { run: "", env: { OK: "${{ secrets.OK }}", DB_PASSWORD: "hunter2", DB_SECRET: "${{ secrets.DB }}" } },
          ],
        },
      },
    };
    expect(() => ghSynth((stack) => file(stack, { workflow: workflow as never, repository: "acme/infra", file: "../ci.yml" })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Ci: 20 problems
       - workflow.on.push: got {"branches":[]}, want one entry or more
       - workflow.on.schedule: got "* * * * *", want 5 minutes or more between two runs (GitHub Actions limit); these are 1 apart at times; run less often
       - workflow.on.schedule: got "0 0 31 2 *", want five fields "minute hour day-of-month month day-of-week" in UTC that name a time that comes; such as "17 */6 * * *"
       - workflow.concurrency: got nothing, want a group, so that runs do not pass each other; such as { group: "deploy", cancelInProgress: false }
       - workflow.jobs.1st: got "1st", want a name of letters, digits, "_" and "-" that starts with a letter or "_"
       - workflow.jobs.1st.timeoutMinutes: got 361, want a whole number, 1 to 360 (GitHub Actions ends every job after 6 hours); split the work, or run it on a machine or service of another provider
       - workflow.jobs.1st.permissions: got nothing, want what the job's token may do; {} when that is nothing
       - workflow.jobs.1st.needs: got "nobody", want another job: second
       - workflow.jobs.1st.container: got "node:24", want an image that ends with "@sha256:<64 hex digits>": a tag can be moved to other code
       - workflow.jobs.1st.env.API_TOKEN: got something that looks like a secret, want no secret in plain text; store it as a secret and write "\${{ secrets.API_TOKEN }}"
       - workflow.jobs.1st.steps: got [], want one step or more
       - workflow.jobs.second.timeoutMinutes: got 0, want a whole number, 1 to 360 (GitHub Actions ends every job after 6 hours); split the work, or run it on a machine or service of another provider
       - workflow.jobs.second.steps.0.uses: got {"action":"actions/checkout","sha":"main","version":"main"}, want an action pinned by the full SHA of a commit (40 hex digits): a tag can be moved to other code; take the commit of the version that you reviewed
       - workflow.jobs.second.steps.1.run: got "echo \\"\${{ github.event.issue.title }}\\"", want a script without expressions: what others wrote would become code; give the expression as env of the step and use the variable, in quotes
       - workflow.jobs.second.steps.2.run: got something that looks like a secret, want no secret in plain text; store it as a secret and give it as env
       - workflow.jobs.second.steps.3.name: got nothing, want what the step does, for people
       - workflow.jobs.second.steps.3.env.DB_PASSWORD: got something that looks like a secret, want no secret in plain text; store it as a secret and write "\${{ secrets.DB_PASSWORD }}"
       - workflow.jobs.second.steps.3.run: got "", want a script
       - repository: got "acme/infra", want the name of the repository without its owner
       - file: got "../ci.yml", want a file name in lower case that ends with ".yml", without folders"
    `);
  });

  test("fails on a value that is known only after apply where the file needs a literal", () => {
    expect(() =>
      ghSynth((stack) => {
        const repository = new Repository(stack, "Repo", { name: "infra" });
        file(stack, { workflow: step("true", { env: { URL: repository.httpCloneUrl } }) });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Ci: 1 problem
       - workflow.jobs.own.steps.0.env.URL: got a value known only after apply, want a value known at synth: the workflow is a file in the repository; give a literal, or keep the value as variable of the repository and write "\${{ vars.NAME }}""
    `);
  });

  test("fails without a workflow", () => {
    expect(() => ghSynth((stack) => file(stack, { workflow: undefined }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Ci: 1 problem
       - workflow: got nothing, want a workflow, such as deployWorkflow makes"
    `);
  });
});
