import type { AgentVmLimits, AgentVmSize } from "../../spec/agent-vm";
import type { Architecture } from "../../spec/architecture";
import type { IAwsNetwork } from "../network/network";
import { SECRET_ARN, SECRET_VALUE } from "../secret";

/** Instance types with exactly the vCPU and memory of the size. Source: Amazon EC2 instance types, read 2026-11-21. */
export const INSTANCE_TYPE = {
  arm64: { small: "t4g.medium", medium: "c7g.xlarge", large: "c7g.2xlarge" },
  amd64: { small: "t3.medium", medium: "c7i.xlarge", large: "c7i.2xlarge" },
} satisfies Record<Architecture, Record<AgentVmSize, string>>;

const STANDARD = { cpuCredits: "standard" } as const;

/** Burstable types stop at their credits instead of costing more without a limit; the others know no credits. */
export const CPU_CREDITS = {
  arm64: { small: STANDARD, medium: undefined, large: undefined },
  amd64: { small: STANDARD, medium: undefined, large: undefined },
} satisfies Record<Architecture, Record<AgentVmSize, typeof STANDARD | undefined>>;

const UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current";

/** Ubuntu 24.04 by Canonical. Source: finding images with SSM, Ubuntu on AWS documentation, read 2026-11-21. */
export const UBUNTU_IMAGE = {
  arm64: `${UBUNTU}/arm64/hvm/ebs-gp3/ami-id`,
  amd64: `${UBUNTU}/amd64/hvm/ebs-gp3/ami-id`,
} satisfies Record<Architecture, string>;

export const AMI_ID = { pattern: /^ami-[0-9a-f]{8}([0-9a-f]{9})?$/, want: 'the id of an image, such as "ami-0123456789abcdef0"' };

/** What EC2 allows for a machine in this network. */
export function agentVmLimits(network: IAwsNetwork | undefined): AgentVmLimits {
  return {
    zones: network?.zones ?? [],
    wayOut: network === undefined || network.egress !== "none",
    volumeGiB: { min: 1, max: 16_384, source: "Amazon EBS gp3 limit of most regions" },
    leastRootGiB: 8,
    secret: SECRET_VALUE,
    keySecret: SECRET_ARN,
    artifact: {
      pattern: /^(https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[^\s?#]+|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^\s]+)$/,
      want: 'an https URL without query, or an object such as "s3://bucket/agent.tar.gz"',
    },
  };
}
