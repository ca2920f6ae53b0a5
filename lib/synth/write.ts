import { closeSync, openSync, writeSync } from "node:fs";
import type { TerraformJson } from "../facts/inventory";

/** Text is handed to the file in pieces of about this many characters: no whole copy of a large file is ever in memory. */
const PIECE = 1 << 16;

/**
 * Writes plain JSON as engine 0.21 does: keys sorted, two spaces, empty lists and objects over two lines.
 * The engine joins the whole text once for every level of nesting, which makes its memory grow with the size of the file.
 */
export function writeSorted(path: string, json: TerraformJson): void {
  const file = openSync(path, "w");
  let text = "";
  const write = (part: string): void => {
    text += part;
    if (text.length < PIECE) return;
    writeSync(file, text);
    text = "";
  };
  try {
    writeValue(json, "\n", write);
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

function writeValue(value: unknown, indent: string, write: (part: string) => void): void {
  if (Array.isArray(value)) return writeArray(value, indent, write);
  if (typeof value === "object" && value !== null) return writeObject(value as Record<string, unknown>, indent, write);
  write(scalar(value));
}

function writeArray(items: readonly unknown[], indent: string, write: (part: string) => void): void {
  const inner = `${indent}  `;
  let separator = "[";
  for (const item of items) {
    write(separator + inner);
    writeValue(item, inner, write);
    separator = ",";
  }
  write(items.length === 0 ? `[${indent}]` : `${indent}]`);
}

function writeObject(object: Readonly<Record<string, unknown>>, indent: string, write: (part: string) => void): void {
  const inner = `${indent}  `;
  let separator = "{";
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value === undefined) continue;
    const start = `${separator}${inner}${JSON.stringify(key)}: `;
    separator = ",";
    if (typeof value !== "object" || value === null) {
      write(start + scalar(value));
    } else {
      write(start);
      writeValue(value, inner, write);
    }
  }
  write(separator === "{" ? `{${indent}}` : `${indent}}`);
}

function scalar(value: unknown): string {
  return value === undefined ? "null" : JSON.stringify(value);
}
