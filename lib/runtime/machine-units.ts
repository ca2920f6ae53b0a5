import type { AgentUnitSpec } from "../spec/agent-unit";
import type { AgentVmSpec } from "../spec/agent-vm";
import { tryMaintenanceWindow, type MaintenanceWindow } from "../spec/maintenance-window";
import type { MachineFile } from "./cloud-init";
import { formatCommand, formatUnit, sandbox, type UnitFile } from "./systemd";

export const UNIT_FOLDER = "/etc/systemd/system";
export const DATA_FOLDER = "/var/lib/agent";
export const LOG_FOLDER = "/var/log/agent";

/** Minutes before the end of the maintenance window at which a restart begins at the latest. */
const RESTART_MINUTES = 15;

/** Seconds between two looks at the settings. */
const REFRESH_SECONDS = 600;

const MACHINE = ["/usr/bin/python3", "/usr/local/lib/machine/machine.py"] as const;

/** The service of one of the agent's programs. */
export function unitName(name: string): string {
  return `agent-${name}.service`;
}

export const REPORTER_UNIT = "governance-reporter.service";

/** What the machine starts at boot, beside what these pull in. */
export const STARTED_UNITS = ["agent.target", "machine-refresh.timer", "machine-maintenance.timer"] as const;

/** What the machine's own services need beside what all providers have in common. */
export interface MachineUnitOptions {
  /** Whether the services that fetch settings keep something at `/var/lib/machine`, which only they and root can read. */
  readonly keepsState?: boolean;
}

/** Every unit file of the machine. */
export function machineUnits(spec: AgentVmSpec, { keepsState = false }: MachineUnitOptions = {}): readonly MachineFile[] {
  const state = keepsState ? STATE : [];
  const agents = Object.entries(spec.units).map(([name, unit]): [string, UnitFile] => [unitName(name), agentUnit(name, unit)]);
  const window = tryMaintenanceWindow(spec.maintenanceWindow) as MaintenanceWindow;
  const units: readonly [string, UnitFile][] = [
    ...agents,
    [REPORTER_UNIT, reporterUnit(spec.reporter.command)],
    ["agent.target", agentTarget([...agents.map(([name]) => name), REPORTER_UNIT])],
    ["machine-settings.service", settingsUnit(state)],
    ["machine-data.service", dataUnit()],
    ["machine-software.service", softwareUnit()],
    ["machine-refresh.service", refreshUnit(state)],
    ["machine-refresh.timer", timer("Looks for changed settings", { OnActiveSec: REFRESH_SECONDS, OnUnitActiveSec: REFRESH_SECONDS })],
    ["machine-maintenance.service", maintenanceUnit()],
    ["machine-maintenance.timer", timer("The maintenance window", windowTimer(window))],
  ];
  return units.map(([name, unit]) => ({ path: `${UNIT_FOLDER}/${name}`, content: formatUnit(unit) }));
}

function agentTarget(units: readonly string[]): UnitFile {
  return {
    Unit: [
      ["Description", "The agent and its reporter"],
      ["Wants", units.join(" ")],
    ],
    Install: [["WantedBy", "multi-user.target"]],
  };
}

/** Restarted for ever: a unit that gave up would stay silent until somebody looked. */
function longRunning(description: string, needs: readonly string[]): UnitFile[string] {
  return [
    ["Description", description],
    ["Requires", needs.join(" ")],
    ["After", needs.join(" ")],
    ["PartOf", "agent.target"],
    ["StartLimitIntervalSec", "0"],
  ];
}

function agentUnit(name: string, unit: AgentUnitSpec): UnitFile {
  return {
    Unit: [
      ...longRunning(`Agent unit ${name}`, ["machine-settings.service", "machine-software.service"]),
      ["RequiresMountsFor", DATA_FOLDER],
    ],
    Service: [
      ["User", "agent"],
      ["EnvironmentFile", "/run/governance/environment"],
      ["EnvironmentFile", `/run/agent/${name}.environment`],
      ["ExecStart", formatCommand(unit.command)],
      ["Restart", "always"],
      ["RestartSec", String(unit.restartSeconds)],
      ["MemoryMax", `${unit.memoryMaxMiB}M`],
      ["TasksMax", "2048"],
      ["StateDirectory", "agent"],
      ["StateDirectoryMode", "0750"],
      ["WorkingDirectory", DATA_FOLDER],
      ["UMask", "0027"],
      ...logTo(`agent-${name}`),
      ...sandbox({ machineIdentity: unit.machineIdentity }),
    ],
  };
}

