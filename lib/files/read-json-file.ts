import { readFileSync, statSync, type Stats } from "node:fs";
import { InputError } from "./input-error";

export interface JsonFileOptions {
  /** Largest file that is read; a larger one is refused before it is opened. */
  readonly maxBytes: number;
  /** What the file is, in the words of an error: `a lock file`. */
  readonly what: string;
  /** The next step when the file is not there or broken. */
  readonly fix?: string;
}

/** What stands at the start of files that are often given in place of JSON. */
const MISTAKEN: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04/, "a zip archive"],
  [/^\{"@level":/, "a log"],
  [/^\s*(<!doctype|<html|<\?xml)/i, "HTML or XML"],
];

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Reads a JSON file whole.
 * @throws InputError when it is not there, too large, empty, cut off, or no JSON.
 */
export function readJsonFile(file: string, options: JsonFileOptions): unknown {
  const { size } = fileOf(file, options);
  if (size > options.maxBytes) throw new InputError(file, megabytes(size), `${options.what} of at most ${megabytes(options.maxBytes)}`);
  return parseJson(decoded(contentOf(file, options)), file, options);
}

/**
 * The value of JSON text that came from `file`.
 * @throws InputError when it is empty, cut off, or no JSON.
 */
export function parseJson(text: string, file: string, { what, fix }: Omit<JsonFileOptions, "maxBytes">): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, brokenText(text, error as Error), `${what} as JSON`, mergeHint(text) ?? fix);
  }
}

/** Text of a file in UTF-8, or in UTF-16 as some shells write it. */
export function decoded(content: Buffer): string {
  const text = content[0] === 0xff && content[1] === 0xfe ? content.toString("utf16le") : content.toString("utf8");
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** A size as people read it. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function fileOf(file: string, { what, fix }: JsonFileOptions): Stats {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError(file, "no such file", what, fix);
  if (!found.isFile()) throw new InputError(file, found.isDirectory() ? "a folder" : "no plain file", what, fix);
  return found;
}

function contentOf(file: string, { what }: JsonFileOptions): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(file, `a file that can't be read (${(error as NodeJS.ErrnoException).code})`, what);
  }
}

function brokenText(text: string, { message }: Error): string {
  if (text.trim() === "") return "an empty file";
  if (hasConflict(text)) return "marks of a merge conflict";
  const mistaken = MISTAKEN.find(([start]) => start.test(text))?.[1];
  if (mistaken !== undefined) return mistaken;
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? NaN);
  const isCut = /unexpected end|unterminated/i.test(message) || position >= text.trimEnd().length;
  if (isCut) return `JSON that is cut off after ${text.length} characters`;
  const where = Number.isNaN(position) ? "" : ` (line ${text.slice(0, position).split("\n").length})`;
  return `text that is no JSON${where}`;
}

function hasConflict(text: string): boolean {
  return /^<{7} /m.test(text);
}

function mergeHint(text: string): string | undefined {
  return hasConflict(text) ? "resolve the merge first" : undefined;
}
