import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { Inventory, IntentError, type Provider } from "cdktf-governed-agents";
import {
  acknowledge,
  acknowledgementsOf,
  defineRule,
  evaluate,
  findingText,
  holds,
  type EvaluateOptions,
  type Rule,
} from "../../lib/policy";
import type { Posture } from "../../lib/facts/posture";

const asOf = "2026-11-21";

/** A provider whose volumes say themselves what they are. */
const provider: Provider = {
  name: "acme",
  labels: { encode: () => ({}), decode: () => ({}), carrierOf: () => undefined },
  readers: {},
  posture: {
    readers: {
      acme_volume: ({ address, path, attributes }) => [{ kind: "volume", address, path, ...attributes } as unknown as Posture],
      "data.acme_image": ({ address, path }) => [{ kind: "image-source", address, path, ownerNamed: false }],
    },
    references: {},
  },
};

const volume = (path: string, backedUp: boolean | "unknown", encryption = "customer-key") => ({
  backedUp,
  encryption,
  "//": { metadata: { path } },
});

const inventory = new Inventory({
  resource: {
    acme_volume: {
      A: volume("prod/A", true),
      B: volume("prod/Agents/B", false),
      C: volume("prod/Agents/C", "unknown", "none"),
      D: volume("prod/AgentsToo/D", false),
    },
    acme_other: { X: {} },
  },
});

const run = (options: Partial<EvaluateOptions> = {}) => evaluate(inventory, [provider], { asOf, ...options });

