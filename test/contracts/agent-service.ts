import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { TerraformJson } from "../../lib/facts/inventory";
import type { AgentServiceProps, AgentServiceSpec } from "../../lib/spec/agent-service";

/** A container as every platform's definition says it. */
export interface ContractContainer {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly readOnlyRoot: boolean;
  readonly user: string;
}

/** What a provider's test suite brings to the contract. */
export interface AgentServiceContract {
  /** Two references to secrets in the provider's store. */
  readonly secrets: readonly [string, string];
  /** What every agent has at this provider, beside what all have. */
  readonly base?: object;
  /** Neutral props that the provider lacks, each with a value that others take. */
  readonly lacks?: Readonly<Record<string, unknown>>;
  /** Props of the provider, or values of neutral ones, that Terraform has to say too. */
  readonly cases?: readonly (readonly [string, object])[];
  /** Props with which an agent grows at this provider. */
  readonly growth: readonly (readonly [string, object])[];
  /** Gives the agent the second secret as LLM_KEY. */
  readonly secretProps?: object;
  /**
   * Which containers hold the references to the agent's secret and to the reporting key.
   * @default { secret: "agent", key: "governance-key" }
   */
  readonly holders?: { readonly secret: string; readonly key: string };
  /**
   * The containers beside the agent's.
   * @default ["governance-key", "reporter"]
   */
  readonly others?: readonly string[];
  /** @default "/run/governance/key" */
  readonly keyFile?: string;
  build(stack: TerraformStack, id: string, props: AgentServiceProps): { readonly spec: AgentServiceSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  synth(build: (stack: TerraformStack) => unknown): TerraformJson;
  /** The containers of the only service in the JSON. */
  containers(json: TerraformJson): readonly ContractContainer[];
}

export const PINNED = `ghcr.io/acme/researcher@sha256:${"ab".repeat(32)}`;

/** Every agent service, on every provider: says in Terraform what was asked for, reports, keeps secrets out, can be switched off and grown. */
export function agentServiceContract({ secrets: [keySecret, other], build, facts, synth, containers, ...own }: AgentServiceContract): void {
  const { lacks = {}, holders = { secret: "agent", key: "governance-key" }, others = ["governance-key", "reporter"] } = own;
  const secretProps = own.secretProps ?? { secrets: { LLM_KEY: other } };
  const base = {
    image: PINNED,
    governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret },
    replicas: { min: 1, max: 4 },
    ...own.base,
  } as AgentServiceProps;
  const json = (props: object = {}) => synth((stack) => build(stack, "Agent", { ...base, ...props }));
  const addresses = (tf: TerraformJson) =>
    Object.entries(tf.resource ?? {}).flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`));
  const plain = json();

  const asked: readonly (readonly [string, object])[] = [
    ["the defaults", {}],
    ["a size", { size: "large" }],
    ["CPU and memory of its own", { vcpu: 2, memoryMiB: 4096 }],
    ["sandbox with a tag", { profile: "sandbox", image: "ghcr.io/acme/researcher:latest" }],
    ["command, port and environment", { command: ["node", "main.js", "it's"], port: 8443, environment: { LEVEL: "info" } }],
    ["a secret", secretProps],
    ["a health command", { healthCommand: { command: ["node", "healthy.js"], intervalSeconds: 10, timeoutSeconds: 4 } }],
    ["a sidecar", { size: "large", sidecars: { registry: { image: PINNED, vcpu: 1, memoryMiB: 2048, port: 9000 } } }],
    ["a reporter of its own", { reporter: { image: PINNED, command: ["node", "/app/reporter.js"] } }],
    ["a private registry", { registrySecret: other }],
    ["other heartbeats", { governance: { ...base.governance, heartbeatSeconds: 45, missedHeartbeats: 7 } }],
    ["named egress rules", { egress: { proxy: { port: 3128, peer: { cidr: "192.0.2.0/24" }, description: "The proxy" } } }],
    ["short log retention", { logRetentionDays: 30 }],
    ["the kill switch", { enabled: false }],
    ...(own.cases ?? []),
  ];

  test.each(asked.filter(([, props]) => !Object.keys(props).some((prop) => prop in lacks)))(
    "Terraform says what was asked for: %s",
    (_name, props) => {
      let spec: AgentServiceSpec | undefined;
      const found = facts((stack) => (spec = build(stack, "Agent", { ...base, ...props }).spec)).filter(
        (fact) => fact.kind === "agent-service",
      );
      expect(found.map((fact) => fact.spec)).toEqual([spec]);
    },
  );

  test("the agent and its reporter have the governance contract", () => {
    const contract = {
      GOVERNANCE_ENDPOINT: "https://governance.acme.dev",
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "researcher",
      GOVERNANCE_KEY_FILE: own.keyFile ?? "/run/governance/key",
      GOVERNANCE_HEARTBEAT_SECONDS: "30",
    };
    const found = containers(plain).filter(({ name }) => name !== "governance-key");
    expect(found.map(({ name }) => name)).toEqual(["agent", ...others.filter((name) => name === "reporter")]);
    for (const container of found) expect(container.environment).toMatchObject(contract);
  });

  test("secrets are there by reference only, and the reporting key where it is handed over only", () => {
    const all = containers(json(secretProps));
    const holding = (reference: string) => all.filter(({ secrets }) => Object.values(secrets).includes(reference)).map(({ name }) => name);
    expect(holding(other)).toEqual([holders.secret]);
    expect(holding(keySecret)).toEqual([holders.key]);
    const values = all.flatMap(({ environment }) => Object.values(environment));
    expect(values).not.toContain(keySecret);
    expect(values).not.toContain(other);
  });

  if (others.length > 0) {
    test("every container has a read-only root, and what runs for long is not root", () => {
      const all = containers(json({ size: "large", sidecars: { registry: { image: PINNED, vcpu: 0.5, memoryMiB: 256 } } }));
      expect(all).toHaveLength(4);
      expect(all.filter(({ readOnlyRoot }) => !readOnlyRoot)).toEqual([]);
      expect(all.filter(({ user }) => user.startsWith("0")).map(({ name }) => name)).toEqual(["governance-key"]);
    });
  }

  test("the kill switch leaves every address where it was, or takes it away, and no copy running", () => {
    expect(addresses(plain)).toEqual(expect.arrayContaining(addresses(json({ enabled: false }))));
    const fact = facts((stack) => build(stack, "Agent", { ...base, enabled: false })).find(({ kind }) => kind === "agent-service");
    expect(fact?.spec).toMatchObject({ enabled: false, replicas: { min: 0, max: 0 } });
  });

  test.each<readonly [string, object, (stack: TerraformStack) => unknown]>([
    ...own.growth.map(([name, props]) => [name, props, () => undefined] as const),
    ["another agent in front", {}, (stack) => build(stack, "A", { ...base, governance: { ...base.governance, agentId: "first" } })],
  ])("growing by %s leaves every earlier address where it was", (_name, props, first) => {
    const grown = synth((stack) => {
      first(stack);
      build(stack, "Agent", { ...base, ...props });
    });
    expect(addresses(grown)).toEqual(expect.arrayContaining(addresses(plain)));
  });

  test("fails when two agents share an id, naming both", () => {
    const both = () =>
      synth((stack) => {
        build(stack, "One", base);
        build(stack, "Two", base);
      });
    expect(both).toThrowErrorMatchingInlineSnapshot(`
     "test/Two: 1 problem
       - governance.agentId: got "researcher", want an agent id that test/One does not use already; give one of the two agents another id"
    `);
  });

  test.each([
    ["a tag in production", { image: "ghcr.io/acme/researcher:latest" }, "image"],
    ["an unlimited number of copies", { replicas: { min: 1, max: Infinity } }, "replicas"],
    ["a secret in plain text", { environment: { API_TOKEN: "x" } }, "environment.API_TOKEN"],
    ["the key itself instead of its reference", { governance: { ...base.governance, keySecret: "sk-live-1" } }, "governance.keySecret"],
    ["an endpoint without TLS", { governance: { ...base.governance, endpoint: "http://acme.dev" } }, "governance.endpoint"],
    ["names of the governance contract", { environment: { AGENT_ID: "me" } }, "environment.AGENT_ID"],
    ["a prop that there is not", { replica: 3 }, "replica"],
  ])("fails on %s", (_name, props, prop) => {
    expect(() => json(props)).toThrow(new RegExp(`^test/Agent: \\d+ problems?\\n  - ${prop.replaceAll(".", "\\.")}`));
  });

  if (Object.keys(lacks).length > 0) {
    test("fails on everything that the provider lacks, with the reason, and takes none of it into the spec", () => {
      expect(() => json(lacks)).toThrow(new RegExp(`^test/Agent: ${Object.keys(lacks).length} problems\\n`));
      for (const [prop, value] of Object.entries(lacks)) {
        expect(() => json({ [prop]: value })).toThrow(new RegExp(`- ${prop}: got .*, want nothing: .*; remove it$`));
      }
    });
  }
}
