import type { Construct } from "constructs";
import { physicalName } from "../../names";
import { IdentityDynamicGroup } from "../bindings/identity-dynamic-group";
import { IdentityPolicy } from "../bindings/identity-policy";
import { compartmentOf } from "../compartment";

/** Longest names. Source: CreateDynamicGroupDetails and CreatePolicyDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 100;

/** The container instances that are one agent. */
export function addIdentity(scope: Construct, tenancyId: string, agentId: string, instanceIds: readonly string[]): IdentityDynamicGroup {
  return new IdentityDynamicGroup(scope, "Identity", {
    compartmentId: tenancyId,
    name: nameOf(scope, "dynamic group"),
    description: `Copies of agent ${agentId}`,
    matchingRule: `Any {${instanceIds.map((id) => `resource.id = '${id}'`).join(", ")}}`,
  });
}

/** Container instances are pulling before they have an OCID of their own that a group could name: any of the compartment may read this secret. */
export function addPullers(scope: Construct, tenancyId: string, secretId: string): IdentityPolicy {
  const compartmentId = compartmentOf(scope);
  const group = new IdentityDynamicGroup(scope, "Pullers", {
    compartmentId: tenancyId,
    name: nameOf(scope, "dynamic group", "pullers"),
    description: `Container instances that pull the images of ${scope.node.path}`,
    matchingRule: `All {resource.type = 'computecontainerinstance', resource.compartment.id = '${compartmentId}'}`,
  });
  return addPolicy(scope, "PullImages", `Lets container instances sign in to the registry of ${scope.node.path}`, [
    readSecrets(group.name, compartmentId, [secretId]),
  ]);
}

export function addPolicy(scope: Construct, id: string, description: string, statements: readonly string[]): IdentityPolicy {
  return new IdentityPolicy(scope, id, {
    compartmentId: compartmentOf(scope),
    name: nameOf(scope, "policy", id),
    description,
    statements: [...statements],
  });
}

/** The statement that lets a group read these secrets, and no others. */
export function readSecrets(group: string, compartmentId: string, secretIds: readonly string[]): string {
  const ids = [...new Set(secretIds)].map((id) => `target.secret.id = '${id}'`);
  return `Allow dynamic-group ${group} to read secret-bundles in compartment id ${compartmentId} where any {${ids.join(", ")}}`;
}

function nameOf(scope: Construct, kind: string, suffix?: string): string {
  return physicalName(scope, { kind, maxLength: MAX_NAME, suffix });
}
