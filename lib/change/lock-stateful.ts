import type { TerraformStack } from "cdktf";
import { Inventory } from "../facts/inventory";
import { Check, IntentError, type Issue, type KeysOf } from "../spec/check";
import { onRendered } from "../synthesizer";
import { checkLock, lockIssues, type LockVerdict } from "./check-lock";
import { declaredChanges, type DeclaredChanges } from "./declaration";
import { LOCK_FILE, lockText, readLock, withStack, writeLock } from "./lock";
import type { StatefulProvider } from "./stateful";

export interface LockStatefulProps extends DeclaredChanges {
  /** The providers whose resources the stack holds. */
  readonly providers: readonly StatefulProvider[];
  /**
   * The lock file, which is committed with the code. Several stacks share one.
   * @default "stateful.lock.json" in the working directory
   */
  readonly file?: string;
  /**
   * Whether synth fails instead of writing when the file would change.
   * @default - true when the environment variable CI is set
   */
  readonly frozen?: boolean;
}

const KNOWN = { providers: true, file: true, frozen: true, moved: true, retired: true } satisfies KeysOf<LockStatefulProps>;

/**
 * Keeps the data of a stack: from now on synth fails when something that holds data disappears, moves, or would be destroyed and created anew, unless that is declared.
 * What is new is added to the lock file; commit it.
 * @throws IntentError when a declaration is malformed; in synth when data would be lost, InputError when the lock file is broken.
 */
export function lockStateful(stack: TerraformStack, props: LockStatefulProps): void {
  const check = new Check<LockStatefulProps>(`${stack.node.path} stateful resources`, props, KNOWN);
  const providers = check.list<StatefulProvider>("providers", "a list of the providers whose resources the stack holds");
  const file = check.text("file", { want: "the path of a file", default: LOCK_FILE });
  const frozen = check.flag("frozen", isCi());
  check.done(undefined);
  const declared = declaredChanges({ moved: props.moved, retired: props.retired }, stack.node.path);
  onRendered(stack, ({ json }) => {
    const lock = readLock(file);
    const verdict = checkLock({ stack: stack.node.id, inventory: new Inventory(json), providers }, lock, declared);
    const next = withStack(lock, stack.node.id, verdict.next);
    const stale = frozen && lockText(next) !== lockText(lock) && verdict.problems.length === 0;
    const issues = [...lockIssues(verdict.problems), ...(stale ? [staleIssue(file, verdict)] : [])];
    if (issues.length > 0) throw new IntentError(`${stack.node.path} stateful resources`, issues);
    if (!frozen) writeLock(file, next);
  });
}

function isCi(): boolean {
  return !["", "0", "false"].includes(process.env.CI ?? "");
}

function staleIssue(file: string, { added }: LockVerdict): Issue {
  const names = added.map(({ address }) => address).join(", ");
  return {
    prop: file,
    got: added.length === 0 ? "entries of what has changed since" : `nothing of ${names}`,
    want: "what the stack holds now",
    fix: "run the synth outside of CI and commit the file",
  };
}
