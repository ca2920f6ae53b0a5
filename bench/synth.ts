import { measure, median } from "./child";
import { compiledProviders } from "./providers";

interface Measured {
  readonly synthMs: number;
  readonly totalMs: number;
  readonly rssMiB: number;
}

/** How often each size is measured: small ones are noisy, large ones slow. */
const ROUNDS: Readonly<Record<number, number>> = { 1000: 9, 10000: 5, 31000: 3 };

const VARIANTS = ["plain", "check", "govern", "promises"] as const;
type Variant = (typeof VARIANTS)[number];
type Round = Readonly<Record<Variant, Measured>>;

/** Size and rounds of the providers after the first, which show that none of them is slower than it. */
const OTHERS = { size: 10000, rounds: 3 };

/** Synth with our checks against the plain engine, as rows of a table. */
export function benchSynth(progress: (text: string) => void): string[][] {
  const [first = "", ...others] = compiledProviders();
  return [...benchSizes(first, progress), ...others.flatMap((provider) => benchProvider(provider, progress))];
}

function benchProvider(provider: string, progress: (text: string) => void): string[][] {
  const measured = Array.from({ length: OTHERS.rounds }, (_, index) => {
    progress(`synth of ${OTHERS.size} resources of ${provider}, round ${index + 1} of ${OTHERS.rounds}`);
    return measureRound(provider, OTHERS.size, index);
  });
  const row = (words: string, variant: Variant, value: keyof Measured, limit: string) => [
    `${words}, ${OTHERS.size} resources of ${provider}: ${variant === "promises" ? "all promises" : variant}`,
    `${median(measured.map((round) => round[variant][value] / round.plain[value])).toFixed(2)}x`,
    limit,
  ];
  return [
    row("synth", "govern", "synthMs", "<= 1.10x, aim 0.90x"),
    row("synth", "promises", "synthMs", "<= 1.10x, aim 0.90x"),
    row("peak memory", "govern", "rssMiB", "<= 1.20x"),
  ];
}

function benchSizes(provider: string, progress: (text: string) => void): string[][] {
  const rounds = new Map<number, Round[]>();
  for (const [size, count] of Object.entries(ROUNDS)) {
    const measured = Array.from({ length: count }, (_, index) => {
      progress(`synth of ${size} resources, round ${index + 1} of ${count}`);
      return measureRound(provider, Number(size), index);
    });
    rounds.set(Number(size), measured);
  }
  return [...ratioRows(rounds), ...growthRows(rounds)];
}

/** All variants once, each round starting with another one, so that no variant always runs on a warm or a busy machine. */
function measureRound(provider: string, size: number, index: number): Round {
  const order = [...VARIANTS.slice(index % VARIANTS.length), ...VARIANTS.slice(0, index % VARIANTS.length)];
  return Object.fromEntries(order.map((variant) => [variant, measure<Measured>("synth-child", [provider, variant, size])])) as Round;
}

function ratioRows(rounds: ReadonlyMap<number, readonly Round[]>): string[][] {
  const ratio = (measured: readonly Round[], variant: Variant, value: keyof Measured): string =>
    `${median(measured.map((round) => round[variant][value] / round.plain[value])).toFixed(2)}x`;
  return [...rounds].flatMap(([size, measured]) => [
    [`synth, ${size} resources: one check`, ratio(measured, "check", "synthMs"), ""],
    [`synth, ${size} resources: govern`, ratio(measured, "govern", "synthMs"), "<= 1.10x, aim 0.90x"],
    [`construction and synth, ${size} resources: govern`, ratio(measured, "govern", "totalMs"), ""],
    [`peak memory, ${size} resources: govern`, ratio(measured, "govern", "rssMiB"), "<= 1.20x"],
    [`synth, ${size} resources: all promises`, ratio(measured, "promises", "synthMs"), "<= 1.10x, aim 0.90x"],
    [`peak memory, ${size} resources: all promises`, ratio(measured, "promises", "rssMiB"), ""],
  ]);
}

function growthRows(rounds: ReadonlyMap<number, readonly Round[]>): string[][] {
  const sizes = [...rounds.keys()].sort((a, b) => a - b);
  const [small, large] = [sizes[0] as number, sizes.at(-1) as number];
  const time = (size: number, variant: Variant): number => median((rounds.get(size) ?? []).map((round) => round[variant].synthMs));
  return (["plain", "govern", "promises"] as const).map((variant) => {
    const exponent = Math.log(time(large, variant) / time(small, variant)) / Math.log(large / small);
    return [`growth exponent of synth, ${small} to ${large}: ${variant}`, exponent.toFixed(2), variant === "plain" ? "" : "<= 1.05"];
  });
}
