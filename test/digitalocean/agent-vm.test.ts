import { createHash } from "node:crypto";
import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  digitalocean,
  DigitalOceanAgentVm,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
  type DigitalOceanAgentVmProps,
} from "cdktf-governed-agents/digitalocean";
import { once } from "../../lib/once";
import { tryReadUserData } from "../../lib/digitalocean/agent-vm/agent-vm-machine";
import type { AgentVmSpec } from "../../lib/spec/agent-vm";
import { agentVmContract, machineIn } from "../contracts/agent-vm";
import { doSynth, resourcesOf } from "./support";

const KEY = "secret/data/assistant#key";
const UNITS = { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } };
const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: KEY };

/** A network that is managed elsewhere, so that the stacks hold nothing but the machine. */
const NETWORK = DigitalOceanNetwork.fromAttributes({
  vpcId: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  region: "fra1",
  cidr: "10.20.0.0/16",
  egress: "public-ip",
});

const wrappedToken = (stack: TerraformStack) =>
  once(stack, "WrappedToken", (id) => new TerraformVariable(stack, id, { type: "string", sensitive: true })).stringValue;

const vm = (stack: TerraformStack, props: Partial<DigitalOceanAgentVmProps> = {}) =>
  new DigitalOceanAgentVm(stack, "Vm", {
    network: NETWORK,
    size: "small",
    units: UNITS,
    governance: GOVERNANCE,
    secretExchange: { url: "https://vault.acme.dev:8200", wrappedToken: wrappedToken(stack) },
    ...props,
  });

const synthesize = (props: Partial<DigitalOceanAgentVmProps> = {}) => doSynth((stack) => vm(stack, props));
const only = (synthesized: ReturnType<typeof synthesize>, type: string) => {
  const found = Object.values(resourcesOf(synthesized, type));
  expect(found).toHaveLength(1);
  return found[0] as Record<string, unknown>;
};

