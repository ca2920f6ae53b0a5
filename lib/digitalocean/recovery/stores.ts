import { isTrue } from "../../cost/literal";
import { asList, block } from "../../facts/inventory";
import type { StatefulReader } from "../../recovery/stateful";
import { DIGITALOCEAN_MECHANISMS } from "./mechanisms";

/** A bucket; one that takes the logs of others is evidence, and not what a service runs on. */
export const readBucket: StatefulReader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const takesLogs = inventory.referring("digitalocean_spaces_bucket_logging", "target_bucket", bucket).length > 0;
  if (takesLogs) return { address, path, why: "takes the logs of other buckets" };
  const versioned = isTrue(block(attributes.versioning).enabled);
  const mechanisms = [DIGITALOCEAN_MECHANISMS.use("objectCopies"), ...(versioned ? [DIGITALOCEAN_MECHANISMS.use("objectVersions")] : [])];
  const alternatives = () => [{ use: DIGITALOCEAN_MECHANISMS.use("objectVersions") }];
  return { address, path, what: "bucket", mechanisms, alternatives };
};

/** An app holds no data, but for a small database of its own. */
export const readApp: StatefulReader = ({ address, path, attributes }) => {
  const databases = asList(block(attributes.spec).database) as readonly Readonly<Record<string, unknown>>[];
  if (databases.every(({ cluster_name: cluster }) => (cluster ?? "") !== "")) return undefined;
  return { address, path, what: "development database of the app", mechanisms: [], alternatives: () => [] };
};
