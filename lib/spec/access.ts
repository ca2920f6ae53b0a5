import { isToken, type Check, type KeysOf } from "./check";
import { openCheck, type SpecContext } from "./context";
import { EMAIL } from "./email";
import { checkHost, isHostName, type HostPlace } from "./host-name";

/** Who is let in: people who sign in, or programs that bring a service token. */
export interface AccessPolicyProps {
  /**
   * People by e-mail address.
   * @default []
   */
  readonly emails?: readonly string[];
  /**
   * Everybody with an address of these domains, such as `acme.dev`.
   * @default []
   */
  readonly emailDomains?: readonly string[];
  /**
   * Groups of the provider, by id.
   * @default []
   */
  readonly groups?: readonly string[];
  /**
   * Programs by the id of their service token; not together with people.
   * @default []
   */
  readonly serviceTokens?: readonly string[];
  /**
   * Whether people need a second factor, as their identity provider reports it.
   * @default true for people
   */
  readonly secondFactor?: boolean;
}

export interface AccessProps {
  /** The host that is protected, such as `agent.acme.dev`. */
  readonly host: string;
  /**
   * The path that is protected, with all below it, such as `/admin`.
   * @default - the whole host
   */
  readonly path?: string;
  /** Who is let in, by the name of the policy; nobody else is. */
  readonly allow: Readonly<Record<string, AccessPolicyProps>>;
  /**
   * Hours after which people sign in again, 1 to 720.
   * @default 12
   */
  readonly sessionHours?: number;
}

export interface AccessPolicySpec {
  readonly emails: readonly string[];
  readonly emailDomains: readonly string[];
  readonly groups: readonly string[];
  readonly serviceTokens: readonly string[];
  readonly secondFactor: boolean;
}

/** Who gets through to a host. */
export interface AccessSpec {
  readonly host: string;
  readonly path?: string;
  readonly allow: Readonly<Record<string, AccessPolicySpec>>;
  readonly sessionHours: number;
}

/** What the provider allows. */
export interface AccessLimits {
  readonly place: HostPlace;
  /** Most people of one policy. */
  readonly maxMembers: number;
  readonly source: string;
  /** An id as it stands in Terraform. */
  textOf(id: string): string;
}

export const ACCESS_PROPS = { host: true, path: true, allow: true, sessionHours: true } satisfies KeysOf<AccessProps>;

const KNOWN_POLICY = {
  emails: true,
  emailDomains: true,
  groups: true,
  serviceTokens: true,
  secondFactor: true,
} satisfies KeysOf<AccessPolicyProps>;

/** Domains at which everybody can get an address. */
const ANYBODYS = [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "hotmail.com",
  "live.com",
  "yahoo.com",
  "icloud.com",
  "proton.me",
  "gmx.de",
];

const POLICY_NAME = /^[a-z][a-z0-9-]{0,31}$/;
const MAX_POLICIES = 20;

type Members = Exclude<keyof AccessPolicyProps, "secondFactor">;

/**
 * The gate after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function accessSpec(props: AccessProps, context: SpecContext, limits: AccessLimits): AccessSpec {
  const check = openCheck<AccessProps>(props, ACCESS_PROPS, context);
  checkHost(check, "host", props?.host, limits.place);
  const path = check.tryText("path", {
    pattern: /^\/[A-Za-z0-9._~/-]+$/,
    maxLength: 1024,
    want: 'a path such as "/admin", without wildcards',
    fix: "leave it out for the whole host",
  });
  const sessionHours = check.integer("sessionHours", { min: 1, max: 720, default: 12 });
  return check.done({
    host: props?.host,
    ...(path === undefined ? {} : { path }),
    allow: readPolicies(check, props, limits),
    sessionHours,
  });
}

function readPolicies(check: Check<AccessProps>, props: AccessProps, limits: AccessLimits): Readonly<Record<string, AccessPolicySpec>> {
  const allow: unknown = props?.allow;
  const usable = typeof allow === "object" && allow !== null && !Array.isArray(allow);
  const policies = usable ? Object.entries(allow as AccessProps["allow"]) : [];
  if (policies.length === 0 || policies.length > MAX_POLICIES) {
    const want = `1 to ${MAX_POLICIES} policies by name, such as { operators: { emailDomains: ["acme.dev"] } }`;
    check.issue("allow", allow, want, "without a policy nobody is let in");
  }
  return Object.fromEntries(policies.map(([name, policy]) => [name, readPolicy(check, name, policy, limits)]));
}

function readPolicy(parent: Check<AccessProps>, name: string, props: AccessPolicyProps, limits: AccessLimits): AccessPolicySpec {
  if (!POLICY_NAME.test(name)) parent.issue("allow", name, "names of 1 to 32 letters in lower case, digits and -, starting with a letter");
  const check = parent.nested<AccessPolicyProps>(`allow.${name}`, props, KNOWN_POLICY);
  const emails = readMembers(check, "emails", (one) => EMAIL.pattern.test(one), EMAIL.want);
  const emailDomains = readMembers(check, "emailDomains", isHostName, 'a domain of your own such as "acme.dev"');
  const groups = readMembers(check, "groups", (one) => one !== "", "the id of a group").map(limits.textOf);
  const serviceTokens = readMembers(check, "serviceTokens", (one) => one !== "", "the id of a service token").map(limits.textOf);
  for (const domain of emailDomains.filter((one) => ANYBODYS.includes(one))) {
    check.issue("emailDomains", domain, "a domain of your own: everybody can get an address there", "name the people in emails");
  }
  const people = emails.length + emailDomains.length + groups.length;
  if (people + serviceTokens.length === 0) check.issue("", props, "somebody in emails, emailDomains, groups or serviceTokens");
  if (people > 0 && serviceTokens.length > 0) {
    check.issue(
      "serviceTokens",
      serviceTokens,
      "no programs beside people, who sign in in another way",
      "give programs a policy of their own",
    );
  }
  if (people + serviceTokens.length > limits.maxMembers) {
    check.issue("", people + serviceTokens.length, `${limits.maxMembers} members at most (${limits.source})`, "make a group of them");
  }
  return { emails, emailDomains, groups, serviceTokens, secondFactor: readSecondFactor(check, serviceTokens.length > 0) };
}

function readMembers(check: Check<AccessPolicyProps>, prop: Members, fits: (member: string) => boolean, want: string): readonly string[] {
  const members = check.list<string>(prop, `a list, each ${want}`, []);
  const byId = prop === "groups" || prop === "serviceTokens";
  for (const member of members) {
    if (typeof member !== "string" || (isToken(member) ? !byId : !fits(member))) check.issue(prop, member, want);
  }
  if (new Set(members).size !== members.length) check.issue(prop, members, "every one once");
  return [...members];
}

function readSecondFactor(check: Check<AccessPolicyProps>, programs: boolean): boolean {
  const asked = check.flag("secondFactor", !programs);
  if (asked && programs) check.issue("secondFactor", asked, "false: programs have no second factor", "remove it");
  return asked;
}
