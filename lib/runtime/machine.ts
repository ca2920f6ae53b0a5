import type { AgentUnitSpec } from "../spec/agent-unit";
import { AGENT_TOOLS, DEFAULT_REPORTER, type AgentVmSpec } from "../spec/agent-vm";
import type { ArtifactSpec } from "../spec/artifact";
import { governanceEnvironment, type GovernanceSpec } from "../spec/governance";
import { formatMaintenanceWindow, WEEKDAYS } from "../spec/maintenance-window";
import type { IPostgres } from "../spec/postgres";
import type { CloudConfig, MachineFile, WrittenCloudConfig } from "./cloud-init";
import { HEARTBEAT_SCRIPT } from "./heartbeat";
import { MACHINE_SCRIPT } from "./machine-script";
import {
  DATA_FOLDER,
  LOG_FOLDER,
  machineUnits,
  readWindowTimer,
  REPORTER_UNIT,
  STARTED_UNITS,
  UNIT_FOLDER,
  unitName,
} from "./machine-units";
import { readCommandLine, readSection } from "./systemd";
import { toolSoftware, type Software } from "./tools";

/** What a provider adds to a machine. */
export interface MachinePlatform {
  /** Python module with `settings()`, `secret(reference)`, `device(volume)` and `download(url, path)`. */
  readonly cloudModule: string;
  readonly packages: readonly string[];
  readonly files: readonly MachineFile[];
  /** Run last, each a list of words. */
  readonly commands: readonly (readonly string[])[];
  /**
   * Whether the module `cloud` keeps something at `/var/lib/machine`.
   * @default false
   */
  readonly keepsState?: boolean;
  /**
   * Chains of the packet filter beside those of every machine, in the words of nftables.
   * @default ""
   */
  readonly chains?: string;
  /**
   * A user for people, and the range of addresses from which ssh lets them in.
   * @default - nobody logs in, and ssh is off
   */
  readonly login?: { readonly name: string; readonly from: string };
}

/** Address and password of a database, for the environment of the units. */
export interface DatabaseSettings {
  readonly environment: Readonly<Record<string, string>>;
  /** Reference to a JSON secret with `username` and `password`; absent where `password` is there. */
  readonly secret?: string;
  /** Reference to a secret that is the password of the user in `environment`. */
  readonly password?: string;
}

/** How the units reach a database, but for its password. */
export function databaseAddress({ endpoint, port, databaseName }: IPostgres): Readonly<Record<string, string>> {
  return { DATABASE_HOST: endpoint, DATABASE_PORT: String(port), DATABASE_NAME: databaseName, PGSSLMODE: "require" };
}

/** What the machine fetches with its identity at every start and every ten minutes; it holds references to secrets, never secrets. */
export interface MachineSettings {
  /** The volume at `/var/lib/agent`. */
  readonly dataVolume: string;
  readonly governance: {
    readonly environment: Readonly<Record<string, string>>;
    readonly keySecret: string;
    readonly missedHeartbeats: number;
  };
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Environment of single units. */
  readonly units: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly software: Readonly<Record<string, Software>>;
  readonly database?: DatabaseSettings;
}

/** Packages that every machine has. */
const PACKAGES = ["logrotate", "nftables", "prometheus-node-exporter", "python3", "unattended-upgrades"] as const;

/** The settings of a machine. */
export function machineSettings(spec: AgentVmSpec, dataVolume: string, database?: DatabaseSettings): MachineSettings {
  const { governance } = spec;
  return {
    dataVolume,
    governance: {
      environment: governanceEnvironment(governance),
      keySecret: governance.keySecret,
      missedHeartbeats: governance.missedHeartbeats,
    },
    environment: spec.environment,
    secrets: spec.secrets,
    units: Object.fromEntries(Object.entries(spec.units).map(([name, unit]) => [name, unit.environment])),
    software: {
      ...Object.fromEntries(spec.tools.map((tool) => [tool, toolSoftware(tool, spec.architecture)])),
      ...bundle("agent", spec.bundle),
      ...bundle("reporter", spec.reporter.bundle),
    },
    ...(database === undefined ? {} : { database }),
  };
}