describe("DigitalOceanAgentVm", () => {
  agentVmContract({
    volumes: { dataVolumeGiB: 100 },
    identity: false,
    fetchesSettings: false,
    secrets: [KEY, "secret/data/llm#api-key"],
    synthesize: (props) => {
      let spec: AgentVmSpec | undefined;
      const synthesized = doSynth((stack) => (spec = vm(stack, props as Partial<DigitalOceanAgentVmProps>).spec));
      const [droplet] = Object.values(resourcesOf(synthesized, "digitalocean_droplet"));
      const first = tryReadUserData(droplet?.user_data);
      return {
        spec: spec as AgentVmSpec,
        ...machineIn(synthesized.json, digitalocean.readers),
        settings: JSON.stringify(first?.settings),
        firstStart: JSON.stringify(first?.config),
      };
    },
  });

  const defaults = synthesize();

  test("the droplet is hardened", () => {
    const droplet = only(defaults, "digitalocean_droplet");
    expect(droplet).toMatchObject({
      droplet_agent: false,
      graceful_shutdown: true,
      image: "ubuntu-24-04-x64",
      ipv6: false,
      monitoring: true,
      name: "test-vm",
      region: "fra1",
      size: "s-2vcpu-4gb",
      volume_ids: [expect.stringMatching(/^\$\{digitalocean_volume\.Vm_Data/)],
      vpc_uuid: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
    });
    expect(droplet).not.toHaveProperty("ssh_keys");
    expect(droplet).not.toHaveProperty("count");
    expect(droplet.user_data).toContain("  - - passwd\n    - --lock\n    - root\n");
    expect(droplet.tags).toEqual([expect.stringMatching(/^\$\{digitalocean_tag\.Vm_Firewall_Tag/)]);
  });

  test("data is apart from the machine, and kept in production", () => {
    expect(only(defaults, "digitalocean_volume")).toMatchObject({ lifecycle: { prevent_destroy: true }, name: "test-vm-data", size: 20 });
    expect(only(synthesize({ profile: "sandbox" }), "digitalocean_volume")).not.toHaveProperty("lifecycle");
  });

  test("it reaches what it needs, and nothing else", () => {
    const rules = (only(defaults, "digitalocean_firewall").outbound_rule as Record<string, unknown>[]).map(
      (rule) => `${String(rule.protocol)} ${String(rule.port_range)} ${String(rule.destination_addresses as string[])}`,
    );
    expect(rules).toEqual(["tcp 443 0.0.0.0/0", "tcp 80 0.0.0.0/0", "udp 53 67.207.67.2/31", "tcp 53 67.207.67.2/31", "udp 123 0.0.0.0/0"]);
  });

  test("the wrapped token is a reference, and another one replaces nothing", () => {
    const droplet = only(defaults, "digitalocean_droplet");
    expect(String(droplet.user_data)).toContain("path: /var/lib/machine/wrapped-token\n");
    expect(String(droplet.user_data).match(/\$\{var\.WrappedToken\}/g)).toHaveLength(1);
    const [first] = Object.keys(resourcesOf(defaults, "terraform_data"));
    expect(droplet.lifecycle).toEqual({ ignore_changes: ["user_data"], replace_triggered_by: [`terraform_data.${String(first)}`] });
  });

  const NETWORK_WITH = (stack: TerraformStack) =>
    new DigitalOceanNetwork(stack, "Network", { cidr: "10.20.0.0/16", region: "fra1", egress: "public-ip" });
  const database = (stack: TerraformStack, props: Partial<DigitalOceanAgentVmProps> = {}) => {
    const network = NETWORK_WITH(stack);
    const memory = new DigitalOceanPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 30 });
    return vm(stack, { network, database: memory, databasePassword: "secret/data/memory#password", ...props });
  };

  test("a database opens its firewall for the machine, and its password stays a reference", () => {
    const synthesized = doSynth((stack) => database(stack));
    const first = tryReadUserData(only(synthesized, "digitalocean_droplet").user_data);
    expect(first?.settings.database).toEqual({
      environment: {
        DATABASE_HOST: expect.stringMatching(/^\$\{digitalocean_database_cluster.*private_host\}$/) as string,
        DATABASE_NAME: "app",
        DATABASE_PORT: expect.stringMatching(/^\$\{digitalocean_database_cluster.*port\}$/) as string,
        DATABASE_USER: "app",
        PGSSLMODE: "require",
      },
      password: "secret/data/memory#password",
    });
    const { tags } = only(synthesized, "digitalocean_droplet");
    expect(JSON.stringify(only(synthesized, "digitalocean_database_firewall"))).toContain((tags as string[])[0]);
  });

  test("fails on a database without the place of its password, and on what belongs to none", () => {
    expect(() => doSynth((stack) => database(stack, { databasePassword: undefined, databaseUser: "doadmin" })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 2 problems
       - databaseUser: got "doadmin", want a user of the database that is no administrator
       - databasePassword: got nothing, want a field of a secret in the vault, such as "secret/data/assistant#key""
    `);
    const alone = { databasePassword: "secret/data/memory#password", databaseUser: "app" };
    expect(() => synthesize(alone)).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 2 problems
       - databaseUser: got "app", want nothing without database; give database too
       - databasePassword: got "secret/data/memory#password", want nothing without database; give database too"
    `);
  });

  test("what the machine is told replaces it, also when it is known only after apply", () => {
    const trigger = (props: Partial<DigitalOceanAgentVmProps>) => only(synthesize(props), "terraform_data").triggers_replace;
    const before = trigger({});
    expect(before).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(trigger({ enabled: false, dataVolumeGiB: 40 })).toEqual(before);
    expect(trigger({ environment: { LEVEL: "debug" } })).not.toEqual(before);
    const later = doSynth((stack) => vm(stack, { environment: { QUEUE: new TerraformVariable(stack, "Queue", {}).stringValue } }));
    expect(only(later, "terraform_data").triggers_replace).toMatchObject({ later: "${var.Queue}" });
  });

  test("what looks like an expression of Terraform is left alone", () => {
    const environment = { TEMPLATE: "${HOME} %{if} $${x}" };
    const droplet = only(synthesize({ environment }), "digitalocean_droplet");
    expect(droplet.user_data).toContain("$${HOME} %%{if}");
  });

  test("the kill switch deletes the droplet, keeps data and address, and silences the alarms", () => {
    const stopped = synthesize({ enabled: false, reservedIp: true });
    expect(only(stopped, "digitalocean_droplet").count).toBe(0);
    expect(only(stopped, "digitalocean_reserved_ip")).not.toHaveProperty("droplet_id");
    expect(only(stopped, "digitalocean_volume")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    const alerts = Object.values(resourcesOf(stopped, "digitalocean_monitor_alert"));
    expect(alerts).toHaveLength(4);
    expect(alerts.every((alert) => alert.enabled === false)).toBe(true);
  });

  test("an address that outlives the machine comes only when asked for", () => {
    expect(resourcesOf(defaults, "digitalocean_reserved_ip")).toEqual({});
    expect(only(synthesize({ reservedIp: true }), "digitalocean_reserved_ip")).toMatchObject({
      droplet_id: expect.stringMatching(/^\$\{digitalocean_droplet/) as string,
      region: "fra1",
    });
  });

  test("the thresholds are those of a machine in use, and follow its tag", () => {
    const alerts = Object.values(resourcesOf(defaults, "digitalocean_monitor_alert"));
    expect(alerts.map((alert) => `${String(alert.type)} ${String(alert.value)} for ${String(alert.window)}`)).toMatchInlineSnapshot(`
     [
       "v1/insights/droplet/cpu 90 for 5m",
       "v1/insights/droplet/cpu 80 for 30m",
       "v1/insights/droplet/disk_utilization_percent 80 for 5m",
       "v1/insights/droplet/memory_utilization_percent 80 for 5m",
     ]
    `);
    expect(alerts.every((alert) => String(alert.tags as string[]).includes("digitalocean_tag.Vm_Firewall_Tag"))).toBe(true);
  });

  test("missing heartbeats ring when an address can be asked for them", () => {
    expect(resourcesOf(defaults, "digitalocean_uptime_check")).toEqual({});
    const watched = synthesize({
      livenessUrl: "https://governance.acme.dev/live/assistant",
      governance: { ...GOVERNANCE, missedHeartbeats: 7 },
    });
    expect(only(watched, "digitalocean_uptime_check")).toMatchObject({
      target: "https://governance.acme.dev/live/assistant",
      type: "https",
    });
    expect(only(watched, "digitalocean_uptime_alert")).toMatchObject({ period: "5m", type: "down_global" });
  });

  test("fails with the problems of DigitalOcean and of the machine at once", () => {
    const build = () =>
      doSynth((stack) =>
        vm(stack, {
          network: { ...NETWORK, egress: "none" },
          architecture: "arm64",
          zone: "fra1-a",
          rootVolumeGiB: 40,
          imageId: "Ubuntu 24.04",
          dataVolumeGiB: 20_000,
          reservedIp: "yes",
          livenessUrl: "http://governance.acme.dev",
          secretExchange: { url: "https://vault.acme.dev/v1", wrappedToken: "hvs.CAESIJ" },
          units: { main: { ...UNITS.main, machineIdentity: true } },
          bundle: { url: "s3://bundles/agent.tar.gz", sha256: "a".repeat(64) },
          governance: { ...GOVERNANCE, keySecret: "gov-key" },
        } as never),
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 13 problems
       - zone: got "fra1-a", want nothing: a region of DigitalOcean has no zones to choose from; remove it
       - rootVolumeGiB: got 40, want nothing: the system volume of a droplet comes with its size: 80 GiB with small, 160 with medium, 320 with large; remove it
       - secretExchange.url: got "https://vault.acme.dev/v1", want an https URL without path
       - secretExchange.wrappedToken: got a literal (hidden, because it may be a secret), want the wrapped token as sensitive variable; use new TerraformVariable(stack, "WrappedToken", { sensitive: true })
       - imageId: got "Ubuntu 24.04", want the slug or number of an image, such as "ubuntu-24-04-x64" or "178934212"
       - reservedIp: got "yes", want true or false
       - livenessUrl: got "http://governance.acme.dev", want an https URL
       - network: got {"egress":"none"}, want a network with a way out, for updates, software and the governance endpoint; choose another egress of the network
       - architecture: got "arm64", want one of "amd64": DigitalOcean has no arm64 droplets; did you mean "amd64"?
       - units.main.machineIdentity: got true, want nothing: a droplet has no identity that could be asked for secrets; the machine's own token is closed to units; remove it
       - bundle.url: got "s3://bundles/agent.tar.gz", want an https URL without query
       - dataVolumeGiB: got 20000, want a whole number, 1 to 16384 (DigitalOcean volume limits)
       - governance.keySecret: got text that may hold a secret (hidden), want a field of a secret in the vault, such as "secret/data/assistant#key"; store the key as a secret and give its reference"
    `);
  });

  test("fails when user data is more than DigitalOcean takes", () => {
    const noise = (seed: number) =>
      Array.from({ length: 60 }, (_, index) => createHash("sha256").update(`${seed} ${index}`).digest("hex")).join("");
    const units = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`unit-${index}`, { command: ["/usr/bin/node", noise(index)] }]),
    );
    expect(() => synthesize({ units })).toThrow(/test\/Vm: 1 problem\n {2}- units: got "\d+ bytes of user data", want at most 65536 bytes/);
  });
});
