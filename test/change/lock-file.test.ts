import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  EMPTY_LOCK,
  lockStateful,
  readLock,
  withStack,
  writeLock,
  type LockStatefulProps,
  type StatefulResource,
} from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import { lockText } from "../../lib/change/lock";
import { awsSynth } from "../aws/support";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const newFile = (text?: string) => {
  const file = join(folder, `${++count}.json`);
  if (text !== undefined) writeFileSync(file, text);
  return file;
};

const archive: StatefulResource = {
  address: "aws_s3_bucket.Archive",
  type: "aws_s3_bucket",
  path: "city/Archive",
  properties: { bucket: "a" },
};

describe("a lock file", () => {
  test("is read as it was written, and written once", () => {
    const file = newFile();
    const lock = withStack(EMPTY_LOCK, "city", [archive]);
    expect(writeLock(file, lock)).toBe(true);
    expect(readLock(file)).toEqual(lock);
    const { mtimeMs } = statSync(file);
    expect(writeLock(file, lock)).toBe(false);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test("is empty where there is none, and forgets a stack that holds nothing any more", () => {
    expect(readLock(newFile())).toEqual(EMPTY_LOCK);
    expect(withStack(withStack(EMPTY_LOCK, "city", [archive]), "city", [])).toEqual(EMPTY_LOCK);
  });

  test("has the same text whatever the order in which things were added", () => {
    const address = fc.stringMatching(/^aws_s3_bucket\.[A-Z][a-z]{1,5}$/);
    const resources = fc.uniqueArray(
      fc.record({ address, properties: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.jsonValue()) }),
      {
        selector: (resource) => resource.address,
        maxLength: 6,
      },
    );
    const property = fc.property(resources, resources, (some, others) => {
      const [one, two] = [some, others].map((list) => list.map((resource) => ({ ...archive, ...resource })));
      const forth = withStack(withStack(EMPTY_LOCK, "one", one as StatefulResource[]), "two", two as StatefulResource[]);
      const back = withStack(
        withStack(EMPTY_LOCK, "two", [...(two as StatefulResource[])].reverse()),
        "one",
        [...(one as StatefulResource[])].reverse(),
      );
      expect(lockText(back)).toBe(lockText(forth));
    });
    fc.assert(property, { numRuns: 60 });
  });

  const whole = lockText(withStack(EMPTY_LOCK, "city", [archive]));
  test.each<[string, string]>([
    ["cut off", whole.slice(0, 60)],
    ["empty", ""],
    ["in the middle of a merge", `<<<<<<< ours\n${whole}=======\n${whole}>>>>>>> theirs\n`],
    ["of a later version", JSON.stringify({ lockVersion: 2, stacks: {} })],
    ["of no version", "{}"],
    ["a list", "[]"],
    ["without stacks", JSON.stringify({ lockVersion: 1 })],
    ["incomplete", JSON.stringify({ lockVersion: 1, stacks: { city: [archive, { address: "aws_s3_bucket.B" }] } })],
    ["40 MB", " ".repeat(40_000_000)],
  ])("fails with one clear error when it is %s", (_name, text) => {
    const file = newFile(text);
    let message = "";
    try {
      readLock(file);
    } catch (error) {
      message = (error as Error).message.replace(file, "stateful.lock.json");
    }
    expect(message).toMatchSnapshot();
  });
});

describe("lockStateful", () => {
  const stackWith = (ids: readonly string[], props: Partial<LockStatefulProps>) =>
    awsSynth((stack: TerraformStack) => {
      for (const id of ids) new S3Bucket(stack, id, { bucket: id.toLowerCase() });
      lockStateful(stack, { providers: [aws], frozen: false, ...props });
    });

  test("writes what holds data, adds what is new, and leaves other stacks alone", () => {
    const file = newFile(lockText(withStack(EMPTY_LOCK, "other", [archive])));
    stackWith(["A"], { file });
    stackWith(["A", "B"], { file });
    const { stacks } = readLock(file);
    expect(stacks.test?.map(({ address }) => address)).toEqual(["aws_s3_bucket.A", "aws_s3_bucket.B"]);
    expect(stacks.other).toEqual([archive]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("fails the synth and leaves the file alone when something disappears, until it is retired", () => {
    const file = newFile();
    stackWith(["A", "B"], { file });
    const before = readFileSync(file, "utf8");
    expect(() => stackWith(["A"], { file })).toThrow(/aws_s3_bucket\.B: got nothing, want the aws_s3_bucket that test\/B made/);
    expect(readFileSync(file, "utf8")).toBe(before);
    stackWith(["A"], { file, retired: [{ address: "aws_s3_bucket.B", reason: "was a test of last week" }] });
    expect(readLock(file).stacks.test).toHaveLength(1);
  });

  test("fails when it is frozen and the file is not what the stack holds", () => {
    const file = newFile();
    const frozen = () => stackWith(["A"], { file, frozen: true });
    expect(frozen).toThrow(/nothing of aws_s3_bucket\.A.*run the synth outside of CI and commit the file/);
    expect(existsSync(file)).toBe(false);
    stackWith(["A"], { file });
    expect(frozen).not.toThrow();
  });

  test("fails on a broken file before anything is written", () => {
    const file = newFile("{");
    expect(() => stackWith(["A"], { file })).toThrow(/JSON that is cut off after 1 characters/);
    expect(readFileSync(file, "utf8")).toBe("{");
  });

  test("fails on props that are wrong, all at once", () => {
    const wrong = { providers: undefined, file: "", frozen: "yes", lock: "x" } as unknown as LockStatefulProps;
    expect(() => stackWith([], wrong)).toThrowErrorMatchingInlineSnapshot(`
     "test stateful resources: 4 problems
       - lock: got "x", want no such prop; remove it; known props: providers, file, frozen, moved, retired
       - providers: got nothing, want a list of the providers whose resources the stack holds
       - file: got "", want the path of a file
       - frozen: got "yes", want true or false"
    `);
  });
});
