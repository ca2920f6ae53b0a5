/** A unit file: sections with their lines in order. A key may come more than once. */
export type UnitFile = Readonly<Record<string, readonly (readonly [key: string, value: string])[]>>;

/** The text of a unit file. */
export function formatUnit(unit: UnitFile): string {
  const sections = Object.entries(unit).map(([name, lines]) =>
    [`[${name}]`, ...lines.map(([key, value]) => `${key}=${value}`), ""].join("\n"),
  );
  return sections.join("\n");
}

/** The last value of each key of a section, as systemd takes it for keys that are no lists. */
export function readSection(text: string, section: string): Readonly<Record<string, string>> {
  const body = text.split(/^\[/m).find((part) => part.startsWith(`${section}]`)) ?? "";
  const lines = body.split("\n").slice(1);
  return Object.fromEntries(
    lines.flatMap((line) => (line.includes("=") ? [[line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]] : [])),
  );
}

/** A command as value of `ExecStart`: specifiers and variables are off, so that every word arrives as it was given. */
export function formatCommand(words: readonly string[]): string {
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  const literal = word.replace(/%/g, "%%").replace(/\$/g, "$$$$");
  return /^[A-Za-z0-9_@:./=+,%$-]+$/.test(literal) ? literal : `"${literal.replace(/[\\"]/g, "\\$&")}"`;
}

/** The inverse of `formatCommand`. */
export function readCommandLine(line: string): readonly string[] {
  const words = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  return words.map((word) => {
    const literal = word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, "$1") : word;
    return literal.replace(/\$\$/g, "$").replace(/%%/g, "%");
  });
}

/** Addresses at which clouds hand out a machine's identity. */
const METADATA_ADDRESSES = "169.254.169.254 fd00:ec2::254";

/** What a service may still do after `sandbox`. */
export interface SandboxExceptions {
  /**
   * Capabilities it keeps.
   * @default "" - none
   */
  readonly capabilities?: string;
  /**
   * Whether it sees the machine's devices; which ones it may open is said beside it.
   * @default false
   */
  readonly devices?: boolean;
  /**
   * Whether it may ask for the machine's identity.
   * @default false
   */
  readonly machineIdentity?: boolean;
}

/**
 * Closes everything that a program for the network does not need. Memory that is written and then run stays allowed, because the
 * just-in-time compilers of Node and Python need it. What remains scores below 3.0 in `systemd-analyze security`.
 */
export function sandbox({ capabilities = "", devices = false, machineIdentity = false }: SandboxExceptions = {}): UnitFile[string] {
  return [
    ["NoNewPrivileges", "yes"],
    ["CapabilityBoundingSet", capabilities],
    ["AmbientCapabilities", ""],
    ["ProtectSystem", "strict"],
    ["ProtectHome", "yes"],
    ["PrivateTmp", "yes"],
    ...(devices ? [] : ([["PrivateDevices", "yes"]] as const)),
    ["ProtectClock", "yes"],
    ["ProtectControlGroups", "yes"],
    ["ProtectHostname", "yes"],
    ["ProtectKernelLogs", "yes"],
    ["ProtectKernelModules", "yes"],
    ["ProtectKernelTunables", "yes"],
    ["ProtectProc", "invisible"],
    ["LockPersonality", "yes"],
    ["RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX AF_NETLINK"],
    ["RestrictNamespaces", "yes"],
    ["RestrictRealtime", "yes"],
    ["RestrictSUIDSGID", "yes"],
    ["RemoveIPC", "yes"],
    ["SystemCallArchitectures", "native"],
    ["SystemCallFilter", "@system-service"],
    ["SystemCallErrorNumber", "EPERM"],
    ...(machineIdentity ? [] : ([["IPAddressDeny", METADATA_ADDRESSES]] as const)),
  ];
}