function bundle(name: string, artifact: ArtifactSpec | undefined): Readonly<Record<string, Software>> {
  return artifact === undefined ? {} : { [name]: { ...artifact, path: `/opt/${name}`, commands: {} } };
}

/** The machine at its first start: nothing in it is secret, and nothing in it is known only after apply. */
export function machineConfig(spec: AgentVmSpec, platform: MachinePlatform): CloudConfig {
  const reporter = spec.reporter.command.join(" ") === DEFAULT_REPORTER.join(" ");
  return {
    packages: [...PACKAGES, ...platform.packages, ...spec.packages],
    users: [
      { name: "governance", home: "/var/lib/governance", groups: [] },
      { name: "agent", home: DATA_FOLDER, groups: ["governance"] },
    ],
    files: [
      { path: "/usr/local/lib/machine/machine.py", content: MACHINE_SCRIPT },
      { path: "/usr/local/lib/machine/cloud.py", content: platform.cloudModule },
      ...(reporter ? [{ path: DEFAULT_REPORTER[1], content: HEARTBEAT_SCRIPT }] : []),
      packetFilter(platform),
      ...SYSTEM_FILES,
      ...machineUnits(spec, platform),
      ...platform.files,
    ],
    mounts: [DATA_MOUNT],
    ...(platform.login === undefined ? {} : { login: { name: platform.login.name } }),
    commands: [...commands(platform.login === undefined), ...platform.commands],
  };
}

/** By label, once the volume is there; it may be attached after the first start, and it grows with its volume at the next start. */
const DATA_MOUNT = [
  "LABEL=agent-data",
  DATA_FOLDER,
  "ext4",
  "nofail,nodev,nosuid,noatime,x-systemd.device-timeout=infinity,x-systemd.requires=machine-data.service,x-systemd.growfs",
  "0",
  "2",
] as const;

function commands(sshOff: boolean): readonly (readonly string[])[] {
  return [["systemctl", "daemon-reload"], ...(sshOff ? [["systemctl", "mask", "--now", "ssh.service", "ssh.socket"]] : []), ...COMMANDS];
}

const COMMANDS = [
  ["systemctl", "enable", "--now", "nftables.service"],
  ["systemd-tmpfiles", "--create", "/etc/tmpfiles.d/machine.conf"],
  ["systemctl", "restart", "systemd-journald.service", "logrotate.timer", "prometheus-node-exporter.service"],
  ["systemctl", "enable", ...STARTED_UNITS],
  ["systemctl", "start", "--no-block", ...STARTED_UNITS],
] as const;

/** Nobody may connect but people who may log in, and the machine forwards nothing. */
function packetFilter({ chains = "", login }: MachinePlatform): MachineFile {
  const people = login === undefined ? "" : `    ip saddr ${login.from} tcp dport 22 accept\n`;
  return {
    path: "/etc/nftables.conf",
    content: `#!/usr/sbin/nft -f
flush ruleset
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif "lo" accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
    udp sport 67 udp dport 68 accept
${people}  }
  chain forward {
    type filter hook forward priority filter; policy drop;
  }
${chains}}
`,
  };
}

