import { measure, median } from "./child";

const ROUNDS = 5;

interface Measured {
  readonly totalMs: number;
  readonly rssMiB: number;
}

/** The example with the most agents, whole: every stack and 1,250 agents, loaded, built and synthesized, against the plain engine. */
export function benchCity(progress: (text: string) => void): string[][] {
  const pairs = Array.from({ length: ROUNDS }, (_, index) => {
    progress(`agent city, round ${index + 1} of ${ROUNDS}`);
    const order = index % 2 === 0 ? (["governed", "plain"] as const) : (["plain", "governed"] as const);
    return Object.fromEntries(order.map((variant) => [variant, measure<Measured>("city-child", [variant])])) as Record<
      (typeof order)[number],
      Measured
    >;
  });
  const ratio = (value: keyof Measured) => `${median(pairs.map(({ governed, plain }) => governed[value] / plain[value])).toFixed(2)}x`;
  const seconds = (median(pairs.map(({ governed }) => governed.totalMs)) / 1000).toFixed(1);
  const memory = Math.round(median(pairs.map(({ governed }) => governed.rssMiB)));
  return [
    [`agent city, 1250 agents, all stacks in ${seconds} s: governed, with all promises`, ratio("totalMs"), "<= 1.10x"],
    [`peak memory of that run, ${memory} MiB`, ratio("rssMiB"), "<= 1.20x"],
  ];
}
