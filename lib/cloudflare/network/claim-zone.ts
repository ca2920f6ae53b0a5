import type { IConstruct } from "constructs";
import { IntentError } from "../../spec/check";

/** What manages a zone, by app and kind: Cloudflare has one of each. */
const MANAGED = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Says that a construct is the one of its kind for a zone.
 * @throws IntentError when another construct of the app is that already.
 */
export function claimZone(construct: IConstruct, zoneName: string, kind: string): void {
  const { root, path } = construct.node;
  const managed = MANAGED.get(root) ?? new Map<string, string>();
  MANAGED.set(root, managed);
  const owner = managed.get(`${kind} ${zoneName}`);
  if (owner !== undefined) {
    const want = `a zone without a ${kind}: ${owner} is the one of this zone, and Cloudflare has one only`;
    throw new IntentError(path, [{ prop: "zone", got: zoneName, want, fix: "put all of it in one construct" }]);
  }
  managed.set(`${kind} ${zoneName}`, path);
}
