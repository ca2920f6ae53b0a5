import type { BackupSpec } from "../spec/backup";
import type { FirewallSpec } from "../spec/firewall";
import type { NetworkSpec } from "../spec/network";
import type { PostgresSpec } from "../spec/postgres";

interface FactOf<Kind extends string, Spec> {
  readonly kind: Kind;
  /** Terraform address of the main resource. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** What the Terraform says, in the words of the intent. */
  readonly spec: Spec;
}

/** What the final Terraform JSON says, in neutral words. */
export type Fact =
  FactOf<"backup", BackupSpec> | FactOf<"network", NetworkSpec> | FactOf<"firewall", FirewallSpec> | FactOf<"postgres", PostgresSpec>;
