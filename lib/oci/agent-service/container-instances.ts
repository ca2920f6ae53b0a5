import type { AgentServiceLimits, AgentServicePlace } from "../../spec/agent-service";
import type { Architecture } from "../../spec/architecture";
import { SECRET_OCID } from "../secret";

const GIB = 1024;

/**
 * Shapes of container instances. An OCPU is one vCPU of Arm processors and two of others.
 * Source: https://docs.oracle.com/en-us/iaas/Content/container-instances/container-instance-shapes.htm, read 2026-11-21.
 */
export const SHAPES = {
  arm64: { name: "CI.Standard.A1.Flex", vcpuPerOcpu: 1, maxOcpus: 76, maxGiB: 488 },
  amd64: { name: "CI.Standard.E4.Flex", vcpuPerOcpu: 2, maxOcpus: 64, maxGiB: 1024 },
} as const satisfies Record<Architecture, object>;

/** Memory for each OCPU, from the same page. */
const MAX_GIB_PER_OCPU = 64;

/** Every copy is a resource of its own, so that there are as many as one can still look after. */
const MAX_COPIES = 50;

/** The official Node image 24.18.0 on Alpine 3.24 for amd64 and arm64. Index digest seen in a dozen public repositories' Dockerfiles, read 2026-11-21. */
const NODE_IMAGE = "docker.io/library/node:24-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd";

/** Without a way to the internet only the registry of OCI is left, through the service gateway. */
export const INNER_REGISTRY: AgentServicePlace["innerRegistry"] = {
  pattern: /^[a-z0-9-]+\.ocir\.io\//,
  want: "an image in a registry of OCI, such as iad.ocir.io: the network has no way to the internet",
  fix: "copy the image there, or choose another egress of the network",
};

/** What container instances allow for an architecture. */
export function containerInstanceLimits(architecture: Architecture): AgentServiceLimits {
  const { name, vcpuPerOcpu, maxOcpus, maxGiB } = SHAPES[architecture];
  return {
    shapes: {
      vcpu: { min: vcpuPerOcpu, max: maxOcpus * vcpuPerOcpu, step: vcpuPerOcpu },
      memoryMiB: (vcpu) => {
        const ocpus = vcpu / vcpuPerOcpu;
        return { min: Math.max(1, ocpus) * GIB, max: Math.min(maxGiB, ocpus * MAX_GIB_PER_OCPU) * GIB, step: GIB };
      },
    },
    shapeSource: vcpuPerOcpu === 1 ? `OCI ${name}` : `OCI ${name}: an OCPU is two vCPUs`,
    sizes: {
      small: { vcpu: vcpuPerOcpu, memoryMiB: GIB },
      medium: { vcpu: vcpuPerOcpu, memoryMiB: 2 * GIB },
      large: { vcpu: 2, memoryMiB: 4 * GIB },
    },
    replicas: {
      max: MAX_COPIES,
      source: "OCI container instances do not scale by load; each copy is a resource of its own",
      scales: "never",
    },
    secret: SECRET_OCID,
    secretValue: SECRET_OCID,
    reporterImage: NODE_IMAGE,
  };
}
