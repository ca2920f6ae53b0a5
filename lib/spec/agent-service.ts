import { ARCHITECTURES, type Architecture } from "./architecture";
import type { Check, KeysOf } from "./check";
import {
  CONTAINER_PROPS,
  readCommand,
  readContainer,
  readSidecars,
  type ContainerProps,
  type ContainerRules,
  type ContainerSpec,
  type SidecarProps,
  type SidecarSpec,
} from "./container";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import type { FirewallRuleProps } from "./firewall";
import { readGovernance, type GovernanceProps, type GovernanceSpec, type SecretReference } from "./governance";
import { readImage } from "./image";
import { readReplicas, type ReplicasLimit, type ReplicasProps, type ReplicasSpec } from "./replicas";
import { readRollout, type CanaryLimit, type Rollout } from "./rollout";
import { checkShape, readShape, type Shape, type ShapeLimits, type Size } from "./shape";

/**
 * Where an agent may connect to. `internet443`: everywhere, HTTPS only; `network443`: HTTPS inside its network only, where the provider's
 * services have endpoints; or named rules and nothing else.
 */
export type AgentEgress<F = unknown> = "internet443" | "network443" | Readonly<Record<string, FirewallRuleProps<F>>>;

export interface ReporterProps {
  /** Image with Node 20 or newer as `node`, pinned by digest in production. It also hands the reporting key to the agent. */
  readonly image: string;
  /**
   * What runs in it; it has the variables of the governance contract.
   * @default - the library's heartbeat script
   */
  readonly command?: readonly string[];
}

export interface AgentServiceProps<F = unknown> extends CommonProps, ContainerProps {
  /** How the agent reports, and under which identity. */
  readonly governance: GovernanceProps;
  /** How many copies run. */
  readonly replicas: ReplicasProps;
  /**
   * CPU and memory of each copy, sidecars and reporter included: small 0.5 vCPU and 1 GiB, medium 1 and 2, large 2 and 4.
   * @default "small"
   */
  readonly size?: Size;
  /**
   * CPUs of each copy, instead of those of the size.
   * @default - of the size
   */
  readonly vcpu?: number;
  /**
   * Memory of each copy in MiB, instead of that of the size.
   * @default - of the size
   */
  readonly memoryMiB?: number;
  /**
   * Processor architecture of the images. arm64 costs a fifth less.
   * @default "arm64"
   */
  readonly architecture?: Architecture;
  /**
   * Scratch space of each copy in GiB.
   * @default - what the provider gives at no cost
   */
  readonly ephemeralStorageGiB?: number;
  /**
   * Containers beside the agent, by name. Their shares are taken from the size; the agent has the rest.
   * @default {}
   */
  readonly sidecars?: Readonly<Record<string, SidecarProps>>;
  /**
   * What sends the heartbeats.
   * @default - the official Node image with the library's own heartbeat script
   */
  readonly reporter?: ReporterProps;
  /**
   * Reference to a secret with user name and password of a private image registry.
   * @default - none: the registry is public, or the provider's own
   */
  readonly registrySecret?: string;
  /**
   * Where the agent may connect to. The images, the governance endpoint and the APIs of language models are on the internet and their addresses
   * change, so that no list of ranges would stay true; give named rules for a proxy or fixed ranges to close it further.
   * @default - "internet443" when the network has a way to the internet, else "network443"
   */
  readonly egress?: AgentEgress<F>;
  /**
   * How a new version replaces the old one. Both go back to the old version by themselves when the new one fails.
   * @default "rolling"
   */
  readonly rollout?: Rollout;
  /**
   * The kill switch: with false no copy runs, none can be started by scaling, and the agent's identity may do nothing any more.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Days for which the logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

export interface AgentServiceSpec extends Shape {
  /** Absent where nothing that is created depends on it. */
  readonly profile?: Profile;
  readonly enabled: boolean;
  readonly architecture: Architecture;
  readonly ephemeralStorageGiB?: number;
  /** How many copies run; none while it is not enabled. */
  readonly replicas: ReplicasSpec;
  readonly agent: ContainerSpec;
  readonly sidecars?: Readonly<Record<string, SidecarSpec>>;
  /** Absent where the reporter runs in the agent's own container. */
  readonly reporter?: ReporterProps;
  readonly registrySecret?: string;
  readonly governance: GovernanceSpec;
  /** Absent where nothing limits outgoing connections. */
  readonly egress?: "internet443" | "network443" | "rules";
  /** Whether each copy has a public address. */
  readonly publicIp: boolean;
  /** Whether a load balancer leads to it. */
  readonly balanced: boolean;
  /** Construct path of the database, or its host name when it is managed elsewhere. */
  readonly database?: string;
  readonly rollout?: Rollout;
  readonly logRetentionDays?: number;
}

