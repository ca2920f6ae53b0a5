import { Token } from "cdktf";
import { Construct } from "constructs";
import { closest, distance } from "fastest-levenshtein";

/** One thing that is wrong with a construct's props. */
export interface Issue {
  /** The prop as the user typed it, with dots for nested ones: `replicas.max`. */
  readonly prop: string;
  /** What was given. */
  readonly got: unknown;
  /** What is allowed, with the source of the limit. */
  readonly want: string;
  /** The next step, when `want` alone does not say it. */
  readonly fix?: string;
}

/**
 * All that is wrong with one construct, in one throw.
 * The message starts with the construct path; each line names the prop, what was given, what is allowed and what to do.
 */
export class IntentError extends Error {
  constructor(
    /** Path of the construct in the tree. */
    public readonly path: string,
    public readonly issues: readonly Issue[],
  ) {
    super(`${path}: ${issues.length} problem${issues.length === 1 ? "" : "s"}\n${issues.map(line).join("\n")}`);
    this.name = "IntentError";
    // The message has it all: a program that dies of it prints the message, not the constructs that are in the issues.
    Object.defineProperties(this, { path: { enumerable: false }, issues: { enumerable: false } });
  }
}

function line(issue: Issue): string {
  const fix = issue.fix === undefined ? "" : `; ${issue.fix}`;
  return `  - ${issue.prop}: got ${show(issue.got)}, want ${issue.want}${fix}`;
}

/** A value that must not be printed, such as something that looks like a key. */
export class Hidden {
  constructor(public readonly what: string) {}
}

