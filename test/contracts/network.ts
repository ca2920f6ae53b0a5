import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { NetworkProps, NetworkSpec } from "../../lib/spec/network";

/** What a provider's test suite brings to the contract. */
export interface NetworkContract {
  /** Two zones of the provider, and a third. */
  readonly zones: readonly [string, string, string];
  build(stack: TerraformStack, id: string, props: NetworkProps): { readonly spec: NetworkSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
}

/** Every network, on every provider: says in Terraform what was asked for, and grows without moving anything. */
export function networkContract({ zones: [first, second, third], build, facts }: NetworkContract): void {
  const base: NetworkProps = { cidr: "10.20.0.0/16", zones: [first, second], egress: "nat-gateway" };

  const network = (props: NetworkProps): NetworkSpec => {
    const found = facts((stack) => build(stack, "Net", props)).find((fact) => fact.kind === "network");
    return found?.spec as NetworkSpec;
  };

  test.each<[string, Partial<NetworkProps>]>([
    ["NAT gateway", {}],
    ["NAT gateway per zone", { egress: "nat-gateway-per-zone" }],
    ["NAT instance", { egress: "nat-instance" }],
    ["public addresses", { egress: "public-ip" }],
    ["no egress", { egress: "none" }],
    ["sandbox in one zone", { profile: "sandbox", zones: [first] }],
    ["two tiers", { tiers: ["public", "private"] }],
    ["short flow log retention", { flowLogRetentionDays: 30 }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: NetworkSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Net", { ...base, ...props }).spec)).find((fact) => fact.kind === "network");
    expect(found?.spec).toEqual(spec);
  });

  test.each<[string, Partial<NetworkProps>, Partial<NetworkProps>]>([
    ["a zone", {}, { zones: [first, second, third] }],
    ["a zone in front", { zones: [second, third] }, { zones: [first, second, third] }],
    ["a tier", { tiers: ["public", "private"] }, { tiers: ["public", "private", "isolated"] }],
    ["a NAT per zone", {}, { egress: "nat-gateway-per-zone" }],
  ])("growing by %s leaves every earlier subnet where it was", (_name, before, after) => {
    const grown = network({ ...base, ...after });
    expect(grown.subnets).toEqual(expect.arrayContaining([...(network({ ...base, ...before }).subnets ?? [])]));
  });
}
