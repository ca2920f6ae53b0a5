import type { Inventory } from "../../facts/inventory";
import type { Posture, PostureReader } from "../../facts/posture";
import { allowsEverything, broadWritesOf, isPublic, statementsOf, subjectsNamed } from "./policy";
import { asList, given, isExpression, some, type Attributes } from "./values";

/** What a policy allows, whether it stands by itself or at a role, user or group. */
export const readPolicy: PostureReader = ({ address, path, attributes }, inventory) => {
  if (!given(attributes.policy)) return [];
  return [{ kind: "identity-policy", address, path, ...rights(attributes.policy, inventory) }];
};

function rights(policy: unknown, inventory: Inventory) {
  const statements = statementsOf(policy, inventory);
  if (statements === "unknown") return { fullAccess: statements, broadWrites: statements };
  return { fullAccess: allowsEverything(statements), broadWrites: broadWritesOf(statements) };
}

/** A role: who may take it on, and the policies that stand inside of it. */
export const readRole: PostureReader = ({ address, path, attributes }, inventory): readonly Posture[] => {
  const trust = statementsOf(attributes.assume_role_policy, inventory);
  const inline = (asList(attributes.inline_policy) as readonly Attributes[]).filter(({ policy }) => given(policy));
  return [
    {
      kind: "trust-policy",
      address,
      path,
      public: isPublic(attributes.assume_role_policy, inventory),
      subjectsNamed: trust === "unknown" ? trust : subjectsNamed(trust),
    },
    ...inline.map(({ policy }): Posture => ({ kind: "identity-policy", address, path, ...rights(policy, inventory) })),
    ...asList(attributes.managed_policy_arns).flatMap((arn) => managed(arn, address, path)),
  ];
};

/** A policy of Amazon's that is attached. */
export const readAttachment: PostureReader = ({ address, path, attributes }) => managed(attributes.policy_arn, address, path);

/** Policies of Amazon's that allow everything, or everything but identities. */
const FULL_ACCESS = /policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Only policies of Amazon's are judged by name; own ones are judged where they stand. */
function managed(arn: unknown, address: string, path: string): readonly Posture[] {
  if (typeof arn !== "string" || !FULL_ACCESS.test(arn)) return [];
  return [{ kind: "identity-policy", address, path, fullAccess: true, broadWrites: [] }];
}

/** Accounts whose images are known to be theirs are named by number or by these words. */
export const readImageSource: PostureReader = ({ address, path, attributes }) => {
  const owners = asList(attributes.owners);
  const filters = asList(attributes.filter) as readonly Attributes[];
  const byFilter = filters.some(({ name }) => ["owner-id", "owner-alias", "image-id"].includes(String(name)));
  const named = some([owners.length > 0 && !owners.includes("*"), byFilter]);
  return [{ kind: "image-source", address, path, ownerNamed: isExpression(attributes.owners) ? "unknown" : named }];
};
