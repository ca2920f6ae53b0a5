import { Hidden, isToken, type Check, type KeysOf } from "./check";
import { looksSecret, readEnvironment } from "./environment";

/** One long-running program of an agent. */
export interface AgentUnitProps {
  /** Program with an absolute path, and its arguments. No shell takes part: nothing is expanded or quoted. */
  readonly command: readonly string[];
  /**
   * Environment variables of this unit only.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Memory in MiB above which the unit is ended and started again, from 64 up to what the machine has beside its own services.
   * @default - all that the machine has beside its own services
   */
  readonly memoryMaxMiB?: number;
  /**
   * Seconds between the end of the unit, for whatever reason, and its next start; 1 to 600. It is always started again.
   * @default 10
   */
  readonly restartSeconds?: number;
  /**
   * Whether the unit may act with the machine's own identity, which can read the agent's secrets. Without it, the address that hands
   * the identity out is closed to the unit.
   * @default false
   */
  readonly machineIdentity?: boolean;
}

export interface AgentUnitSpec {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMaxMiB: number;
  readonly restartSeconds: number;
  /** Absent where machines have no identity. */
  readonly machineIdentity?: boolean;
}

const KNOWN = {
  command: true,
  environment: true,
  memoryMaxMiB: true,
  restartSeconds: true,
  machineIdentity: true,
} satisfies KeysOf<AgentUnitProps>;

const UNIT_NAME = /^[a-z][a-z0-9-]{0,30}$/;
const MAX_UNITS = 20;

/** Control characters; a service file holds one line a command. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** What a machine has for its units. */
export interface UnitLimits {
  /** Memory in MiB beside what the machine's own services need. */
  readonly memoryMiB: number;
  /** Why units cannot act with an identity of the machine, where it has none. */
  readonly noIdentity?: string;
}

/** Reads the units of a machine; problems are named `units.<name>.<prop>`. */
export function readAgentUnits<P extends { readonly units: unknown }>(
  parent: Check<P>,
  units: Readonly<Record<string, AgentUnitProps>> | undefined,
  limits: UnitLimits,
): Readonly<Record<string, AgentUnitSpec>> {
  const usable = typeof units === "object" && units !== null && !Array.isArray(units) && !isToken(units);
  const entries = usable ? Object.entries(units) : [];
  if (entries.length === 0 || entries.length > MAX_UNITS) parent.issue("units", units, `1 to ${MAX_UNITS} units by name`);
  return Object.fromEntries(entries.map(([name, unit]) => [name, readUnit(parent, name, unit, limits)]));
}

function readUnit<P extends object>(parent: Check<P>, name: string, props: AgentUnitProps, limits: UnitLimits): AgentUnitSpec {
  if (!UNIT_NAME.test(name)) parent.issue("units", name, "names of 1 to 31 letters in lower case, digits and -, starting with a letter");
  const check = parent.nested<AgentUnitProps>(`units.${name}`, props, KNOWN);
  return {
    command: readCommand(check, props?.command),
    environment: readEnvironment(check, props?.environment),
    memoryMaxMiB: check.integer("memoryMaxMiB", {
      min: 64,
      max: limits.memoryMiB,
      default: limits.memoryMiB,
      source: "what the size leaves to the agent",
    }),
    restartSeconds: check.integer("restartSeconds", { min: 1, max: 600, default: 10 }),
    ...readIdentity(check, props, limits),
  };
}

function readIdentity(
  check: Check<AgentUnitProps>,
  props: AgentUnitProps,
  { noIdentity }: UnitLimits,
): Pick<AgentUnitSpec, "machineIdentity"> {
  if (noIdentity === undefined) return { machineIdentity: check.flag("machineIdentity", false) };
  if (props?.machineIdentity !== undefined) check.issue("machineIdentity", props.machineIdentity, `nothing: ${noIdentity}`, "remove it");
  return {};
}

/** Reads the prop `command`: it is written to the machine's disk, so it has to be literal and free of secrets. */
export function readCommand<P extends { readonly command: readonly string[] }>(check: Check<P>, command: unknown): readonly string[] {
  const want = 'a list that begins with a program\'s absolute path, such as ["/usr/bin/node", "/opt/agent/main.js"]';
  const words = check.list<string>("command", want);
  const text = words.every((word) => typeof word === "string");
  if (command !== undefined && Array.isArray(command) && (words.length === 0 || !text)) check.issue("command", command, want);
  if (!text) return [];
  for (const word of words) {
    if (isToken(word))
      check.issue("command", word, "literal text", "give the value as environment variable; those can be known after apply");
    else if (CONTROL.test(word)) check.issue("command", word, "text without line breaks or other control characters");
    else if (looksSecret("", word)) {
      const got = new Hidden("something that looks like a secret");
      check.issue("command", got, "no secret in plain text", "store it as a secret and give its reference in secrets");
    }
  }
  const [program] = words;
  if (program !== undefined && !isToken(program) && !/^\/[^\s"'\\]+$/.test(program)) check.issue("command", program, want);
  return words;
}
