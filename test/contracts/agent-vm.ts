import type { Fact } from "../../lib/facts/fact";
import { Inventory, type Reader, type TerraformJson } from "../../lib/facts/inventory";
import type { AgentVmProps, AgentVmSpec } from "../../lib/spec/agent-vm";
import { governanceEnvironment } from "../../lib/spec/governance";

/** What a provider's test suite brings to the contract. */
export interface AgentVmContract {
  /** A zone of the network other than the first, where one can be chosen. */
  readonly otherZone?: string;
  /** Sizes of both volumes in GiB; the system volume's where it does not come with the size. */
  readonly volumes: Pick<AgentVmProps, "dataVolumeGiB" | "rootVolumeGiB">;
  /** Whether units can act with an identity of the machine. */
  readonly identity: boolean;
  /** Whether the machine fetches its settings again and again, so that they can change without another first start. */
  readonly fetchesSettings: boolean;
  /** References to two secrets. */
  readonly secrets: readonly [string, string];
  /** A stack with one machine, whose id is `Vm`. */
  synthesize(props: AgentVmProps): SynthesizedMachine;
}

/** What is to be seen of a stack with one machine. */
export interface SynthesizedMachine {
  readonly spec: AgentVmSpec;
  readonly facts: readonly Fact[];
  /** The addresses of everything in the stack. */
  readonly addresses: readonly string[];
  /** The document that the machine's programs get their environment from. */
  readonly settings: string;
  /** Everything that is written to the machine at its first start, as JSON. */
  readonly firstStart: string;
}

/** What is to be seen of Terraform's JSON, whatever the provider. */
export function machineIn(json: TerraformJson, readers: Readonly<Record<string, Reader>>): Pick<SynthesizedMachine, "facts" | "addresses"> {
  const inventory = new Inventory(json);
  return { facts: inventory.facts(readers), addresses: inventory.resources.map(({ address }) => address) };
}

