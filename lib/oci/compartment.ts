import type { Construct, IConstruct } from "constructs";
import { IntentError, isToken } from "../spec/check";

const COMPARTMENT_ID = Symbol.for("cdktf-governed-agents/oci-compartment");

type InCompartment = IConstruct & { [COMPARTMENT_ID]?: string };

/** Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm, read 2026-11-21. */
const COMPARTMENT = /^ocid1\.compartment\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/;

/** What the OCID of a tenancy, which is its root compartment, looks like. Same source. */
export const TENANCY = {
  pattern: /^ocid1\.tenancy\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of a tenancy, such as "ocid1.tenancy.oc1..aaaaexample"',
};

const WANT = 'the OCID of a compartment, such as "ocid1.compartment.oc1..aaaaexample"';

/**
 * Says in which compartment everything below `scope` is created; what is said nearer to a construct wins. Call it before anything is
 * created there.
 * @throws IntentError when it is no compartment, or the root one: resources belong into a compartment of their own (CIS OCI 3.1, 6.2).
 */
export function useCompartment(scope: Construct, compartmentId: string): void {
  if (!isToken(compartmentId) && !COMPARTMENT.test(String(compartmentId))) {
    const root = /^ocid1\.tenancy\./.test(String(compartmentId));
    const fix = root ? "this is the root compartment: make one for this stack below it" : undefined;
    throw new IntentError(scope.node.path || "app", [{ prop: "compartmentId", got: compartmentId, want: WANT, fix }]);
  }
  (scope as InCompartment)[COMPARTMENT_ID] = compartmentId;
}

/**
 * The compartment in which a construct creates its resources.
 * @throws IntentError when none was given.
 */
export function compartmentOf(construct: Construct): string {
  const scopes = construct.node.scopes as InCompartment[];
  const found = scopes.reverse().find((scope) => scope[COMPARTMENT_ID] !== undefined)?.[COMPARTMENT_ID];
  if (found !== undefined) return found;
  const fix = "call useCompartment(stack, id) right after creating the stack";
  throw new IntentError(construct.node.path, [{ prop: "compartmentId", got: undefined, want: WANT, fix }]);
}
