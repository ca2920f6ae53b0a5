import type { TerraformStack } from "cdktf";
import { AwsAgentService, AwsLoadBalancer, AwsNetwork, AwsPostgres, type AwsAgentServiceProps } from "cdktf-governed-agents/aws";
import type { TerraformJson } from "../../lib/facts/inventory";
import type { AgentServiceSpec } from "../../lib/spec/agent-service";
import { agentServiceContract, PINNED, type ContractContainer } from "../contracts/agent-service";
import { awsFacts, awsSynth, resourcesOf, testNetwork } from "./support";

const KEY = "arn:aws:secretsmanager:us-east-1:123456789012:secret:governance-AbC123";
const OTHER = "arn:aws:secretsmanager:us-east-1:123456789012:secret:llm-AbC123:key::";

const PROPS = {
  image: PINNED,
  replicas: { min: 1, max: 4, cpuPercent: 70 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: KEY },
} satisfies Partial<AwsAgentServiceProps>;

type Own = Partial<AwsAgentServiceProps>;

const networkOf = (stack: TerraformStack) => (stack.node.tryFindChild("Network") as AwsNetwork | undefined) ?? testNetwork(stack);
const service = (stack: TerraformStack, props: Own = {}) =>
  new AwsAgentService(stack, "Agent", { ...PROPS, network: networkOf(stack), ...props });

function balancer(stack: TerraformStack): AwsLoadBalancer {
  return new AwsLoadBalancer(stack, "Balancer", { network: networkOf(stack), domain: "api.acme.dev", zoneId: "Z0123456789ABCDEFGHIJ" });
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

describe("AwsAgentService", () => {
  agentServiceContract({
    secrets: [KEY, OTHER.replace(":key::", "")],
    build: (stack, id, props) => new AwsAgentService(stack, id, { ...(props as AwsAgentServiceProps), network: networkOf(stack) }),
    facts: awsFacts,
    synth: (build) => awsSynth(build).json,
    containers,
  });
});
