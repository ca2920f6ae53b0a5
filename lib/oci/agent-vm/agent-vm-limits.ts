import { AGENT_VM_SHAPES, AGENT_VM_SIZES, type AgentVmLimits, type AgentVmSize } from "../../spec/agent-vm";
import type { Architecture } from "../../spec/architecture";
import { nearest, type Check, type KeysOf } from "../../spec/check";
import type { IOciNetwork } from "../network/network";

interface ShapeRule {
  readonly architecture: Architecture;
  /** An OCPU is one core: on Arm one vCPU, on x86 two. */
  readonly vcpusPerOcpu: 1 | 2;
}

/**
 * Flexible shapes, and what an OCPU of each is. All of them take 1 to 64 GB of memory for each OCPU.
 * Source: https://docs.oracle.com/en-us/iaas/Content/Compute/References/computeshapes.htm, read 2026-11-21.
 */
export const SHAPES = {
  "VM.Standard.A1.Flex": { architecture: "arm64", vcpusPerOcpu: 1 },
  "VM.Standard.E5.Flex": { architecture: "amd64", vcpusPerOcpu: 2 },
  "VM.Standard.E4.Flex": { architecture: "amd64", vcpusPerOcpu: 2 },
} satisfies Record<string, ShapeRule>;

export type OciShape = keyof typeof SHAPES;

const SHAPE_NAMES = Object.keys(SHAPES) as OciShape[];

/** The shape that is taken when none is named. */
const DEFAULT_SHAPE = { arm64: "VM.Standard.A1.Flex", amd64: "VM.Standard.E5.Flex" } satisfies Record<Architecture, OciShape>;

/** A place that may have room for the machine. */
export interface OciCandidate {
  /** One of the availability domains of the network. */
  readonly availabilityDomain: string;
  /** What kind of machine; its architecture has to be the one that was asked for. */
  readonly shape: OciShape;
}

/** OCPUs and memory of a size on a shape. */
export function shapeConfig(shape: OciShape, size: AgentVmSize): { readonly ocpus: number; readonly memoryInGbs: number } {
  const { vcpus, memoryGiB } = AGENT_VM_SHAPES[size];
  return { ocpus: vcpus / SHAPES[shape].vcpusPerOcpu, memoryInGbs: memoryGiB };
}

/** The size that these OCPUs are on a shape; undefined when it is none of ours. */
export function trySize(shape: OciShape, ocpus: number): AgentVmSize | undefined {
  return AGENT_VM_SIZES.find((size) => shapeConfig(shape, size).ocpus === ocpus);
}

/** Every availability domain of the network, in its order, with the shape of the architecture. */
export function defaultCandidates(network: IOciNetwork | undefined, architecture: Architecture | undefined): readonly OciCandidate[] {
  const shape = DEFAULT_SHAPE[architecture ?? "arm64"] ?? DEFAULT_SHAPE.arm64;
  return (network?.availabilityDomains ?? []).map((availabilityDomain) => ({ availabilityDomain, shape }));
}

interface CandidateProps {
  readonly candidates?: readonly OciCandidate[];
  readonly candidate?: number;
}

const KNOWN_CANDIDATE = { availabilityDomain: true, shape: true } satisfies KeysOf<OciCandidate>;

/** Checks the candidates; problems are named `candidates.<index>.<prop>`. */
export function checkCandidates(
  check: Check<CandidateProps>,
  network: IOciNetwork | undefined,
  architecture: Architecture | undefined,
): void {
  const candidates = check.list<OciCandidate>(
    "candidates",
    "a list of availability domains with shapes",
    defaultCandidates(network, architecture),
  );
  if (candidates.length === 0) check.issue("candidates", candidates, "one candidate or more", "give availabilityDomains to the network");
  candidates.forEach((candidate, index) => {
    const one = check.nested<OciCandidate>(`candidates.${index}`, candidate, KNOWN_CANDIDATE);
    const domains = network?.availabilityDomains ?? [];
    const domain = candidate?.availabilityDomain;
    if (!domains.includes(domain)) {
      const want = `an availability domain of the network: ${domains.map((known) => `"${known}"`).join(", ")}`;
      one.issue("availabilityDomain", domain, want, typeof domain === "string" ? nearest(domain, domains) : undefined);
    }
    const shape = one.oneOf("shape", SHAPE_NAMES);
    const wanted = architecture ?? "arm64";
    if (SHAPE_NAMES.includes(candidate?.shape) && SHAPES[shape].architecture !== wanted) {
      const fits = SHAPE_NAMES.filter((name) => SHAPES[name].architecture === wanted).map((name) => `"${name}"`);
      one.issue(
        "shape",
        shape,
        `a shape of the architecture "${wanted}": ${fits.join(", ")}`,
        "or set architecture to the one of the shape",
      );
    }
  });
  check.integer("candidate", { min: 0, max: Math.max(0, candidates.length - 1), default: 0, source: "a number of the list of candidates" });
}

/** Ubuntu has to be named by its number, which differs from region to region. */
export const IMAGE_ID = {
  pattern: /^ocid1\.image\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of an image, such as "ocid1.image.oc1.iad.aaaaexample"',
  fix: "find it at https://docs.oracle.com/en-us/iaas/images/ under Ubuntu 24.04, for the region and the architecture",
};

export const TENANCY_ID = {
  pattern: /^ocid1\.tenancy\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample"',
};

/** A secret of Vault, or a field of one that holds JSON. */
const SECRET = {
  pattern: /^ocid1\.vaultsecret\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+(#[A-Za-z0-9_.-]+)?$/,
  want: 'the OCID of a secret, such as "ocid1.vaultsecret.oc1.iad.aaaaexample", with #field for a field of JSON',
};

/** What OCI allows for a machine in this network. */
export function agentVmLimits(network: IOciNetwork | undefined, place: OciCandidate | undefined): AgentVmLimits {
  return {
    zones: network?.availabilityDomains ?? [],
    placed: { zone: place?.availabilityDomain ?? "", why: "the candidates say in which availability domain it stands" },
    wayOut: network === undefined || network.egress !== "none",
    volumeGiB: { min: 50, max: 32_768, source: "OCI volume limits" },
    leastRootGiB: 50,
    secret: SECRET,
    keySecret: SECRET,
    artifact: {
      pattern: /^(https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[^\s?#]+|oci:\/\/[A-Za-z0-9._-]+@[A-Za-z0-9]+\/[^\s?#']+)$/,
      want: 'an https URL without query, or an object such as "oci://bucket@namespace/agent.tar.gz"',
    },
  };
}
