import { Hidden, isToken, type Check, type KeysOf } from "./check";
import { looksSecret } from "./environment";

/** Who may let a deployment go on: ids of teams and users, as the host counts them. */
export interface ReviewersProps {
  /** @default [] */
  readonly teams?: readonly number[];
  /** @default [] */
  readonly users?: readonly number[];
}

/** An environment of a repository, from which alone runs deploy. */
export interface DeployEnvironmentSpec {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  readonly environment: string;
  /** Branches and tags that may deploy to it, in full; sorted. */
  readonly refs: readonly string[];
  readonly reviewers: Required<ReviewersProps>;
  /** Minutes between the start of a deployment and its first step. */
  readonly waitMinutes: number;
  /** What runs in the environment are told. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What the host allows. */
export interface VariableLimits {
  readonly name: { readonly pattern: RegExp; readonly want: string };
  readonly maxBytes: number;
  readonly source: string;
}

const KNOWN = { teams: true, users: true } satisfies KeysOf<ReviewersProps>;

/** Reads who reviews; problems are named `reviewers.<prop>`. */
export function readReviewers<P extends { readonly reviewers?: unknown }>(
  parent: Check<P>,
  props: ReviewersProps | undefined,
  { max, needed }: { readonly max: number; readonly needed: boolean },
): Required<ReviewersProps> {
  const check = parent.nested<ReviewersProps>("reviewers", props ?? {}, KNOWN);
  const read = (prop: "teams" | "users") => {
    const ids = check.list<number>(prop, "ids as whole numbers", []);
    for (const id of ids) if (!Number.isInteger(id) || id < 1) check.issue(prop, id, "ids as whole numbers, 1 or more");
    return [...ids].sort((one, other) => one - other);
  };
  const reviewers = { teams: read("teams"), users: read("users") };
  const count = reviewers.teams.length + reviewers.users.length;
  if (count > max) parent.issue("reviewers", props, `${max} teams and users at most`);
  if (needed && count === 0) {
    const fix = 'name a team or a user, or set profile "sandbox"';
    parent.issue("reviewers", props, 'one team or user at least when profile is "production"', fix);
  }
  return reviewers;
}

/** Reads plain variables; problems are named `variables.<NAME>`. What looks like a secret is refused: everybody who can read the repository sees it. */
export function readVariables<P extends { readonly variables?: unknown }>(
  check: Check<P>,
  variables: Readonly<Record<string, string>> | undefined,
  limits: VariableLimits,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(variables ?? {})) {
    const prop = `variables.${name}`;
    if (!limits.name.pattern.test(name)) check.issue(prop, name, limits.name.want);
    if (typeof value !== "string") check.issue(prop, value, "text");
    else if (isToken(value)) continue;
    else if (Buffer.byteLength(value) > limits.maxBytes) check.issue(prop, value, `${limits.maxBytes} bytes at most (${limits.source})`);
    else if (looksSecret(name, value))
      check.issue(prop, new Hidden("something that looks like a secret"), "no secret in plain text", "keep it in the store of secrets");
  }
  return { ...variables };
}
