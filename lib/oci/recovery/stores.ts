import { textOf } from "../../cost/literal";
import { asList } from "../../facts/inventory";
import type { StatefulReader } from "../../recovery/stateful";
import { regionOf } from "../prices/region";
import { OCI_MECHANISMS } from "./mechanisms";

/** Regions with several availability domains. Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm, read 2026-11-21. */
const SEVERAL_DOMAINS = ["us-ashburn-1", "us-phoenix-1", "eu-frankfurt-1", "uk-london-1"];

/** A bucket with its versions, retention and copies. */
export const readBucket: StatefulReader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const home = regionOf(bucket, inventory);
  const scopes = home !== undefined && SEVERAL_DOMAINS.includes(home) ? (["instance", "zone"] as const) : (["instance"] as const);
  const copies = inventory
    .referring("oci_objectstorage_replication_policy", "bucket", bucket)
    .map((policy) => textOf(policy.attributes.destination_region_name))
    .filter((region) => region !== undefined && home !== undefined && region !== home);
  const mechanisms = [
    OCI_MECHANISMS.use("objectCopies", { scopes }),
    ...(attributes.versioning === "Enabled" ? [OCI_MECHANISMS.use("objectVersions")] : []),
    ...(asList(attributes.retention_rules).length > 0 ? [OCI_MECHANISMS.use("objectRetention")] : []),
    ...copies.map((region) => OCI_MECHANISMS.use("objectReplication", { detail: `to ${String(region)}` })),
  ];
  const alternatives = () => [{ use: OCI_MECHANISMS.use("objectVersions") }, { use: OCI_MECHANISMS.use("objectReplication") }];
  return { address, path, what: "bucket", mechanisms, alternatives };
};
