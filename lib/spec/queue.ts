/** Who takes messages from a queue. */
export interface QueueConsumerSpec {
  /** How often a message is tried again before it is a dead letter. */
  readonly retries: number;
  /** Messages that are handed over at once, at most. */
  readonly batchSize: number;
  /** Seconds in which a batch is filled, at most. */
  readonly batchWaitSeconds: number;
}

/** What Terraform says of a queue of messages. */
export interface QueueSpec {
  /** Hours for which a message that nobody takes is kept. */
  readonly retentionHours: number;
  /** Whether messages that cannot be handled are kept. */
  readonly deadLetters: boolean;
  /** Absent when nobody takes messages by push. */
  readonly consumer?: QueueConsumerSpec;
}
