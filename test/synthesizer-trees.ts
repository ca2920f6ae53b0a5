import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import * as cdktf from "cdktf";
import { Construct } from "constructs";
import * as fc from "fast-check";

/** A value as a plan: tokens and references can only be made while a tree is built. */
export type Value = { kind: "literal"; value: unknown } | { kind: string; items: Value[]; keys: string[]; pick: number };

export const OPS = [
  "vpc", "subnet", "securityGroup", "ami", "provider", "element override", "stack override", "output", "local", "variable",
  "backend", "move by id", "move by target", "import", "for each", "dynamic block", "lifecycle", "provisioner", "module", "data resource",
  "shared address", "custom element", "id override", "depends on", "nested stack",
] as const; // prettier-ignore

export interface Step {
  op: (typeof OPS)[number];
  /** Which stack, scope and earlier resource the step is about. */
  stack: number;
  depth: number;
  pick: number;
  key: string;
  value: Value;
}

const strings = fc.constantFrom(
  "plain", "", "${var.x}", "$${escaped}", "a } b", 'say "x"', "${jsonencode({a = \"b\"})}", "two\nlines", "\\n", "%{ if true }", "ünï☃",
  "x-1.5e45y", "1e5", "-1.5e+12", "sha256:4f-3e92", "9".repeat(120), "constructor", "<>&\u2028",
); // prettier-ignore
const literals = fc.oneof(
  strings,
  strings,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, [], {}, "null value"),
);
const keys = fc.constantFrom("a", "b", "tags", "camelCase", "1e5", "toString", "with space", "x.y");
const TOKENS = ["reference", "reference list", "reference number", "lazy", "lazy list", "lazy undefined", "null token", "interpolation", "function", "operator", "condition", "map token", "raw", "element"]; // prettier-ignore

export const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("literal" as const), value: literals }),
    fc.record({
      kind: fc.constantFrom("array", "map", "map", ...TOKENS),
      items: fc.array(tie("value"), { maxLength: 3 }),
      keys: fc.uniqueArray(keys, { minLength: 3, maxLength: 3 }),
      pick: fc.nat(20),
    }),
  ),
})).value;

/** Trees of two stacks with everything that can be in a stack. */
export const trees = fc.array(
  fc.record<Step>({
    op: fc.constantFrom(...OPS),
    stack: fc.nat(1),
    depth: fc.nat(2),
    pick: fc.nat(20),
    key: keys,
    value: values,
  }),
  { minLength: 1, maxLength: 14 },
);

type Resource = Vpc | Subnet | SecurityGroup;

/** JSON that no resource makes. */
class CustomElement extends cdktf.TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly json: unknown,
  ) {
    super(scope, id, "custom");
  }

  public override toTerraform(): object {
    return { locals: { custom: this.json }, list: [this.json], "//": { custom: this.json } };
  }
}

/** Builds a planned tree; the same plan always gives the same tree. */
export class TreeBuilder {
  public readonly stacks: cdktf.TerraformStack[];
  private readonly resources: Resource[] = [];

  constructor(app: cdktf.App) {
    this.stacks = ["one", "two"].map((id) => new cdktf.TerraformStack(app, id));
    for (const stack of this.stacks) new AwsProvider(stack, "aws", { region: "us-east-1" });
    this.resources.push(new Vpc(this.stacks[0]!, "First", { cidrBlock: "10.0.0.0/16" }));
  }

  public build(steps: readonly Step[]): void {
    steps.forEach((step, index) => this.take(step, `N${index}`, this.scope(step, index)));
  }

  private scope(step: Step, index: number): Construct {
    let scope: Construct = this.stacks[step.stack]!;
    for (let level = 0; level < step.depth; level++) scope = new Construct(scope, `Scope ${index}`);
    return scope;
  }

