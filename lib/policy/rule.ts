import type { Fact } from "../facts/fact";
import type { Encryption, Known, Posture } from "../facts/posture";
import type { Severity } from "./finding";

/** `baseline`: for everyone; `regulated`: on top of it, where auditors ask for more. */
export type Pack = "baseline" | "regulated";

export const PACKS = ["baseline", "regulated"] as const satisfies readonly Pack[];

/** Where others ask for the same. */
export interface References {
  /** Controls of the CIS benchmark of the provider. */
  readonly cis?: readonly string[];
  /** Controls of the provider's own foundational best practices. */
  readonly fsbp?: readonly string[];
  /** OWASP Top 10 for Agentic Applications 2026, such as `ASI03`. */
  readonly asi?: readonly string[];
  /** Functions of the NIST AI Risk Management Framework. */
  readonly nist?: readonly ("GOVERN" | "MAP" | "MEASURE" | "MANAGE")[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  /** Checks of live accounts. */
  readonly prowler?: readonly string[];
}

/** What is asked for and what is there instead. */
export interface Failure {
  /** What the Terraform says, as half a sentence. */
  readonly observed: string;
  /** What the rule asks for, as half a sentence. */
  readonly expected: string;
}

/** What a rule says of one thing. `unknown`: the Terraform does not say enough to decide. */
export type Verdict = "pass" | "unknown" | Failure;

/** What a rule can look at: single resources (postures), and what constructs of this library stand for (facts). */
export type Subject = Posture | Fact;

export type SubjectKind = Subject["kind"];

/** What is asked of every subject of some kinds. */
export interface Rule<Kind extends SubjectKind = SubjectKind> {
  /** Kebab case, unique, part of the API. */
  readonly id: string;
  readonly pack: Pack;
  readonly severity: Severity;
  /** One sentence that is true when the rule passes. */
  readonly title: string;
  /** What can happen otherwise. */
  readonly why: string;
  /** The next step. */
  readonly fix: string;
  readonly references: References;
  /** What it looks at. */
  readonly kinds: readonly Kind[];
  /** A pure function: no clock, no network, nothing kept between calls. */
  check(subject: Extract<Subject, { kind: Kind }>): Verdict;
}

/** Gives a rule its types: `check` sees subjects of the named kinds only. */
export function defineRule<Kind extends SubjectKind>(rule: Rule<Kind>): Rule {
  return rule as unknown as Rule;
}

/** Passes when the value is true. */
export function holds(value: Known<boolean>, observed: string, expected: string): Verdict {
  if (value === "unknown") return "unknown";
  return value ? "pass" : { observed, expected };
}

/** Passes when the value is false. */
export function holdsNot(value: Known<boolean>, observed: string, expected: string): Verdict {
  return holds(value === "unknown" ? value : !value, observed, expected);
}

/** Passes when the number is `min` or more; the unit is in the plural. */
export function atLeast(value: Known<number>, min: number, unit: string): Verdict {
  if (value === "unknown") return "unknown";
  return value >= min ? "pass" : { observed: `${value} ${value === 1 ? unit.replace(/s\b/, "") : unit}`, expected: `${min} or more` };
}

/** Passes when the list is empty; the observation names what is in it. */
export function nothingIn(value: Known<readonly string[]>, observed: string, expected: string): Verdict {
  if (value === "unknown") return "unknown";
  return value.length === 0 ? "pass" : { observed: `${observed} ${value.join(", ")}`, expected };
}

/** Passes when data at rest is encrypted, by anyone's key. */
export function encrypted(value: Known<Encryption>): Verdict {
  return holds(value === "unknown" ? value : value !== "none", "no encryption at rest", "encryption at rest");
}

/** Passes when data at rest is encrypted with a key that the customer holds. */
export function customerKey(value: Known<Encryption>): Verdict {
  const observed = value === "none" ? "no encryption at rest" : "a key of the provider";
  return holds(value === "unknown" ? value : value === "customer-key", observed, "a customer managed key");
}

/** Passes when the first part does not apply, and else asks for the second. */
export function whenever(applies: Known<boolean>, verdict: () => Verdict): Verdict {
  if (applies === false) return "pass";
  const then = verdict();
  return applies === "unknown" && then !== "pass" ? "unknown" : then;
}
