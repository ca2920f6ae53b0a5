import { isToken, type Check, type KeysOf } from "./check";
import { readEnvironment, readSecrets } from "./environment";
import type { SecretReference } from "./governance";
import { readImage, type ImageRules } from "./image";

export interface ContainerProps {
  /** The image: pinned by digest in production, because a tag can be moved to other code. */
  readonly image: string;
  /**
   * Port on which the container listens.
   * @default - none
   */
  readonly port?: number;
  /**
   * Command and arguments, instead of what the image says.
   * @default - what the image says
   */
  readonly command?: readonly string[];
  /**
   * Plain environment variables. What looks like a secret is refused.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Environment variables from the provider's secret store: a reference to the secret for each name.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * User id, and group id behind a colon, under which it runs; never root.
   * @default "1000:1000"
   */
  readonly user?: string;
  /**
   * A command inside the container that tells whether it is healthy; when it is not, the container is replaced.
   * @default - none
   */
  readonly healthCommand?: HealthCommandProps;
}

export interface HealthCommandProps {
  /** Command and arguments; status 0 is healthy. */
  readonly command: readonly string[];
  /**
   * Seconds between two checks, 5 to 300.
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds to wait for the command: shorter than the interval. 2 to 60.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row after which the container is replaced, 1 to 10.
   * @default 3
   */
  readonly unhealthyCount?: number;
  /**
   * Seconds after the start for which failures do not count, 0 to 300.
   * @default 60
   */
  readonly startSeconds?: number;
}

/** A container that runs beside the agent, with a share of the task's CPU and memory of its own. */
export interface SidecarProps extends ContainerProps {
  /** Share of the task's CPU, such as 0.5. */
  readonly vcpu: number;
  /** Share of the task's memory, in MiB; it is stopped when it needs more. */
  readonly memoryMiB: number;
  /**
   * Whether everything is replaced when this container stops.
   * @default true
   */
  readonly essential?: boolean;
}

export interface ContainerSpec {
  readonly image: string;
  readonly port?: number;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Absent where the provider puts no secrets into the environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Absent where the image alone decides. */
  readonly user?: string;
  readonly healthCommand?: Required<HealthCommandProps>;
}

export interface SidecarSpec extends ContainerSpec {
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** Absent where every container is started again by itself. */
  readonly essential?: boolean;
}

/** What a container may be like at a provider. */
export interface ContainerRules extends ImageRules {
  /** A secret in the provider's store, or a part of it. */
  readonly secretValue: SecretReference;
}

/** The props of a container, for the list of known props of whatever has one. */
export const CONTAINER_PROPS = {
  image: true,
  port: true,
  command: true,
  environment: true,
  secrets: true,
  user: true,
  healthCommand: true,
} satisfies KeysOf<ContainerProps>;

const SIDECAR_PROPS = { ...CONTAINER_PROPS, vcpu: true, memoryMiB: true, essential: true } satisfies KeysOf<SidecarProps>;
const HEALTH_PROPS = {
  command: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  unhealthyCount: true,
  startSeconds: true,
} satisfies KeysOf<HealthCommandProps>;

const SIDECAR_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const USER = { pattern: /^[1-9]\d{0,9}(:\d{1,10})?$/, want: 'a user id that is not root, such as "1000" or "1000:1000"' };

/** CPU is cut into 1024 units. */
const CPU_UNITS = 1024;

/** Reads the container props among the props of a construct or sidecar. */
export function readContainer<P extends ContainerProps>(check: Check<P>, props: P, rules: ContainerRules): ContainerSpec {
  const reader = check as unknown as Check<ContainerProps>;
  return {
    image: readImage(reader, "image", props?.image, rules),
    port: reader.tryInteger("port", { min: 1, max: 65535 }),
    command: readCommand(reader, props?.command),
    environment: readEnvironment(reader, props?.environment),
    secrets: reader.unlessLacking("secrets", () => readSecrets(reader, props?.secrets, rules.secretValue, props?.environment)),
    user: reader.unlessLacking("user", () => reader.text("user", { ...USER, default: "1000:1000" })),
    healthCommand: reader.unlessLacking("healthCommand", () => readHealthCommand(reader, props?.healthCommand)),
  };
}

/** Reads the prop `sidecars`; problems are named `sidecars.<name>.<prop>`. */
export function readSidecars<P extends object>(
  parent: Check<P>,
  sidecars: Readonly<Record<string, SidecarProps>> | undefined,
  rules: ContainerRules & { readonly reserved: readonly string[] },
): Readonly<Record<string, SidecarSpec>> {
  const entries = Object.entries(sidecars ?? {}).map(([name, props]): [string, SidecarSpec] => {
    if (!SIDECAR_NAME.test(name)) parent.issue("sidecars", name, "names of a-z, 0-9 and -, starting with a letter, at most 63 characters");
    if (rules.reserved.includes(name))
      parent.issue("sidecars", name, `a name other than ${rules.reserved.join(", ")}`, "choose another name");
    const check = parent.nested<SidecarProps>(`sidecars.${name}`, props, SIDECAR_PROPS);
    const shares = { vcpu: readVcpu(check, props?.vcpu), memoryMiB: check.integer("memoryMiB", { min: 6, max: 122_880 }) };
    return [
      name,
      {
        ...readContainer(check, props, rules),
        ...shares,
        essential: check.unlessLacking("essential", () => check.flag("essential", true)),
      },
    ];
  });
  return Object.fromEntries(entries);
}

function readVcpu(check: Check<SidecarProps>, vcpu: unknown): number {
  if (typeof vcpu === "number" && !isToken(vcpu) && vcpu > 0 && Number.isInteger(vcpu * CPU_UNITS)) return vcpu;
  check.issue("vcpu", vcpu, "a share of CPUs in steps of 1/1024, such as 0.25");
  return 0;
}

/** Reads the prop `command`. */
export function readCommand<P extends { readonly command?: readonly string[] }>(
  check: Check<P>,
  command: readonly string[] | undefined,
): readonly string[] | undefined {
  if (command === undefined) return undefined;
  const fits = Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === "string");
  if (!fits) check.issue("command", command, 'a list of words such as ["node", "server.js"]');
  return command;
}

function readHealthCommand(parent: Check<ContainerProps>, props: HealthCommandProps | undefined): Required<HealthCommandProps> | undefined {
  if (props === undefined) return undefined;
  const check = parent.nested<HealthCommandProps>("healthCommand", props, HEALTH_PROPS);
  check.required("command", 'a list of words such as ["node", "healthy.js"]');
  const intervalSeconds = check.integer("intervalSeconds", { min: 5, max: 300, default: 30 });
  const timeoutSeconds = check.integer("timeoutSeconds", { min: 2, max: 60, default: 5 });
  if (timeoutSeconds >= intervalSeconds) {
    check.issue("timeoutSeconds", timeoutSeconds, `less than intervalSeconds (${intervalSeconds})`, "lower it, or raise the interval");
  }
  return {
    command: readCommand(check, props?.command) ?? [],
    intervalSeconds,
    timeoutSeconds,
    unhealthyCount: check.integer("unhealthyCount", { min: 1, max: 10, default: 3 }),
    startSeconds: check.integer("startSeconds", { min: 0, max: 300, default: 60 }),
  };
}