/** Longest value that is shown whole. */
const MAX_SHOWN = 200;

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof Hidden) return value.what;
  if (isToken(value)) return "a value known only after apply";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function") return "a function";
  if (Construct.isConstruct(value)) return `the ${value.constructor.name} ${value.node.path}`;
  const text = textOf(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}...` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "an object that refers to itself";
  }
}

/** Whether the value, or text inside it, is known only after `terraform apply`. */
export function isToken(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** Names of props whose value may be a secret. */
const SECRET_PROP = /pass(word|wd)?|secret|token|credential|(api|private|access)_?key/i;

/** A value as it may be shown: what stands under a name that suggests a secret stays hidden. */
function printable(prop: string, value: unknown): unknown {
  return typeof value === "string" && SECRET_PROP.test(prop) ? new Hidden("text (hidden, because it may be a secret)") : value;
}

/** Names every key of `P`: a key left out is a compile error. */
export type KeysOf<P> = Record<keyof P & string, true>;

interface WholeNumber {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  /** Where the limit comes from, such as "Amazon RDS gp3 limit". */
  readonly source?: string;
}

interface Text {
  readonly pattern?: RegExp;
  /** What the pattern allows, in words. */
  readonly want: string;
  readonly maxLength?: number;
  readonly default?: string;
  /** Whether a value known only after apply is fine here. */
  readonly tokens?: boolean;
  readonly fix?: string;
  /** Whether a refused value may hold a secret and must not be printed. */
  readonly hide?: (value: string) => boolean;
}

interface CheckOptions {
  /** What stands in front of the prop in messages. */
  readonly prefix?: string;
  readonly issues?: Issue[];
  /** Props that the provider cannot honour, with dots for nested ones, each with the reason. */
  readonly lacks?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the props of one construct and collects every problem, so that a user sees them all at once.
 * Each reader returns the value, the default, or a harmless stand-in after a problem; `done` throws if there was any.
 */
export class Check<P extends object> {
  private readonly props: Record<string, unknown>;
  private readonly prefix: string;
  private readonly issues: Issue[];
  private readonly lacking: Readonly<Record<string, string | undefined>>;

  constructor(
    private readonly path: string,
    props: P,
    known: KeysOf<P> | readonly string[],
    { prefix = "", issues = [], lacks = {} }: CheckOptions = {},
  ) {
    this.prefix = prefix;
    this.issues = issues;
    this.lacking = lacks;
    const usable = typeof props === "object" && props !== null && !Array.isArray(props);
    if (!usable) this.issue("", props, "an object");
    this.props = usable ? this.withoutLacking(props as Record<string, unknown>) : {};
    this.refuseUnknown((Array.isArray(known) ? known : Object.keys(known)).filter((key) => !this.lacks(key)));
  }

  /** Whether the provider cannot honour a prop: nothing of it goes into the spec then, not even a default. */
  lacks(prop: string): boolean {
    return this.lacking[this.prefix + prop] !== undefined;
  }

  /** What `read` gives, or undefined when the provider lacks the prop. */
  unlessLacking<T>(prop: keyof P & string, read: () => T): T | undefined {
    return this.lacks(prop) ? undefined : read();
  }

  /** Adds a problem that only the caller can see. */
  issue(prop: string, got: unknown, want: string, fix?: string): void {
    const name = prop === "" ? this.prefix.slice(0, -1) : this.prefix + prop;
    this.issues.push({ prop: name, got, want, fix });
  }

  /** Whether nothing was wrong so far. */
  get clean(): boolean {
    return this.issues.length === 0;
  }

  /** A whole number from `min` to `max`. */
  integer(prop: keyof P & string, limits: WholeNumber): number {
    const value = this.props[prop] ?? limits.default;
    if (Number.isInteger(value) && !isToken(value) && (value as number) >= limits.min && (value as number) <= limits.max) {
      return value as number;
    }
    const source = limits.source === undefined ? "" : ` (${limits.source})`;
    const range = limits.max === Infinity ? `${limits.min} or more` : `${limits.min} to ${limits.max}`;
    this.issue(prop, value, `a whole number, ${range}${source}`, this.literalHint(value));
    return limits.default ?? limits.min;
  }

  /** The same, or undefined when not given. */
  tryInteger(prop: keyof P & string, limits: WholeNumber): number | undefined {
    return this.props[prop] === undefined && limits.default === undefined ? undefined : this.integer(prop, limits);
  }

  /** One of a fixed set of words; `why` says why there are no others. */
  oneOf<T extends string>(prop: keyof P & string, allowed: readonly T[], fallback?: T, why?: string): T {
    const value = this.props[prop] ?? fallback;
    if (allowed.includes(value as T)) return value as T;
    const fix = typeof value === "string" && !isToken(value) ? nearest(value, allowed) : this.literalHint(value);
    const words = allowed.map((word) => `"${word}"`).join(", ");
    this.issue(prop, value, `one of ${words}${why === undefined ? "" : `: ${why}`}`, fix);
    return fallback ?? (allowed[0] as T);
  }

  /** True or false. */
  flag(prop: keyof P & string, fallback: boolean): boolean {
    const value = this.props[prop] ?? fallback;
    if (typeof value === "boolean") return value;
    this.issue(prop, value, "true or false", this.literalHint(value));
    return fallback;
  }

  /** Text that matches a pattern. */
  text(prop: keyof P & string, rules: Text): string {
    const value = this.props[prop] ?? rules.default;
    if (typeof value === "string" && isToken(value)) {
      if (!rules.tokens) this.issue(prop, value, rules.want, this.literalHint(value));
      return value;
    }
    const fits =
      typeof value === "string" && (rules.pattern?.test(value) ?? value.length > 0) && value.length <= (rules.maxLength ?? Infinity);
    if (fits) return value as string;
    const got = typeof value === "string" && rules.hide?.(value) ? new Hidden("text that may hold a secret (hidden)") : value;
    this.issue(prop, got, rules.want, rules.fix);
    return typeof value === "string" ? value : (rules.default ?? "");
  }

  /** The same, or undefined when not given. */
  tryText(prop: keyof P & string, rules: Text): string | undefined {
    return this.props[prop] === undefined && rules.default === undefined ? undefined : this.text(prop, rules);
  }

  /** A list; what is in it is checked by the caller. */
  list<T>(prop: keyof P & string, want: string, fallback?: readonly T[]): readonly T[] {
    const value = this.props[prop] ?? fallback;
    if (Array.isArray(value) && !isToken(value)) return value as T[];
    this.issue(prop, value, want, this.literalHint(value));
    return fallback ?? [];
  }

  /** Something that has to be there, such as the network a database lives in. */
  required(prop: keyof P & string, want: string): void {
    if (this.props[prop] === undefined || this.props[prop] === null) this.issue(prop, this.props[prop], want);
  }

  /** A nested object whose problems are reported as `prop.key`. */
  nested<C extends object>(prop: string, value: C, known: KeysOf<C> | readonly string[]): Check<C> {
    return new Check<C>(this.path, value, known, { prefix: `${this.prefix}${prop}.`, issues: this.issues, lacks: this.lacking });
  }

  /**
   * Returns the spec when nothing was wrong.
   * @throws IntentError with every problem otherwise.
   */
  done<S>(spec: S): S {
    if (this.issues.length > 0) throw new IntentError(this.path, this.issues);
    return spec;
  }

  private withoutLacking(props: Record<string, unknown>): Record<string, unknown> {
    const lacking = Object.keys(props).filter((key) => this.lacks(key));
    if (lacking.length === 0) return props;
    for (const key of lacking) {
      if (props[key] === undefined) continue;
      this.issue(key, printable(key, props[key]), `nothing: ${this.lacking[this.prefix + key]}`, "remove it");
    }
    return Object.fromEntries(Object.entries(props).filter(([key]) => !this.lacks(key)));
  }

  private refuseUnknown(known: readonly string[]): void {
    for (const [key, value] of Object.entries(this.props)) {
      if (known.includes(key) || value === undefined) continue;
      this.issue(key, printable(key, value), "no such prop", nearest(key, known) ?? `remove it; known props: ${known.join(", ")}`);
    }
  }

  private literalHint(value: unknown): string | undefined {
    return isToken(value) ? "give a literal: this value decides what is created and has to be known at synth" : undefined;
  }
}

/** "did you mean" with the closest known word, when one is close enough to be a slip. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, known as string[]);
  return distance(word, best) <= Math.max(1, Math.floor(word.length * 0.4)) ? `did you mean "${best}"?` : undefined;
}
