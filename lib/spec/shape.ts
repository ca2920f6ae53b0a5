import { isToken, type Check } from "./check";
import type { SidecarSpec } from "./container";

/** How much CPU and memory a copy of a service has. */
export type Size = "small" | "medium" | "large";

/** CPUs and memory of a copy. */
export interface Shape {
  readonly vcpu: number;
  readonly memoryMiB: number;
}

/** The sizes of a service. Agents wait for language models most of the time, so these are smaller than those of a machine. */
export const SIZES = {
  small: { vcpu: 0.5, memoryMiB: 1024 },
  medium: { vcpu: 1, memoryMiB: 2048 },
  large: { vcpu: 2, memoryMiB: 4096 },
} satisfies Record<Size, Shape>;

/** What the provider's machines look like. */
export interface ShapeLimits {
  /** Memory sizes in MiB that go with a number of CPUs. */
  readonly shapes: readonly { readonly vcpu: number; readonly memoryMiB: readonly number[] }[];
  /** Where the limits come from. */
  readonly shapeSource: string;
}

/** Memory of the reporter beside the agent. */
export const REPORTER_MEMORY_MIB = 128;

/** The least that is left for the agent itself. */
const AGENT_MEMORY_MIB = 128;

interface ShapeProps {
  readonly size?: Size;
  readonly vcpu?: number;
  readonly memoryMiB?: number;
}

/** Reads `size`, `vcpu` and `memoryMiB`; CPU and memory have to go together. */
export function readShape<P extends ShapeProps>(parent: Check<P>, given: P, limits: ShapeLimits): Shape {
  const check = parent as unknown as Check<ShapeProps>;
  const size = SIZES[check.oneOf("size", Object.keys(SIZES) as Size[], "small")];
  const vcpu = given?.vcpu ?? size.vcpu;
  const memoryMiB = given?.memoryMiB ?? size.memoryMiB;
  const hint = (value: unknown) => (isToken(value) ? "give a literal: this value decides what is created" : undefined);
  const shape = limits.shapes.find((known) => known.vcpu === vcpu);
  if (shape === undefined) {
    check.issue("vcpu", vcpu, `one of ${limits.shapes.map((known) => known.vcpu).join(", ")} (${limits.shapeSource})`, hint(vcpu));
  } else if (!shape.memoryMiB.includes(memoryMiB)) {
    const first = shape.memoryMiB[0] as number;
    const last = shape.memoryMiB[shape.memoryMiB.length - 1] as number;
    const near = shape.memoryMiB.find((known) => known >= memoryMiB) ?? last;
    const want = `${first} to ${last} in the provider's steps with ${vcpu} vCPU (${limits.shapeSource})`;
    check.issue("memoryMiB", memoryMiB, want, hint(memoryMiB) ?? `the next one that fits is ${near}`);
  }
  return { vcpu, memoryMiB };
}

/** Whether the sidecars and the reporter leave something for the agent. */
export function checkShape<P extends object>(check: Check<P>, shape: Shape, sidecars: Readonly<Record<string, SidecarSpec>>): void {
  const others = Object.values(sidecars);
  const cpu = others.reduce((sum, sidecar) => sum + sidecar.vcpu, 0);
  const memory = others.reduce((sum, sidecar) => sum + sidecar.memoryMiB, REPORTER_MEMORY_MIB);
  if (cpu >= shape.vcpu) check.issue("vcpu", shape.vcpu, `more than the sidecars have together (${cpu})`, "choose a larger size");
  if (memory + AGENT_MEMORY_MIB > shape.memoryMiB) {
    const want = `${AGENT_MEMORY_MIB} more than the sidecars and the reporter have together (${memory})`;
    check.issue("memoryMiB", shape.memoryMiB, want, "choose a larger size");
  }
}
