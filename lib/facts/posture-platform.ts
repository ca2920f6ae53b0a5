import type { Encryption, Known, PostureOf } from "./posture";

/** An encryption key. */
export interface EncryptionKeyPosture extends PostureOf<"encryption-key"> {
  readonly rotated: Known<boolean>;
  /** Whether its policy lets anyone use it. */
  readonly public: Known<boolean>;
  /** Days between the order to delete it and its end. */
  readonly deletionDays: Known<number>;
}

/** Where logs are kept. */
export interface LogStorePosture extends PostureOf<"log-store"> {
  readonly encryption: Known<Encryption>;
  /** 0 for ever. */
  readonly retentionDays: Known<number>;
}

/** A topic that messages are published to. */
export interface TopicPosture extends PostureOf<"topic"> {
  readonly encryption: Known<Encryption>;
  readonly public: Known<boolean>;
  readonly tlsOnly: Known<boolean>;
}

/** A queue of messages. */
export interface QueuePosture extends PostureOf<"queue"> {
  readonly encryption: Known<Encryption>;
  readonly public: Known<boolean>;
  readonly tlsOnly: Known<boolean>;
  /** Whether messages that cannot be handled are kept; true for a queue that holds such messages. */
  readonly deadLetters: Known<boolean>;
}

/** A secret in a store for secrets. */
export interface SecretPosture extends PostureOf<"secret"> {
  readonly encryption: Known<Encryption>;
  /** Days between rotations; -1 when it is not rotated. */
  readonly rotationDays: Known<number>;
  /** Where its value stands as far as Terraform knows: nowhere, in its state, or in the code. */
  readonly value: Known<"nowhere" | "state" | "code">;
}

/** A setting in a store for settings. */
export interface ParameterPosture extends PostureOf<"parameter"> {
  readonly encryption: Known<Encryption>;
}

/** Where container images are kept. */
export interface RegistryPosture extends PostureOf<"registry"> {
  readonly encryption: Known<Encryption>;
  /** Whether a tag always means the same image. */
  readonly immutable: Known<boolean>;
  readonly scanned: Known<boolean>;
  readonly lifecycle: Known<boolean>;
}

/** A place where tasks run. */
export interface ClusterPosture extends PostureOf<"cluster"> {
  readonly insights: Known<boolean>;
  /** Whether commands that people run in containers are logged. */
  readonly commandsLogged: Known<boolean>;
}

/** How an image of a machine is found. */
export interface ImageSourcePosture extends PostureOf<"image-source"> {
  /** Whether it says whose images may be found. */
  readonly ownerNamed: Known<boolean>;
}

/** What an identity may do. */
export interface IdentityPolicyPosture extends PostureOf<"identity-policy"> {
  /** Whether it may do everything to everything. */
  readonly fullAccess: Known<boolean>;
  /** Actions that change things anywhere, without a condition, such as `storage:*`. */
  readonly broadWrites: Known<readonly string[]>;
}

/** Who may take on an identity. */
export interface TrustPolicyPosture extends PostureOf<"trust-policy"> {
  /** Whether anyone may. */
  readonly public: Known<boolean>;
  /** Whether people or pipelines of other organizations are bound to a named subject; true when there are none. */
  readonly subjectsNamed: Known<boolean>;
}

/** An alarm. */
export interface AlarmPosture extends PostureOf<"alarm"> {
  /** Whether somebody or something is told. */
  readonly rings: Known<boolean>;
  /** Whether it watches the life signs of an agent. */
  readonly heartbeat: Known<boolean>;
  /** Whether silence counts as a failure. */
  readonly silenceRings: Known<boolean>;
}
