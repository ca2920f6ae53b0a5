import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, Aspects, TerraformOutput, TerraformStack } from "cdktf";
import { aws, AwsNetwork } from "cdktf-governed-agents/aws";
import { factsOf, snapshot, synth, synthApp } from "cdktf-governed-agents/testing";

const provider = (stack: TerraformStack) => new AwsProvider(stack, "aws", { region: "us-east-1" });

describe("the testing kit", () => {
  test("synth applies aspects and gives annotations", () => {
    const { json, annotations } = synth((stack) => {
      provider(stack);
      const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
      Aspects.of(stack).add({ visit: (node) => void (node instanceof Vpc && (node.enableDnsSupport = true)) });
      Annotations.of(vpc).addWarning("look here");
    });
    expect(json.resource?.aws_vpc?.Vpc).toMatchObject({ enable_dns_support: true });
    expect(annotations).toEqual(["test/Vpc: look here"]);
  });

  test("synth fails where cdktf synth fails: validations and error annotations", () => {
    expect(() => synth((stack) => new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" }))).toThrow("without a matching provider construct");
    expect(() => synth((stack) => (provider(stack), stack.node.addValidation({ validate: () => ["not good"] })))).toThrow("not good");
    expect(() => synth((stack) => (provider(stack), Annotations.of(stack).addError("very wrong")))).toThrow("very wrong");
  });

  test("synthApp gives every stack, cross-stack references included", () => {
    const stacks = synthApp((app) => {
      const first = new TerraformStack(app, "first");
      provider(first);
      const vpc = new Vpc(first, "Vpc", { cidrBlock: "10.0.0.0/16" });
      const second = new TerraformStack(app, "second");
      provider(second);
      new TerraformOutput(second, "VpcId", { value: vpc.id });
    });
    expect(Object.keys(stacks)).toEqual(["first", "second"]);
    expect(stacks.second?.text).toContain("terraform_remote_state");
  });

  test("factsOf reads the Terraform back", () => {
    const facts = factsOf(aws, (stack) => {
      provider(stack);
      new AwsNetwork(stack, "Net", { cidr: "10.0.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "none" });
    });
    expect(facts).toContainEqual(expect.objectContaining({ kind: "network", path: "test/Net/Resource" }));
  });

  test("a snapshot is sorted and without metadata", () => {
    const { json } = synth((stack) => (provider(stack), new Vpc(stack, "Vpc", { enableDnsSupport: true, cidrBlock: "10.0.0.0/16" })));
    expect(JSON.stringify(snapshot(json))).toBe(
      '{"provider":{"aws":[{"region":"us-east-1"}]},"resource":{"aws_vpc":{"Vpc":{"cidr_block":"10.0.0.0/16","enable_dns_support":true}}},' +
        '"terraform":{"backend":{"local":{"path":"terraform.test.tfstate"}},"required_providers":{"aws":{"source":"aws","version":"6.25.0"}}}}',
    );
  });
});
