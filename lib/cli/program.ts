import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type * as checkCommand from "./commands/check";
import type * as compareCommand from "./commands/compare";
import type * as estimateCommand from "./commands/estimate";
import type * as explainCommand from "./commands/explain";
import type * as planGuardCommand from "./commands/plan-guard";
import type * as reportCommand from "./commands/report";
import { EXIT, type ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

const load = createRequire(__filename);

const FOLDER = "cdktf.out, a project that has one, or the folder of one stack";

const EXIT_CODES = `
Exit codes: 0 every promise that was looked at holds; 1 a promise is broken; 2 wrong usage, or input that can't be used.`;

const OVERVIEW = `
Usual order:
  npx cdktf synth                              # writes cdktf.out
  npx governed-agents check                    # are all promises kept?
  npx governed-agents estimate --budget 200    # what does it cost, and does that fit?
  npx governed-agents report                   # one page for the people who pay
  terraform -chdir=cdktf.out/stacks/<stack> plan -out=plan.bin
  terraform -chdir=cdktf.out/stacks/<stack> show -json plan.bin | npx governed-agents plan-guard -
${EXIT_CODES}`;

/** Runs one command. Everything that can go wrong ends in one message and an exit code. */
export function runCommandLine(args: readonly string[], terminal: Terminal): ExitCode {
  let code: ExitCode = EXIT.ok;
  const program = commands(terminal, (result) => (code = result));
  try {
    program.parse(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.err(`governed-agents: ${(error as Error).message}`);
    return EXIT.usage;
  }
}

function commands(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command("governed-agents")
    .description("Checks what stacks of cdktf-governed-agents promise: cost, recovery, rules, and that no data is lost.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      getOutHasColors: () => terminal.colours,
    })
    .addHelpText("after", OVERVIEW);
  addCheck(program, terminal, end);
  addEstimate(program, terminal, end);
  addCompare(program, terminal, end);
  addPlanGuard(program, terminal, end);
  addReport(program, terminal, end);
  addExplain(program, terminal, end);
  return program;
}

type Add = (program: Command, terminal: Terminal, end: (code: ExitCode) => void) => void;

const addCheck: Add = (program, terminal, end) => {
  command(
    program,
    "check",
    "Are the promises of the stacks kept? Labels, budgets, recovery targets, rules, and the lock of what holds data.",
  )
    .argument("[folder]", FOLDER, "cdktf.out")
    .option("--stack <name>", "this stack only")
    .addOption(
      new Option("--pack <pack>", "rules for stacks that were synthesized without any")
        .choices(["baseline", "regulated"])
        .default("baseline"),
    )
    .addOption(
      new Option("--fail-on <severity>", "mildest finding that breaks the promise")
        .choices(["critical", "high", "medium", "low"])
        .default("high"),
    )
    .option("--lock <file>", "lock file of what holds data, such as stateful.lock.json")
    .addOption(asOf())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      examples("check", "check examples/city --stack city-us --fail-on medium", "check --lock stateful.lock.json --json"),
    )
    .action((folder: string, options: CheckOptions) =>
      end((load("./commands/check") as typeof checkCommand).check(folder, options, terminal)),
    );
};

const addEstimate: Add = (program, terminal, end) => {
  command(program, "estimate", "What do the stacks cost a month, line by line, and what has no price? Needs no network.")
    .argument("[folder]", FOLDER, "cdktf.out")
    .option("--stack <name>", "this stack only")
    .addOption(new Option("--usage <profile>", "what is assumed of the use").choices(["idle", "small"]).default("idle"))
    .option("--budget <usd>", "most that a month of one stack may cost; breaks the promise when it costs more", usd)
    .option("--advisory", "with --budget: what has no price warns instead of failing")
    .addOption(asOf())
    .option("--max-price-age <days>", PRICE_AGE, days)
    .option("--json", "print every line as JSON")
    .addHelpText("after", examples("estimate", "estimate --usage small --budget 200", "estimate --json > estimate.json"))
    .action((folder: string, options: EstimateCommandOptions) =>
      end((load("./commands/estimate") as typeof estimateCommand).estimateStacks(folder, options, terminal)),
    );
};

const addCompare: Add = (program, terminal, end) => {
  command(
    program,
    "compare",
    "How does the cost of variants stand to the first one's, and what does each lack? A percentage needs equal capabilities and two complete totals.",
  )
    .argument("<folders...>", "folders of stacks, such as cdktf.out: every stack in them is a variant")
    .option("--capabilities <file>", "JSON of what the stacks can do, by name of the stack, instead of what their Terraform says")
    .addOption(new Option("--usage <profile>", "what is assumed of the use").choices(["idle", "small"]).default("idle"))
    .addOption(asOf())
    .option("--max-price-age <days>", PRICE_AGE, days)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `${CAPABILITIES}${examples("compare examples/personal-employee/cdktf.out", "compare before/cdktf.out after/cdktf.out --capabilities capabilities.json")}`,
    )
    .action((folders: string[], options: CompareOptions) =>
      end((load("./commands/compare") as typeof compareCommand).compare(folders, options, terminal)),
    );
};

