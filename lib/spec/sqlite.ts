import type { Profile } from "./context";

/** What Terraform says of a serverless SQLite database. */
export interface SqliteSpec {
  readonly profile: Profile;
  /** Whether copies near to readers answer them; they may be behind. */
  readonly readReplicas: boolean;
  /** Where its data has to stay; absent when it may be anywhere. */
  readonly jurisdiction?: string;
}
