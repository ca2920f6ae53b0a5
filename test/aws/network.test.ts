import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { synth } from "cdktf-governed-agents/testing";
import { aws, AwsFirewall, AwsNetwork, type AwsNetworkProps } from "cdktf-governed-agents/aws";
import { firewallContract } from "../contracts/firewall";
import { networkContract } from "../contracts/network";
import { awsSynth, resourcesOf, testNetwork } from "./support";

const [A, B, C] = ["us-east-1a", "us-east-1b", "us-east-1c"];

describe("AwsNetwork", () => {
  networkContract<AwsNetworkProps>({
    provider: aws,
    base: { cidr: "10.20.0.0/16", zones: [A, B], egress: "nat-gateway" },
    variants: [
      ["NAT gateway per zone", { egress: "nat-gateway-per-zone" }],
      ["NAT instance", { egress: "nat-instance" }],
      ["public addresses", { egress: "public-ip" }],
      ["no egress", { egress: "none" }],
      ["sandbox in one zone", { profile: "sandbox", zones: [A] }],
      ["two tiers", { tiers: ["public", "private"] }],
      ["short flow log retention", { flowLogRetentionDays: 30 }],
    ],
    growth: [
      ["a zone", {}, { zones: [A, B, C] }],
      ["a zone in front", { zones: [B, C] }, { zones: [A, B, C] }],
      ["a tier", { tiers: ["public", "private"] }, { tiers: ["public", "private", "isolated"] }],
      ["a NAT per zone", {}, { egress: "nat-gateway-per-zone" }],
    ],
    lasting: { aws_vpc: ["cidr_block"], aws_subnet: ["vpc_id", "cidr_block", "availability_zone"] },
    closed: { props: { egress: "none" }, gateways: ["aws_internet_gateway", "aws_nat_gateway", "aws_eip"] },
    lacks: {},
    build: (stack, id, props) => new AwsNetwork(stack, id, props),
    synth: awsSynth,
  });

  test("the default security group lets nothing through", () => {
    const [group] = Object.values(resourcesOf(awsSynth(testNetwork), "aws_default_security_group"));
    expect(group?.vpc_id).toMatch(/^\$\{aws_vpc\.Network/);
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  test("no subnet gives public addresses on its own", () => {
    const subnets = Object.values(resourcesOf(awsSynth(testNetwork), "aws_subnet"));
    expect(subnets).toHaveLength(6);
    expect(subnets.every((subnet) => subnet.map_public_ip_on_launch === false)).toBe(true);
  });

  test("S3 and DynamoDB are reached inside the network; other services when asked", () => {
    const endpoints = (services: readonly ["logs"] | readonly []) =>
      Object.values(
        resourcesOf(
          awsSynth((stack) => {
            const zones = ["us-east-1a", "us-east-1b"];
            new AwsNetwork(stack, "Network", { cidr: "10.20.0.0/16", zones, egress: "none", interfaceEndpoints: services });
          }),
          "aws_vpc_endpoint",
        ),
      ).map((endpoint) => `${String(endpoint.vpc_endpoint_type)} ${String(endpoint.service_name)}`);
    expect(endpoints([])).toEqual(["Gateway com.amazonaws.us-east-1.dynamodb", "Gateway com.amazonaws.us-east-1.s3"]);
    expect(endpoints(["logs"])).toContain("Interface com.amazonaws.us-east-1.logs");
  });

  test("fails when the provider that comes later is in another region", () => {
    const build = () =>
      synth((stack) => {
        testNetwork(stack);
        new AwsProvider(stack, "aws", { region: "eu-west-1" });
      });
    expect(build).toThrow('[test/Network] zones: got "us-east-1a", want a zone of the provider\'s region, such as "eu-west-1a"');
  });

  test("fails with every problem at once", () => {
    const build = () =>
      awsSynth(
        (stack) =>
          new AwsNetwork(stack, "Network", {
            cidr: "10.20.0.1/24",
            zones: ["us-east-1a", "us-east-1a", "eu-west-1a"],
            egress: "none",
            tiers: ["private"],
            peeredCidrs: ["10.20.0.0/20"],
            interfaceEndpoints: ["ec2" as "logs"],
            zone: "us-east-1a",
          } as never),
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Network: 8 problems
       - zone: got "us-east-1a", want no such prop; did you mean "zones"?
       - interfaceEndpoints: got "ec2", want one of bedrock-runtime, ecr.api, ecr.dkr, kms, logs, monitoring, secretsmanager, ssm, ssmmessages, ec2messages, sts
       - cidr: got "10.20.0.1/24", want room for 32 subnet slots, /23 or larger (Amazon VPC quotas); use /23 or a shorter prefix
       - cidr: got "10.20.0.1/24", want the first address of the range; use "10.20.0.0/24"
       - cidr: got "10.20.0.1/24", want no overlap with the peered range 10.20.0.0/20; choose another range
       - zones: got "eu-west-1a", want a zone of the provider's region, such as "us-east-1a"
       - zones: got "us-east-1a", want every zone once; remove the second one
       - tiers: got "private", want a tier that has a route with egress "none": isolated; choose a NAT egress, or the tier "isolated""
    `);
  });
});

describe("AwsFirewall", () => {
  firewallContract<AwsFirewall>({
    provider: aws,
    build: (stack, id, props) => new AwsFirewall(stack, id, { ...props, network: { vpcId: "vpc-1" } }),
    synth: awsSynth,
  });

  test("a list of ranges that AWS keeps can be the other end", () => {
    const peer = { prefixList: "pl-1" };
    const result = awsSynth(
      (stack) =>
        new AwsFirewall(stack, "Wall", { network: { vpcId: "vpc-1" }, egress: { s3: { port: 443, peer, description: "Object storage" } } }),
    );
    const [rule] = Object.values(resourcesOf(result, "aws_vpc_security_group_egress_rule"));
    expect(rule).toMatchObject({ prefix_list_id: "pl-1" });
  });

  test("fails on a rule name that is taken", () => {
    const rule = { port: 443, peer: { cidr: "192.0.2.0/24" }, description: "The office" };
    const build = () =>
      awsSynth((stack) =>
        new AwsFirewall(stack, "Wall", { network: testNetwork(stack), ingress: { office: rule } }).addIngress("office", rule),
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Wall: 1 problem
       - ingress: got "office", want a rule name that is not taken; choose another name"
    `);
  });
});