/** The text of the error that a call throws. */
function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(IntentError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

describe("what a provider cannot do", () => {
  const lacks = { "volume-backed-up": "acme has no backups of volumes" };
  const lacking: Provider = { ...provider, posture: { ...(provider.posture as NonNullable<Provider["posture"]>), lacks } };
  const { findings } = evaluate(inventory, [lacking], { asOf });

  test("is neither passed nor failed: it is unknown, with the reason", () => {
    const backedUp = findings.filter(({ ruleId }) => ruleId === "volume-backed-up");
    expect(backedUp.map(({ address, status, observed }) => [address, status, observed])).toEqual([
      ["acme_volume.B", "unknown", "acme has no backups of volumes"],
      ["acme_volume.C", "unknown", "acme has no backups of volumes"],
      ["acme_volume.D", "unknown", "acme has no backups of volumes"],
    ]);
    expect(findings.find(({ ruleId }) => ruleId === "volume-encrypted")?.status).toBe("fail");
  });

  test("is still unknown to nobody else: another provider fails", () => {
    const other = evaluate(inventory, [provider, { ...lacking, name: "other" }], { asOf });
    expect(other.findings.filter(({ ruleId, status }) => ruleId === "volume-backed-up" && status === "fail")).toHaveLength(2);
  });
});

describe("evaluate", () => {
  test("says what fails and what is not known, the worst first", () => {
    expect(run().findings.map((finding) => `${finding.status} ${findingText(finding)}`)).toMatchInlineSnapshot(`
     [
       "fail volume-encrypted high acme_volume.C (prod/Agents/C): no encryption at rest, want encryption at rest; encrypt the volume when it is created",
       "fail volume-backed-up medium acme_volume.B (prod/Agents/B): no backup plan selects it, want a backup plan that selects it; add the volume, or a tag that it carries, to a backup policy",
       "unknown volume-backed-up medium acme_volume.C (prod/Agents/C): nothing that can be known before Terraform runs, want that a volume is backed up; add the volume, or a tag that it carries, to a backup policy",
       "fail volume-backed-up medium acme_volume.D (prod/AgentsToo/D): no backup plan selects it, want a backup plan that selects it; add the volume, or a tag that it carries, to a backup policy",
     ]
    `);
  });

  test("counts every rule, also those that nothing is there for", () => {
    const { rules, totals } = run();
    expect(rules["volume-backed-up"]).toEqual({ pass: 1, fail: 2, unknown: 1, acknowledged: 0 });
    expect(rules["volume-encrypted"]).toEqual({ pass: 3, fail: 1, unknown: 0, acknowledged: 0 });
    expect(rules["database-encrypted"]).toEqual({ pass: 0, fail: 0, unknown: 0, acknowledged: 0 });
    expect(rules["volume-customer-key"]).toBeUndefined();
    expect(totals).toEqual({ pass: 4, fail: 3, unknown: 1, acknowledged: 0 });
  });

  test("asks the rules of the regulated pack on top of the baseline", () => {
    expect(run({ packs: ["regulated"] }).rules).toMatchObject({
      "volume-customer-key": { pass: 3, fail: 1 },
      "volume-encrypted": { pass: 3 },
    });
    expect(Object.keys(run({ packs: [] }).rules)).toEqual([]);
  });

  test("looks at data sources too", () => {
    const json = { data: { acme_image: { Any: { "//": { metadata: { path: "prod/Any" } } } } } };
    const { findings } = evaluate(new Inventory(json), [provider], { asOf });
    expect(findings).toMatchObject([{ ruleId: "image-owner-named", address: "data.acme_image.Any", path: "prod/Any", status: "fail" }]);
  });

  test("reads each resource once, and asks nobody twice", () => {
    let reads = 0;
    const posture = provider.posture as NonNullable<Provider["posture"]>;
    const counting: Provider = {
      ...provider,
      posture: {
        ...posture,
        readers: { acme_volume: (...all) => (reads++, (posture.readers.acme_volume as never as CallableFunction)(...all)) },
      },
    };
    evaluate(inventory, [counting], { asOf, packs: ["regulated"] });
    expect(reads).toBe(4);
  });

  test("is plain JSON, and the same for the same stack", () => {
    expect(JSON.parse(JSON.stringify(run()))).toEqual(run());
  });
});

describe("acknowledgements", () => {
  const accepted = (scope: string, ruleId = "volume-backed-up") => ({ ruleId, scope, reason: "rebuilt from git every night" });

  test("hold for their scope and what is below, and stay in the report", () => {
    const { findings, acknowledgements, totals } = run({ acknowledgements: [accepted("prod/Agents")] });
    expect(totals).toEqual({ pass: 4, fail: 2, unknown: 0, acknowledged: 2 });
    expect(findings.filter(({ status }) => status === "acknowledged").map(({ path }) => path)).toEqual(["prod/Agents/B", "prod/Agents/C"]);
    expect(findings.find(({ status }) => status === "acknowledged")?.acknowledgement).toEqual({
      scope: "prod/Agents",
      reason: "rebuilt from git every night",
    });
    expect(acknowledgements).toEqual([{ ...accepted("prod/Agents"), findings: 2 }]);
  });

  test("of the app hold everywhere; one that nothing needs is seen", () => {
    const { acknowledgements } = run({ acknowledgements: [accepted(""), accepted("", "machine-not-public")] });
    expect(acknowledgements.map(({ ruleId, findings }) => `${ruleId} ${findings}`)).toEqual(["volume-backed-up 3", "machine-not-public 0"]);
  });

  test("hold on the last day, and fail on the day after", () => {
    const expiring = { ...accepted("prod"), expires: "2026-11-21" };
    expect(run({ acknowledgements: [expiring] }).totals.acknowledged).toBe(3);
    expect(messageOf(() => run({ asOf: "2026-11-22", acknowledgements: [expiring] }))).toMatchInlineSnapshot(`
     "policy: 1 problem
       - acknowledge at prod: got "volume-backed-up, expired on 2026-11-21", want an acknowledgement that holds on 2026-11-22; repair what it is about, or look again and acknowledge "volume-backed-up" until a later day"
    `);
  });

  test("fail for rules that do not exist, with the nearest name", () => {
    expect(messageOf(() => run({ acknowledgements: [accepted("prod", "volume-backedup"), accepted("", "no-such-thing-at-all")] })))
      .toMatchInlineSnapshot(`
     "policy: 2 problems
       - acknowledge at prod: got "volume-backedup", want the id of a rule; did you mean "volume-backed-up"?
       - acknowledge at app: got "no-such-thing-at-all", want the id of a rule"
    `);
  });

  test("are stored on constructs and found from above and below", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "prod");
    const other = new TerraformStack(app, "other");
    const agents = new Construct(stack, "Agents");
    acknowledge(agents, "volume-backed-up", " rebuilt from git every night ", { expires: "2027-01-31" });
    acknowledge(app, "volume-encrypted", "the disks are in memory");
    acknowledge(other, "volume-encrypted", "nothing is stored there");
    expect(acknowledgementsOf(stack)).toEqual([
      { ruleId: "volume-backed-up", scope: "prod/Agents", reason: "rebuilt from git every night", expires: "2027-01-31" },
      { ruleId: "volume-encrypted", scope: "", reason: "the disks are in memory" },
    ]);
    expect(acknowledgementsOf(new Construct(agents, "Deeper")).map(({ scope }) => scope)).toEqual(["prod/Agents", ""]);
    expect(run({ acknowledgements: acknowledgementsOf(stack) }).totals).toEqual({ pass: 4, fail: 1, unknown: 0, acknowledged: 3 });
  });

  test.each([
    ["an empty reason", "volume-backed-up", "", {}],
    ["a reason of one word", "volume-backed-up", "ok", {}],
    ["a day that does not exist", "volume-backed-up", "rebuilt from git", { expires: "2026-02-30" }],
    ["a date instead of text", "volume-backed-up", "rebuilt from git", { expires: new Date(0) as never }],
    ["an id that is none", "Volume Backed Up", "rebuilt from git", {}],
    ["everything at once", "", "  ", { expires: "soon", until: "never" } as never],
  ])("fail for %s", (_name, ruleId, reason, options) => {
    const stack = new TerraformStack(Testing.app(), "prod");
    expect(messageOf(() => acknowledge(stack, ruleId, reason, options))).toMatchSnapshot();
    expect(acknowledgementsOf(stack)).toEqual([]);
  });

  test("fail when the same scope has acknowledged the rule already", () => {
    const stack = new TerraformStack(Testing.app(), "prod");
    acknowledge(stack, "volume-backed-up", "rebuilt from git");
    expect(messageOf(() => acknowledge(stack, "volume-backed-up", "it is only a cache"))).toMatchInlineSnapshot(`
     "prod acknowledge: 1 problem
       - ruleId: got "volume-backed-up", want a rule that this scope has not acknowledged yet"
    `);
  });
});

