import { Queue } from "@cdktf/provider-cloudflare/lib/queue";
import { QueueConsumer } from "@cdktf/provider-cloudflare/lib/queue-consumer";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { Check, type KeysOf } from "../../spec/check";
import type { QueueConsumerSpec, QueueSpec } from "../../spec/queue";
import { checkAccount } from "./place";

/** Limits. Source: https://developers.cloudflare.com/queues/platform/limits/, read 2026-11-21. */
const MAX_RETENTION_HOURS = 14 * 24;
const MAX_RETRIES = 100;
const MAX_BATCH = 100;
const MAX_WAIT_SECONDS = 60;
const SOURCE = "Cloudflare Queues limit";

/** Longest name: the provider 5.14.0 says none; names of Workers have this length. */
const MAX_NAME = 63;

const HOUR_SECONDS = 60 * 60;

export interface CloudflareQueueConsumerProps {
  /** Name of the Worker that messages are handed to. */
  readonly worker: string;
  /**
   * How often a message is tried again before it is a dead letter, 0 to 100.
   * @default 3
   */
  readonly retries?: number;
  /**
   * Messages that are handed over at once, 1 to 100.
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * Seconds in which a batch is filled, 0 to 60.
   * @default 5
   */
  readonly batchWaitSeconds?: number;
}

export interface CloudflareQueueProps {
  /** The account that it is in: 32 hexadecimal digits. */
  readonly accountId: string;
  /**
   * Hours for which a message that nobody takes is kept, 1 to 336; on Workers Free it is always 24.
   * @default 96
   */
  readonly retentionHours?: number;
  /**
   * The Worker that messages are handed to.
   * @default - none: messages are pulled, or a consumer is set elsewhere, which then needs a queue for its dead letters
   */
  readonly consumer?: CloudflareQueueConsumerProps;
}

const KNOWN = { accountId: true, retentionHours: true, consumer: true } satisfies KeysOf<CloudflareQueueProps>;
const KNOWN_CONSUMER = {
  worker: true,
  retries: true,
  batchSize: true,
  batchWaitSeconds: true,
} satisfies KeysOf<CloudflareQueueConsumerProps>;

/**
 * A queue between Workers, with a second one for messages that its consumer cannot handle: without that Cloudflare deletes them.
 *
 * Creates `cloudflare_queue`; with a consumer also `cloudflare_queue_consumer`, and a second queue for its dead letters.
 * Cost: nothing while it stands idle. On Workers Paid (5 USD a month) a million operations a month are included once for an account, of which a
 * message takes three; the price of what is beyond is not in the price book.
 * A message is delivered at least once, so that the Worker has to bear seeing it twice. Dead letters are kept for the same time as messages.
 * Not covered: who looks at dead letters, places where the data has to stay, and tags, which the provider 5.14 lacks for queues.
 * @see https://developers.cloudflare.com/queues/configuration/dead-letter-queues/
 */
export class CloudflareQueue extends Construct {
  /** The queue after defaults and checks. */
  readonly spec: QueueSpec;
  /** The underlying queue. */
  readonly queue: Queue;
  /** Where messages go that the consumer cannot handle; undefined without a consumer. */
  readonly deadLetters?: Queue;
  /** Hands messages to the Worker; undefined without a consumer. */
  readonly consumer?: QueueConsumer;

  /** @throws IntentError when a prop is malformed. */
  constructor(scope: Construct, id: string, props: CloudflareQueueProps) {
    super(scope, id);
    this.spec = queueSpec(props, this.node.path);
    const { accountId } = props;
    this.queue = this.addQueue("Resource", accountId);
    if (this.spec.consumer === undefined || props.consumer === undefined) return;
    this.deadLetters = this.addQueue("DeadLetters", accountId, "dead-letters");
    this.consumer = this.addConsumer(accountId, props.consumer.worker, this.deadLetters.queueName, this.spec.consumer);
  }

  /** The name that a Worker's binding asks for. */
  get queueName(): string {
    return this.queue.queueName;
  }

  private addQueue(id: string, accountId: string, suffix?: string): Queue {
    return new Queue(this, id, {
      accountId,
      queueName: physicalName(this, { kind: "queue", maxLength: MAX_NAME, suffix }),
      settings: { deliveryDelay: 0, messageRetentionPeriod: this.spec.retentionHours * HOUR_SECONDS },
    });
  }

  private addConsumer(accountId: string, scriptName: string, deadLetterQueue: string, spec: QueueConsumerSpec): QueueConsumer {
    return new QueueConsumer(this, "Consumer", {
      accountId,
      queueId: this.queue.queueId,
      deadLetterQueue,
      scriptName,
      type: "worker",
      settings: { batchSize: spec.batchSize, maxRetries: spec.retries, maxWaitTimeMs: spec.batchWaitSeconds * 1000 },
    });
  }
}

function queueSpec(props: CloudflareQueueProps, path: string): QueueSpec {
  const check = new Check<CloudflareQueueProps>(path, props, KNOWN);
  checkAccount(check);
  const retentionHours = check.integer("retentionHours", { min: 1, max: MAX_RETENTION_HOURS, default: 96, source: SOURCE });
  const consumer = props?.consumer === undefined ? undefined : consumerSpec(check, props.consumer);
  return check.done({ retentionHours, deadLetters: consumer !== undefined, ...(consumer !== undefined && { consumer }) });
}

function consumerSpec(parent: Check<CloudflareQueueProps>, props: CloudflareQueueConsumerProps): QueueConsumerSpec {
  const check = parent.nested<CloudflareQueueConsumerProps>("consumer", props, KNOWN_CONSUMER);
  check.text("worker", { pattern: /^[a-z0-9][a-z0-9_-]{0,62}$/, want: "the name of a Worker", tokens: true });
  const number = (prop: keyof CloudflareQueueConsumerProps, min: number, max: number, fallback: number) =>
    check.integer(prop, { min, max, default: fallback, source: SOURCE });
  return {
    retries: number("retries", 0, MAX_RETRIES, 3),
    batchSize: number("batchSize", 1, MAX_BATCH, 10),
    batchWaitSeconds: number("batchWaitSeconds", 0, MAX_WAIT_SECONDS, 5),
  };
}
