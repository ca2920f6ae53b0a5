import type { TerraformStack } from "cdktf";
import { type Synthesized } from "cdktf-governed-agents/testing";
import { Inventory } from "../../lib/facts/inventory";
import type { Provider } from "../../lib/provider";
import { IntentError } from "../../lib/spec/check";
import type { NetworkSpec } from "../../lib/spec/network";

/** What a provider's test suite brings to the contract; `P` are the props of its network. */
export interface NetworkContract<P extends object> {
  readonly provider: Provider;
  /** A network that reaches the internet through a NAT, in 10.20.0.0/16. */
  readonly base: P;
  /** What else can be asked for. */
  readonly variants: readonly (readonly [name: string, props: Partial<P>])[];
  /** Networks before and after they grew. */
  readonly growth: readonly (readonly [name: string, before: Partial<P>, after: Partial<P>])[];
  /** By resource type, attributes that replace the resource and all that lives in it when they change. */
  readonly lasting: Readonly<Record<string, readonly string[]>>;
  /** A network without a way to the internet, and the resource types that would be one. */
  readonly closed: { readonly props: Partial<P>; readonly gateways: readonly string[] };
  /** Neutral props that the provider has not, each with a value. */
  readonly lacks: Readonly<Record<string, unknown>>;
  build(stack: TerraformStack, id: string, props: P): { readonly spec: NetworkSpec };
  synth(build: (stack: TerraformStack) => unknown): Synthesized;
}

/** Every network, on every provider: says in Terraform what was asked for, grows without moving anything, and refuses what can't be. */
export function networkContract<P extends object>(contract: NetworkContract<P>): void {
  const { provider, base, build, synth } = contract;
  const network = (props: Partial<P>) => {
    let spec: NetworkSpec | undefined;
    const { json } = synth((stack) => (spec = build(stack, "Net", { ...base, ...props }).spec));
    const fact = new Inventory(json).facts(provider.readers).find(({ kind }) => kind === "network");
    return { spec, read: fact?.spec as NetworkSpec | undefined, resources: (json.resource ?? {}) as Resources };
  };

  test.each([["the usual", {}] as const, ...contract.variants])("Terraform says what was asked for: %s", (_name, props) => {
    const { spec, read } = network(props);
    expect(read).toEqual(spec);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  test.each(contract.growth)("growing by %s leaves what was there where it was", (_name, before, after) => {
    const small = network(before);
    const large = network(after);
    expect(large.read?.subnets ?? []).toEqual(expect.arrayContaining([...(small.read?.subnets ?? [])]));
    const lasting = lastingOf(small.resources, contract.lasting);
    expect(Object.keys(lasting).length).toBeGreaterThan(0);
    expect(lastingOf(large.resources, contract.lasting)).toMatchObject(lasting);
  });

  test("without egress nothing leads to the internet", () => {
    const types = (props: Partial<P>) => Object.keys(network(props).resources).filter((type) => contract.closed.gateways.includes(type));
    expect(types(contract.closed.props)).toEqual([]);
    expect(types({})).not.toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no range", { cidr: undefined }, "cidr"],
    ["something else than a range", { cidr: "ten" }, "cidr"],
    ["IPv6", { cidr: "fd00::/64" }, "cidr"],
    ["host bits", { cidr: "10.20.1.5/16" }, "cidr"],
    ["a range too large", { cidr: "10.0.0.0/8" }, "cidr"],
    ["a range too small", { cidr: "10.20.0.0/30" }, "cidr"],
    ["a range that overlaps with a peer", { peeredCidrs: ["10.20.240.0/20"] }, "cidr"],
    ["a peer that is no range", { peeredCidrs: ["office"] }, "peeredCidrs"],
    ["an unknown egress", { egress: "nat" }, "egress"],
    ["an unknown prop", { vlan: 7 }, "vlan"],
    ...Object.entries(contract.lacks).map(([prop, value]): [string, Record<string, unknown>, string] => [
      `${prop}, which the provider has not`,
      { [prop]: value },
      prop,
    ]),
  ])("fails on %s, and names the prop", (_name, props, prop) => {
    expect(issuesOf(() => network(props as Partial<P>))).toEqual([prop]);
  });

  test("what the provider has not is not in the spec", () => {
    expect(Object.keys(contract.lacks).filter((prop) => prop in (network({}).spec ?? {}))).toEqual([]);
  });
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function lastingOf(resources: Resources, lasting: NetworkContract<object>["lasting"]): Record<string, object> {
  return Object.fromEntries(
    Object.entries(lasting).flatMap(([type, attributes]) =>
      Object.entries(resources[type] ?? {}).map(([id, body]) => [
        `${type}.${id}`,
        Object.fromEntries(attributes.map((attribute) => [attribute, body[attribute]])),
      ]),
    ),
  );
}

/** The props that an IntentError names. */
export function issuesOf(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(IntentError);
    return (error as IntentError).issues.map(({ prop }) => prop);
  }
  return [];
}
