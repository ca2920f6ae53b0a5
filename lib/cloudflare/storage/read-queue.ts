import { block, type Reader, type ResourceView } from "../../facts/inventory";
import type { QueueConsumerSpec } from "../../spec/queue";

const HOUR_SECONDS = 60 * 60;

/** How long Cloudflare keeps messages when nothing is said, how often it tries them, and in which batches. Source: https://developers.cloudflare.com/queues/platform/limits/, read 2026-11-21. */
const DEFAULT_RETENTION_SECONDS = 96 * HOUR_SECONDS;

/** A queue; one that holds the dead letters of another is a part of that one. */
export const readQueue: Reader = (queue, inventory) => {
  const { address, path, attributes } = queue;
  if (inventory.referring("cloudflare_queue_consumer", "dead_letter_queue", queue).length > 0) return [];
  const [consumer] = inventory.referring("cloudflare_queue_consumer", "queue_id", queue);
  const kept = Number(block(attributes.settings).message_retention_period ?? DEFAULT_RETENTION_SECONDS);
  const spec = {
    retentionHours: kept / HOUR_SECONDS,
    deadLetters: (consumer?.attributes.dead_letter_queue ?? "") !== "",
    ...(consumer !== undefined && { consumer: consumerOf(consumer) }),
  };
  return [{ kind: "message-queue", address, path, spec }];
};

function consumerOf({ attributes }: ResourceView): QueueConsumerSpec {
  const settings = block(attributes.settings);
  return {
    retries: Number(settings.max_retries ?? 3),
    batchSize: Number(settings.batch_size ?? 10),
    batchWaitSeconds: Number(settings.max_wait_time_ms ?? 5000) / 1000,
  };
}
