import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { synth } from "cdktf-governed-agents/testing";
import { AwsFirewall, AwsNetwork } from "cdktf-governed-agents/aws";
import { networkContract } from "../contracts/network";
import { awsFacts, awsSynth, resourcesOf, testNetwork } from "./support";

describe("AwsNetwork", () => {
  networkContract({
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    build: (stack, id, props) => new AwsNetwork(stack, id, props),
    facts: awsFacts,
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
  test("Terraform says what was asked for, with rules that were added later", () => {
    let spec: unknown;
    const facts = awsFacts((stack) => {
      const network = testNetwork(stack);
      const client = new AwsFirewall(stack, "Client", { network });
      const server = new AwsFirewall(stack, "Server", {
        network,
        ingress: { api: { port: 8080, peer: { firewall: client }, description: "The client" } },
        egress: { internet443: { port: 443, peer: "internet", description: "LLM APIs" } },
      });
      server.addIngress("office", { port: 8443, toPort: 8444, peer: { cidr: "192.0.2.0/24" }, description: "The office" });
      spec = { ...server.spec, rules: [server.spec.rules[0], server.spec.rules[2], server.spec.rules[1]] };
    });
    expect(facts.find((fact) => fact.path === "test/Server/Resource")?.spec).toEqual(spec);
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
