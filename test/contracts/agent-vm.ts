import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { AgentVmProps, AgentVmSpec } from "../../lib/spec/agent-vm";
import { governanceEnvironment } from "../../lib/spec/governance";

/** What a provider's test suite brings to the contract. */
export interface AgentVmContract {
  /** Two zones of the network the machine is put into. */
  readonly zones: readonly [string, string];
  /** References to two secrets. */
  readonly secrets: readonly [string, string];
  build(stack: TerraformStack, id: string, props: AgentVmProps): { readonly spec: AgentVmSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  /** The addresses of everything in the stack. */
  addresses(build: (stack: TerraformStack) => unknown): readonly string[];
  /** The document that the machine's programs get their environment from, and everything that is written to the machine. */
  delivered(build: (stack: TerraformStack) => unknown): { readonly settings: string; readonly firstStart: string };
}

/** Every agent machine, on every provider. */
export function agentVmContract({ zones, secrets, build, facts, addresses, delivered }: AgentVmContract): void {
  const base: AgentVmProps = {
    size: "small",
    units: { orchestrator: { command: ["/usr/bin/node", "/opt/agent/orchestrator.js"] } },
    governance: { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: secrets[0] },
  };
  const watcher = { command: ["/usr/bin/python3.13", "/opt/agent/watcher.py", "100 % of $HOME", 'a "quoted" \\ word'] };
  const bundle = { url: "https://artifacts.acme.dev/agent.tar.gz", sha256: "0".repeat(63) + "1", stripComponents: 1 };

  test.each<[string, Partial<AgentVmProps>]>([
    ["the defaults", {}],
    ["a sandbox", { profile: "sandbox" }],
    ["a large one for amd64", { size: "large", architecture: "amd64" }],
    ["another zone", { zone: zones[1] }],
    ["several units", { units: { ...base.units, watcher: { ...watcher, memoryMaxMiB: 512, restartSeconds: 60, machineIdentity: true } } }],
    ["tools, packages and a bundle", { tools: ["node", "python", "claude-code"], packages: ["git", "jq"], bundle }],
    ["sizes", { dataVolumeGiB: 100, rootVolumeGiB: 30 }],
    ["environment", { environment: { LEVEL: "debug" }, units: { main: { ...watcher, environment: { LEVEL: "info" } } } }],
    ["secrets", { secrets: { LLM_API_KEY: secrets[1] } }],
    ["a reporter of its own", { tools: [], reporter: { command: ["/opt/reporter/report", "--all"], bundle } }],
    ["governance", { governance: { ...base.governance, heartbeatSeconds: 60, missedHeartbeats: 5 } }],
    ["another maintenance window", { maintenanceWindow: "Wednesday 22:30-23:45" }],
    ["stopped", { enabled: false }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: AgentVmSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Vm", { ...base, ...props }).spec)).find((fact) => fact.kind === "agent-vm");
    expect(found?.spec).toEqual(spec);
  });

  test("nothing may connect to it", () => {
    const firewalls = facts((stack) => build(stack, "Vm", base)).flatMap((fact) =>
      fact.kind === "firewall" && fact.path.includes("/Vm/") ? [fact.spec] : [],
    );
    expect(firewalls).toHaveLength(1);
    expect(firewalls[0]?.exposure).toBe("private");
    expect(firewalls[0]?.rules.filter((rule) => rule.direction === "ingress")).toEqual([]);
  });

  test("the governance contract lands in the environment, the key by reference only", () => {
    const { settings, firstStart } = delivered((stack) => build(stack, "Vm", base));
    const { governance } = JSON.parse(settings) as { governance: { environment: object; keySecret: string } };
    expect(governance.environment).toEqual(governanceEnvironment({ ...base.governance, heartbeatSeconds: 30, missedHeartbeats: 3 }));
    expect(governance.keySecret).toBe(secrets[0]);
    for (const unit of ["agent-orchestrator", "governance-reporter"]) {
      expect(firstStart).toMatch(new RegExp(`${unit}\\.service[\\s\\S]*EnvironmentFile=/run/governance/environment`));
    }
  });

  test("references to secrets are not on the machine's disk", () => {
    const { firstStart } = delivered((stack) => build(stack, "Vm", { ...base, secrets: { LLM_API_KEY: secrets[1] } }));
    expect(firstStart).not.toContain(secrets[0]);
    expect(firstStart).not.toContain(secrets[1]);
  });

  test.each<[string, Partial<AgentVmProps>]>([
    ["a unit", { units: { aaa: watcher, ...base.units } }],
    ["a secret", { secrets: { LLM_API_KEY: secrets[1] } }],
    ["software", { tools: ["node", "python"], bundle }],
    ["being stopped", { enabled: false }],
  ])("growing by %s leaves every earlier address where it was", (_name, props) => {
    const before = addresses((stack) => build(stack, "Vm", base));
    const after = addresses((stack) => build(stack, "Vm", { ...base, ...props }));
    expect(after).toEqual(expect.arrayContaining([...before]));
  });

  test("what the agent needs at run time may change without another first start", () => {
    const first = (props: Partial<AgentVmProps>) => delivered((stack) => build(stack, "Vm", { ...base, ...props })).firstStart;
    const changed = first({ environment: { LEVEL: "debug" }, secrets: { LLM_API_KEY: secrets[1] }, bundle, tools: ["node", "python"] });
    expect(changed).toBe(first({}));
    expect(first({ packages: ["git", "jq"] })).not.toBe(first({}));
  });
}
