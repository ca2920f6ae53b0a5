import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMPTY_LOCK, Inventory, statefulResources, withStack, writeLock, type TerraformJson } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { repositoryApps, synthesize, type RepositoryApp } from "../../scripts/apps";
import { run, runJson } from "./support";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
const out = join(folder, "cdktf.out");
const stack = join(out, "stacks", "research-agents");
const asOf = ["--as-of", "2026-11-21"];
const write = (name: string, value: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
};

beforeAll(() => {
  synthesize(repositoryApps().find(({ name }) => name === "quickstart") as RepositoryApp, out);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the command line", () => {
  test("teaches: what there is, in which order, and what the exit codes mean", () => {
    const { code, out: help } = run(["--help"]);
    expect(code).toBe(0);
    for (const word of ["check", "estimate", "compare", "plan-guard", "report", "explain", "Exit codes: 0"]) expect(help).toContain(word);
    expect(run(["plan-guard", "--help"]).out).toMatch(/"approvals": \[\{ "address"[\s\S]*npx governed-agents plan-guard plan\.json/);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["an unknown command", ["estimat"], /unknown command 'estimat'\n\(Did you mean estimate\?\)/],
    ["an unknown option", ["check", "--strict"], /unknown option '--strict'/],
    ["a missing plan", ["plan-guard"], /missing required argument 'plan'/],
    ["a budget of fractions of cents", ["estimate", "--budget", "19.999"], /Want an amount of USD in whole cents/],
    ["a negative budget", ["estimate", "--budget=-1"], /Want an amount of USD in whole cents/],
    ["a day that does not exist", ["estimate", "<out>", "--as-of", "2026-02-30"], /asOf: got "2026-02-30", want a day as YYYY-MM-DD/],
    [
      "a folder that is not there",
      ["check", "nowhere"],
      /^governed-agents: nowhere: got no such folder, want the output of a synth; run cdktf synth/,
    ],
    ["a folder without stacks", ["check", "test/cli"], /got a folder without stacks/],
    ["a stack that is not there", ["check", "<out>", "--stack", "research-agent"], /did you mean "research-agents"\?$/],
    ["a rule that is not there", ["explain", "databse-encrypted"], /did you mean "database-encrypted"\?$/],
    ["a lock that is not there", ["check", "<out>", "--lock", "nowhere.json"], /nowhere\.json: got no such file, want a lock file/],
  ])("ends with 2 and one message on %s", (_name, args, message) => {
    const { code, out: printed, err } = run(args.map((arg) => (arg === "<out>" ? out : arg)));
    expect({ code, printed }).toEqual({ code: 2, printed: "" });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test.each(["cdk.tf.json", "governance.json"])("ends with 2 and one message when %s is cut off", (name) => {
    const broken = join(folder, `broken-${name}`);
    cpSync(stack, broken, { recursive: true });
    writeFileSync(join(broken, name), readFileSync(join(stack, name), "utf8").slice(0, 300));
    const { code, err } = run(["estimate", broken]);
    expect(code).toBe(2);
    expect(err).toContain(join(broken, name));
    expect(err.split("\n")).toHaveLength(1);
  });

  test("colours results for terminals only", () => {
    const plan = "test/change/fixtures/no-change.json";
    expect(run(["plan-guard", plan]).out).toMatch(/^pass /);
    expect(run(["plan-guard", plan], { colours: true }).out).toMatch(/^\u001b\[32mpass\u001b\[39m /);
  });

  test("shows progress to those who watch, apart from the result", () => {
    expect(run(["estimate", out, ...asOf], { watched: true }).err).toBe("estimating research-agents ...");
    expect(run(["estimate", out, ...asOf]).err).toBe("");
  });
});

describe("estimate", () => {
  interface Priced {
    readonly stack: string;
    readonly estimate: { readonly lines: readonly { readonly address: string; readonly labels: object }[]; readonly totals: object };
  }

  test("prices the stack of a project, of its output, and by itself, alike", () => {
    const texts = [folder, out, stack].map((path) => run(["estimate", path, ...asOf]).out);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^research-agents: \d+\.\d\d USD a month, \d+\.\d\d to \d+\.\d\d, at list price\n {2}prices of 20/);
    expect(texts[0]).toMatch(/32\.85 {2}aws_nat_gateway\./);
  });

  test("gives every line as JSON, with who it belongs to", () => {
    const { json } = runJson<readonly Priced[]>(["estimate", out, ...asOf]);
    expect(json[0]?.estimate.lines.length).toBeGreaterThan(10);
    expect(json[0]?.estimate.lines[0]?.labels).toMatchObject({ project: "atlas" });
  });

  test("breaks a budget with 1, and says what costs too much", () => {
    const { code, out: text } = run(["estimate", out, ...asOf, "--budget", "20", "--advisory"]);
    expect(code).toBe(1);
    expect(text).toMatch(/fail budget of the stack: \d+\.\d\d against 20\.00 USD a month \(gross-high\)/);
    expect(run(["estimate", out, ...asOf, "--budget", "5000", "--advisory"]).code).toBe(0);
  });
});

describe("check", () => {
  const lockOf = (json: TerraformJson, name = "research-agents") =>
    withStack(EMPTY_LOCK, name, statefulResources(new Inventory(json), [aws]));
  const terraform = () => JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8")) as TerraformJson;

  test("holds the rules against the Terraform, as far as they are asked to break", () => {
    const { code, json } = runJson<{ verdict: string; stacks: readonly { findings: readonly { severity: string; status: string }[] }[] }>([
      "check",
      out,
      ...asOf,
    ]);
    const stops = (json.stacks[0]?.findings ?? []).filter(
      ({ severity, status }) => status === "fail" && ["critical", "high"].includes(severity),
    );
    expect(json.verdict).toBe(stops.length === 0 ? "pass" : "fail");
    expect(code).toBe(stops.length === 0 ? 0 : 1);
    expect(run(["check", out, ...asOf]).out).toMatch(/labels: \d+ of \d+ resources, 0 in conflict, 0 ungoverned/);
  });

  test("fails when a rule is broken by hand", () => {
    const open = join(folder, "open");
    cpSync(stack, open, { recursive: true });
    rmSync(join(open, "governance.json"));
    writeFileSync(
      join(open, "cdk.tf.json"),
      readFileSync(join(stack, "cdk.tf.json"), "utf8").replace(/"storage_encrypted": true/g, '"storage_encrypted": false'),
    );
    const { code, out: text } = run(["check", open, ...asOf]);
    expect(code).toBe(1);
    expect(text).toMatch(/fail open \(not governed: rules only\)[\s\S]*database-encrypted high aws_db_instance\./);
  });

  test("keeps what is in the lock, and fails when it is gone", () => {
    const lock = join(folder, "kept.lock.json");
    writeLock(lock, lockOf(terraform()));
    expect(run(["check", out, ...asOf, "--lock", lock]).out).toMatch(/pass data: everything in the lock is kept/);
    const more = { ...terraform(), resource: { ...terraform().resource, aws_s3_bucket: { Archive: { bucket: "a" } } } };
    writeLock(lock, lockOf(more));
    const { code, out: text } = run(["check", out, ...asOf, "--lock", lock]);
    expect(code).toBe(1);
    expect(text).toMatch(/gone aws_s3_bucket\.Archive: want the aws_s3_bucket that Archive made/);
  });

  test("fails when a whole stack of the lock is gone", () => {
    const lock = join(folder, "stack.lock.json");
    writeLock(lock, lockOf(terraform(), "former"));
    const { code, out: text } = run(["check", out, ...asOf, "--lock", lock]);
    expect(code).toBe(1);
    expect(text).toMatch(/fail former: the lock holds data of this stack/);
  });
});

describe("prices that are old", () => {
  test("are relied on as far as the caller says", () => {
    const gaps = (age: string) => run(["estimate", out, "--as-of", "2030-01-01", "--json", "--max-price-age", age]).out;
    expect(gaps("100")).toContain('"reason": "stale-price"');
    expect(gaps("9999")).not.toContain('"reason": "stale-price"');
    expect(run(["estimate", out, "--max-price-age", "0"]).err).toContain("Want a whole number of days, 1 or more.");
  });
});

describe("compare", () => {
  const capabilities = {
    runtime: "continuous",
    vcpus: 1,
    memoryGiB: 2,
    storageGiB: 20,
    zones: 2,
    ingress: "none",
    database: "two-zones",
    egress: "shared-address",
  };
  const variant = (name: string, change: (json: { resource: Record<string, unknown> }) => void) => {
    const json = { resource: {} as Record<string, unknown>, provider: { aws: [{ region: "us-east-1" }] } };
    change(json);
    mkdirSync(join(folder, name), { recursive: true });
    write(join(name, "cdk.tf.json"), json);
    return join(folder, name);
  };

  test("gives a percentage with its formula when both totals are complete", () => {
    const file = write("equal.json", { "size-20": capabilities, "size-40": capabilities });
    const [one, other] = [20, 40].map((size) =>
      variant(`size-${size}`, ({ resource }) => {
        resource.aws_ebs_volume = { Data: { availability_zone: "us-east-1a", type: "gp3", size } };
      }),
    );
    const { code, out: text } = run(["compare", one as string, other as string, "--capabilities", file, ...asOf]);
    expect(code).toBe(0);
    expect(text).toMatch(/size-40 against size-20: 1\.60 USD a month, 100\.0 %\n {2}\(size-40 3\.20 \(prices of /);
  });

  test("refuses it when the capabilities differ or something has no price, and says so", () => {
    const file = write("different.json", { "research-agents": capabilities, unpriced: { ...capabilities, zones: 1 } });
    const unpriced = variant("unpriced", ({ resource }) => {
      resource.aws_unheard_of = { Thing: {} };
    });
    const { out: text } = run(["compare", out, unpriced, "--capabilities", file, ...asOf]);
    expect(text).toMatch(/unpriced against .*: no percentage, because\n {2}capabilities-differ: zones:/);
    expect(text).toMatch(/incomplete: .*unpriced has 1 thing without a price/);
    expect(text).not.toMatch(/\d %/);
  });

  test("fails on capabilities that are wrong, all at once", () => {
    const file = write("wrong.json", { "research-agents": { ...capabilities, vcpus: "2", zones: 0 }, unpriced: null });
    const { code, err } = run(["compare", out, join(folder, "unpriced"), "--capabilities", file]);
    expect(code).toBe(2);
    expect(err).toMatch(/\.zones: got 0[\s\S]*\.vcpus: got "2"[\s\S]*unpriced: got null/);
  });

  test("fails on one stack alone, and on stacks of which nothing is known", () => {
    expect(run(["compare", out])).toMatchObject({
      code: 2,
      err: expect.stringContaining("got one stack, want two stacks or more") as string,
    });
    const { err } = run(["compare", out, join(folder, "unpriced")]);
    expect(err).toContain("say what it can do with --capabilities <file>");
  });

  test("reads from the Terraform what each stack can do, and what it lacks", () => {
    const bare = variant("bare", (json) => {
      Object.assign(json, JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8")));
      delete json.resource.aws_db_instance;
    });
    const { out: text } = run(["compare", out, bare, ...asOf]);
    expect(text).toMatchInlineSnapshot(`
     "research-agents: 63.02 USD a month expected, at list price, 3 without a price to rely on
       can    continuous, 0.5 vCPU, 1 GiB, 20 GiB stored, zones 1, ingress none, database two-zones, egress shared-address
     bare: 58.02 USD a month expected, at list price, 2 without a price to rely on
       can    continuous, 0.5 vCPU, 1 GiB, 0 GiB stored, zones 1, ingress none, database none, egress shared-address
       lacks  postgres
     bare against research-agents: no percentage, because
       capabilities-differ: storageGiB: bare 0, research-agents 20; database: bare none, research-agents two-zones
       incomplete: bare has 2 things without a price to rely on
       weak-price: bare rests on aws/fargate/vcpu-arm/us-east-1/vcpu-hour, a price of grade C
       incomplete: research-agents has 3 things without a price to rely on
       weak-price: research-agents rests on aws/fargate/vcpu-arm/us-east-1/vcpu-hour, a price of grade C"
    `);
  });
});

describe("plan-guard", () => {
  const approvals = (expires: string) =>
    write("approvals.json", { approvals: [{ address: "aws_dynamodb_table.Sessions", reason: "exported to the archive", expires }] });

  test("passes with 0, fails with 1, and takes approvals", () => {
    expect(run(["plan-guard", "test/change/fixtures/create.json"]).code).toBe(0);
    const plan = "test/change/fixtures/delete.json";
    expect(run(["plan-guard", plan]).code).toBe(1);
    expect(run(["plan-guard", plan, "--approvals", approvals("2026-12-01"), ...asOf]).code).toBe(0);
    expect(run(["plan-guard", plan, "--approvals", approvals("2026-11-01"), ...asOf]).out).toMatch(/its approval expired on 2026-11-01/);
  });

  test("gives the verdict as JSON", () => {
    const { json } = runJson<object>(["plan-guard", "test/change/fixtures/delete.json", ...asOf]);
    expect(json).toMatchObject({
      verdict: "fail",
      problems: [{ address: "aws_dynamodb_table.Sessions", action: "delete" }],
      others: { aws_sns_topic: 1 },
    });
  });
});

describe("report and explain", () => {
  test("writes every file of the report and says where", () => {
    const target = join(folder, "report");
    const { code, out: text } = run(["report", out, "-o", target]);
    expect(code).toBe(0);
    for (const name of ["report.html", "report.md", "report.sarif", "diagram.mmd"]) {
      expect(existsSync(join(target, name))).toBe(true);
      expect(text).toContain(name);
    }
    expect(run(["report", out, "-o", target, "--previous", out]).code).toBe(0);
  });

  test("writes nothing when there is nothing to report, or only JSON is asked for", () => {
    const bare = join(folder, "bare");
    cpSync(stack, bare, { recursive: true });
    rmSync(join(bare, "governance.json"));
    const target = join(folder, "none");
    expect(run(["report", bare, "-o", target])).toMatchObject({ code: 2, err: expect.stringContaining("got no governed stack") as string });
    expect(runJson<readonly object[]>(["report", out, "-o", target]).json).toMatchObject([{ stack: "research-agents" }]);
    expect(existsSync(target)).toBe(false);
  });

  test("explains a rule with why, fix and where others ask for the same", () => {
    const { out: text } = run(["explain", "database-encrypted"]);
    expect(text).toMatch(/^database-encrypted \(high, baseline\)\n[\s\S]* {2}why [\s\S]* {2}fix [\s\S]*CKV_AWS_16/);
    expect(run(["explain"]).out.split("\n").length).toBeGreaterThan(45);
  });
});
