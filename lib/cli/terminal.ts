/** Where a command writes to. */
export interface Terminal {
  /** Whether results may be coloured. */
  readonly colours: boolean;
  /** Whether somebody is watching, so that progress is worth showing. */
  readonly watched: boolean;
  /** Results. */
  out(text: string): void;
  /** Errors, and notes that are no result. */
  err(text: string): void;
}

const CODES = { red: [31, 39], green: [32, 39], yellow: [33, 39], bold: [1, 22] } as const;

/** The terminal of this process. Colours are for terminals, and for none when NO_COLOR is set. */
export function processTerminal(): Terminal {
  const { NO_COLOR, TERM } = process.env;
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    colours: process.stdout.isTTY === true && (NO_COLOR ?? "") === "" && TERM !== "dumb",
    watched: process.stderr.isTTY === true,
  };
}

/** Text in a colour, where the terminal has colours. */
export function paint(terminal: Terminal, colour: keyof typeof CODES, text: string): string {
  const [on, off] = CODES[colour];
  return terminal.colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** A result as one word. */
export function badge(terminal: Terminal, passed: boolean): string {
  return passed ? paint(terminal, "green", "pass") : paint(terminal, "red", "fail");
}

/** The JSON of a result. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner), 2));
}

/** Says what takes long, to somebody who is watching. */
export function progress(terminal: Terminal, text: string): void {
  if (terminal.watched) terminal.err(`${text} ...`);
}
