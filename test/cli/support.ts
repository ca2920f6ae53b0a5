import { runCommandLine } from "../../lib/cli/program";

/** What a command printed, and what it ended with. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. */
export function run(args: readonly string[], { colours = false, watched = false } = {}): Ran {
  const [out, err]: [string[], string[]] = [[], []];
  const code = runCommandLine(args, { out: (text) => void out.push(text), err: (text) => void err.push(text), colours, watched });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** The JSON that a command printed. */
export function runJson<T>(args: readonly string[]): { readonly code: number; readonly json: T } {
  const { code, out } = run([...args, "--json"]);
  return { code, json: JSON.parse(out) as T };
}
