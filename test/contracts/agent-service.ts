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
  build(stack: TerraformStack, id: string, props: AgentServiceProps): { readonly spec: AgentServiceSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  synth(build: (stack: TerraformStack) => unknown): TerraformJson;
  /** The containers of the only service in the JSON. */
  containers(json: TerraformJson): readonly ContractContainer[];
}

export const PINNED = `ghcr.io/acme/researcher@sha256:${"ab".repeat(32)}`;

/** Every agent service, on every provider: says in Terraform what was asked for, reports, keeps secrets out, can be switched off and grown. */
export function agentServiceContract({ secrets: [keySecret, other], build, facts, synth, containers }: AgentServiceContract): void {
  const base: AgentServiceProps = {
    image: PINNED,
    replicas: { min: 1, max: 4 },
    governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret },
  };
  const json = (props: Partial<AgentServiceProps> = {}) => synth((stack) => build(stack, "Agent", { ...base, ...props }));
  const addresses = (tf: TerraformJson) =>
    Object.entries(tf.resource ?? {}).flatMap(([type, instances]) => Object.keys(instances).map((id) => `${type}.${id}`));

  test.each<[string, Partial<AgentServiceProps>]>([
    ["the defaults", {}],
    ["a size", { size: "large" }],
    ["CPU and memory of its own", { vcpu: 4, memoryMiB: 8192, architecture: "amd64", ephemeralStorageGiB: 50 }],
    ["scaling by memory", { replicas: { min: 2, max: 20, cpuPercent: 60, memoryPercent: 80 } }],
    ["sandbox with a tag", { profile: "sandbox", image: "ghcr.io/acme/researcher:latest" }],
    [
      "command, port, environment and secrets",
      { command: ["node", "main.js"], port: 8443, environment: { LEVEL: "info" }, secrets: { LLM_KEY: other } },
    ],
    ["a health command", { healthCommand: { command: ["node", "healthy.js"], intervalSeconds: 10, timeoutSeconds: 4 } }],
    ["a sidecar", { size: "large", sidecars: { registry: { image: PINNED, vcpu: 1, memoryMiB: 2048, port: 9000, essential: false } } }],
    ["a reporter of its own", { reporter: { image: PINNED, command: ["node", "/app/reporter.js"] } }],
    ["a private registry", { registrySecret: other }],
    ["other heartbeats", { governance: { ...base.governance, heartbeatSeconds: 45, missedHeartbeats: 7 } }],
    ["named egress rules", { egress: { proxy: { port: 3128, peer: { cidr: "192.0.2.0/24" }, description: "The proxy" } } }],
    ["short log retention", { logRetentionDays: 30 }],
    ["the kill switch", { enabled: false }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: AgentServiceSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Agent", { ...base, ...props }).spec)).filter(
      (fact) => fact.kind === "agent-service",
    );
    expect(found.map((fact) => fact.spec)).toEqual([spec]);
  });

  test("the agent and its reporter have the governance contract", () => {
    const contract = {
      GOVERNANCE_ENDPOINT: "https://governance.acme.dev",
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "researcher",
      GOVERNANCE_KEY_FILE: "/run/governance/key",
      GOVERNANCE_HEARTBEAT_SECONDS: "30",
    };
    const found = containers(json()).filter(({ name }) => name === "agent" || name === "reporter");
    expect(found).toHaveLength(2);
    for (const container of found) expect(container.environment).toMatchObject(contract);
  });

  test("secrets are there by reference only, and the reporting key in no environment of the agent", () => {
    const all = containers(json({ secrets: { LLM_KEY: other } }));
    const agent = all.find(({ name }) => name === "agent");
    expect(agent?.secrets).toEqual({ LLM_KEY: other });
    expect(all.flatMap(({ environment }) => Object.values(environment))).not.toContain(keySecret);
    expect(all.filter(({ secrets }) => Object.values(secrets).includes(keySecret)).map(({ name }) => name)).toEqual(["governance-key"]);
  });

  test("every container has a read-only root, and what runs for long is not root", () => {
    const all = containers(json({ size: "large", sidecars: { registry: { image: PINNED, vcpu: 0.5, memoryMiB: 256 } } }));
    expect(all).toHaveLength(4);
    expect(all.filter(({ readOnlyRoot }) => !readOnlyRoot)).toEqual([]);
    expect(all.filter(({ user }) => user.startsWith("0")).map(({ name }) => name)).toEqual(["governance-key"]);
  });

  test("the kill switch leaves every address where it was and no copy running", () => {
    const [on, off] = [json(), json({ enabled: false })];
    expect(addresses(off)).toEqual(addresses(on));
    const fact = facts((stack) => build(stack, "Agent", { ...base, enabled: false })).find(({ kind }) => kind === "agent-service");
    expect(fact?.spec).toMatchObject({ enabled: false, replicas: { min: 0, max: 0 } });
  });

  test.each<[string, Partial<AgentServiceProps>, (stack: TerraformStack) => unknown]>([
    ["scaling by memory", { replicas: { min: 2, max: 9, memoryPercent: 70 } }, () => undefined],
    ["a sidecar", { sidecars: { cache: { image: PINNED, vcpu: 0.125, memoryMiB: 128 } } }, () => undefined],
    ["another agent in front", {}, (stack) => build(stack, "A", { ...base, governance: { ...base.governance, agentId: "first" } })],
  ])("growing by %s leaves every earlier address where it was", (_name, props, first) => {
    const grown = synth((stack) => {
      first(stack);
      build(stack, "Agent", { ...base, ...props });
    });
    expect(addresses(grown)).toEqual(expect.arrayContaining(addresses(json())));
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
}
