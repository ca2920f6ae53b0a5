import type { AgentServiceLimits, AgentServicePlace } from "../../spec/agent-service";
import { LOG_RETENTION_DAYS } from "../network/network";
import { SECRET_ARN, SECRET_VALUE } from "../secret";

const GIB = 1024;

/** Task sizes of Fargate for Linux. Source: Amazon ECS developer guide, Fargate task definition differences, read 2026-11-21. */
const SHAPES = [
  { vcpu: 0.25, memoryMiB: [512, 1024, 2048] },
  { vcpu: 0.5, memoryMiB: steps(1, 4, 1) },
  { vcpu: 1, memoryMiB: steps(2, 8, 1) },
  { vcpu: 2, memoryMiB: steps(4, 16, 1) },
  { vcpu: 4, memoryMiB: steps(8, 30, 1) },
  { vcpu: 8, memoryMiB: steps(16, 60, 4) },
  { vcpu: 16, memoryMiB: steps(32, 120, 8) },
] as const satisfies AgentServiceLimits["shapes"];

/** The official Node image 24.18.0 on Alpine 3.24 for amd64 and arm64. Index digest seen in a dozen public repositories' Dockerfiles, read 2026-11-21. */
const NODE_IMAGE = "public.ecr.aws/docker/library/node:24-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd";

export const FARGATE_LIMITS: AgentServiceLimits = {
  shapes: SHAPES,
  shapeSource: "AWS Fargate task sizes",
  /** Source: Amazon ECS service quotas, tasks per service, read 2026-11-21. */
  replicas: { max: 5000, source: "Amazon ECS quota of tasks per service" },
  /** Source: AWS CodeDeploy quotas, 48 hours between the first and the last traffic shift, read 2026-11-21. */
  canary: { maxMinutes: 2880, source: "AWS CodeDeploy quota of 48 hours" },
  /** Source: Amazon ECS developer guide, Fargate task ephemeral storage, read 2026-11-21. */
  ephemeralStorageGiB: { min: 21, max: 200, source: "AWS Fargate ephemeral storage; 20 without this prop" },
  logRetentionDays: LOG_RETENTION_DAYS,
  secret: SECRET_ARN,
  secretValue: SECRET_VALUE,
  reporterImage: NODE_IMAGE,
};

/** Images in a private repository of Amazon ECR: registry account, region, domain suffix and repository. */
export const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** Without a way to the internet only ECR is left, through its endpoints. */
export const INNER_REGISTRY: AgentServicePlace["innerRegistry"] = {
  pattern: ECR_IMAGE,
  want: "an image in a private repository of Amazon ECR: the network has no way to the internet",
  fix: "copy the image there, or choose another egress of the network",
};

function steps(fromGiB: number, toGiB: number, stepGiB: number): number[] {
  return Array.from({ length: (toGiB - fromGiB) / stepGiB + 1 }, (_, index) => (fromGiB + index * stepGiB) * GIB);
}
