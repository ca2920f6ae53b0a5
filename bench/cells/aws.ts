import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { Cells } from "./cell";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012";

export const cells: Cells = {
  resources: 5,
  declareProvider: (stack) => void new AwsProvider(stack, "aws", { region: "us-east-1" }),
  addCell: (stack, index) => {
    const cell = new Construct(stack, `Cell${index}`);
    const vpc = new Vpc(cell, "Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: `cell-${index}` } });
    const subnet = new Subnet(cell, "Subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" });
    const group = new SecurityGroup(cell, "Group", {
      vpcId: vpc.id,
      description: `group ${index}`,
      egress: [{ fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
    });
    new Instance(cell, "Instance", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t4g.small",
      subnetId: subnet.id,
      vpcSecurityGroupIds: [group.id],
      rootBlockDevice: { encrypted: true, volumeSize: 20 },
      metadataOptions: { httpTokens: "required" },
    });
    new CloudwatchLogGroup(cell, "Logs", { name: `/cell/${index}`, retentionInDays: 365, kmsKeyId: KEY, tags: { network: vpc.arn } });
  },
};