const addPlanGuard: Add = (program, terminal, end) => {
  command(
    program,
    "plan-guard",
    "Does a plan of Terraform delete, replace or forget anything that holds data? Every such loss needs an approval.",
  )
    .argument("<plan>", "what terraform show -json wrote; - reads it from standard input")
    .option("--approvals <file>", "JSON of what may be lost")
    .addOption(asOf())
    .option("--json", "print the result as JSON")
    .addHelpText("after", `${APPROVALS}${examples("plan-guard plan.json", "plan-guard plan.json --approvals approvals.json")}`)
    .action((plan: string, options: PlanGuardCommandOptions) =>
      end((load("./commands/plan-guard") as typeof planGuardCommand).guardPlan(plan, options, terminal)),
    );
};

const addReport: Add = (program, terminal, end) => {
  command(
    program,
    "report",
    "Writes the report of all governed stacks: HTML for people, Markdown for a pull request, SARIF for code scanning, a Mermaid diagram.",
  )
    .argument("[folder]", FOLDER, "cdktf.out")
    .option("-o, --output <folder>", "where to write it", "governance-report")
    .option("--stack <name>", "this stack only")
    .option("--previous <folder>", "output of an earlier synth; the report shows what changed since")
    .option("--title <title>", "heading of the report")
    .option("--json", "print the manifests as JSON and write nothing")
    .addHelpText("after", examples("report", "report --previous main/cdktf.out -o report"))
    .action((folder: string, options: ReportCommandOptions) =>
      end((load("./commands/report") as typeof reportCommand).report(folder, options, terminal)),
    );
};

const addExplain: Add = (program, terminal, end) => {
  command(program, "explain", "What does a rule ask for, why, and what to do? Without a rule: all of them.")
    .argument("[rule]", "id of a rule, as it stands in a finding")
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples("explain", "explain database-encrypted"))
    .action((rule: string | undefined, options: { json?: boolean }) =>
      end((load("./commands/explain") as typeof explainCommand).explain(rule, options, terminal)),
    );
};

const APPROVALS = `
The approvals are a file like this:
  { "approvals": [{ "address": "<type>.<name>", "reason": "moved to the new cluster", "expires": "2026-12-31" }] }
`;

const CAPABILITIES = `
The capabilities of a stack are an object like this; two have to be equal for a percentage:
  { "runtime": "continuous", "vcpus": 2, "memoryGiB": 4, "storageGiB": 20, "zones": 1,
    "ingress": "none", "database": "none", "egress": "direct" }
`;

export interface CheckOptions {
  readonly stack?: string;
  readonly pack: "baseline" | "regulated";
  readonly failOn: "critical" | "high" | "medium" | "low";
  readonly lock?: string;
  readonly asOf: string;
  readonly json?: boolean;
}

export interface EstimateCommandOptions {
  readonly stack?: string;
  readonly usage: "idle" | "small";
  readonly budget?: number;
  readonly advisory?: boolean;
  readonly maxPriceAge?: number;
  readonly asOf: string;
  readonly json?: boolean;
}

export interface CompareOptions {
  readonly capabilities?: string;
  readonly usage: "idle" | "small";
  readonly maxPriceAge?: number;
  readonly asOf: string;
  readonly json?: boolean;
}

export interface PlanGuardCommandOptions {
  readonly approvals?: string;
  readonly asOf: string;
  readonly json?: boolean;
}

export interface ReportCommandOptions {
  readonly output: string;
  readonly stack?: string;
  readonly previous?: string;
  readonly title?: string;
  readonly json?: boolean;
}

function command(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).helpOption("-h, --help", "explain this command");
}

function asOf(): Option {
  const today = new Date().toISOString().slice(0, 10);
  return new Option("--as-of <day>", "day for which prices, approvals and acknowledgements hold, YYYY-MM-DD").default(today, "today");
}

const PRICE_AGE = "how old a price may be, in days, to rely on it";

function days(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Want a whole number of days, 1 or more.");
  return Number(text);
}

function usd(text: string): number {
  if (!/^\d+(\.\d{1,2})?$/.test(text)) throw new InvalidArgumentError("Want an amount of USD in whole cents, such as 20 or 19.99.");
  return Number(text);
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  npx governed-agents ${line}`).join("\n")}\n${EXIT_CODES}`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
  return manifest.version;
}
