import type { Encryption, Known, PostureOf } from "./posture";

/** A bucket for objects, with the resources that configure it. */
export interface BucketPosture extends PostureOf<"storage-bucket"> {
  readonly encryption: Known<Encryption>;
  /** Whether public access is refused whatever a policy says. */
  readonly publicAccessBlocked: Known<boolean>;
  /** Whether only policies, and no access lists on objects, decide who may read. */
  readonly accessListsOff: Known<boolean>;
  readonly versioned: Known<boolean>;
  /** Whether connections without TLS are refused. */
  readonly tlsOnly: Known<boolean>;
  /** Whether old objects are removed or moved, by a rule that is on. */
  readonly lifecycle: Known<boolean>;
  readonly accessLogged: Known<boolean>;
  /** Whether a copy is kept in another place. */
  readonly replicated: Known<boolean>;
}

/** A block volume. */
export interface VolumePosture extends PostureOf<"volume"> {
  readonly encryption: Known<Encryption>;
  /** Whether a backup plan of the same stack selects it. */
  readonly backedUp: Known<boolean>;
}

/** A relational database. */
export interface DatabasePosture extends PostureOf<"database"> {
  readonly encryption: Known<Encryption>;
  /** Whether it only repeats another database. */
  readonly replica: Known<boolean>;
  readonly publicAddress: Known<boolean>;
  readonly zones: Known<number>;
  readonly backupDays: Known<number>;
  readonly deletionProtected: Known<boolean>;
  /** Whether connections without TLS are refused. */
  readonly tlsRequired: Known<boolean>;
  /** Where its password stands: with the platform, in Terraform's state, or in the code. */
  readonly password: Known<"managed" | "state" | "code">;
  /** Whether identities of the platform can log in, without a password. */
  readonly identityLogin: Known<boolean>;
  readonly logsExported: Known<boolean>;
  /** Whether changes of structure are written to its log. */
  readonly statementsLogged: Known<boolean>;
  readonly minorUpgrades: Known<boolean>;
  /** Whether the operating system is watched, beside the database. */
  readonly monitored: Known<boolean>;
  readonly adminName: Known<string>;
  readonly tagsOnSnapshots: Known<boolean>;
  /** Whether only named sources may connect; not there where rules of firewalls decide that. */
  readonly sourcesNamed?: Known<boolean>;
  /** Whether the network was chosen that it is in; not there where there is no default network to slip into. */
  readonly networkChosen?: Known<boolean>;
}

/** A table of a key-value database. */
export interface TablePosture extends PostureOf<"table"> {
  readonly encryption: Known<Encryption>;
  readonly pointInTimeRecovery: Known<boolean>;
  readonly deletionProtected: Known<boolean>;
}

/** Where backups are kept. */
export interface BackupVaultPosture extends PostureOf<"backup-vault"> {
  readonly encryption: Known<Encryption>;
  /** Whether backups cannot be deleted before their time. */
  readonly locked: Known<boolean>;
}

/** When backups are made. */
export interface BackupPlanPosture extends PostureOf<"backup-plan"> {
  /** Whether at least one rule copies to another vault. */
  readonly copied: Known<boolean>;
  /** Whether every rule deletes backups some day. */
  readonly expires: Known<boolean>;
}
