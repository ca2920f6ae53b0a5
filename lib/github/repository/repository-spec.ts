import { HTTPS_URL, IDENTITY } from "../../labels";
import { Hidden, isToken, type Check, type KeysOf } from "../../spec/check";
import { openCheck, PROFILES, type SpecContext } from "../../spec/context";
import type {
  CodeOwnersSpec,
  CustomPropertySpec,
  DeployKeySpec,
  MergeMethod,
  RepositorySpec,
  RepositoryVisibility,
  WorkflowRulesSpec,
} from "../../spec/repository";
import { isLabelTopic, MAX_TOPICS, TOPIC } from "../labels";
import { duplicates, readBranchRules, readPushLimits, type RepositoryContext } from "./branch-rules-spec";
import { readEnvironments, readSecretNames, readVariables, WORDS } from "./environment-spec";
import { featuresOf, PLANS, plansWith, type GithubPlan } from "./plan";
import type { GithubActionsProps, GithubDeployKeyProps, GithubGovernanceProps, GithubRepositoryProps } from "./repository-props";

type RepositoryCheck = Check<GithubRepositoryProps>;

const KNOWN = {
  profile: true,
  plan: true,
  name: true,
  description: true,
  purpose: true,
  visibility: true,
  defaultBranch: true,
  topics: true,
  mergeMethods: true,
  review: true,
  statusChecks: true,
  signedCommits: true,
  bypassApps: true,
  pushLimits: true,
  secretScanning: true,
  actions: true,
  environments: true,
  deployKeys: true,
  codeOwners: true,
  customProperties: true,
  variables: true,
  secrets: true,
  governance: true,
} satisfies KeysOf<GithubRepositoryProps>;

