import { isToken, type Check, type KeysOf } from "./check";

/** How the subject of a run names its repository: by names, by names with ids that never change, or either while a repository moves from one to the other. */
export type SubjectForm = "names" | "ids" | "both";

/**
 * Ids of a repository and its owner, as the host counts them. They may be known only after apply, a number as `Token.asString(number)`; but when
 * the stack of the repository in turn needs the role, only literals keep the two from waiting for each other.
 */
export interface RepositoryIds {
  readonly owner: string;
  readonly repository: string;
}

/** Which runs of which repository may deploy. Plain data: the side that trusts and the side that is trusted are given the same. */
export interface DeployTrustProps {
  /** The repository, `owner/name`, written as the host writes it: upper and lower case count. */
  readonly repository: string;
  /**
   * Ids of the owner and the repository. Names can be given up and taken by others; ids are never used again.
   * @default - none: whoever gets the names later is trusted too
   */
  readonly ids?: RepositoryIds;
  /**
   * How the repository writes its subjects.
   * @default - "ids" when `ids` are given, else "names"
   */
  readonly subjects?: SubjectForm;
  /**
   * The only environment from which runs may deploy.
   * @default - none: runs outside of environments
   */
  readonly environment?: string;
  /**
   * Branches and tags from which runs may deploy, in full: `refs/heads/main`. No patterns.
   * @default ["refs/heads/main"]
   */
  readonly refs?: readonly string[];
}

export interface DeployTrustSpec {
  readonly repository: string;
  readonly ids?: RepositoryIds;
  readonly subjects: SubjectForm;
  readonly environment?: string;
  /** Sorted; empty where the provider compares the subject only, and that names an environment. */
  readonly refs: readonly string[];
}

/** An identity without a key that runs of a repository may take to deploy. */
export interface DeployIdentitySpec {
  readonly trust: DeployTrustSpec;
  /** For whom tokens have to be made out. */
  readonly audience: string;
  /** Longest session in minutes; absent where the provider decides it. */
  readonly sessionMinutes?: number;
  /** What it may do: references to policies, sorted; absent where that is granted elsewhere. */
  readonly policies?: readonly string[];
  /** The policy that bounds all others. */
  readonly boundary?: string;
}

const KNOWN = { repository: true, ids: true, subjects: true, environment: true, refs: true } satisfies KeysOf<DeployTrustProps>;

const FORMS = ["names", "ids", "both"] as const;
const WILDCARD = /[*?[\]]/;
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})\/[A-Za-z0-9._-]{1,100}$/;
const ENVIRONMENT = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,253}[A-Za-z0-9]$/;
const REF = /^refs\/(?:heads|tags)\/[A-Za-z0-9_][A-Za-z0-9._/+@-]{0,199}$/;
const ID = { pattern: /^[1-9]\d{0,18}$/, want: "the id as text of digits", tokens: true };

/** Reads who may deploy; problems are named `trust.<prop>`. */
export function readDeployTrust<P extends object>(parent: Check<P>, props: DeployTrustProps): DeployTrustSpec {
  const check = parent.nested<DeployTrustProps>("trust", props, KNOWN);
  const ids = props?.ids === undefined ? undefined : readIds(check, props.ids);
  const subjects = check.oneOf("subjects", FORMS, ids === undefined ? "names" : "ids");
  if (subjects !== "names" && ids === undefined)
    check.issue("subjects", subjects, '"names" without ids', "give the ids of the owner and the repository");
  const environment = exact(check, "environment", props?.environment, {
    pattern: ENVIRONMENT,
    want: 'a name of letters, digits, ".", "_", "-" and spaces inside',
  });
  return {
    repository: exact(check, "repository", props?.repository ?? "", { pattern: REPOSITORY, want: "owner/name" }) as string,
    ...(ids && { ids }),
    subjects,
    ...(environment !== undefined && { environment }),
    refs: readRefs(check, props?.refs),
  };
}

function readIds(parent: Check<DeployTrustProps>, props: RepositoryIds): RepositoryIds {
  const check = parent.nested<RepositoryIds>("ids", props, { owner: true, repository: true });
  return { owner: check.text("owner", ID), repository: check.text("repository", ID) };
}

function readRefs(check: Check<DeployTrustProps>, given: readonly string[] | undefined): readonly string[] {
  const want = 'branches and tags in full, such as ["refs/heads/main"]';
  const refs = check.list<string>("refs", want, ["refs/heads/main"]);
  if (refs.length === 0) check.issue("refs", given, want, "a run from any branch or pull request could deploy otherwise");
  for (const ref of refs) {
    if (typeof ref === "string" && ref.startsWith("refs/pull/"))
      check.issue("refs", ref, "no pull request: its code is not reviewed yet", "deploy from the branch that it is merged into");
    else exact(check, "refs", ref, { pattern: REF, want });
  }
  return [...new Set(refs)].sort();
}

/** Text that has to be meant literally: patterns and values known only after apply would let more in than anybody can see. */
function exact(
  check: Check<DeployTrustProps>,
  prop: keyof DeployTrustProps & string,
  value: unknown,
  { pattern, want }: { readonly pattern: RegExp; readonly want: string },
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && !isToken(value) && pattern.test(value)) return value;
  if (isToken(value)) check.issue(prop, value, want, "give a literal: it decides who may deploy");
  else if (typeof value === "string" && WILDCARD.test(value))
    check.issue(prop, value, `${want}, without wildcards`, "name every one that may deploy: a pattern lets in what nobody has seen");
  else check.issue(prop, value, want);
  return String(value);
}

/** Every subject that may deploy. With an environment the subject does not name the ref: that is a claim of its own. */
export function subjectsOf({ repository, ids, subjects, environment, refs }: DeployTrustSpec): readonly string[] {
  const [owner, name] = repository.split("/");
  const names = subjects === "ids" ? [] : [`repo:${repository}`];
  const withIds = subjects === "names" || ids === undefined ? [] : [`repo:${owner}@${ids.owner}/${name}@${ids.repository}`];
  const contexts = environment === undefined ? refs.map((ref) => `ref:${ref}`) : [`environment:${environment}`];
  return [...names, ...withIds].flatMap((repo) => contexts.map((context) => `${repo}:${context}`));
}

/** The claims beside the subject, each with the values that may deploy. */
export function claimsOf({ repository, ids, environment, refs }: DeployTrustSpec): Readonly<Record<string, readonly string[]>> {
  return {
    repository: [repository],
    ref: refs,
    ...(environment !== undefined && { environment: [environment] }),
    ...(ids && { repository_id: [ids.repository] }),
  };
}

const SUBJECT = /^repo:([^/@]+)(?:@([^/]+))?\/[^:@]+(?:@([^:]+))?:/;

/** The trust back from its subjects and claims. */
export function trustOf(subjects: readonly string[], claims: Readonly<Record<string, readonly string[]>>): DeployTrustSpec {
  const found = subjects.map((subject) => SUBJECT.exec(subject));
  const withIds = found.find((match) => match?.[2] !== undefined);
  const owner = withIds?.[2];
  const repository = claims.repository_id?.[0];
  const named = found.some((match) => match !== null && match[2] === undefined);
  const environment = claims.environment?.[0];
  return {
    repository: claims.repository?.[0] ?? "",
    ...(owner !== undefined && repository !== undefined && { ids: { owner, repository } }),
    subjects: withIds === undefined ? "names" : named ? "both" : "ids",
    ...(environment !== undefined && { environment }),
    refs: [...(claims.ref ?? [])].sort(),
  };
}
