import { createHash } from "node:crypto";
import type { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { aws, AwsAgentVm, AwsNetwork, AwsPostgres, type AwsAgentVmProps } from "cdktf-governed-agents/aws";
import { tryReadUserData } from "../../lib/aws/agent-vm/agent-vm-machine";
import { readSettings } from "../../lib/runtime/machine";
import type { AgentVmSpec } from "../../lib/spec/agent-vm";
import { agentVmContract, machineIn } from "../contracts/agent-vm";
import { awsSynth, resourcesOf, testNetwork } from "./support";

const SECRETS = "arn:aws:secretsmanager:us-east-1:123456789012:secret";
const KEY = `${SECRETS}:keys/assistant-AbCdEf`;
const UNITS = { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } };
const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: KEY };

/** A network that is managed elsewhere, so that the stacks hold nothing but the machine. */
const NETWORK = AwsNetwork.fromAttributes({
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.20.0.0/16",
  zones: ["us-east-1a", "us-east-1b"],
  egress: "nat-gateway",
  subnetIds: { private: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
});

const vm = (stack: TerraformStack, props: Partial<AwsAgentVmProps> = {}) =>
  new AwsAgentVm(stack, "Vm", {
    network: props.network ?? testNetwork(stack),
    size: "small",
    units: UNITS,
    governance: GOVERNANCE,
    ...props,
  });

/** The only resource of a type that belongs to the machine itself. */
function only(props: Partial<AwsAgentVmProps>, type: string): Record<string, unknown> {
  const found = Object.entries(
    resourcesOf(
      awsSynth((stack) => vm(stack, props)),
      type,
    ),
  ).filter(([id]) => id.startsWith("Vm"));
  expect(found).toHaveLength(1);
  return found[0]?.[1] as Record<string, unknown>;
}

/** The statements of the role, by sid. */
function statements(props: Partial<AwsAgentVmProps>): Record<string, Record<string, unknown>> {
  const documents = awsSynth((stack) => vm(stack, props)).json.data as Record<string, Record<string, { statement: { sid?: string }[] }>>;
  const own = Object.entries(documents.aws_iam_policy_document ?? {}).filter(([id]) => id.startsWith("Vm_"));
  return Object.fromEntries(own.flatMap(([, { statement }]) => statement.map((one) => [one.sid ?? "Trust", one])));
}

describe("AwsAgentVm", () => {
  agentVmContract({
    otherZone: "us-east-1b",
    volumes: { dataVolumeGiB: 100, rootVolumeGiB: 30 },
    identity: true,
    fetchesSettings: true,
    secrets: [KEY, `${SECRETS}:llm-AbCdEf:key::`],
    synthesize: (props) => {
      let spec: AgentVmSpec | undefined;
      const synthesized = awsSynth((stack) => (spec = vm(stack, props).spec));
      const [settings] = Object.values(resourcesOf(synthesized, "aws_ssm_parameter"));
      const [instance] = Object.values(resourcesOf(synthesized, "aws_instance"));
      return {
        spec: spec as AgentVmSpec,
        ...machineIn(synthesized.json, aws.readers),
        settings: String(settings?.value),
        firstStart: JSON.stringify(tryReadUserData(instance?.user_data_base64)),
      };
    },
  });

  test("the instance is hardened, and protected in production only", () => {
    expect(only({}, "aws_instance")).toMatchObject({
      associate_public_ip_address: false,
      disable_api_termination: true,
      ebs_optimized: true,
      instance_type: "t4g.medium",
      lifecycle: { ignore_changes: ["ami"] },
      maintenance_options: { auto_recovery: "default" },
      metadata_options: { http_endpoint: "enabled", http_put_response_hop_limit: 1, http_tokens: "required" },
      monitoring: true,
      root_block_device: { encrypted: true, volume_type: "gp3" },
      user_data_replace_on_change: true,
    });
    expect(only({ profile: "sandbox" }, "aws_instance")).toMatchObject({ disable_api_termination: false });
    expect(only({ replaceable: true }, "aws_instance")).toMatchObject({ disable_api_termination: false });
  });

  test("it has a public address only where the network has no other way out", () => {
    const build = (stack: TerraformStack) =>
      vm(stack, {
        network: new AwsNetwork(stack, "Out", { cidr: "10.30.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "public-ip" }),
      });
    const [instance] = Object.values(resourcesOf(awsSynth(build), "aws_instance"));
    expect(instance).toMatchObject({ associate_public_ip_address: true, subnet_id: expect.stringMatching(/Out_PublicA/) as string });
  });

  test("data is apart from the machine, and kept in production", () => {
    expect(only({}, "aws_ebs_volume")).toMatchObject({
      encrypted: true,
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
      type: "gp3",
    });
    expect(only({ profile: "sandbox" }, "aws_ebs_volume")).not.toHaveProperty("lifecycle");
    expect(only({}, "aws_volume_attachment")).toMatchObject({ stop_instance_before_detaching: true });
  });

  test("an image of one's own replaces the machine when it changes", () => {
    const instance = only({ imageId: "ami-0123456789abcdef0" }, "aws_instance");
    expect(instance.ami).toBe("ami-0123456789abcdef0");
    expect(instance).not.toHaveProperty("lifecycle");
  });

  test("the role reads its own settings, secrets and bundles, and no other parameter", () => {
    const bundle = { url: "s3://bundles/agent.tar.gz", sha256: "a".repeat(64) };
    const found = statements({ bundle, secrets: { LLM_API_KEY: `${SECRETS}:llm-AbCdEf:key::` } });
    expect(found.NoOtherParameters).toMatchObject({ effect: "Deny", not_resources: [expect.stringContaining("Vm_Settings")] });
    expect(found.ReadSecrets).toMatchObject({ resources: [KEY, `${SECRETS}:llm-AbCdEf`] });
    expect(found.ReadBundles).toMatchObject({ resources: [expect.stringMatching(/:s3:::bundles\/agent\.tar\.gz$/)] });
    expect(found).not.toHaveProperty("Stopped");
    expect(statements({})).not.toHaveProperty("ReadBundles");
  });

  test("the kill switch stops the machine, denies its role everything and silences its alarms", () => {
    const synthesized = awsSynth((stack) => vm(stack, { enabled: false }));
    expect(Object.values(resourcesOf(synthesized, "aws_ec2_instance_state"))).toMatchObject([{ state: "stopped" }]);
    expect(statements({ enabled: false }).Stopped).toMatchObject({ effect: "Deny", actions: ["*"], resources: ["*"] });
    const alarms = Object.values(resourcesOf(synthesized, "aws_cloudwatch_metric_alarm"));
    expect(alarms).toHaveLength(8);
    expect(alarms.every((alarm) => alarm.actions_enabled === false)).toBe(true);
  });

  test("failed hardware moves the machine, and the thresholds are those of a machine in use", () => {
    const alarms = Object.values(resourcesOf(awsSynth(vm), "aws_cloudwatch_metric_alarm"));
    const summary = alarms.map(
      (alarm) => `${String(alarm.metric_name)} ${String(alarm.threshold)} for ${Number(alarm.period) * Number(alarm.evaluation_periods)} s`,
    );
    expect(summary).toMatchInlineSnapshot(`
     [
       "CPUUtilization 90 for 300 s",
       "CPUUtilization 80 for 1800 s",
       "disk_used_percent 80 for 300 s",
       "StatusCheckFailed_Instance 1 for 180 s",
       "mem_used_percent 80 for 300 s",
       "StatusCheckFailed_System 1 for 120 s",
       "disk_used_percent 80 for 300 s",
       "Heartbeats 1 for 120 s",
     ]
    `);
    const recovering = alarms.filter((alarm) => (alarm.alarm_actions as string[]).some((action) => action.endsWith("ec2:recover")));
    expect(recovering.map((alarm) => alarm.metric_name)).toEqual(["StatusCheckFailed_System"]);
  });

  test("a database opens its firewall for the machine, and its password stays a reference", () => {
    const synthesized = awsSynth((stack) => {
      const network = testNetwork(stack);
      vm(stack, { network, database: new AwsPostgres(stack, "Db", { network, version: "16", size: "small", storageGiB: 20 }) });
    });
    const [parameter] = Object.values(resourcesOf(synthesized, "aws_ssm_parameter"));
    expect(readSettings(parameter?.value).database).toEqual({
      environment: {
        DATABASE_HOST: expect.stringMatching(/^\$\{aws_db_instance/) as string,
        DATABASE_NAME: "app",
        DATABASE_PORT: "5433",
        PGSSLMODE: "require",
      },
      secret: expect.stringMatching(/master_user_secret/) as string,
    });
    expect(Object.keys(resourcesOf(synthesized, "aws_vpc_security_group_ingress_rule"))).toHaveLength(1);
  });

  test("the agent's id is on what can carry it, both volumes included", () => {
    const labels = { project: "atlas", environment: "production", costCenter: "r-and-d", owner: "research@acme.dev" };
    const synthesized = awsSynth((stack) => {
      vm(stack);
      govern(stack, { providers: [aws], labels: { ...labels, governanceId: "gov-7", governanceEndpoint: "https://governance.acme.dev" } });
    });
    const [instance] = Object.values(resourcesOf(synthesized, "aws_instance"));
    const [volume] = Object.values(resourcesOf(synthesized, "aws_ebs_volume"));
    const tagged = { tags: expect.objectContaining({ "governance:agent-id": "assistant" }) as object };
    expect(instance).toMatchObject({ ...tagged, root_block_device: tagged });
    expect(volume).toMatchObject(tagged);
  });

  test("fails when two agents have one id", () => {
    const build = () =>
      awsSynth((stack) => {
        const props = { network: NETWORK, size: "small" as const, units: UNITS, governance: GOVERNANCE };
        new AwsAgentVm(stack, "One", props);
        new AwsAgentVm(stack, "Two", props);
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Two: 1 problem
       - governance.agentId: got "assistant", want an agent id that test/One does not use already; give one of the two agents another id"
    `);
  });

  test("fails with the problems of AWS and of the machine at once", () => {
    const build = () =>
      awsSynth((stack) =>
        vm(stack, {
          network: AwsNetwork.fromAttributes({
            vpcId: "vpc-1",
            cidr: "10.0.0.0/16",
            zones: ["us-east-1a"],
            egress: "none",
            subnetIds: { isolated: ["subnet-1"] },
          }),
          zone: "us-east-1b",
          imageId: "ubuntu",
          replaceable: "yes" as never,
          dataVolumeGiB: 20_000,
          governance: { ...GOVERNANCE, keySecret: "secret-key" },
        }),
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 6 problems
       - imageId: got "ubuntu", want the id of an image, such as "ami-0123456789abcdef0"
       - replaceable: got "yes", want true or false
       - network: got {"egress":"none"}, want a network with a way out, for updates, software and the governance endpoint; choose another egress of the network
       - zone: got "us-east-1b", want a zone of the network: "us-east-1a"; did you mean "us-east-1a"?
       - dataVolumeGiB: got 20000, want a whole number, 1 to 16384 (Amazon EBS gp3 limit of most regions)
       - governance.keySecret: got text that may hold a secret (hidden), want the ARN of a secret, such as "arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf"; store the key as a secret and give its reference"
    `);
  });

  test("fails when user data or settings are more than AWS takes", () => {
    const noise = (seed: number) =>
      Array.from({ length: 60 }, (_, index) => createHash("sha256").update(`${seed} ${index}`).digest("hex")).join("");
    const units = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`unit-${index}`, { command: ["/usr/bin/node", noise(index)] }]),
    );
    expect(() => awsSynth((stack) => vm(stack, { units }))).toThrow(
      /test\/Vm: 1 problem\n {2}- units: got "\d+ bytes of user data", want at most 16384 bytes in gzip/,
    );
    const environment = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [`VALUE_${index}`, "x".repeat(3000)]));
    expect(() => awsSynth((stack) => vm(stack, { environment }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 1 problem
       - environment: got "9721 bytes of settings", want at most 8192 bytes with environment and secrets of all units (Systems Manager limit); move long values into a file of the bundle, or into a secret"
    `);
  });
});
