import { Check, IntentError, type Issue, type KeysOf } from "../spec/check";

/** Something that holds data and keeps it under another address. */
export interface MovedAddress {
  /** Terraform address in the lock file, `<type>.<name>`. */
  readonly from: string;
  /** Terraform address it has now. */
  readonly to: string;
}

/** Something that held data and may be destroyed. */
export interface RetiredAddress {
  /** Terraform address in the lock file. */
  readonly address: string;
  /** Why its data is no longer needed, for whoever owns it. */
  readonly reason: string;
}

/** What is meant to change about the resources that hold data. */
export interface DeclaredChanges {
  /**
   * What keeps its data under another address. A `moved` block of Terraform, as `moveFromId` and `moveTo` write it, counts without being named here;
   * name it when the state is moved by hand.
   * @default - none
   */
  readonly moved?: readonly MovedAddress[];
  /**
   * What may be destroyed, or destroyed and created anew.
   * @default - none
   */
  readonly retired?: readonly RetiredAddress[];
}

/** Shortest reason that can say something. */
export const REASON = { pattern: /^\s*\S[\s\S]{9,}$/, want: "a reason of 10 characters or more" };

/** A Terraform address in the root module, or below modules, with or without an index. */
export const ADDRESS = {
  pattern: /^(module\.[\w-]+(\[[^\]]+\])?\.)*[a-z][a-z0-9_]*\.[\w-]+(\[[^\]]+\])?$/,
  want: "a Terraform address, <type>.<name>",
};

const KNOWN = { moved: true, retired: true } satisfies KeysOf<DeclaredChanges>;

/**
 * The declarations of a stack after their check.
 * @throws IntentError with every problem: a malformed address, a missing reason, a move to another type, an address declared twice.
 */
export function declaredChanges(declared: DeclaredChanges, path: string): Required<DeclaredChanges> {
  const check = new Check<DeclaredChanges>(`${path} stateful resources`, declared, KNOWN);
  const moved = check.list<MovedAddress>("moved", "a list of from and to", []);
  const retired = check.list<RetiredAddress>("retired", "a list of address and reason", []);
  moved.forEach((move, index) => {
    const nested = check.nested(`moved.${index}`, move, { from: true, to: true } satisfies KeysOf<MovedAddress>);
    const [from, to] = [nested.text("from", ADDRESS), nested.text("to", ADDRESS)];
    if (typeOf(from) !== typeOf(to)) nested.issue("to", to, `an address of type ${typeOf(from)}: data can't move to another type`);
  });
  retired.forEach((retirement, index) => {
    const nested = check.nested(`retired.${index}`, retirement, { address: true, reason: true } satisfies KeysOf<RetiredAddress>);
    nested.text("address", ADDRESS);
    nested.text("reason", REASON);
  });
  const done = check.done({ moved, retired });
  refuseTwice([...moved.map(({ from }) => from), ...retired.map(({ address }) => address)], path);
  return done;
}

function refuseTwice(addresses: readonly string[], path: string): void {
  const twice = [...new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))];
  const issues = twice.map((address): Issue => ({ prop: address, got: "two declarations", want: "moved or retired, once" }));
  if (issues.length > 0) throw new IntentError(`${path} stateful resources`, issues);
}

function typeOf(address: string): string {
  return (
    address
      .replace(/\[[^\]]*\]$/, "")
      .split(".")
      .at(-2) ?? address
  );
}