describe("own rules", () => {
  const rule = defineRule({
    id: "agents-rest",
    pack: "baseline",
    severity: "low",
    title: "Agents rest.",
    why: "They work too much.",
    fix: "let them rest",
    references: {},
    kinds: ["volume"],
    check: ({ backedUp }) => holds(backedUp, "no rest", "rest"),
  });

  test("are asked beside the packs, and can be acknowledged", () => {
    const { rules } = run({ rules: [rule], acknowledgements: [{ ruleId: "agents-rest", scope: "prod/Agents", reason: "they like it" }] });
    expect(rules["agents-rest"]).toEqual({ pass: 1, fail: 1, unknown: 0, acknowledged: 2 });
    expect(rules["volume-encrypted"]).toBeDefined();
  });

  test("fail when they say nothing that can be understood", () => {
    const broken = { ...rule, check: () => true } as unknown as Rule;
    expect(messageOf(() => run({ rules: [broken] }))).toMatchInlineSnapshot(`
     "policy: 1 problem
       - rule agents-rest on acme_volume.A: got true, want "pass", "unknown" or { observed, expected }"
    `);
  });

  test("fail with all problems at once", () => {
    const wrong = { id: "Rest", severity: "bad", pack: "baseline", title: "", why: "w", fix: "f", kinds: [], chek: 1 } as unknown as Rule;
    const options = { asOf: "today", packs: ["baselin"], rules: [wrong], speed: 1 } as unknown as EvaluateOptions;
    expect(messageOf(() => evaluate(inventory, [provider], options))).toMatchInlineSnapshot(`
     "policy: 10 problems
       - speed: got 1, want no such prop; remove it; known props: asOf, packs, rules, acknowledgements
       - asOf: got "today", want a day as YYYY-MM-DD
       - packs.0: got "baselin", want one of "baseline", "regulated"; did you mean "baseline"?
       - rules.0.chek: got 1, want no such prop; did you mean "check"?
       - rules.0.id: got "Rest", want words in lower case with dashes, such as "agents-have-an-owner"
       - rules.0.severity: got "bad", want one of "critical", "high", "medium", "low"
       - rules.0.title: got "", want a sentence
       - rules.0.references: got nothing, want an object, empty when nobody else asks for it
       - rules.0.kinds: got [], want at least one kind
       - rules.0.check: got nothing, want a function of one subject"
    `);
  });

  test("fail when they take the id of another rule", () => {
    expect(messageOf(() => run({ rules: [{ ...rule, id: "volume-encrypted" }] }))).toMatchInlineSnapshot(`
     "policy: 1 problem
       - rules: got "volume-encrypted", want every id once; give your own rule another id"
    `);
  });
});

test("each of many resources is judged by each rule", () => {
  const many = Object.fromEntries(Array.from({ length: 3_100 }, (_, n) => [`V${n}`, volume(`prod/Agent${n % 125}/V${n}`, n % 7 > 0)]));
  const large = new Inventory({ resource: { acme_volume: many } });
  const { totals } = evaluate(large, [provider], { asOf, packs: ["regulated"] });
  expect(totals.pass + totals.fail).toBe(9_300);
});
