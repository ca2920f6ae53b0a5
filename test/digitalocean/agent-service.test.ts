import { TerraformVariable, type TerraformStack } from "cdktf";
import { DigitalOceanAgentService, DigitalOceanNetwork, type DigitalOceanAgentServiceProps } from "cdktf-governed-agents/digitalocean";
import type { TerraformJson } from "../../lib/facts/inventory";
import { agentServiceContract, PINNED, type ContractContainer } from "../contracts/agent-service";
import { doFacts, doSynth, resourcesOf } from "./support";

const KEY = "EV[1:ZxCvBnM1234567890:AbCdEf/+123=]";
const OTHER = "EV[1:qWeRtY0987654321:GhIjKl/+456=]";

const PROPS = {
  image: PINNED,
  command: ["node", "main.js"],
  replicas: { min: 1, max: 1 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: KEY },
} satisfies Partial<DigitalOceanAgentServiceProps>;

/** A network that is managed elsewhere: nothing of it is in the stack, so that a synth is quick. */
const NETWORK = DigitalOceanNetwork.fromAttributes({
  vpcId: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  region: "fra1",
  cidr: "10.20.0.0/16",
  egress: "none",
});

const service = (stack: TerraformStack, props: Partial<DigitalOceanAgentServiceProps> = {}) =>
  new DigitalOceanAgentService(stack, "Agent", { ...PROPS, network: NETWORK, ...props });

interface RawApp {
  readonly [key: string]: unknown;
  readonly service?: readonly RawComponent[];
  readonly worker?: readonly RawComponent[];
}

interface RawComponent {
  readonly [key: string]: unknown;
  readonly name: string;
  readonly env: readonly { readonly key: string; readonly value: string; readonly type: string; readonly scope: string }[];
}

function appOf(json: TerraformJson): RawApp {
  const [app] = Object.values(json.resource?.digitalocean_app ?? {});
  const { spec } = app as unknown as { spec: RawApp };
  return spec;
}

function componentOf(app: RawApp): RawComponent {
  return [...(app.service ?? []), ...(app.worker ?? [])][0] as RawComponent;
}

function containers(json: TerraformJson): readonly ContractContainer[] {
  const { name, env } = componentOf(appOf(json));
  const of = (type: string) => Object.fromEntries(env.filter((entry) => entry.type === type).map(({ key, value }) => [key, value]));
  return [{ name, environment: of("GENERAL"), secrets: of("SECRET"), readOnlyRoot: false, user: "" }];
}

const app = (props: Partial<DigitalOceanAgentServiceProps> = {}) => appOf(doSynth((stack) => service(stack, props)).json);

describe("DigitalOceanAgentService", () => {
  agentServiceContract({
    secrets: [KEY, OTHER],
    base: { command: PROPS.command, replicas: PROPS.replicas },
    lacks: {
      sidecars: {},
      reporter: { image: PINNED },
      user: "1000",
      healthCommand: { command: ["true"] },
      ephemeralStorageGiB: 4,
      egress: "internet443",
      logRetentionDays: 30,
    },
    cases: [
      ["scaling", { cpu: "dedicated", replicas: { min: 2, max: 20, cpuPercent: 60 } }],
      ["scaling, switched off", { cpu: "dedicated", replicas: { min: 2, max: 20 }, enabled: false }],
      ["several copies", { replicas: { min: 3, max: 3 } }],
      ["an image of Docker Hub", { profile: "sandbox", image: "docker.io/library/node:24" }],
      ["an image of the account's registry", { image: `registry.digitalocean.com/agent@sha256:${"ab".repeat(32)}` }],
      ["dedicated egress", { dedicatedEgress: true }],
      ["a route", { port: 8080, route: {} }],
      [
        "a route by domain with a health check",
        { port: 8080, route: { domain: "agent.acme.dev", zone: "acme.dev", path: "/api", health: { path: "/healthz", startSeconds: 10 } } },
      ],
    ],
    growth: [
      ["scaling", { cpu: "dedicated", replicas: { min: 2, max: 9 } }],
      ["a route", { port: 8080, route: { domain: "agent.acme.dev" } }],
    ],
    holders: { secret: "agent", key: "agent" },
    others: [],
    keyFile: "/tmp/governance/key",
    build: (stack, id, props) =>
      new DigitalOceanAgentService(stack, id, { ...(props as DigitalOceanAgentServiceProps), network: NETWORK }),
    facts: doFacts,
    synth: (build) => doSynth(build).json,
    containers,
  });

  test("without a port it is a worker in the network's region and network, and nobody can connect", () => {
    const found = app();
    expect(found).toMatchObject({ region: "fra", vpc: [{ id: NETWORK.vpcId }], egress: [{ type: "AUTOASSIGN" }] });
    expect(found.worker).toHaveLength(1);
    expect(found).not.toHaveProperty("service");
    expect(found).not.toHaveProperty("ingress");
  });
});
