import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import type { Stack } from "./apps";
import type { Block } from "./terraform-json";
import { resourcesOf } from "./terraform-json";

export interface UserData {
  readonly address: string;
  /** As the machine sees it. */
  readonly text: string;
}

export interface MachineFile {
  readonly path: string;
  readonly content: string;
}

/** What the machines of a stack are told when they start. */
export function userDataOf(stack: Stack): UserData[] {
  return resourcesOf(stack.json).flatMap(({ address, type, body }) => {
    const text = readText(type, body);
    return text === undefined ? [] : [{ address, text }];
  });
}

/** Files that cloud-init writes; a user data that is itself a script counts as one file. */
export function filesOf({ address, text }: UserData): MachineFile[] {
  if (!isCloudConfig(text)) return [{ path: `/user-data/${address}`, content: text }];
  const config = parse(text) as { write_files?: { path: string; content?: string; encoding?: string }[] };
  return (config.write_files ?? []).map(({ path, content, encoding }) => ({ path, content: decoded(content ?? "", encoding) }));
}

/** Commands that cloud-init runs in a shell, as one script; commands given as lists run without a shell. */
export function shellCommandsOf({ text }: UserData): string | undefined {
  if (!isCloudConfig(text)) return undefined;
  const config = parse(text) as { bootcmd?: unknown[]; runcmd?: unknown[] };
  const lines = [...(config.bootcmd ?? []), ...(config.runcmd ?? [])].filter((command) => typeof command === "string");
  return lines.length > 0 ? `#!/bin/sh\n${lines.join("\n")}\n` : undefined;
}

export function isCloudConfig(text: string): boolean {
  return text.startsWith("#cloud-config");
}

function readText(type: string, body: Block): string | undefined {
  const { user_data: plain, user_data_base64: encoded } = body;
  if (typeof encoded === "string") return fromBase64(encoded);
  const { user_data: inMetadata } = (body.metadata ?? {}) as Block;
  if (type === "oci_core_instance" && typeof inMetadata === "string") return fromBase64(inMetadata);
  if (typeof plain !== "string") return undefined;
  return type === "aws_launch_template" ? fromBase64(plain) : literal(plain);
}

function fromBase64(encoded: string): string {
  if (encoded.includes("${")) throw new Error(`user data is not a literal, so it cannot be checked: ${encoded.slice(0, 80)}`);
  const bytes = Buffer.from(encoded, "base64");
  return (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** What Terraform makes of a string: references become some word, escaped signs become signs. */
function literal(text: string): string {
  return text
    .replace(/(?<!\$)\$\{[^}]*\}/g, "reference")
    .replaceAll("$${", "${")
    .replaceAll("%%{", "%{");
}

function decoded(content: string, encoding: string | undefined): string {
  const steps = (encoding ?? "").split("+").reverse();
  const bytes = steps.reduce((data, step) => {
    if (step === "b64" || step === "base64") return Buffer.from(data.toString(), "base64");
    return step === "gz" || step === "gzip" ? gunzipSync(data) : data;
  }, Buffer.from(content));
  return bytes.toString("utf8");
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