  private take(step: Step, id: string, scope: Construct): void {
    const stack = this.stacks[step.stack]!;
    const target = this.pick(step.pick, stack);
    const value = this.make(step.value, stack);
    const vpc = (config: object = {}): Vpc => {
      const made = new Vpc(scope, id, { cidrBlock: "10.0.0.0/16", ...config });
      this.resources.push(made);
      return made;
    };
    const actions: Record<Step["op"], () => unknown> = {
      vpc: () => vpc({ tags: { Name: value as string, [step.key]: "x" }, enableDnsSupport: value as boolean }),
      subnet: () => this.resources.push(new Subnet(scope, id, { vpcId: target.id, cidrBlock: value as string, tags: { of: target.arn } })),
      securityGroup: () => this.resources.push(new SecurityGroup(scope, id, { vpcId: target.id, egress: [{ cidrBlocks: [], fromPort: value as number }], ingress: [] })), // prettier-ignore
      ami: () => new DataAwsAmi(scope, id, { mostRecent: true, owners: ["self"], filter: [{ name: "n", values: [value as string] }] }),
      provider: () => vpc({ provider: new AwsProvider(scope, `${id}P`, { alias: id, region: value as string }) }),
      "element override": () => target.addOverride(step.key, value),
      "stack override": () => stack.addOverride(["terraform.required_version", "resource.aws_vpc.x.y", "locals", "provider", step.key][step.pick % 5]!, value), // prettier-ignore
      output: () => new cdktf.TerraformOutput(scope, id, { value, sensitive: step.pick % 2 === 0, description: step.key, staticId: step.pick % 3 === 0 }), // prettier-ignore
      local: () => new cdktf.TerraformLocal(scope, id, value),
      variable: () => new cdktf.TerraformVariable(scope, id, { type: "any", default: value, validation: [{ condition: cdktf.Fn.lengthOf([value]), errorMessage: "no" }] }), // prettier-ignore
      backend: () => [() => new cdktf.S3Backend(stack, { bucket: "b", key: step.key, region: "r" }), () => new cdktf.LocalBackend(stack, { path: step.key }), () => new cdktf.CloudBackend(stack, { organization: "o", workspaces: new cdktf.NamedCloudWorkspace("w") })][step.pick % 3]!(), // prettier-ignore
      "move by id": () => vpc().moveFromId(`aws_vpc.${step.key}`),
      "move by target": () => this.move(target, `to-${id}`, step.pick),
      import: () => vpc().importFrom(`vpc-${step.key}`),
      "for each": () => this.each(scope, id, target, value),
      "dynamic block": () => new SecurityGroup(scope, id, { egress: this.iterator(target).dynamic({ cidr_blocks: [value], from_port: step.pick, description: "x" }) }), // prettier-ignore
      lifecycle: () => vpc({ lifecycle: { preventDestroy: true, ignoreChanges: step.pick % 2 ? "all" : ["tags"], replaceTriggeredBy: [target, "aws_vpc.x"], precondition: [{ condition: value as string, errorMessage: "e" }] } }), // prettier-ignore
      provisioner: () => vpc({ provisioners: [{ type: "local-exec", command: value as string }, { type: "file", destination: "/x", content: target.arn }], connection: { type: "ssh", host: target.id } }), // prettier-ignore
      module: () =>
        new cdktf.TerraformHclModule(scope, id, { source: "acme/module/aws", variables: { [step.key]: value, ref: target.id } }),
      "data resource": () => new cdktf.DataResource(scope, id, { input: value as Record<string, unknown>, triggersReplace: { a: target.id } }), // prettier-ignore
      "shared address": () => vpc({ tags: { [step.key]: value as string } }).overrideLogicalId("shared"),
      "custom element": () => new CustomElement(scope, id, value),
      "id override": () => vpc().overrideLogicalId(step.key),
      "depends on": () => vpc({ dependsOn: [target], count: cdktf.TerraformCount.of(step.pick) }),
      "nested stack": () => new cdktf.TerraformOutput(new cdktf.TerraformStack(scope, id), "Out", { value: target.id }),
    };
    actions[step.op]();
  }

  private move(target: Resource, name: string, pick: number): void {
    if (!(target instanceof Vpc) || target === this.resources[0] || target.hasResourceMove()) return;
    new Vpc(target.cdktfStack, name, { cidrBlock: "10.0.0.0/16" }).addMoveTarget(name);
    target.moveTo(name, [undefined, 3, "key"][pick % 3]);
  }

  private each(scope: Construct, id: string, target: Resource, value: unknown): void {
    const iterator = this.iterator(target);
    const made = new Vpc(scope, id, { forEach: iterator, cidrBlock: iterator.value as string, tags: { name: `x-${value as string}-${iterator.value as string}` } }); // prettier-ignore
    new cdktf.TerraformOutput(scope, `${id}Keys`, { value: cdktf.TerraformIterator.fromResources(made).pluckProperty("id") });
  }

  private iterator(target: Resource): cdktf.ListTerraformIterator | cdktf.MapTerraformIterator {
    const list = target instanceof Subnet;
    return list ? cdktf.TerraformIterator.fromList(["a", target.id]) : cdktf.TerraformIterator.fromMap({ k: { name: "x" }, l: "y" });
  }

  /** Stack two may refer to stack one, not the other way round. */
  private pick(index: number, stack: cdktf.TerraformStack): Resource {
    const visible = this.resources.filter((resource) => stack === this.stacks[1] || resource.cdktfStack === stack);
    return visible[index % visible.length]!;
  }

  private make(plan: Value, stack: cdktf.TerraformStack): unknown {
    if (!("items" in plan)) return plan.value;
    const items = plan.items.map((item) => this.make(item, stack));
    const target = this.pick(plan.pick, stack);
    const makers: Record<string, () => unknown> = {
      array: () => items,
      map: () => Object.fromEntries(items.map((item, index) => [plan.keys[index], item])),
      reference: () => target.id,
      "reference list": () => target.getListAttribute("ids"),
      "reference number": () => (plan.pick % 2 ? target.getNumberAttribute("n") : `n is ${target.getNumberAttribute("n")}-1e5`),
      lazy: () => cdktf.Lazy.anyValue({ produce: () => items }),
      "lazy list": () => cdktf.Lazy.listValue({ produce: () => ["a", target.id] }, { omitEmpty: true }),
      "lazy undefined": () => cdktf.Lazy.anyValue({ produce: () => undefined }),
      "null token": () => cdktf.Token.nullValue(),
      interpolation: () => `a ${String(items[0])} \${x} ${target.id} } ${cdktf.Token.asString(items[1])}`,
      function: () => (plan.pick % 2 ? cdktf.Fn.join("-", [target.id, "${x}", ...items.map(String)]) : cdktf.Fn.merge(items)),
      operator: () => cdktf.Op.and(items[0] as boolean, cdktf.Op.eq(target.id, "x")),
      condition: () => cdktf.conditional(true, items[0], target.id),
      "map token": () => (plan.pick % 2 ? target.getStringMapAttribute("m") : { [`k${target.id}`]: items[0] }),
      raw: () => cdktf.Fn.rawString('a"${b}'),
      element: () => target.fqn,
    };
    return makers[plan.kind]!();
  }
}