const SYSTEM_FILES: readonly MachineFile[] = [
  { path: "/etc/default/prometheus-node-exporter", content: 'ARGS="--web.listen-address=127.0.0.1:9100"\n' },
  { path: "/etc/tmpfiles.d/machine.conf", content: `d ${LOG_FOLDER} 0750 root adm\n` },
  {
    path: "/etc/logrotate.d/agent",
    content: `${LOG_FOLDER}/*.log {\n  size 10M\n  rotate 5\n  compress\n  copytruncate\n  missingok\n  notifempty\n}\n`,
  },
  { path: "/etc/systemd/system/logrotate.timer.d/machine.conf", content: "[Timer]\nOnCalendar=\nOnCalendar=*:0/10\nAccuracySec=1min\n" },
  { path: "/etc/systemd/journald.conf.d/machine.conf", content: "[Journal]\nSystemMaxUse=50M\nSystemMaxFileSize=10M\n" },
  {
    path: "/etc/apt/apt.conf.d/52machine",
    content: [
      'APT::Periodic::Update-Package-Lists "1";',
      'APT::Periodic::Unattended-Upgrade "1";',
      'Unattended-Upgrade::Automatic-Reboot "false";',
      'Unattended-Upgrade::Remove-Unused-Dependencies "true";',
      "",
    ].join("\n"),
  },
];

/** What a machine's first start and its settings say; the rest of the spec is in the provider's own resources. */
export type MachineSpec = Omit<AgentVmSpec, "profile" | "size" | "architecture" | "zone" | "dataVolumeGiB" | "rootVolumeGiB" | "enabled">;

/** An expression of Terraform, whose quotes are not escaped as those of JSON. */
const EXPRESSION = /\$\{(?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*\}/g;

/** The settings out of the JSON that Terraform is given, with references to other resources as text. */
export function readSettings(value: unknown): MachineSettings {
  return JSON.parse(String(value).replace(EXPRESSION, (expression) => JSON.stringify(expression).slice(1, -1))) as MachineSettings;
}

/** The inverse of `machineConfig` and `machineSettings`. */
export function readMachine(
  config: WrittenCloudConfig,
  settings: MachineSettings,
  platform: Pick<MachinePlatform, "packages"> & { readonly identity: boolean },
): MachineSpec {
  const unit = (name: string, section: string) =>
    readSection(config.write_files.find(({ path }) => path === `${UNIT_FOLDER}/${name}`)?.content ?? "", section);
  const { agent, reporter } = settings.software;
  const timer = unit("machine-maintenance.timer", "Timer");
  return {
    units: Object.fromEntries(
      Object.entries(settings.units).map(([name, environment]) => [
        name,
        readUnit(unit(unitName(name), "Service"), environment, platform.identity),
      ]),
    ),
    ...(agent === undefined ? {} : { bundle: artifact(agent) }),
    tools: AGENT_TOOLS.filter((tool) => tool in settings.software),
    packages: config.packages.slice(PACKAGES.length + platform.packages.length),
    environment: settings.environment,
    secrets: settings.secrets,
    governance: readGovernance(settings.governance),
    reporter: {
      command: readCommandLine(unit(REPORTER_UNIT, "Service").ExecStart ?? ""),
      ...(reporter === undefined ? {} : { bundle: artifact(reporter) }),
    },
    maintenanceWindow: formatMaintenanceWindow(readWindowTimer(timer, WEEKDAYS)),
  };
}

function readUnit(
  service: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  identity: boolean,
): AgentUnitSpec {
  return {
    command: readCommandLine(service.ExecStart ?? ""),
    environment,
    memoryMaxMiB: parseInt(service.MemoryMax ?? "0", 10),
    restartSeconds: Number(service.RestartSec),
    ...(identity ? { machineIdentity: service.IPAddressDeny === undefined } : {}),
  };
}

function artifact({ url, sha256, stripComponents }: Software): ArtifactSpec {
  return { url, sha256, stripComponents };
}

function readGovernance({ environment, keySecret, missedHeartbeats }: MachineSettings["governance"]): GovernanceSpec {
  return {
    endpoint: String(environment.GOVERNANCE_ENDPOINT),
    agentId: String(environment.AGENT_ID),
    governanceId: String(environment.GOVERNANCE_ID),
    keySecret,
    heartbeatSeconds: Number(environment.GOVERNANCE_HEARTBEAT_SECONDS),
    missedHeartbeats,
  };
}
