import { tmpdir } from "node:os";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { physicalName } from "../lib/names";

function stack(): TerraformStack {
  return new TerraformStack(new App({ outdir: tmpdir() }), "research");
}

function at(...path: readonly string[]): Construct {
  return path.reduce<Construct>((scope, id) => (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id), stack());
}

const rule = { kind: "bucket", maxLength: 40 };

describe("the name of a resource", () => {
  test.each<[readonly string[], object, string]>([
    [["Agent", "Role"], {}, "research-agent-role"],
    [["AgentService", "TaskRole2"], {}, "research-agent-service-task-role2"],
    [["Email-me@acme.dev"], {}, "research-email-me-acme-dev"],
    [["Agent"], { suffix: "ExecutionRole" }, "research-agent-execution-role"],
    [["Agent"], { separator: "_" }, "research_agent"],
    [["Agent"], { prefix: "/logs/" }, "/logs/research-agent"],
    [["Ünïcode"], {}, "research-n-code"],
  ])("%j with %j is %s", (path, more, name) => {
    expect(physicalName(at(...path), { ...rule, ...more })).toBe(name);
  });

  test("starts with a letter even when the stack does not", () => {
    const scope = new Construct(new TerraformStack(new App({ outdir: tmpdir() }), "2nd"), "Agent");
    expect(physicalName(scope, rule)).toBe("n2nd-agent");
  });

  test("that is too long is cut and keeps its difference", () => {
    const names = ["Alpha", "Beta"].map((id) => physicalName(at("AVeryLongNameOfAnAgentThatDoesNotFit", id), rule));
    expect(names).toEqual([
      expect.stringMatching(/^research-avery-long-name-of-an-ag-[0-9a-f]{6}$/),
      expect.stringMatching(/-[0-9a-f]{6}$/),
    ]);
    expect(new Set(names).size).toBe(2);
  });

  test("fits and is well formed for any path, and is always the same", () => {
    const ids = fc.array(
      fc.string({ maxLength: 60 }).map((text) => `${text}!`),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(ids, fc.integer({ min: 16, max: 80 }), fc.constantFrom("-", "_"), (path, maxLength, separator) => {
        const own = { kind: "bucket", maxLength, separator };
        const name = physicalName(at(...path), own);
        expect(name.length).toBeLessThanOrEqual(maxLength);
        expect(name).toMatch(separator === "-" ? /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ : /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        expect(physicalName(at(...path), own)).toBe(name);
      }),
    );
  });
});

describe("two resources of a kind", () => {
  test("fail on the same name, and learn who has it", () => {
    const scope = stack();
    physicalName(new Construct(scope, "AgentOne"), rule);
    expect(() => physicalName(new Construct(scope, "Agent-one"), rule)).toThrowErrorMatchingInlineSnapshot(`
     "research/Agent-one: 1 problem
       - id: got "research-agent-one", want a bucket name that research/AgentOne does not use already; give one of the two constructs another id"
    `);
  });

  test("fail on the same name within one construct", () => {
    const agent = at("Agent");
    physicalName(agent, { ...rule, suffix: "TaskRole" });
    expect(() => physicalName(agent, { ...rule, suffix: "task-role" })).toThrowErrorMatchingInlineSnapshot(`
     "research/Agent: 1 problem
       - id: got "research-agent-task-role", want a bucket name that research/Agent (TaskRole) does not use already; give one of the two constructs another id"
    `);
    expect(() => physicalName(new Construct(agent, "TaskRole"), rule)).toThrowErrorMatchingInlineSnapshot(`
     "research/Agent/TaskRole: 1 problem
       - id: got "research-agent-task-role", want a bucket name that research/Agent (TaskRole) does not use already; give one of the two constructs another id"
    `);
  });

  test("may share it when they are of different kinds or apps, and stacks of one app have names of their own", () => {
    const app = new App({ outdir: tmpdir() });
    const [first, second] = ["first", "second"].map((id) => new Construct(new TerraformStack(app, id), "Agent")) as [Construct, Construct];
    expect([physicalName(first, rule), physicalName(second, rule)]).toEqual(["first-agent", "second-agent"]);
    expect(physicalName(first, { ...rule, kind: "queue" })).toBe("first-agent");
    expect([physicalName(at("Agent"), rule), physicalName(at("Agent"), rule)]).toEqual(["research-agent", "research-agent"]);
  });

  test("a construct may ask for its own name again", () => {
    const agent = at("Agent");
    expect(physicalName(agent, rule)).toBe(physicalName(agent, rule));
  });
});
