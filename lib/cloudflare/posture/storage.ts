import type { PostureReader } from "../../facts/posture";
import { all, asList, block, flag, given, not, some } from "../../facts/values";

/** A bucket of R2: private and encrypted by itself; a domain makes what is in it public. */
export const readBucket: PostureReader = (bucket, inventory) => {
  const { address, path } = bucket;
  const settings = (type: string) => inventory.referring(`cloudflare_r2_${type}`, "bucket_name", bucket);
  const domains = [...settings("managed_domain"), ...settings("custom_domain")];
  const rules = settings("bucket_lifecycle").flatMap(({ attributes }) => asList(attributes.rules));
  return [
    {
      kind: "storage-bucket",
      address,
      path,
      encryption: "provider-key",
      publicAccessBlocked: all(domains.map(({ attributes }) => not(flag(attributes.enabled, true)))),
      accessListsOff: true,
      versioned: false,
      tlsOnly: false,
      lifecycle: some(rules.map((rule) => flag(block(rule).enabled, true))),
      accessLogged: false,
      replicated: false,
    },
  ];
};

/** A queue: without a consumer nobody knows what becomes of messages that fail. */
export const readQueue: PostureReader = (queue, inventory) => {
  const { address, path } = queue;
  const consumers = inventory.referring("cloudflare_queue_consumer", "queue_id", queue);
  const holdsFailed = inventory.referring("cloudflare_queue_consumer", "dead_letter_queue", queue).length > 0;
  const kept = consumers.map(({ attributes }) => given(attributes.dead_letter_queue));
  const deadLetters = holdsFailed || (consumers.length === 0 ? "unknown" : all(kept));
  return [{ kind: "queue", address, path, encryption: "unknown", public: false, tlsOnly: "unknown", deadLetters }];
};