/** What a name may be. Source: github/resource_github_repository.go of the Terraform provider 6.9.0, read 2026-11-21; GitHub takes `.git` off the end. */
const NAME = {
  pattern: /^(?!\.{1,2}$)(?!.*\.git$)[-a-zA-Z0-9_.]{1,100}$/,
  want: 'a name of 1 to 100 letters, digits, "-", "_" and ".", not ending with .git (GitHub limit)',
};
const BRANCH = { pattern: /^(?!-)[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, want: "the name of a branch, such as main", maxLength: 244 };
const VISIBILITIES = ["private", "internal", "public"] as const satisfies readonly RepositoryVisibility[];
const MERGE_METHODS = ["merge", "squash", "rebase"] as const satisfies readonly MergeMethod[];
const PURPOSES = ["code", "vault"] as const;

/**
 * The repository after defaults and checks.
 * @param name what it is called when nothing is said
 * @throws IntentError with every problem of the props.
 */
export function githubRepositorySpec(props: GithubRepositoryProps, context: SpecContext, name: string): RepositorySpec {
  const check = openCheck<GithubRepositoryProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const plan = readPlan(check, props);
  const vault = check.oneOf("purpose", PURPOSES, "code") === "vault";
  const at: RepositoryContext = { profile, plan, visibility: readVisibility(check, plan, vault), vault };
  const defaultBranch = check.text("defaultBranch", { ...BRANCH, default: "main" });
  const workflows = readWorkflows(check, props, at);
  const branchRules = readBranchRules(check, props, at);
  const pushLimits = readPushLimits(check, props, at);
  return check.done({
    profile,
    name: check.text("name", { ...NAME, default: name }),
    description: check.text("description", {
      pattern: /^(?!.*[$%]\{)[^\p{Cc}]*$/u,
      want: "one line of at most 350 characters without ${ and %{",
      maxLength: 350,
      default: "",
    }),
    visibility: at.visibility,
    defaultBranch,
    mergeMethods: readMergeMethods(check),
    topics: readTopics(check),
    ...(branchRules !== undefined && { branchRules }),
    ...(pushLimits !== undefined && { pushLimits }),
    secretScanning: readSecretScanning(check, at),
    ...(workflows !== undefined && { workflows }),
    environments: readEnvironments(check, props?.environments, defaultBranch, at),
    deployKeys: readDeployKeys(check, props?.deployKeys),
    codeOwners: readCodeOwners(check, at),
    customProperties: readCustomProperties(check, props?.customProperties, at),
    variables: readAllVariables(check, props),
    secrets: readSecretNames(check, props?.secrets),
  });
}

/** A plan that is none is not held against the other props too. */
function readPlan(check: RepositoryCheck, props: GithubRepositoryProps): GithubPlan {
  const plan = check.oneOf("plan", PLANS, undefined, "it decides what GitHub does for a repository that is not public");
  return plan === props?.plan ? plan : "enterprise";
}

function readVisibility(check: RepositoryCheck, plan: GithubPlan, vault: boolean): RepositoryVisibility {
  const visibility = check.oneOf("visibility", VISIBILITIES, "private");
  if (vault && visibility !== "private")
    check.issue(
      "visibility",
      visibility,
      '"private" when purpose is "vault": it holds what people know',
      "keep what others may read in another repository",
    );
  else if (visibility === "internal" && plan !== "enterprise")
    check.issue("visibility", visibility, `"private" or "public" with the plan "${plan}": only an enterprise has internal repositories`);
  return visibility;
}

function readMergeMethods(check: RepositoryCheck): readonly MergeMethod[] {
  const given = check.list<MergeMethod>("mergeMethods", "a list of merge methods", ["squash"]);
  const wrong = given.filter((method) => !MERGE_METHODS.includes(method));
  if (wrong.length > 0 || given.length === 0) check.issue("mergeMethods", given, 'at least one of "merge", "squash", "rebase"');
  return MERGE_METHODS.filter((method) => given.includes(method));
}

function readTopics(check: RepositoryCheck): readonly string[] {
  const given = check.list<string>("topics", "a list of topics", []);
  for (const topic of given) {
    if (typeof topic !== "string" || isToken(topic) || !TOPIC.pattern.test(topic)) check.issue("topics", topic, TOPIC.want);
    else if (isLabelTopic(topic)) check.issue("topics", topic, "a topic that is not a label", "set labels through govern");
  }
  duplicates(given).forEach((topic) => check.issue("topics", topic, "every topic once"));
  if (given.length > MAX_TOPICS) check.issue("topics", given, `at most ${MAX_TOPICS} topics (GitHub limit)`);
  return [...given].sort();
}

function readSecretScanning(check: RepositoryCheck, { plan, visibility }: RepositoryContext): boolean {
  const scanned = check.flag("secretScanning", visibility === "public");
  if (scanned && !featuresOf(plan, visibility).secretScanning) {
    const want = `false: GitHub scans private repositories for organizations with GitHub Secret Protection only, on the plan ${plansWith("secretScanning")}`;
    check.issue("secretScanning", scanned, want, "leave it out, and scan before every push");
  }
  return scanned;
}

function readWorkflows(check: RepositoryCheck, props: GithubRepositoryProps, at: RepositoryContext): WorkflowRulesSpec | undefined {
  const given = props?.actions ?? {};
  if (given === false) return undefined;
  const own = check.nested<GithubActionsProps>("actions", given, ["githubOwned", "verified", "patterns"]);
  const patterns = own.list<string>("patterns", "a list of actions", []);
  for (const one of patterns)
    if (typeof one !== "string" || !/^[\w.-]+\/([\w.*-]+|[\w.-]+(\/[\w.*-]+)*@[\w.*/-]+)$/.test(one))
      own.issue("patterns", one, "actions such as aws-actions/configure-aws-credentials@*, of a named owner");
  if (patterns.length > 0 && !featuresOf(at.plan, at.visibility).actionPatterns) {
    const want = `nothing: GitHub takes single actions for private repositories of the plan ${plansWith("actionPatterns")} only`;
    own.issue("patterns", patterns, want, "use actions of GitHub, or verified: true");
  }
  return { hostActions: own.flag("githubOwned", true), verifiedActions: own.flag("verified", false), actions: [...patterns].sort() };
}

/** The public half of a key that GitHub takes, without or with a comment. DSA is too weak for GitHub. */
const PUBLIC_KEY =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}( \S+)?$/;

function readDeployKeys(check: RepositoryCheck, given: Readonly<Record<string, GithubDeployKeyProps>> = {}): RepositorySpec["deployKeys"] {
  const entries = Object.entries(given).map(([title, key]): [string, DeployKeySpec] => {
    if (!WORDS.pattern.test(title) || title.length > 100) check.issue(`deployKeys.${title}`, title, WORDS.want);
    const own = check.nested<GithubDeployKeyProps>(`deployKeys.${title}`, key, ["publicKey", "write"]);
    const text: unknown = key?.publicKey;
    const fits = typeof text === "string" && (isToken(text) || PUBLIC_KEY.test(text));
    const got = typeof text === "string" ? new Hidden("text that may hold a private key (hidden)") : text;
    if (!fits)
      own.issue(
        "publicKey",
        got,
        "the public half of an SSH key, such as ssh-ed25519 AAAA...",
        "the private half stays on the machine that uses it",
      );
    return [title, { publicKey: String(text), write: own.flag("write", false) }];
  });
  return Object.fromEntries(entries);
}

function readCodeOwners(check: RepositoryCheck, { plan, visibility }: RepositoryContext): readonly CodeOwnersSpec[] {
  const given = check.list<CodeOwnersSpec>("codeOwners", "a list of paths with their owners", []);
  if (given.length > 0 && !featuresOf(plan, visibility).codeOwners)
    check.issue("codeOwners", given, `nothing: GitHub has no code owners in private repositories of the plan "${plan}"`);
  return given.map((one, at) => {
    const own = check.nested<CodeOwnersSpec>(`codeOwners[${at}]`, one, ["path", "owners"]);
    const path = own.text("path", {
      pattern: /^[^\s#!\\[\]{}]+$/,
      want: "a pattern of paths without blanks, such as * or /docs/",
      maxLength: 500,
    });
    const owners = own.list<string>("owners", "a list of owners");
    const owner = /^(@[A-Za-z0-9-]{1,39}(\/[A-Za-z0-9_.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;
    for (const name of owners) if (!owner.test(name)) own.issue("owners", name, "@user, @organization/team or an e-mail address");
    if (owners.length === 0) own.issue("owners", owners, "at least one owner");
    return { path, owners: [...owners] };
  });
}

const PROPERTY_TYPES = ["string", "single_select", "multi_select", "true_false"] as const;

function readCustomProperties(
  check: RepositoryCheck,
  given: Readonly<Record<string, CustomPropertySpec>> = {},
  { plan, visibility }: RepositoryContext,
): RepositorySpec["customProperties"] {
  const entries = Object.entries(given);
  if (entries.length > 0 && !featuresOf(plan, visibility).organization)
    check.issue("customProperties", Object.keys(given), `nothing: a person's account (plan "${plan}") defines no properties`);
  return Object.fromEntries(
    entries.map(([name, property]) => {
      if (!/^[A-Za-z0-9_-]{1,75}$/.test(name))
        check.issue(`customProperties.${name}`, name, 'the name of a property: 1 to 75 letters, digits, "_" and "-"');
      const own = check.nested<CustomPropertySpec>(`customProperties.${name}`, property, ["type", "values"]);
      const type = own.oneOf("type", PROPERTY_TYPES);
      const values = own.list<string>("values", "a list of values");
      const one = type === "true_false" ? 'one of "true", "false"' : "exactly one value";
      if (type !== "multi_select" && values.length !== 1) own.issue("values", values, one);
      if (type === "true_false" && values.some((value) => !["true", "false"].includes(value))) own.issue("values", values, one);
      if (type === "multi_select" && values.length === 0) own.issue("values", values, "at least one value");
      return [name, { type, values: [...values].sort() }];
    }),
  );
}

const CONTRACT = ["GOVERNANCE_ENDPOINT", "GOVERNANCE_ID", "AGENT_ID"] as const;

/** Variables of the user and of the governance contract. */
function readAllVariables(check: RepositoryCheck, props: GithubRepositoryProps): Readonly<Record<string, string>> {
  const own = readVariables(check, props?.variables, CONTRACT);
  if (props?.governance === undefined) return own;
  const contract = check.nested<GithubGovernanceProps>("governance", props.governance, ["endpoint", "governanceId", "agentId"]);
  const agentId = contract.tryText("agentId", IDENTITY);
  return {
    ...own,
    GOVERNANCE_ENDPOINT: contract.text("endpoint", HTTPS_URL),
    GOVERNANCE_ID: contract.text("governanceId", IDENTITY),
    ...(agentId !== undefined && { AGENT_ID: agentId }),
  };
}
