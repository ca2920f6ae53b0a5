import type { Check, KeysOf } from "../../spec/check";
import { looksSecret } from "../../spec/environment";
import { ACTIONS, type ActionPins, type PinnedAction } from "./actions";
import type { Step } from "./workflow";

/** How the project of the stacks is built. */
export interface ProjectProps {
  /**
   * The branch from which stacks are deployed.
   * @default "main"
   */
  readonly branch?: string;
  /**
   * Major version of Node, 20 or newer.
   * @default 24
   */
  readonly node?: number;
  /** @default "npm ci" */
  readonly install?: string;
  /** @default "npm test" */
  readonly test?: string;
  /**
   * Writes the stacks to `cdktf.out`.
   * @default "npx cdktf synth"
   */
  readonly synth?: string;
  /**
   * Minutes after which a job is ended, 1 to 360.
   * @default 30
   */
  readonly timeoutMinutes?: number;
  /**
   * The lock file of what holds data; a stack that loses something of it does not pass.
   * @default - none is looked at
   */
  readonly lock?: string;
  /**
   * Other commits of the actions.
   * @default - those that the library pins
   */
  readonly actions?: ActionPins;
}

export interface Project {
  readonly branch: string;
  readonly node: number;
  readonly install: string;
  readonly test: string;
  readonly synth: string;
  readonly timeoutMinutes: number;
  readonly lock?: string;
  readonly actions: Record<keyof typeof ACTIONS, PinnedAction>;
}

export const PROJECT_PROPS = {
  branch: true,
  node: true,
  install: true,
  test: true,
  synth: true,
  timeoutMinutes: true,
  lock: true,
  actions: true,
} satisfies KeysOf<ProjectProps>;

const COMMAND = { pattern: /^[^\n]{1,500}$/, want: "one line of a shell script", hide: (line: string) => looksSecret("", line) };
const BRANCH = { pattern: /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/, want: "the name of a branch", default: "main" };
const PATH = { pattern: /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/, want: "a path inside the repository" };

/** Reads how a project is built. */
export function readProject(check: Check<ProjectProps>, props: ProjectProps): Project {
  return {
    branch: check.text("branch", BRANCH),
    node: check.integer("node", { min: 20, max: 99, default: 24 }),
    install: check.text("install", { ...COMMAND, default: "npm ci" }),
    test: check.text("test", { ...COMMAND, default: "npm test" }),
    synth: check.text("synth", { ...COMMAND, default: "npx cdktf synth" }),
    timeoutMinutes: check.integer("timeoutMinutes", {
      min: 1,
      max: 360,
      default: 30,
      source: "GitHub Actions ends every job after 6 hours",
    }),
    lock: check.tryText("lock", PATH),
    actions: { ...ACTIONS, ...props?.actions },
  };
}

/** Takes the code, without leaving the job's token beside it. */
export function checkoutStep({ actions }: Pick<Project, "actions">): Step {
  return { name: "Check out", uses: actions.checkout, with: { "persist-credentials": false } };
}

/** Takes the code and installs what it needs. */
export function installSteps(project: Project): Step[] {
  return [
    checkoutStep(project),
    { name: "Set up Node", uses: project.actions.setupNode, with: { "node-version": project.node } },
    { name: "Install", run: project.install },
  ];
}

/** Synthesizes the stacks, tests them, and asks whether their promises are kept. */
export function verifySteps(project: Project): Step[] {
  const lock = project.lock === undefined ? "" : ` --lock ${project.lock}`;
  return [
    { name: "Synthesize", run: project.synth },
    { name: "Test", run: project.test },
    { name: "Check promises", run: `npx governed-agents check cdktf.out${lock}` },
  ];
}
