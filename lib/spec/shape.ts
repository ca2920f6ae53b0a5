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

/** Shapes that a provider lists: memory sizes in MiB that go with a number of CPUs. */
export type ListedShapes = readonly { readonly vcpu: number; readonly memoryMiB: readonly number[] }[];

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Shapes that can be chosen freely within ranges. */
export interface FlexibleShapes {
  readonly vcpu: Range;
  /** Memory in MiB that goes with a number of CPUs. */
  memoryMiB(vcpu: number): Range;
}

/** What the provider's machines look like. */
export interface ShapeLimits {
  readonly shapes: ListedShapes | FlexibleShapes;
  /** Where the limits come from. */
  readonly shapeSource: string;
  /**
   * What the sizes are at the provider, when it has none as small as the usual ones.
   * @default SIZES
   */
  readonly sizes?: Readonly<Record<Size, Shape>>;
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
  const size = (limits.sizes ?? SIZES)[check.oneOf("size", Object.keys(SIZES) as Size[], "small")];
  const shape = { vcpu: given?.vcpu ?? size.vcpu, memoryMiB: given?.memoryMiB ?? size.memoryMiB };
  if ("find" in limits.shapes) checkListed(check, shape, limits.shapes, limits.shapeSource);
  else checkFlexible(check, shape, limits.shapes, limits.shapeSource);
  return shape;
}

function hint(value: unknown): string | undefined {
  return isToken(value) ? "give a literal: this value decides what is created" : undefined;
}

function checkListed(check: Check<ShapeProps>, { vcpu, memoryMiB }: Shape, shapes: ListedShapes, source: string): void {
  const shape = shapes.find((known) => known.vcpu === vcpu);
  if (shape === undefined) {
    check.issue("vcpu", vcpu, `one of ${shapes.map((known) => known.vcpu).join(", ")} (${source})`, hint(vcpu));
  } else if (!shape.memoryMiB.includes(memoryMiB)) {
    const first = shape.memoryMiB[0] as number;
    const last = shape.memoryMiB[shape.memoryMiB.length - 1] as number;
    const near = shape.memoryMiB.find((known) => known >= memoryMiB) ?? last;
    const want = `${first} to ${last} in the provider's steps with ${vcpu} vCPU (${source})`;
    check.issue("memoryMiB", memoryMiB, want, hint(memoryMiB) ?? `the next one that fits is ${near}`);
  }
}

function checkFlexible(check: Check<ShapeProps>, { vcpu, memoryMiB }: Shape, shapes: FlexibleShapes, source: string): void {
  if (!within(vcpu, shapes.vcpu)) return check.issue("vcpu", vcpu, `${inWords(shapes.vcpu)} (${source})`, hint(vcpu));
  const range = shapes.memoryMiB(vcpu);
  if (within(memoryMiB, range)) return;
  check.issue("memoryMiB", memoryMiB, `${inWords(range)} with ${vcpu} vCPU (${source})`, hint(memoryMiB) ?? nextFit(memoryMiB, range));
}

function within(value: unknown, { min, max, step }: Range): boolean {
  return typeof value === "number" && !isToken(value) && value >= min && value <= max && (value - min) % step === 0;
}

function inWords({ min, max, step }: Range): string {
  return `${min} to ${max} in steps of ${step}`;
}

function nextFit(value: number, { min, max, step }: Range): string {
  const next = Math.min(Math.max(min, min + Math.ceil((value - min) / step) * step), max);
  return `the next one that fits is ${Number.isNaN(next) ? min : next}`;
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
