import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { AwsAgentService, AwsLoadBalancer, AwsNetwork, AwsPostgres, type AwsAgentServiceProps } from "cdktf-governed-agents/aws";
import type { TerraformJson } from "../../lib/facts/inventory";
import type { AgentServiceSpec } from "../../lib/spec/agent-service";
import { agentServiceContract, PINNED, type ContractContainer } from "../contracts/agent-service";
import { awsFacts, awsSynth, resourcesOf } from "./support";

const KEY = "arn:aws:secretsmanager:us-east-1:123456789012:secret:governance-AbC123";
const OTHER = "arn:aws:secretsmanager:us-east-1:123456789012:secret:llm-AbC123:key::";

const PROPS = {
  image: PINNED,
  replicas: { min: 1, max: 4, cpuPercent: 70 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: KEY },
} satisfies Partial<AwsAgentServiceProps>;

type Own = Partial<AwsAgentServiceProps>;

/** A network that is managed elsewhere: nothing of it is in the stack, so that a synth is quick. */
const NETWORK = AwsNetwork.fromAttributes({
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.20.0.0/16",
  zones: ["us-east-1a", "us-east-1b"],
  egress: "nat-gateway",
  subnetIds: { public: ["subnet-1a", "subnet-1b"], private: ["subnet-2a", "subnet-2b"], isolated: ["subnet-3a", "subnet-3b"] },
});

const service = (stack: TerraformStack, props: Own = {}) => new AwsAgentService(stack, "Agent", { ...PROPS, network: NETWORK, ...props });

function balancer(stack: TerraformStack): AwsLoadBalancer {
  return new AwsLoadBalancer(stack, "Balancer", { network: NETWORK, domain: "api.acme.dev", zoneId: "Z0123456789ABCDEFGHIJ" });
}

interface RawContainer {
  readonly [key: string]: unknown;
  readonly name: string;
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

function rawContainers(json: TerraformJson): readonly RawContainer[] {
  const [task] = Object.values(json.resource?.aws_ecs_task_definition ?? {});
  return JSON.parse(task?.container_definitions as string) as RawContainer[];
}

function containers(json: TerraformJson): readonly ContractContainer[] {
  return rawContainers(json).map(({ name, user, readonlyRootFilesystem, environment = [], secrets = [] }) => ({
    name,
    user,
    readOnlyRoot: readonlyRootFilesystem,
    environment: Object.fromEntries(environment.map((pair) => [pair.name, pair.value])),
    secrets: Object.fromEntries(secrets.map((pair) => [pair.name, pair.valueFrom])),
  }));
}

/** The statements of the policy document whose id holds a word. */
function statements(json: TerraformJson, word: string): readonly Record<string, unknown>[] {
  const documents = (json.data as Record<string, Record<string, { statement: Record<string, unknown>[] }>>).aws_iam_policy_document ?? {};
  return Object.entries(documents).find(([id]) => id.includes(word))?.[1].statement ?? [];
}

describe("AwsAgentService", () => {
  agentServiceContract({
    secrets: [KEY, OTHER.replace(":key::", "")],
    cases: [
      ["another architecture and more scratch space", { vcpu: 4, memoryMiB: 8192, architecture: "amd64", ephemeralStorageGiB: 50 }],
      ["scaling by memory", { replicas: { min: 2, max: 20, cpuPercent: 60, memoryPercent: 80 } }],
      ["a sidecar that may stop", { sidecars: { cache: { image: PINNED, vcpu: 0.25, memoryMiB: 256, essential: false } } }],
    ],
    growth: [
      ["scaling by memory", { replicas: { min: 2, max: 9, memoryPercent: 70 } }],
      ["a sidecar", { sidecars: { cache: { image: PINNED, vcpu: 0.125, memoryMiB: 128 } } }],
    ],
    build: (stack, id, props) => new AwsAgentService(stack, id, { ...(props as AwsAgentServiceProps), network: NETWORK }),
    facts: awsFacts,
    synth: (build) => awsSynth(build).json,
    containers,
  });

  test("the program of the README: database, firewall in both directions, a reporter beside the agent", () => {
    const tf = awsSynth((stack) => {
      const memory = new AwsPostgres(stack, "Memory", { network: NETWORK, version: "16", size: "small", storageGiB: 20 });
      service(stack, { size: "small", database: memory });
    });
    const [agent] = containers(tf.json);
    expect(agent?.environment).toMatchObject({ DATABASE_PORT: "5433", PGSSLMODE: "require" });
    expect(agent?.environment.DATABASE_HOST).toMatch(/^\$\{aws_db_instance\.Memory.*\.address\}$/);
    expect(agent?.secrets.DATABASE_USER).toMatch(/secret_arn\}:username::$/);
    expect(agent?.secrets.DATABASE_PASSWORD).toMatch(/secret_arn\}:password::$/);
    const peers = (direction: string) =>
      Object.values(resourcesOf(tf, `aws_vpc_security_group_${direction}_rule`)).filter((rule) => rule.from_port === 5433);
    expect(peers("ingress").map((rule) => rule.referenced_security_group_id)).toEqual([expect.stringContaining("Agent_Firewall")]);
    expect(peers("egress").map((rule) => rule.referenced_security_group_id)).toEqual([expect.stringContaining("Memory_Firewall")]);
  });

