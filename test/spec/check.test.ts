import { Lazy, TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import { Check, IntentError, nearest } from "../../lib/spec/check";

interface Props {
  name: string;
  count: number;
  kind: "small" | "large";
  enabled: boolean;
  items: readonly string[];
  size?: number;
}

const KNOWN = { name: true, count: true, kind: true, enabled: true, items: true, size: true } as const;

const read = (props: object) => {
  const check = new Check<Props>("stack/Thing", props as Props, KNOWN);
  return check.done({
    name: check.text("name", { pattern: /^[a-z]+$/, want: "lower case letters", maxLength: 8 }),
    count: check.integer("count", { min: 1, max: 9, source: "the provider's limit" }),
    kind: check.oneOf("kind", ["small", "large"] as const, "small"),
    enabled: check.flag("enabled", true),
    items: check.list("items", "a list of words", []),
    size: check.tryInteger("size", { min: 20, max: Infinity }),
  });
};

describe("Check", () => {
  test("gives the props with their defaults", () => {
    expect(read({ name: "db", count: 3 })).toEqual({ name: "db", count: 3, kind: "small", enabled: true, items: [], size: undefined });
  });

  test.each<[string, object, string]>([
    ["text of the wrong form", { name: "DB" }, 'name: got "DB", want lower case letters'],
    ["too long text", { name: "abcdefghi" }, 'name: got "abcdefghi", want lower case letters'],
    ["missing text", { name: undefined }, "name: got nothing, want lower case letters"],
    ["NaN", { count: NaN }, "count: got NaN, want a whole number, 1 to 9 (the provider's limit)"],
    ["infinity", { count: Infinity }, "count: got Infinity, want a whole number, 1 to 9 (the provider's limit)"],
    ["a negative number", { count: -1 }, "count: got -1, want a whole number, 1 to 9 (the provider's limit)"],
    ["a fraction", { count: 1.5 }, "count: got 1.5, want a whole number, 1 to 9 (the provider's limit)"],
    ["a number as text", { count: "3" }, 'count: got "3", want a whole number, 1 to 9 (the provider\'s limit)'],
    ["a number below an open range", { size: 1 }, "size: got 1, want a whole number, 20 or more"],
    ["a word that is almost right", { kind: "smal" }, 'kind: got "smal", want one of "small", "large"; did you mean "small"?'],
    ["a word that is far off", { kind: "gigantic" }, 'kind: got "gigantic", want one of "small", "large"'],
    ["a word as flag", { enabled: "yes" }, 'enabled: got "yes", want true or false'],
    ["a word as list", { items: "a" }, 'items: got "a", want a list of words'],
    ["a function", { items: () => [] }, "items: got a function, want a list of words"],
    ["an unknown prop close to a known one", { cuont: 1 }, 'cuont: got 1, want no such prop; did you mean "count"?'],
    [
      "an unknown prop",
      { colour: "red" },
      'colour: got "red", want no such prop; remove it; known props: name, count, kind, enabled, items, size',
    ],
    ["a long value", { items: "x".repeat(300) }, `items: got "${"x".repeat(196)}..., want a list of words`],
  ])("fails on %s", (_name, props, line) => {
    expect(messageOf(() => read({ name: "db", count: 3, ...props }))).toBe(`stack/Thing: 1 problem\n  - ${line}`);
  });

  test.each<[string, object, string]>([
    ["number", { count: Token.asNumber(Lazy.numberValue({ produce: () => 3 })) }, "count"],
    ["word", { kind: Token.asString("${var.kind}") && Lazy.stringValue({ produce: () => "small" }) }, "kind"],
    ["text", { name: Lazy.stringValue({ produce: () => "db" }) }, "name"],
    ["list", { items: Token.asList(Lazy.listValue({ produce: () => ["a"] })) }, "items"],
  ])("fails on a %s that is known only after apply, and says so", (_name, props, prop) => {
    const message = messageOf(() => read({ name: "db", count: 3, ...props }));
    expect(message).toContain(`  - ${prop}: got a value known only after apply, want `);
    expect(message).toContain("; give a literal: this value decides what is created and has to be known at synth");
  });

  test("takes text that is known only after apply where that is fine", () => {
    const arn = Lazy.stringValue({ produce: () => "arn" });
    const check = new Check<{ arn: string }>("stack/Thing", { arn }, { arn: true });
    expect(check.done(check.text("arn", { pattern: /^arn/, want: "an ARN", tokens: true }))).toBe(arn);
  });

  test("fails with every problem at once, nested ones with their path", () => {
    const check = new Check<Props>("stack/Thing", { name: "DB", count: 0 } as Props, KNOWN);
    check.text("name", { pattern: /^[a-z]+$/, want: "lower case letters" });
    check.integer("count", { min: 1, max: 9 });
    const nested = check.nested<{ max: number }>("replicas", { max: -1, mix: 2 } as never, { max: true });
    nested.integer("max", { min: 1, max: 100 });
    expect(() => check.done(undefined)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Thing: 4 problems
       - name: got "DB", want lower case letters
       - count: got 0, want a whole number, 1 to 9
       - replicas.mix: got 2, want no such prop; did you mean "max"?
       - replicas.max: got -1, want a whole number, 1 to 100"
    `);
  });

  test.each([undefined, null, "text", 3, []])("fails when the props are %p", (props) => {
    expect(messageOf(() => read(props as never))).toContain("want an object");
  });

  test("shows a construct by its path, and does not stumble over what refers to itself", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const issue = (got: unknown) => new IntentError("stack/Thing", [{ prop: "one", got, want: "another" }]).message;
    expect(issue(new Construct(stack, "Other"))).toBe("stack/Thing: 1 problem\n  - one: got the Construct stack/Other, want another");
    expect(issue(circle)).toBe("stack/Thing: 1 problem\n  - one: got an object that refers to itself, want another");
  });

  test("names a close word only", () => {
    expect(nearest("clusterr", ["cluster", "network"])).toBe('did you mean "cluster"?');
    expect(nearest("volcano", ["cluster", "network"])).toBeUndefined();
    expect(nearest("anything", [])).toBeUndefined();
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(IntentError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