/** The spec at a provider that lacks nothing of it. */
export type WholeAgentServiceSpec = AgentServiceSpec &
  Required<Pick<AgentServiceSpec, "profile" | "sidecars" | "reporter" | "egress" | "rollout" | "logRetentionDays">>;

/** What the provider allows. */
export interface AgentServiceLimits extends ShapeLimits {
  readonly replicas: ReplicasLimit;
  /** Absent when the provider does not split traffic between versions. */
  readonly canary?: CanaryLimit;
  /**
   * Architectures that it has, the default first.
   * @default - arm64 and amd64
   */
  readonly architectures?: readonly [Architecture, ...Architecture[]];
  /** Absent when it is not to be chosen. */
  readonly ephemeralStorageGiB?: { readonly min: number; readonly max: number; readonly source: string };
  /** Retention periods that the provider's log service knows; absent when it keeps no logs. */
  readonly logRetentionDays?: readonly number[];
  /** The only registries that it pulls from. */
  readonly registry?: ContainerRules["registry"];
  /** A whole secret, such as the reporting key. */
  readonly secret: SecretReference;
  /** A secret or a part of it, for the environment. */
  readonly secretValue: SecretReference;
  /** The image of the default reporter; absent when the reporter has no container of its own. */
  readonly reporterImage?: string;
}

/** What surrounds the service. */
export interface AgentServicePlace {
  /** Whether the network has a way to the internet. */
  readonly internet: boolean;
  readonly publicIp: boolean;
  /** The registry that is left when there is no way to the internet. */
  readonly innerRegistry?: ContainerRules["registry"];
  readonly balanced: boolean;
  /** Construct path or host name of the database. */
  readonly database?: string;
}

/** The props that are the same on every provider that has them. */
export const AGENT_SERVICE_PROPS = {
  ...CONTAINER_PROPS,
  profile: true,
  governance: true,
  replicas: true,
  size: true,
  vcpu: true,
  memoryMiB: true,
  architecture: true,
  ephemeralStorageGiB: true,
  sidecars: true,
  reporter: true,
  registrySecret: true,
  egress: true,
  rollout: true,
  enabled: true,
  logRetentionDays: true,
} satisfies KeysOf<AgentServiceProps>;

/** Names of the containers that every agent service has. */
export const AGENT_CONTAINERS = ["agent", "reporter", "governance-key"] as const;

/** Environment variables of the database; `PGSSLMODE` may be set to something stricter. */
export const DATABASE_ENVIRONMENT = ["DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD"] as const;
const TLS_MODES = ["require", "verify-ca", "verify-full"];

