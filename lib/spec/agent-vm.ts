import { readAgentUnits, readCommand, type AgentUnitProps, type AgentUnitSpec } from "./agent-unit";
import { ARCHITECTURES, type Architecture } from "./architecture";
import { readArtifact, type ArtifactProps, type ArtifactSource, type ArtifactSpec } from "./artifact";
import { isToken, nearest, type Check, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import { readEnvironment, readSecrets } from "./environment";
import { readGovernance, type GovernanceProps, type GovernanceSpec, type SecretReference } from "./governance";
import { readMaintenanceWindow } from "./maintenance-window";

/** How big a machine is: `small` 2 vCPU and 4 GiB, `medium` 4 and 8, `large` 8 and 16. */
export type AgentVmSize = "small" | "medium" | "large";

export const AGENT_VM_SIZES = ["small", "medium", "large"] as const satisfies readonly AgentVmSize[];

/** What each size is in numbers; how many CPUs of the provider that takes is in its own table. */
export const AGENT_VM_SHAPES = {
  small: { vcpus: 2, memoryGiB: 4 },
  medium: { vcpus: 4, memoryGiB: 8 },
  large: { vcpus: 8, memoryGiB: 16 },
} satisfies Record<AgentVmSize, object>;

/** Size of a volume when none is given. */
const DEFAULT_VOLUME_GIB = 20;

/** Part of its CPU, memory or disk that is in use when it is time to look, in percent. */
export const WARN_PERCENT = 80;

/** What the operating system and the machine's own services need. */
const SYSTEM_MIB = 512;

/** Software that is installed in a pinned version, with its digest checked: Node 24, Python 3.13, the Claude Code command line. */
export type AgentTool = "node" | "python" | "claude-code";

export const AGENT_TOOLS = ["node", "python", "claude-code"] as const satisfies readonly AgentTool[];

/** Where the reporter that comes with the library lies, and what runs it. */
export const DEFAULT_REPORTER = ["/usr/bin/node", "/usr/local/lib/machine/reporter.cjs"] as const;

/** Least minutes of a maintenance window: a restart begins at the latest a quarter of an hour before its end. */
const LEAST_WINDOW_MINUTES = 30;

/** A reporter other than the one that comes with the library. */
export interface MachineReporterProps {
  /** Program with an absolute path, and its arguments. */
  readonly command: readonly string[];
  /**
   * The reporter's software, unpacked to `/opt/reporter`.
   * @default - none: the command is in `bundle`, `packages` or the image
   */
  readonly bundle?: ArtifactProps;
}

export interface MachineReporterSpec {
  readonly command: readonly string[];
  readonly bundle?: ArtifactSpec;
}

export interface AgentVmProps extends CommonProps {
  /** `small` 2 vCPU and 4 GiB, `medium` 4 and 8, `large` 8 and 16. */
  readonly size: AgentVmSize;
  /** @default "arm64" - which costs less for the same work */
  readonly architecture?: Architecture;
  /**
   * The zone the machine and its data stand in, by name.
   * @default - the first zone of the network
   */
  readonly zone?: string;
  /** What runs, by name: each becomes a systemd service `agent-<name>`. A change replaces the machine. */
  readonly units: Readonly<Record<string, AgentUnitProps>>;
  /**
   * The agent's code, unpacked to `/opt/agent`. A new one is fetched within ten minutes of its deployment, and the units are restarted.
   * @default - none: the code is in the image or comes with `packages`
   */
  readonly bundle?: ArtifactProps;
  /**
   * Software in a pinned version: `node` (24), `python` (3.13), `claude-code`; linked into `/usr/bin`.
   * @default ["node"]
   */
  readonly tools?: readonly AgentTool[];
  /**
   * Packages of the distribution, kept up to date by it. A change replaces the machine.
   * @default ["git"]
   */
  readonly packages?: readonly string[];
  /**
   * Size of the volume at `/var/lib/agent` in GiB, which outlives the machine. It can grow, never shrink.
   * @default 20, or the smallest that the provider has when that is more
   */
  readonly dataVolumeGiB?: number;
  /**
   * Size of the system volume in GiB; nothing on it outlives the machine.
   * @default 20, or the smallest that the provider has when that is more
   */
  readonly rootVolumeGiB?: number;
  /**
   * Environment variables of all units. A change reaches them within ten minutes, by a restart.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Environment variables of all units that come from a secret store, by reference. The machine fetches them with its own identity;
   * they are in no user data, plan or state.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /** To whom the agent reports, and under which identity. */
  readonly governance: GovernanceProps;
  /**
   * What reports.
   * @default - a reporter of the library that sends heartbeats; it runs on the tool "node"
   */
  readonly reporter?: MachineReporterProps;
  /**
   * When the machine may restart for updates, in UTC: a day and hours of 30 minutes or more. Security updates are installed daily.
   * @default "Sunday 02:00-04:00"
   */
  readonly maintenanceWindow?: string;
  /**
   * Whether the agent runs. `false` stops the machine and takes every permission from it; the data stays.
   * @default true
   */
  readonly enabled?: boolean;
}

export interface AgentVmSpec {
  readonly profile: Profile;
  readonly size: AgentVmSize;
  readonly architecture: Architecture;
  /** Absent where a region has no zones to choose from. */
  readonly zone?: string;
  readonly units: Readonly<Record<string, AgentUnitSpec>>;
  readonly bundle?: ArtifactSpec;
  readonly tools: readonly AgentTool[];
  readonly packages: readonly string[];
  readonly dataVolumeGiB: number;
  /** Absent where it comes with the size. */
  readonly rootVolumeGiB?: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly governance: GovernanceSpec;
  readonly reporter: MachineReporterSpec;
  readonly maintenanceWindow: string;
  readonly enabled: boolean;
}

/** What the provider allows. */
export interface AgentVmLimits {
  /** Zones of the network the machine is put into. */
  readonly zones: readonly string[];
  /**
   * The zone when it is told by a prop of the provider, and what to say of `zone` then.
   * @default - `zone` tells it
   */
  readonly placed?: { readonly zone: string; readonly why: string };
  /**
   * The only architectures there are, the default first, and why.
   * @default - both
   */
  readonly architectures?: { readonly among: readonly Architecture[]; readonly why: string };
  /** Why units cannot act with an identity of the machine, where it has none. */
  readonly noIdentity?: string;
  /** Whether that network lets a machine out to the internet. */
  readonly wayOut: boolean;
  /** Size of a volume in GiB, with the source of the limit. */
  readonly volumeGiB: { readonly min: number; readonly max: number; readonly source: string };
  /** Smallest system volume in GiB that the image fits on. */
  readonly leastRootGiB: number;
  readonly secret: SecretReference;
  readonly keySecret: SecretReference;
  readonly artifact: ArtifactSource;
}

/** The props that are the same on every provider that has them. */
export const AGENT_VM_PROPS = {
  profile: true,
  size: true,
  architecture: true,
  zone: true,
  units: true,
  bundle: true,
  tools: true,
  packages: true,
  dataVolumeGiB: true,
  rootVolumeGiB: true,
  environment: true,
  secrets: true,
  governance: true,
  reporter: true,
  maintenanceWindow: true,
  enabled: true,
} satisfies KeysOf<AgentVmProps>;

/** A package of Debian or Ubuntu, with or without `=version`. Source: Debian policy manual 5.6.1 and 5.6.12, read 2026-11-21. */
const PACKAGE = /^[a-z0-9][a-z0-9+.-]+(=[A-Za-z0-9.+:~-]+)?$/;

type Checked = Check<AgentVmProps>;

/**
 * The machine after defaults and checks.
 * @throws IntentError with every problem.
 */
export function agentVmSpec(props: AgentVmProps, context: SpecContext, limits: AgentVmLimits): AgentVmSpec {
  const check = openCheck<AgentVmProps>(props, AGENT_VM_PROPS, context);
  const size = check.oneOf("size", AGENT_VM_SIZES);
  if (!limits.wayOut) {
    const want = "a network with a way out, for updates, software and the governance endpoint";
    check.issue("network", { egress: "none" }, want, "choose another egress of the network");
  }
  return check.done({
    profile: check.oneOf("profile", PROFILES, context.profile),
    size,
    architecture: readArchitecture(check, limits),
    ...(check.lacks("zone") ? {} : { zone: readZone(check, props, limits) }),
    units: readAgentUnits(check, props?.units, {
      memoryMiB: AGENT_VM_SHAPES[size].memoryGiB * 1024 - SYSTEM_MIB,
      noIdentity: limits.noIdentity,
    }),
    bundle: props?.bundle === undefined ? undefined : readArtifact(check, "bundle", props.bundle, limits.artifact),
    tools: readTools(check, props),
    packages: readPackages(check, props),
    dataVolumeGiB: check.integer("dataVolumeGiB", volumeSize(limits.volumeGiB)),
    ...(check.lacks("rootVolumeGiB")
      ? {}
      : { rootVolumeGiB: check.integer("rootVolumeGiB", volumeSize({ ...limits.volumeGiB, min: limits.leastRootGiB })) }),
    environment: readEnvironment(check, props?.environment),
    secrets: readSecrets(check, props?.secrets, limits.secret, props?.environment),
    governance: readGovernance(check, props?.governance, limits.keySecret),
    reporter: readReporter(check, props?.reporter, limits.artifact),
    maintenanceWindow: readMaintenanceWindow(check, LEAST_WINDOW_MINUTES),
    enabled: check.flag("enabled", true),
  });
}

/** The default is 20 GiB where volumes can be that small. */
function volumeSize<L extends { readonly min: number }>(limits: L): L & { readonly default: number } {
  return { ...limits, default: Math.max(limits.min, DEFAULT_VOLUME_GIB) };
}

function readArchitecture(check: Checked, { architectures }: AgentVmLimits): Architecture {
  const among = architectures?.among ?? ARCHITECTURES;
  return check.oneOf("architecture", among, among[0], architectures?.why);
}

function readZone(check: Checked, props: AgentVmProps, { zones, placed }: AgentVmLimits): string {
  if (placed !== undefined) {
    if (props?.zone !== undefined) check.issue("zone", props.zone, `nothing: ${placed.why}`, "remove it");
    return placed.zone;
  }
  const want = `a zone of the network: ${zones.map((zone) => `"${zone}"`).join(", ")}`;
  const zone = check.text("zone", { want, default: zones[0] });
  if (zones.length > 0 && zone !== "" && !isToken(zone) && !zones.includes(zone)) check.issue("zone", zone, want, nearest(zone, zones));
  return zone;
}

function readTools(check: Checked, props: AgentVmProps): readonly AgentTool[] {
  const want = AGENT_TOOLS.map((tool) => `"${tool}"`).join(", ");
  const tools = check.list<AgentTool>("tools", `a list of ${want}`, ["node"]);
  for (const tool of tools) {
    if (!AGENT_TOOLS.includes(tool)) check.issue("tools", tool, `one of ${want}`, nearest(String(tool), AGENT_TOOLS));
  }
  if (new Set(tools).size !== tools.length) check.issue("tools", tools, "every tool once");
  if (tools.includes("claude-code") && !tools.includes("node")) {
    check.issue("tools", tools, '"node" beside "claude-code", which is fetched with npm', 'add "node"');
  } else if (!tools.includes("node") && props?.reporter === undefined) {
    check.issue("tools", tools, '"node" among them, because the default reporter runs on it', 'add "node"; or give a reporter of your own');
  }
  return AGENT_TOOLS.filter((tool) => tools.includes(tool));
}

function readPackages(check: Checked, props: AgentVmProps): readonly string[] {
  const packages = check.list<string>("packages", "a list of package names", ["git"]);
  for (const name of packages) {
    if (typeof name !== "string" || !PACKAGE.test(name))
      check.issue("packages", name, 'names of packages such as "git" or "jq=1.7.1-3build1"');
  }
  if (new Set(packages).size !== packages.length) check.issue("packages", packages, "every package once");
  const second = packages.find((name) => /^(nodejs|npm)(=|$)/.test(String(name)));
  if (second !== undefined && (props?.tools ?? ["node"]).includes("node")) {
    check.issue("packages", second, 'one Node only: the tool "node" is there already', "remove it");
  }
  return packages;
}

function readReporter(check: Checked, props: MachineReporterProps | undefined, source: ArtifactSource): MachineReporterSpec {
  if (props === undefined) return { command: DEFAULT_REPORTER };
  const nested = check.nested<MachineReporterProps>("reporter", props, {
    command: true,
    bundle: true,
  } satisfies KeysOf<MachineReporterProps>);
  return {
    command: readCommand(nested, props?.command),
    ...(props?.bundle === undefined ? {} : { bundle: readArtifact(nested, "bundle", props.bundle, source) }),
  };
}
