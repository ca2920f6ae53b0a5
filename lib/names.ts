import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { IntentError } from "./spec/check";

/** What a provider allows in the name of a kind of resource. */
export interface NameRule {
  /** The kind of resource: two of one kind may not share a name. */
  readonly kind: string;
  /** Longest name the provider takes. */
  readonly maxLength: number;
  /** @default "-" */
  readonly separator?: string;
  /** Text in front of the path, such as a path prefix of a log group. */
  readonly prefix?: string;
  /** Text after the path, when one construct needs several names of a kind. */
  readonly suffix?: string;
}

interface Owner {
  readonly path: string;
  readonly suffix?: string;
}

const takenNames = new WeakMap<IConstruct, Map<string, Owner>>();

/**
 * The name of a resource at the provider, made from the construct path: lower case words, digits and the separator, starting with a letter.
 * A name that would be too long is cut and ends with six characters of the path's hash.
 * @throws IntentError when another construct of the same app already has this name for the same kind.
 */
export function physicalName(construct: IConstruct, rule: NameRule): string {
  const separator = rule.separator ?? "-";
  const words = [...construct.node.path.split("/"), ...(rule.suffix === undefined ? [] : [rule.suffix])].map((part) =>
    kebab(part, separator),
  );
  const prefix = rule.prefix ?? "";
  const joined = words.filter((word) => word !== "").join(separator);
  const full = prefix + (/^[a-z]/.test(prefix + joined) || prefix !== "" ? joined : `n${joined}`);
  const name = full.length <= rule.maxLength ? full : shorten(full, rule.maxLength, separator);
  return claimName(construct, rule, name);
}

function kebab(part: string, separator: string): string {
  return part
    .replace(/([a-z0-9])([A-Z])/g, `$1${separator}$2`)
    .replace(/[^A-Za-z0-9]+/g, separator)
    .toLowerCase()
    .split(separator)
    .filter((word) => word !== "")
    .join(separator);
}

function shorten(full: string, maxLength: number, separator: string): string {
  const hash = createHash("sha256").update(full).digest("hex").slice(0, 6);
  let head = full.slice(0, maxLength - hash.length - separator.length);
  while (separator !== "" && head.endsWith(separator)) head = head.slice(0, -separator.length);
  return head + separator + hash;
}

/**
 * Takes a name that is made from a prop and not from the construct path.
 * @throws IntentError when another construct of the same app already has this name for the same kind.
 */
export function claimName(construct: IConstruct, { kind, suffix }: Pick<NameRule, "kind" | "suffix">, name: string, prop = "id"): string {
  const root = construct.node.root;
  const taken = takenNames.get(root) ?? new Map<string, Owner>();
  takenNames.set(root, taken);
  const key = `${kind} ${name}`;
  const owner = taken.get(key);
  const path = construct.node.path;
  if (owner !== undefined && (owner.path !== path || owner.suffix !== suffix)) {
    const whose = owner.suffix === undefined ? owner.path : `${owner.path} (${owner.suffix})`;
    const fix = `give one of the two constructs another ${prop}`;
    throw new IntentError(path, [{ prop, got: name, want: `a ${kind} name that ${whose} does not use already`, fix }]);
  }
  taken.set(key, { path, suffix });
  return name;
}
