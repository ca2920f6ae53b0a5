import { Construct } from "constructs";
import { physicalName } from "../../names";
import { acknowledgeSandbox } from "../../policy/acknowledge";
import { specContext } from "../../spec/context";
import type { Tier } from "../../spec/network";
import { postgresSpec, type IPostgres, type PostgresProps, type PostgresSpec } from "../../spec/postgres";
import type { IOciBackupSource } from "../backup/backup-source";
import { PsqlDbSystem, type PsqlDbSystemConfig } from "../bindings/psql-db-system";
import { compartmentOf } from "../compartment";
import { OciFirewall } from "../network/firewall";
import { OciSecret } from "../secret";
import { addSystemAlarms } from "./postgres-alarms";
import { OciImportedPostgres, type OciPostgresAttributes } from "./postgres-imported";
import { FIRST_DATABASE, LACKS, PORT, POSTGRES_LIMITS, type Lacking, type OciPostgresSize, type OciPostgresSpec } from "./postgres-limits";
import { nodesOf, ownProps, policyOf, storageOf, tryTier, zonesOf, type OciPostgresOwnProps } from "./postgres-system";

/** Names stay this short: provider 8.28.0 checks no length. */
const MAX_NAME = 100;

export interface OciPostgresProps extends Omit<PostgresProps, Lacking | "size">, OciPostgresOwnProps {
  /** Processor and memory of each node: "large" is 1 OCPU with 16 GB, "xlarge" 2 with 32, "2xlarge" 4 with 64. There are no smaller ones. */
  readonly size: OciPostgresSize;
}

/** A database that other constructs can connect to. */
export interface IOciPostgres extends IPostgres {
  /** OCID of the secret with the administrator's password. */
  readonly secretId: string;
  /**
   * Lets a client connect: opens the port here, and the way out at the client.
   * @param name the client's name among the rules of the database: letters, digits and -
   * @throws IntentError when the name is taken or malformed.
   */
  allowFrom(client: OciFirewall, name: string): void;
}

/**
 * A PostgreSQL database that only clients which were let in can reach, over TLS.
 *
 * Creates `oci_psql_db_system`, a firewall (`oci_core_network_security_group`), `oci_vault_secret` in the stack's vault, and alarms.
 * Cost: OCI Database with PostgreSQL is in no price list that the book has (reported as a gap); each zone and read replica is one node more,
 * and storage is charged by what is used. OCI encrypts storage and backups with a key of its own, takes TLS only
 * (https://docs.oracle.com/en/learn/oci-pgsql-ssl/, read 2026-11-21), and has private addresses only; it has no deletion protection:
 * production carries `prevent_destroy`.
 * Two zones need a region with several availability domains: storage spans them, and the second node takes over. Elsewhere production has
 * a read replica that does, in the same zone.
 * Not covered: customer keys for storage (OCI has no argument for them), other databases and users (create them in SQL), standbys in other
 * regions, logs. **Nodes of a running database** are added and removed with `patch_operations` beside the new count, in one run: set it on
 * `system`, and take it out again. A later `version` makes a new database: restore a backup into a second one.
 */
export class OciPostgres extends Construct implements IOciPostgres, IOciBackupSource {
  /** A database that is managed elsewhere. */
  static fromAttributes(scope: Construct, id: string, attributes: OciPostgresAttributes): IOciPostgres {
    return new OciImportedPostgres(scope, id, attributes);
  }

  /** The database after defaults and checks. */
  readonly spec: OciPostgresSpec;
  /** The underlying database system. */
  readonly system: PsqlDbSystem;
  /** Who may connect; nobody until `allowFrom` is called. */
  readonly firewall: OciFirewall;
  /** OCID of the secret with the administrator's password. */
  readonly secretId: string;
  private readonly copyRegions: readonly string[];

  constructor(scope: Construct, id: string, props: OciPostgresProps) {
    super(scope, id);
    this.spec = this.readSpec(props);
    this.copyRegions = [...(props.backupCopyRegions ?? [])];
    this.firewall = new OciFirewall(this, "Firewall", { network: props.network });
    this.secretId = props.passwordSecretId ?? new OciSecret(this, "Password").secretId;
    this.system = this.addSystem(props);
    addSystemAlarms(this, this.system);
  }

  /** Private address of the node that can be written to. */
  get endpoint(): string {
    return this.system.networkDetails.primaryDbEndpointPrivateIp;
  }

  get port(): number {
    return PORT;
  }

  get databaseName(): string {
    return FIRST_DATABASE;
  }

  get backupIds(): readonly string[] {
    return [this.system.id];
  }

  get ownBackups() {
    const { retentionDays } = this.spec;
    const fix = "raise retentionDays of the database, or set backupCopyRegions";
    return { title: "managed databases", retentionDays, copyRegions: this.copyRegions, fix };
  }

  allowFrom(client: OciFirewall, name: string): void {
    this.firewall.addIngress(name, { port: PORT, peer: { firewall: client }, description: `PostgreSQL for ${name}` });
    const rule = nameOf(this);
    client.addEgress(rule, { port: PORT, peer: { firewall: this.firewall }, description: `PostgreSQL of ${rule}` });
  }

  private readSpec(props: OciPostgresProps): OciPostgresSpec {
    const { profile } = specContext(this);
    const context = specContext<OciPostgresOwnProps, PostgresProps>(this, ownProps(props, profile), LACKS);
    const limits = { ...POSTGRES_LIMITS, zones: zonesOf(props?.network) };
    return postgresSpec(props as unknown as PostgresProps, context, limits) as OciPostgresSpec;
  }

  private addSystem(props: OciPostgresProps): PsqlDbSystem {
    const { adminName, passwordVersion, profile, version } = this.spec;
    const compartmentId = compartmentOf(this);
    const secret = { passwordType: "VAULT_SECRET", secretId: this.secretId, secretVersion: String(passwordVersion) };
    const system = new PsqlDbSystem(this, "Resource", {
      compartmentId,
      displayName: nameOf(this),
      description: `Database of ${this.node.path}`,
      dbVersion: version,
      systemType: "OCI_OPTIMIZED_STORAGE",
      ...nodesOf(this.spec, props.shape),
      storageDetails: storageOf(this.spec, props),
      credentials: { username: adminName, passwordDetails: secret },
      networkDetails: {
        subnetId: props.network.subnetId(tryTier(props.network) as Tier) as string,
        nsgIds: [this.firewall.securityGroup.id],
        isReaderEndpointEnabled: true,
      },
      managementPolicy: policyOf(this.spec, this.copyRegions, compartmentId),
      ...PROTECTION[profile],
    });
    acknowledgeSandbox(system, profile, ["database-deletion-protected", "database-zones"]);
    return system;
  }
}

/** What stands between the data and a deletion. */
const PROTECTION = {
  production: { lifecycle: { preventDestroy: true } },
  sandbox: {},
} satisfies Record<PostgresSpec["profile"], Partial<PsqlDbSystemConfig>>;

function nameOf(construct: Construct): string {
  return physicalName(construct, { kind: "database system", maxLength: MAX_NAME });
}
