import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { AgentVmSpec } from "../../spec/agent-vm";
import type { CoreInstance } from "../bindings/core-instance";
import { IdentityDynamicGroup } from "../bindings/identity-dynamic-group";
import { IdentityPolicy } from "../bindings/identity-policy";
import { compartmentOf } from "../compartment";
import { METRICS_NAMESPACE } from "./agent-vm-machine";

/** Longest name of a group or policy. Source: OCI API reference, CreateDynamicGroupDetails and CreatePolicyDetails, read 2026-11-21. */
const MAX_NAME = 100;

export interface AgentVmAccessProps {
  readonly spec: AgentVmSpec;
  readonly instance: CoreInstance;
  readonly tenancyId: string;
  /** OCIDs of secrets beside those of the spec. */
  readonly moreSecrets: readonly string[];
}

/**
 * What the machine may do as itself: read its own secrets and bundles, and send its own metrics.
 *
 * Creates `oci_identity_dynamic_group`, which holds this one instance, and `oci_identity_policy`. No cost.
 * Not covered: secrets and buckets outside the machine's compartment and those below it.
 */
export class OciAgentVmAccess extends Construct {
  /** Holds the machine, and nothing when the kill switch is on. */
  readonly group: IdentityDynamicGroup;
  readonly policy: IdentityPolicy;

  constructor(scope: Construct, id: string, { spec, instance, tenancyId, moreSecrets }: AgentVmAccessProps) {
    super(scope, id);
    const name = physicalName(this, { kind: "dynamic group", maxLength: MAX_NAME });
    const description = `The machine of agent ${spec.governance.agentId}`;
    this.group = new IdentityDynamicGroup(this, "Group", {
      compartmentId: tenancyId,
      name,
      description,
      matchingRule: `ALL {instance.id = '${spec.enabled ? instance.id : "none"}'}`,
    });
    const compartmentId = compartmentOf(this);
    this.policy = new IdentityPolicy(this, "Policy", {
      compartmentId,
      name: physicalName(this, { kind: "policy", maxLength: MAX_NAME }),
      description,
      statements: grants(spec, moreSecrets).map((grant) => `Allow dynamic-group ${this.group.name} to ${grant(compartmentId)}`),
    });
  }
}

type Grant = (compartmentId: string) => string;

function grants(spec: AgentVmSpec, moreSecrets: readonly string[]): readonly Grant[] {
  const secrets = [spec.governance.keySecret, ...Object.values(spec.secrets)].map((reference) => reference.split("#")[0] as string);
  const ids = [...new Set([...secrets, ...moreSecrets])].map((secret) => `target.secret.id = '${secret}'`);
  const objects = [spec.bundle, spec.reporter.bundle].flatMap((artifact) => objectOf(artifact?.url ?? ""));
  return [
    (compartment) => `read secret-bundles in compartment id ${compartment} where any {${ids.join(", ")}}`,
    (compartment) => `use metrics in compartment id ${compartment} where target.metrics.namespace = '${METRICS_NAMESPACE}'`,
    ...objects.map(
      ([bucket, name]): Grant =>
        (compartment) =>
          `read objects in compartment id ${compartment} where all {target.bucket.name = '${bucket}', target.object.name = '${name}'}`,
    ),
  ];
}

/** Bucket and name of an object such as `oci://bucket@namespace/name`. */
function objectOf(url: string): [bucket: string, name: string][] {
  const [, bucket, name] = /^oci:\/\/([^@]+)@[^/]+\/(.+)$/.exec(url) ?? [];
  return bucket === undefined || name === undefined ? [] : [[bucket, name]];
}
