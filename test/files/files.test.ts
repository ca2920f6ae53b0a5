import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "cdktf-governed-agents";
import { readJsonFile } from "../../lib/files/read-json-file";
import { writeFileAtomically } from "../../lib/files/write-file-atomically";

const folder = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "a.json");
const read = (maxBytes = 1000) => readJsonFile(file, { maxBytes, what: "a letter", fix: "write it again" });

describe("reading", () => {
  test.each<[string, string | Buffer]>([
    ["plain", '{"a":"ü"}'],
    ["with a byte order mark", '\uFEFF{"a":"ü"}'],
    ["in UTF-16", Buffer.from('\uFEFF{"a":"ü"}', "utf16le")],
  ])("takes JSON %s", (_name, content) => {
    writeFileSync(file, content);
    expect(read()).toEqual({ a: "ü" });
  });

  test.each<[string, string]>([
    ["cut off in a string", '{"a":"b'],
    ["cut off after a comma", '{"a":1,'],
    ["no JSON", '{"a":1,\n"b":oh}'],
    ["a web page", "<!doctype html><p>Sign in"],
    ["blank", " \n"],
  ])("names what is wrong: %s", (_name, content) => {
    writeFileSync(file, content);
    expect(() => read()).toThrow(InputError);
    expect(message(() => read())).toMatchSnapshot();
  });

  test("refuses what is too large before it is read", () => {
    writeFileSync(file, "x".repeat(1001));
    expect(message(() => read())).toBe("a.json: got 1001 bytes, want a letter of at most 1000 bytes");
  });
});

describe("writing", () => {
  const target = join(folder, "target.json");

  test("replaces the text and leaves nothing beside it", () => {
    writeFileAtomically(target, "old");
    writeFileAtomically(target, "ü".repeat(100_000));
    expect(readFileSync(target, "utf8")).toHaveLength(100_000);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  test("writes through a link to the file behind it", () => {
    const link = join(folder, "link.json");
    symlinkSync(target, link);
    writeFileAtomically(link, "new");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toBe("new");
  });

  test("fails without a trace when the place can't be written", () => {
    const taken = join(folder, "taken");
    mkdirSync(taken);
    expect(() => writeFileAtomically(taken, "text")).toThrow();
    expect(() => writeFileAtomically(join(folder, "none", "a.json"), "text")).toThrow();
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

function message(act: () => unknown): string {
  try {
    act();
    return "";
  } catch (error) {
    return (error as Error).message.replace(file, "a.json");
  }
}
