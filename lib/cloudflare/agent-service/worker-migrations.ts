import type { WorkerVersionMigrations } from "@cdktf/provider-cloudflare/lib/worker-version";
import type { Check, KeysOf } from "../../spec/check";
import { REPORTER_CLASS } from "./worker-modules";

/** A step in the life of Durable Object classes. What was deployed once stays in the list as it is; new steps are added at its end. */
export interface WorkerMigrationProps {
  /** Name of the step, for ever: a-z, 0-9 and -. */
  readonly tag: string;
  /**
   * Classes that come into being, with SQLite storage.
   * @default []
   */
  readonly newSqliteClasses?: readonly string[];
  /**
   * Classes that get another name and keep their objects.
   * @default []
   */
  readonly renamedClasses?: readonly RenamedClass[];
  /**
   * Classes whose objects and all that they store are deleted.
   * @default []
   */
  readonly deletedClasses?: readonly string[];
}

export interface RenamedClass {
  readonly from: string;
  readonly to: string;
}

export interface WorkerMigrationSpec {
  readonly tag: string;
  readonly newSqliteClasses: readonly string[];
  readonly renamedClasses: readonly RenamedClass[];
  readonly deletedClasses: readonly string[];
}

const KNOWN = { tag: true, newSqliteClasses: true, renamedClasses: true, deletedClasses: true } satisfies KeysOf<WorkerMigrationProps>;

const TAG = { pattern: /^[a-z][a-z0-9-]{0,62}$/, want: "a tag of a-z, 0-9 and -, starting with a letter, of at most 63 characters" };

/** Names of classes as JavaScript has them. */
export const CLASS_NAME = /^[A-Za-z_$][\w$]{0,63}$/;

/** The library's own first step: the class that reports for a Worker that is one agent. */
export const FIRST_MIGRATION: WorkerMigrationSpec = {
  tag: "governance",
  newSqliteClasses: [REPORTER_CLASS],
  renamedClasses: [],
  deletedClasses: [],
};

/** Reads the prop `migrations`; problems are named `migrations.<index>.<prop>`. */
export function readMigrations<P extends object>(
  parent: Check<P>,
  migrations: readonly WorkerMigrationProps[],
): readonly WorkerMigrationSpec[] {
  const tags = new Set([FIRST_MIGRATION.tag]);
  const live = new Set(FIRST_MIGRATION.newSqliteClasses);
  return migrations.map((props, index) => {
    const check = parent.nested<WorkerMigrationProps>(`migrations.${index}`, props, KNOWN);
    const tag = check.text("tag", TAG);
    if (tags.has(tag)) check.issue("tag", tag, "a tag that no other step has", "choose another one");
    tags.add(tag);
    const step = {
      tag,
      newSqliteClasses: check.list<string>("newSqliteClasses", "a list of class names", []),
      renamedClasses: check.list<RenamedClass>("renamedClasses", "a list of { from, to }", []),
      deletedClasses: check.list<string>("deletedClasses", "a list of class names", []),
    };
    apply(check, step, live);
    return step;
  });
}

/** Follows the classes through one step. */
function apply(check: Check<WorkerMigrationProps>, step: WorkerMigrationSpec, live: Set<string>): void {
  const exists = (prop: keyof WorkerMigrationProps, name: string) => {
    if (name === REPORTER_CLASS) check.issue(prop, name, "classes of the agent's own: this one belongs to the governance");
    else if (!live.delete(name)) check.issue(prop, name, "a class that an earlier step created");
  };
  const create = (prop: keyof WorkerMigrationProps, name: string) => {
    if (!CLASS_NAME.test(name)) check.issue(prop, name, "the name of a class");
    else if (live.has(name)) check.issue(prop, name, "a class that there is not yet", "remove it: it was created by an earlier step");
    live.add(name);
  };
  for (const name of step.deletedClasses) exists("deletedClasses", name);
  for (const { from, to } of step.renamedClasses) {
    exists("renamedClasses", from);
    create("renamedClasses", to);
  }
  for (const name of step.newSqliteClasses) create("newSqliteClasses", name);
  const size = step.newSqliteClasses.length + step.renamedClasses.length + step.deletedClasses.length;
  if (size === 0) check.issue("", undefined, "at least one class that is created, renamed or deleted");
}

/** The classes that there are after some steps, in the order in which they came. */
export function classesAfter(steps: readonly WorkerMigrationSpec[]): readonly string[] {
  return steps.reduce<readonly string[]>((classes, { newSqliteClasses, renamedClasses, deletedClasses }) => {
    const renamed = new Map(renamedClasses.map(({ from, to }) => [from, to]));
    const kept = classes.filter((name) => !deletedClasses.includes(name)).map((name) => renamed.get(name) ?? name);
    return [...kept, ...newSqliteClasses];
  }, []);
}

/** One step as Terraform has it. */
export function migrationBlock(step: WorkerMigrationSpec, previous: string | undefined): WorkerVersionMigrations {
  const some = <T>(list: readonly T[]) => (list.length === 0 ? undefined : [...list]);
  return {
    oldTag: previous,
    newTag: step.tag,
    newSqliteClasses: some(step.newSqliteClasses),
    renamedClasses: some(step.renamedClasses),
    deletedClasses: some(step.deletedClasses),
  };
}