/** Every agent machine, on every provider. */
export function agentVmContract(contract: AgentVmContract): void {
  const { otherZone, secrets, identity } = contract;
  const base: AgentVmProps = {
    size: "small",
    units: { orchestrator: { command: ["/usr/bin/node", "/opt/agent/orchestrator.js"] } },
    governance: { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: secrets[0] },
  };
  const seen = new Map<string, SynthesizedMachine>();
  const machine: Machine = (props = {}) => {
    const key = JSON.stringify(props);
    const found = seen.get(key) ?? contract.synthesize({ ...base, ...props });
    seen.set(key, found);
    return found;
  };
  const watcher = { command: ["/usr/bin/python3.13", "/opt/agent/watcher.py", "100 % of $HOME", 'a "quoted" \\ word'] };
  const acting = identity ? { machineIdentity: true } : {};
  const bundle = { url: "https://artifacts.acme.dev/agent.tar.gz", sha256: "0".repeat(63) + "1", stripComponents: 1 };

  test.each<[string, Partial<AgentVmProps>]>([
    ["the defaults", {}],
    ["a sandbox", { profile: "sandbox" }],
    ["a large one for amd64", { size: "large", architecture: "amd64" }],
    ...(otherZone === undefined ? [] : [["another zone", { zone: otherZone }] as [string, Partial<AgentVmProps>]]),
    ["several units", { units: { ...base.units, watcher: { ...watcher, memoryMaxMiB: 512, restartSeconds: 60, ...acting } } }],
    ["tools, packages and a bundle", { tools: ["node", "python", "claude-code"], packages: ["git", "jq"], bundle }],
    ["sizes", contract.volumes],
    ["environment", { environment: { LEVEL: "debug" }, units: { main: { ...watcher, environment: { LEVEL: "info" } } } }],
    ["secrets", { secrets: { LLM_API_KEY: secrets[1] } }],
    ["a reporter of its own", { tools: [], reporter: { command: ["/opt/reporter/report", "--all"], bundle } }],
    ["governance", { governance: { ...base.governance, heartbeatSeconds: 60, missedHeartbeats: 5 } }],
    ["another maintenance window", { maintenanceWindow: "Wednesday 22:30-23:45" }],
    ["stopped", { enabled: false }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    const { spec, facts } = machine(props);
    expect(facts.find((fact) => fact.kind === "agent-vm")?.spec).toEqual(spec);
  });

  test("nothing may connect to it", () => {
    const firewalls = machine().facts.flatMap((fact) => (fact.kind === "firewall" && fact.path.includes("/Vm/") ? [fact.spec] : []));
    expect(firewalls).toHaveLength(1);
    expect(firewalls[0]?.exposure).toBe("private");
    expect(firewalls[0]?.rules.filter((rule) => rule.direction === "ingress")).toEqual([]);
  });

  test("the governance contract lands in the environment, the key by reference only", () => {
    const { settings, firstStart } = machine();
    const { governance } = JSON.parse(settings) as { governance: { environment: object; keySecret: string } };
    expect(governance.environment).toEqual(governanceEnvironment({ ...base.governance, heartbeatSeconds: 30, missedHeartbeats: 3 }));
    expect(governance.keySecret).toBe(secrets[0]);
    for (const unit of ["agent-orchestrator", "governance-reporter"]) {
      expect(firstStart).toMatch(new RegExp(`${unit}\\.service[\\s\\S]*EnvironmentFile=/run/governance/environment`));
    }
  });

  test.each<[string, Partial<AgentVmProps>]>([
    ["a unit", { units: { aaa: watcher, ...base.units } }],
    ["a secret", { secrets: { LLM_API_KEY: secrets[1] } }],
    ["software", { tools: ["node", "python"], bundle }],
    ["being stopped", { enabled: false }],
  ])("growing by %s leaves every earlier address where it was", (_name, props) => {
    expect(machine(props).addresses).toEqual(expect.arrayContaining([...machine().addresses]));
  });

  test("nothing that a service may do without is left to it", () => {
    const { firstStart } = machine({ units: { ...base.units, watcher: { ...watcher, ...acting } } });
    const services = (JSON.parse(firstStart) as { write_files: { path: string; content: string }[] }).write_files.filter(({ path }) =>
      /\/agent-\w+\.service$/.test(path),
    );
    expect(services).toHaveLength(2);
    for (const { path, content } of services) {
      expect(content).toContain("NoNewPrivileges=yes\nCapabilityBoundingSet=\n");
      expect(content.includes("IPAddressDeny=169.254.169.254")).toBe(!identity || path.endsWith("orchestrator.service"));
    }
  });

  test("ssh is off, and the machine's own packet filter lets nobody in", () => {
    const { firstStart } = machine();
    const config = JSON.parse(firstStart) as { runcmd: string[][]; write_files: { path: string; content: string }[] };
    expect(config.runcmd).toContainEqual(["systemctl", "mask", "--now", "ssh.service", "ssh.socket"]);
    const filter = config.write_files.find(({ path }) => path === "/etc/nftables.conf")?.content ?? "";
    expect(filter).toContain("hook input priority filter; policy drop;");
    expect(filter).not.toMatch(/dport (22|\{)/);
  });

  test("another program is another first start", () => {
    expect(machine({ packages: ["git", "jq"] }).firstStart).not.toBe(machine().firstStart);
  });

  if (contract.fetchesSettings) fetchedSettings(machine, secrets, bundle);
}

type Machine = (props?: Partial<AgentVmProps>) => SynthesizedMachine;

/** Where the machine fetches its settings, they are in no user data. */
function fetchedSettings(machine: Machine, secrets: AgentVmContract["secrets"], bundle: AgentVmProps["bundle"]): void {
  const withSecret = { secrets: { LLM_API_KEY: secrets[1] } };

  test("references to secrets are not on the machine's disk", () => {
    const { firstStart } = machine(withSecret);
    expect(firstStart).not.toContain(secrets[0]);
    expect(firstStart).not.toContain(secrets[1]);
  });

  test("what the agent needs at run time may change without another first start", () => {
    const changed = machine({ ...withSecret, environment: { LEVEL: "debug" }, bundle, tools: ["node", "python"] });
    expect(changed.firstStart).toBe(machine().firstStart);
  });
}
