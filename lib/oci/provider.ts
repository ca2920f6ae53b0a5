import type { LabelProjection, Provider } from "../provider";
import { Check, type KeysOf } from "../spec/check";
import { readDeployTrust } from "./read-deploy-trust";
import { readAgentService } from "./agent-service/read-agent-service";
import { readBackup } from "./backup/read-backup";
import { readBackupBucket } from "./backup/read-backup-bucket";
import { readAgentVm } from "./agent-vm/read-agent-vm";
import { ociLabels, TAG_KEY } from "./labels";
import { readBalancerRoute, readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readFirewall, readNetwork } from "./network/read-network";
import { readPostgres } from "./postgres/read-postgres";
import type * as Posture from "./posture";
import type * as Prices from "./prices";
import type * as Recovery from "./recovery";
import type * as Stateful from "./stateful";

/** How to read facts back from the final JSON, by Terraform resource type. */
const READERS: Provider["readers"] = {
  oci_identity_domains_identity_propagation_trust: readDeployTrust,
  oci_container_instances_container_instance: readAgentService,
  oci_core_volume_backup_policy: readBackup,
  oci_objectstorage_bucket: readBackupBucket,
  oci_psql_db_system: readPostgres,
  oci_core_instance: readAgentVm,
  oci_core_network_security_group: readFirewall,
  oci_core_vcn: readNetwork,
  oci_load_balancer_backend_set: readBalancerRoute,
  oci_load_balancer_load_balancer: readLoadBalancer,
};

/**
 * What the neutral core needs to know of OCI: give it to `govern`. Labels are free-form tags; for cost reports by defined tags too, see
 * `ociWith`. What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const oci: Provider = providerWith(ociLabels());

export interface OciOptions {
  /**
   * Name of the tag namespace that `OciCostAllocation` made: the labels that costs are told apart by are written as its defined tags too.
   * It has to exist before the first resource is tagged.
   */
  readonly tagNamespace: string;
}

const KNOWN = { tagNamespace: true } satisfies KeysOf<OciOptions>;

/**
 * The same provider, which also writes cost-tracking tags: `govern(stack, { providers: [ociWith({ tagNamespace: "governance" })], ... })`.
 * @throws IntentError when the name is none that a tag namespace can have.
 */
export function ociWith(options: OciOptions): Provider {
  const check = new Check<OciOptions>("ociWith", options, KNOWN);
  const tagNamespace = check.text("tagNamespace", { ...TAG_KEY, want: "1 to 100 ASCII characters without blanks and periods" });
  return providerWith(ociLabels(check.done(tagNamespace)));
}

function providerWith(labels: LabelProjection): Provider {
  return {
    name: "oci",
    labels,
    get prices() {
      return (require("./prices") as typeof Prices).ociPrices;
    },
    get posture() {
      return (require("./posture") as typeof Posture).ociPosture;
    },
    get recovery() {
      return (require("./recovery") as typeof Recovery).ociRecovery;
    },
    get stateful() {
      return (require("./stateful") as typeof Stateful).ociStateful;
    },
    readers: READERS,
  };
}