/**
 * The agent service after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function agentServiceSpec(
  props: AgentServiceProps,
  context: SpecContext,
  limits: AgentServiceLimits,
  place: AgentServicePlace,
): AgentServiceSpec {
  const check = openCheck<AgentServiceProps>(props, AGENT_SERVICE_PROPS, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const registry = place.internet ? limits.registry : place.innerRegistry;
  const rules = { profile, secretValue: limits.secretValue, registry };
  const architectures = limits.architectures ?? ARCHITECTURES;
  const enabled = check.flag("enabled", true);
  const replicas = readReplicas(check, props?.replicas, limits.replicas);
  const shape = readShape(check, props, limits);
  const sidecars = check.unlessLacking("sidecars", () => readSidecars(check, props?.sidecars, { ...rules, reserved: AGENT_CONTAINERS }));
  checkShape(check, shape, sidecars ?? {});
  const agent = withDatabase(check, readContainer(check, props, rules), place);
  if (place.balanced && agent.port === undefined)
    check.issue("port", undefined, "the port on which the agent listens for the load balancer");
  return check.done({
    profile,
    enabled,
    ...shape,
    architecture: check.oneOf("architecture", architectures, architectures[0]),
    ephemeralStorageGiB: readScratch(check, limits),
    replicas: enabled ? replicas : { ...replicas, min: 0, max: 0 },
    agent,
    sidecars,
    reporter: check.unlessLacking("reporter", () => readReporter(check, props?.reporter, limits.reporterImage ?? "", rules)),
    registrySecret: check.tryText("registrySecret", { ...limits.secret, tokens: true, hide: () => true }),
    governance: readGovernance(check, props?.governance, limits.secret),
    egress: check.unlessLacking("egress", () => readEgress(check, props?.egress, place)),
    publicIp: place.publicIp,
    balanced: place.balanced,
    database: place.database,
    rollout: check.unlessLacking("rollout", () => readRollout(check, props?.rollout, place.balanced, limits.canary)),
    logRetentionDays: check.unlessLacking("logRetentionDays", () => readRetention(check, props, limits)),
  });
}

function readScratch(check: Check<AgentServiceProps>, { ephemeralStorageGiB: limit }: AgentServiceLimits): number | undefined {
  return limit === undefined ? undefined : check.tryInteger("ephemeralStorageGiB", limit);
}

function withDatabase(check: Check<AgentServiceProps>, agent: ContainerSpec, place: AgentServicePlace): ContainerSpec {
  if (place.database === undefined) return agent;
  for (const name of DATABASE_ENVIRONMENT) {
    for (const prop of ["environment", "secrets"] as const) {
      if (name in (agent[prop] ?? {}))
        check.issue(`${prop}.${name}`, name, "a name that the prop database does not set", "remove one of the two");
    }
  }
  const environment = { PGSSLMODE: "require", ...agent.environment };
  if (!TLS_MODES.includes(environment.PGSSLMODE)) {
    check.issue("environment.PGSSLMODE", environment.PGSSLMODE, `one of ${TLS_MODES.join(", ")}: the database takes TLS only`);
  }
  return { ...agent, environment };
}

function readReporter(
  check: Check<AgentServiceProps>,
  props: ReporterProps | undefined,
  image: string,
  rules: ContainerRules,
): ReporterProps {
  const nested = check.nested<ReporterProps>("reporter", props ?? { image }, { image: true, command: true });
  return {
    image: readImage(nested, "image", props === undefined ? image : props?.image, rules),
    command: readCommand(nested, props?.command),
  };
}

function readEgress(check: Check<AgentServiceProps>, egress: unknown, place: AgentServicePlace): AgentServiceSpec["egress"] {
  if (egress === undefined) return place.internet ? "internet443" : "network443";
  if (egress === "internet443" && !place.internet) {
    check.issue(
      "egress",
      egress,
      '"network443" or named rules: the network has no way to the internet',
      "choose another egress of the network",
    );
  }
  if (egress === "internet443" || egress === "network443") return egress;
  if (typeof egress !== "object" || egress === null || Array.isArray(egress)) {
    check.issue("egress", egress, '"internet443", "network443" or rules by name');
    return "rules";
  }
  for (const name of ["internet443", "network443"]) {
    if (name in egress) check.issue("egress", name, "rule names that do not stand for something else already", "choose another name");
  }
  return "rules";
}

function readRetention(check: Check<AgentServiceProps>, props: AgentServiceProps, limits: AgentServiceLimits): number {
  const allowed = limits.logRetentionDays ?? [];
  const days = check.integer("logRetentionDays", { min: 1, max: 3653, default: 365 });
  if (!allowed.includes(days) && props?.logRetentionDays === days) check.issue("logRetentionDays", days, `one of ${allowed.join(", ")}`);
  return days;
}
