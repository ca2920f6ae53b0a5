import { isTrue } from "../../cost/literal";
import { asList, block } from "../../facts/inventory";
import type { ProviderRecovery, StatefulReader } from "../../recovery/stateful";
import { REPORTER_CLASS } from "../agent-service/worker-modules";
import { durableObjectClasses } from "../durable-objects";
import { CLOUDFLARE_MECHANISMS } from "./mechanisms";

/** A D1 database: Time Travel is always on. Nothing is published on the loss of a place. */
const readDatabase: StatefulReader = ({ address, path }) => ({
  address,
  path,
  what: "database",
  mechanisms: [CLOUDFLARE_MECHANISMS.use("databaseTimeTravel", { detail: "30 days on Workers Paid, 7 on Free" })],
  alternatives: () => [],
  notes: ["read replicas are no backup: what is deleted is deleted there too", "exports to a bucket are nothing that Terraform knows of"],
});

/** A bucket: R2 has no versions, so that only a lock keeps what is overwritten by mistake. */
const readBucket: StatefulReader = (bucket, inventory) => {
  const { address, path } = bucket;
  const locked = inventory
    .referring("cloudflare_r2_bucket_lock", "bucket_name", bucket)
    .flatMap(({ attributes }) => asList(attributes.rules))
    .some((rule) => isTrue(block(rule).enabled) && (block(rule).prefix ?? "") === "");
  return {
    address,
    path,
    what: "bucket",
    mechanisms: [CLOUDFLARE_MECHANISMS.use("bucketCopies"), ...(locked ? [CLOUDFLARE_MECHANISMS.use("bucketLock")] : [])],
    alternatives: () => [{ use: CLOUDFLARE_MECHANISMS.use("bucketLock") }],
  };
};

/** A Worker holds data in its Durable Objects, but for those that only report. */
const readWorker: StatefulReader = (worker, inventory) => {
  const { address, path } = worker;
  const classes = durableObjectClasses(worker, inventory);
  if (classes.length === 0) return undefined;
  if (classes.every((name) => name === REPORTER_CLASS))
    return { address, path, why: "its Durable Objects hold the state of its reports only" };
  return {
    address,
    path,
    what: "Durable Objects of the Worker",
    mechanisms: [CLOUDFLARE_MECHANISMS.use("objectPointInTime")],
    alternatives: () => [],
  };
};

/** Holds something that is no data of the service. */
const notJudged =
  (why: string): StatefulReader =>
  ({ address, path }) => ({ address, path, why });

/** What at Cloudflare holds data, and how it survives. Types that are not here hold none. */
export const cloudflareRecovery: ProviderRecovery = {
  cloudflare_d1_database: readDatabase,
  cloudflare_r2_bucket: readBucket,
  cloudflare_worker: readWorker,
  cloudflare_workers_script: readWorker,

  cloudflare_queue: notJudged("what is on its way; it is in the queue for a short time only"),
  cloudflare_workers_kv_namespace: notJudged(
    "a cache: Workers KV is eventually consistent and has no backups, so that what is in it has to be elsewhere too",
  ),
};
