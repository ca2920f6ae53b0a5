import type * as Fflate from "fflate";
import type * as Yaml from "yaml";

/** A file that the machine gets at its first start; it belongs to root. */
export interface MachineFile {
  readonly path: string;
  readonly content: string;
  /** @default "0644" */
  readonly mode?: "0644" | "0755" | "0600";
}

/** A user without password and shell, for services. */
export interface ServiceUser {
  readonly name: string;
  readonly home: string;
  /** Groups beside its own. */
  readonly groups: readonly string[];
}

/** A user for people, without password: who may become root with `sudo`. */
export interface LoginUser {
  readonly name: string;
}

/** What a machine is made of at its first start. */
export interface CloudConfig {
  readonly packages: readonly string[];
  readonly users: readonly ServiceUser[];
  /** @default - nobody logs in */
  readonly login?: LoginUser;
  readonly files: readonly MachineFile[];
  /** Lines of the file system table. */
  readonly mounts: readonly (readonly string[])[];
  /** Commands in order, each a list of words without a shell. */
  readonly commands: readonly (readonly string[])[];
}

const HEADER = "#cloud-config\n";

/** Loaded with the first machine: whoever has none does not pay for it. */
const yaml = (): typeof Yaml => require("yaml") as typeof Yaml;
const fflate = (): typeof Fflate => require("fflate") as typeof Fflate;

/** The text of a cloud-config. Users of the image, such as `ubuntu`, are not made; nobody logs in over the network. */
export function formatCloudConfig(config: CloudConfig): string {
  const body = {
    disable_root: true,
    ssh_pwauth: false,
    package_update: true,
    package_upgrade: true,
    packages: config.packages,
    groups: config.users.map((user) => user.name),
    users: [...config.users.map(serviceUser), ...(config.login === undefined ? [] : [loginUser(config.login)])],
    write_files: config.files.map(({ path, content, mode }) => ({ path, permissions: mode ?? "0644", content })),
    mounts: config.mounts,
    runcmd: config.commands,
  };
  return HEADER + yaml().stringify(body, { lineWidth: 0, defaultStringType: "PLAIN", blockQuote: "literal" });
}

function serviceUser(user: ServiceUser) {
  return {
    name: user.name,
    system: true,
    primary_group: user.name,
    ...(user.groups.length === 0 ? {} : { groups: user.groups }),
    homedir: user.home,
    no_create_home: true,
    lock_passwd: true,
    shell: "/usr/sbin/nologin",
  };
}

function loginUser({ name }: LoginUser) {
  return { name, groups: ["adm", "systemd-journal"], lock_passwd: true, shell: "/bin/bash", sudo: "ALL=(ALL) NOPASSWD:ALL" };
}

/** What is in a cloud-config as `formatCloudConfig` writes it. */
export interface WrittenCloudConfig {
  readonly packages: readonly string[];
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly mounts: readonly (readonly string[])[];
  readonly runcmd: readonly (readonly string[])[];
}

/** Reads a cloud-config; undefined when it is none. */
export function tryCloudConfig(text: string): WrittenCloudConfig | undefined {
  return text.startsWith(HEADER) ? (yaml().parse(text) as WrittenCloudConfig) : undefined;
}

/**
 * The text in gzip, as cloud-init takes it. The same text gives the same bytes on every machine, which builds of zlib do not promise:
 * other bytes would replace the machine.
 */
export function compress(text: string): Buffer {
  const { gzipSync, strToU8 } = fflate();
  return Buffer.from(gzipSync(strToU8(text), { level: 9, mtime: 0 }));
}

/** The inverse of `compress`; undefined for what is not in gzip. */
export function tryDecompress(compressed: Buffer): string | undefined {
  if (compressed[0] !== 0x1f || compressed[1] !== 0x8b) return undefined;
  const { decompressSync, strFromU8 } = fflate();
  return strFromU8(decompressSync(compressed));
}