  test.each([60, 5])("Terraform says which database it uses, what leads to it, and a canary of %d minutes", (minutes) => {
    let spec: AgentServiceSpec | undefined;
    const facts = awsFacts((stack) => {
      const database = new AwsPostgres(stack, "Memory", { network: NETWORK, version: "16", size: "small", storageGiB: 20 });
      const rollout = { canary: { percent: 10, minutes } };
      spec = service(stack, { database, port: 8443, balancer: { balancer: balancer(stack), paths: ["/api/*"] }, rollout }).spec;
    });
    expect(facts.find(({ kind }) => kind === "agent-service")?.spec).toEqual(spec);
    expect(spec).toMatchObject({ database: "test/Memory", balanced: true, rollout: { canary: { percent: 10, minutes } } });
  });

  test.each([
    ["nat-gateway", false],
    ["public-ip", true],
  ] as const)("with egress %s a copy has a public address: %s", (egress, publicIp) => {
    const tf = awsSynth((stack) => {
      const network = new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress });
      service(stack, { network });
    });
    const [found] = Object.values(resourcesOf(tf, "aws_ecs_service"));
    expect(found?.network_configuration).toMatchObject({ assign_public_ip: publicIp });
  });

  test("without a way to the internet only endpoints in the network are reached", () => {
    const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/agents/researcher@sha256:${"ab".repeat(32)}`;
    const tf = awsSynth((stack) => {
      const network = new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "none" });
      service(stack, { network, image, reporter: { image } });
    });
    const rules = Object.values(resourcesOf(tf, "aws_vpc_security_group_egress_rule"));
    expect(rules.map((rule) => rule.cidr_ipv4 ?? rule.prefix_list_id)).toEqual([
      "10.20.0.0/16",
      expect.stringContaining("aws_prefix_list"),
    ]);
    expect(statements(tf.json, "ExecutionRolePolicyDocument")).toContainEqual(
      expect.objectContaining({
        sid: "PullImages",
        resources: ["arn:${data.aws_partition.AwsPartition.partition}:ecr:us-east-1:123456789012:repository/agents/researcher"],
      }),
    );
  });

  test("the kill switch: no copies, no scaling, an identity that may do nothing, and silent alarms", () => {
    const tf = awsSynth((stack) => service(stack, { enabled: false }));
    const [found] = Object.values(resourcesOf(tf, "aws_ecs_service"));
    expect(found?.desired_count).toBe(0);
    expect(found?.lifecycle).toBeUndefined();
    const [target] = Object.values(resourcesOf(tf, "aws_appautoscaling_target"));
    expect(target).toMatchObject({ min_capacity: 0, max_capacity: 0 });
    expect(statements(tf.json, "TaskRoleGuardDocument")).toEqual([
      { sid: "SwitchedOff", effect: "Deny", actions: ["*"], resources: ["*"] },
    ]);
    const alarms = Object.values(resourcesOf(tf, "aws_cloudwatch_metric_alarm"));
    expect(alarms).toHaveLength(4);
    expect(alarms.every((alarm) => alarm.actions_enabled === false)).toBe(true);
  });

  test("the agent has an identity of its own that may do nothing yet, and cannot silence what governs it", () => {
    const tf = awsSynth((stack) => {
      const agent = service(stack);
      agent.allow("Bucket", [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::papers/*"] }]);
    });
    const [task] = Object.values(resourcesOf(tf, "aws_ecs_task_definition"));
    expect(task?.task_role_arn).not.toEqual(task?.execution_role_arn);
    const ofTaskRole = Object.entries(resourcesOf(tf, "aws_iam_role_policy")).filter(([, policy]) =>
      String(policy.role).includes("TaskRole"),
    );
    expect(ofTaskRole.map(([id]) => id.replace(/_[0-9A-F]{8}$/, ""))).toEqual(["Agent_Allow-Bucket", "Agent_TaskRoleGuard"]);
    expect(statements(tf.json, "TaskRoleGuardDocument")).toMatchObject([{ sid: "KeepGoverned", effect: "Deny" }]);
  });

  test("what starts the containers reads exactly their secrets, and keys by way of the secret store only", () => {
    const parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/agents/llm";
    const named = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-secret";
    const tf = awsSynth((stack) => service(stack, { secrets: { LLM_KEY: OTHER, PARAMETER: parameter, NAMED: named } }));
    const found = statements(tf.json, "ExecutionRolePolicyDocument");
    const secrets = [KEY, OTHER.replace(":key::", ""), named, `${named}-??????`];
    expect(found.map(({ sid }) => sid)).toEqual([
      "WriteLogs",
      "ReadSecrets",
      "DecryptForSecrets",
      "ReadParameters",
      "DecryptForParameters",
    ]);
    expect(found[1]).toMatchObject({ actions: ["secretsmanager:GetSecretValue"], resources: secrets });
    expect(found[2]?.condition).toEqual([
      { test: "StringEquals", variable: "kms:ViaService", values: ["secretsmanager.us-east-1.amazonaws.com"] },
      { test: "ArnLike", variable: "kms:EncryptionContext:SecretARN", values: secrets },
    ]);
    expect(found[3]).toMatchObject({ actions: ["ssm:GetParameters"], resources: [parameter] });
  });

  test("containers are hardened, and a dead reporter does not stop the agent", () => {
    const all = rawContainers(awsSynth(service).json);
    expect(all.map(({ name, essential }) => [name, essential])).toEqual([
      ["agent", true],
      ["governance-key", false],
      ["reporter", false],
    ]);
    for (const container of all) {
      expect(container).toMatchObject({ privileged: false, linuxParameters: { capabilities: { drop: ["ALL"] } } });
      expect(container.logConfiguration).toMatchObject({ logDriver: "awslogs" });
    }
    expect(all[0]?.dependsOn).toEqual([{ containerName: "governance-key", condition: "SUCCESS" }]);
    expect(all[0]?.mountPoints).toContainEqual({ sourceVolume: "governance", containerPath: "/run/governance", readOnly: true });
    expect(all[2]?.restartPolicy).toMatchObject({ enabled: true });
  });

  test("the key container writes the key for everybody and opens the scratch folders", () => {
    const [, key] = rawContainers(awsSynth(service).json);
    const folder = mkdtempSync(join(tmpdir(), "governance-key-"));
    try {
      mkdirSync(join(folder, "scratch"));
      const [program, ...args] = key?.entryPoint as [string, ...string[]];
      const environment = { PATH: process.env.PATH, GOVERNANCE_KEY: "k3y", GOVERNANCE_KEY_FILE: join(folder, "key") };
      execFileSync(program, [...args, join(folder, "scratch")], { env: environment });
      expect(readFileSync(join(folder, "key"), "utf8")).toBe("k3y");
      expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o444);
      expect(statSync(join(folder, "scratch")).mode & 0o7777).toBe(0o1777);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("scaling goes out faster than in, and owns the number of copies", () => {
    const tf = awsSynth((stack) => service(stack, { replicas: { min: 2, max: 6, cpuPercent: 60, memoryPercent: 80 } }));
    const policies = Object.values(resourcesOf(tf, "aws_appautoscaling_policy"));
    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(policy.target_tracking_scaling_policy_configuration).toMatchObject({ scale_in_cooldown: 300, scale_out_cooldown: 60 });
    }
    const [found] = Object.values(resourcesOf(tf, "aws_ecs_service"));
    expect(found?.lifecycle).toEqual({ ignore_changes: ["desired_count"] });
  });

  test("a rolling deployment goes back when the circuit breaker or an alarm says so", () => {
    const tf = awsSynth((stack) => service(stack, { port: 8443, balancer: { balancer: balancer(stack), hosts: ["api.acme.dev"] } }));
    const [found] = Object.values(resourcesOf(tf, "aws_ecs_service"));
    expect(found).toMatchObject({
      deployment_controller: { type: "ECS" },
      deployment_circuit_breaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true },
      load_balancer: [{ container_name: "agent", container_port: 8443 }],
      availability_zone_rebalancing: "ENABLED",
    });
    const names = (found?.alarms as { alarm_names: string[] }).alarm_names;
    expect(names.map((name) => /MemoryHigh|TargetErrors|UnhealthyTargets/.exec(name)?.[0])).toEqual([
      "MemoryHigh",
      "TargetErrors",
      "UnhealthyTargets",
    ]);
  });

  test("canaries go back on alarms; services with the same steps share a configuration", () => {
    const rollout = { canary: { percent: 10, minutes: 1440 } };
    let appSpec: string | undefined;
    const tf = awsSynth((stack) => {
      const entry = balancer(stack);
      const one = service(stack, { port: 8443, balancer: { balancer: entry, paths: ["/a/*"] }, rollout });
      const governance = { ...PROPS.governance, agentId: "second" };
      new AwsAgentService(stack, "B", {
        ...PROPS,
        governance,
        network: NETWORK,
        port: 8443,
        balancer: { balancer: entry, paths: ["/b/*"] },
        rollout,
      });
      appSpec = one.appSpec;
    });
    expect(Object.values(resourcesOf(tf, "aws_codedeploy_deployment_config"))).toMatchObject([
      { traffic_routing_config: { type: "TimeBasedCanary", time_based_canary: { percentage: 10, interval: 1440 } } },
    ]);
    const groups = Object.values(resourcesOf(tf, "aws_codedeploy_deployment_group"));
    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({
      auto_rollback_configuration: { enabled: true, events: expect.arrayContaining(["DEPLOYMENT_STOP_ON_ALARM"]) },
      alarm_configuration: { enabled: true, alarms: expect.arrayContaining([expect.stringContaining("CanaryTargetErrors")]) },
    });
    const [found] = Object.values(resourcesOf(tf, "aws_ecs_service"));
    expect(found?.deployment_controller).toEqual({ type: "CODE_DEPLOY" });
    expect(found).not.toHaveProperty("deployment_circuit_breaker");
    expect(found?.lifecycle).toEqual({ ignore_changes: ["task_definition", "load_balancer", "desired_count"] });
    expect(JSON.parse(appSpec as string)).toMatchObject({
      Resources: [{ TargetService: { Properties: { LoadBalancerInfo: { ContainerName: "agent", ContainerPort: 8443 } } } }],
    });
  });

  test("Fargate's limits are those of the errors", () => {
    const build = () =>
      awsSynth((stack) => {
        const props = { vcpu: 0.5, memoryMiB: 5120, replicas: { min: 1, max: 9999 }, ephemeralStorageGiB: 500, logRetentionDays: 31 };
        service(stack, { ...props, network: undefined, database: {}, balancer: {}, registrySecret: "arn:aws:s3:::x" } as never);
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 9 problems
       - network: got nothing, want the network that it runs in, such as an AwsNetwork
       - database: got something else, want a database such as an AwsPostgres
       - balancer: got something else, want { balancer } with an AwsLoadBalancer, and the props of a route
       - replicas.max: got 9999, want a whole number, 1 to 5000 (Amazon ECS quota of tasks per service)
       - memoryMiB: got 5120, want 1024 to 4096 in the provider's steps with 0.5 vCPU (AWS Fargate task sizes); the next one that fits is 4096
       - port: got nothing, want the port on which the agent listens for the load balancer
       - ephemeralStorageGiB: got 500, want a whole number, 21 to 200 (AWS Fargate ephemeral storage; 20 without this prop)
       - registrySecret: got text that may hold a secret (hidden), want the ARN of a secret, such as "arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf"
       - logRetentionDays: got 31, want one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"
    `);
  });
});