function reporterUnit(command: readonly string[]): UnitFile {
  return {
    Unit: longRunning("Reports the agent's health to its governance", ["machine-settings.service", "machine-software.service"]),
    Service: [
      ["User", "governance"],
      ["EnvironmentFile", "/run/governance/environment"],
      ["ExecStart", formatCommand(command)],
      ["Restart", "always"],
      ["RestartSec", "10"],
      ["MemoryMax", "256M"],
      ["TasksMax", "64"],
      ["StateDirectory", "governance"],
      ["UMask", "0077"],
      ...logTo("governance-reporter"),
      ...sandbox(),
    ],
  };
}

function logTo(name: string): UnitFile[string] {
  return [
    ["StandardOutput", `append:${LOG_FOLDER}/${name}.log`],
    ["StandardError", "inherit"],
  ];
}

function task(name: string, unit: UnitFile[string], service: UnitFile[string]): UnitFile {
  return {
    Unit: unit,
    Service: [["Type", "oneshot"], ["ExecStart", formatCommand([...MACHINE, name])], ["TimeoutStartSec", "infinity"], ...service],
  };
}

const NETWORK: UnitFile[string] = [
  ["Wants", "network-online.target"],
  ["After", "network-online.target"],
];

function after(unit: string): UnitFile[string] {
  return [
    ["Requires", unit],
    ["After", unit],
  ];
}

const STATE: UnitFile[string] = [
  ["StateDirectory", "machine"],
  ["StateDirectoryMode", "0700"],
];

function settingsUnit(state: UnitFile[string]): UnitFile {
  return task(
    "settings",
    [["Description", "Fetches settings and secrets with the machine's identity"], ...NETWORK],
    [
      ["RemainAfterExit", "yes"],
      ["RuntimeDirectory", "agent governance"],
      ["RuntimeDirectoryPreserve", "yes"],
      ["UMask", "0022"],
      ...state,
      ...sandbox({ capabilities: "CAP_CHOWN CAP_FOWNER", machineIdentity: true }),
    ],
  );
}

function dataUnit(): UnitFile {
  return task(
    "data",
    [["Description", "Makes a file system on the data volume when nothing is on it"], ...after("machine-settings.service")],
    [
      ["RemainAfterExit", "yes"],
      ["UMask", "0077"],
      ["DevicePolicy", "closed"],
      ["DeviceAllow", "block-blkext rw"],
      ["PrivateNetwork", "yes"],
      ...sandbox({ devices: true }),
    ],
  );
}

function softwareUnit(): UnitFile {
  return task(
    "software",
    [["Description", "Installs the agent's software after checking its digests"], ...after("machine-settings.service")],
    [["RemainAfterExit", "yes"], ["UMask", "0022"], ["ReadWritePaths", "/run/agent /opt /usr/bin"], ...sandbox(ROOT_FILES)],
  );
}

function refreshUnit(state: UnitFile[string]): UnitFile {
  const paths = "/run/agent /run/governance /opt /usr/bin";
  return task(
    "refresh",
    [["Description", "Takes up changed settings, secrets and software"], ...after("machine-software.service")],
    [["UMask", "0022"], ["ReadWritePaths", paths], ...state, ...sandbox(ROOT_FILES)],
  );
}

const ROOT_FILES = { capabilities: "CAP_CHOWN CAP_FOWNER", machineIdentity: true };

function maintenanceUnit(): UnitFile {
  return {
    Unit: [
      ["Description", "Restarts the machine when updates ask for it"],
      ["ConditionPathExists", "/run/reboot-required"],
    ],
    Service: [["Type", "oneshot"], ["ExecStart", "/usr/bin/systemctl reboot"], ["UMask", "0077"], ["PrivateNetwork", "yes"], ...sandbox()],
  };
}

function timer(description: string, times: Readonly<Record<string, string | number>>): UnitFile {
  return {
    Unit: [["Description", description]],
    Timer: Object.entries(times).map(([key, value]) => [key, String(value)] as const),
    Install: [["WantedBy", "timers.target"]],
  };
}

/** The restart comes at some time of the window, so that machines with the same window do not all go at once. */
function windowTimer({ day, start, end }: MaintenanceWindow): Readonly<Record<string, string>> {
  const clock = [Math.floor(start / 60), start % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return { OnCalendar: `${day.slice(0, 3)} *-*-* ${clock}:00 UTC`, RandomizedDelaySec: `${end - start - RESTART_MINUTES}min` };
}

/** The window that a timer of `machineUnits` says. */
export function readWindowTimer(
  timerSection: Readonly<Record<string, string>>,
  days: readonly MaintenanceWindow["day"][],
): MaintenanceWindow {
  const [, short, hours, minutes] = /^(\w{3}) \*-\*-\* (\d\d):(\d\d)/.exec(timerSection.OnCalendar ?? "") ?? [];
  const start = Number(hours) * 60 + Number(minutes);
  const day = days.find((name) => name.startsWith(short ?? "?")) ?? "Sunday";
  return { day, start, end: start + parseInt(timerSection.RandomizedDelaySec ?? "0", 10) + RESTART_MINUTES };
}
