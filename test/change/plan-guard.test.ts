import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planGuard, readPlan, type Approval } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { lossText } from "../../lib/change/plan-guard";
import { planOf } from "../../lib/change/read-plan";

const fixture = (name: string) => join(__dirname, "fixtures", `${name}.json`);
const stateful = aws.stateful ?? {};
const asOf = "2026-11-21";
const guard = (name: string, approvals?: readonly Approval[]) => planGuard(readPlan(fixture(name)), { stateful, asOf, approvals });
const approve = (address: string, expires = "2026-12-31"): Approval => ({ address, reason: "exported to the archive", expires });

describe("plans that the AWS provider 5.100 made", () => {
  test.each(["create", "no-change", "moved"])("pass: %s", (name) => {
    expect(guard(name)).toMatchObject({ verdict: "pass", problems: [], others: {}, terraformVersion: "1.11.4" });
  });

  test.each(["delete", "replace", "renamed", "forget", "count-index", "replace-by-request", "destroy"])("fails: %s", (name) => {
    const { verdict, problems, others } = guard(name);
    expect(verdict).toBe("fail");
    expect({ problems: problems.map(lossText), others }).toMatchSnapshot();
  });

  test("counts what happens, and what else is lost", () => {
    expect(guard("replace")).toMatchObject({
      counts: { create: 0, update: 0, delete: 0, replace: 3, forget: 0, unchanged: 5 },
      others: { aws_sns_topic: 1 },
      problems: [{ address: "aws_s3_bucket.Scratch", properties: ["bucket"] }, { address: "aws_s3_bucket.Transcripts" }],
    });
  });

  test("each loss needs its own approval, also each index", () => {
    const verdict = guard("destroy", [approve("aws_ebs_volume.Data[0]"), approve("aws_s3_bucket.Scratch")]);
    expect(verdict.approved.map(({ address }) => address)).toEqual(["aws_ebs_volume.Data[0]", "aws_s3_bucket.Scratch"]);
    expect(verdict.problems.map(({ address }) => address)).toContain("aws_ebs_volume.Data[1]");
  });

  test("passes when everything is approved, on the last day too", () => {
    const verdict = guard("delete", [approve("aws_dynamodb_table.Sessions", asOf)]);
    expect(verdict).toMatchObject({ verdict: "pass", approved: [{ approval: { reason: "exported to the archive" } }] });
  });

  test("fails when the approval has expired, and says when", () => {
    const [problem] = guard("delete", [approve("aws_dynamodb_table.Sessions", "2026-11-20")]).problems;
    expect(problem?.fix).toMatch(/^its approval expired on 2026-11-20; /);
  });

  test("names approvals that approve nothing", () => {
    expect(guard("no-change", [approve("aws_s3_bucket.Scratch")]).unused).toEqual(["aws_s3_bucket.Scratch"]);
  });

  test("looks at what is deferred and at what is left over, and not at data sources", () => {
    const change = (more: object) => ({ address: "aws_s3_bucket.A", type: "aws_s3_bucket", change: { actions: ["delete"] }, ...more });
    const plan = planOf(
      {
        format_version: "1.2",
        planned_values: {},
        resource_changes: [change({ mode: "data" }), change({ deposed: "12ab" })],
        deferred_changes: [{ reason: "x", resource_change: change({ address: "aws_s3_bucket.Later" }) }],
      },
      "plan",
    );
    expect(planGuard(plan, { stateful, asOf }).problems.map(lossText)).toEqual([
      expect.stringMatching(/^delete aws_s3_bucket\.A: it is left over from an earlier replacement/),
      expect.stringMatching(/^delete aws_s3_bucket\.Later: the plan asks for it/),
    ]);
  });

  test("fails on approvals that are wrong, all at once", () => {
    const wrong = [{ address: "Scratch", reason: " ", expires: "tomorrow", by: "me" }] as unknown as Approval[];
    expect(() => guard("delete", wrong)).toThrowErrorMatchingInlineSnapshot(`
     "plan guard: 4 problems
       - approvals.0.by: got "me", want no such prop; remove it; known props: address, reason, expires
       - approvals.0.address: got "Scratch", want a Terraform address, <type>.<name>
       - approvals.0.reason: got " ", want a reason of 10 characters or more
       - approvals.0.expires: got "tomorrow", want a day as YYYY-MM-DD"
    `);
  });
});

describe("a plan file", () => {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  const file = join(folder, "plan.json");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const real = readFileSync(fixture("delete"), "utf8");

  test("is read in the encoding that PowerShell writes, too", () => {
    writeFileSync(file, Buffer.from(`\uFEFF${real}`, "utf16le"));
    expect(readPlan(file).terraform_version).toBe("1.11.4");
  });

  test.each<[string, string | Buffer]>([
    ["cut off", real.slice(0, 500)],
    ["empty", ""],
    ["the binary plan", Buffer.from("PK\u0003\u0004....")],
    ["the log of terraform plan -json", '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info","@message":"Plan"}\n'],
    ["a state", JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values: {} })],
    ["a state file", JSON.stringify({ version: 4, lineage: "x", resources: [] })],
    ["the configuration of a stack", JSON.stringify({ resource: {} })],
    ["of another version", JSON.stringify({ format_version: "2.0", planned_values: {}, resource_changes: [] })],
    ["failed", JSON.stringify({ format_version: "1.2", errored: true, planned_values: {} })],
    ["without actions", JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: [{ address: "a.b", type: "a" }] })],
    ["50 MB of nothing", Buffer.alloc(50_000_000, "x")],
  ])("fails with one clear error when it is %s", (_name, content) => {
    writeFileSync(file, content);
    let message = "";
    try {
      readPlan(file);
    } catch (error) {
      message = (error as Error).message.replace(file, "plan.json");
    }
    expect(message).toMatchSnapshot();
  });

  test("fails when it is not there, or a folder", () => {
    expect(() => readPlan(join(folder, "none.json"))).toThrow(/got no such file, want a plan of Terraform; write it with: terraform plan/);
    expect(() => readPlan(folder)).toThrow(/got a folder/);
  });
});
