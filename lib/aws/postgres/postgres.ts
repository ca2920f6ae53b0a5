import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { acknowledgeSandbox } from "../../policy/acknowledge";
import { Hidden, isToken } from "../../spec/check";
import { specContext, type ProviderProps } from "../../spec/context";
import type { Tier } from "../../spec/network";
import { postgresSpec, type IPostgres, type PostgresProps } from "../../spec/postgres";
import type { IAwsBackupSource } from "../backup/backup-source";
import { AwsFirewall } from "../network/firewall";
import { AwsKey } from "../key";
import type { IAwsNetwork } from "../network/network";
import { addInstanceAlarms } from "./postgres-alarms";
import { AwsImportedPostgres, type AwsPostgresAttributes } from "./postgres-imported";
import { addMonitoringRole, addParameters, identifierOf, instanceConfig, type PostgresParts } from "./postgres-instance";
import { LACKS, POSTGRES_LIMITS, STANDARD_SUPPORT_ENDED, type AwsPostgresSpec, type Lacking } from "./postgres-limits";
import { AwsPostgresPassword } from "./postgres-password";
import { AwsPostgresReplica } from "./postgres-replica";

/** Longest name of a subnet group. Source: Amazon RDS API reference, read 2026-11-21. */
const MAX_GROUP = 255;

/** RDS rotates a password that it manages every 7 days unless told otherwise. Source: RDS user guide, read 2026-11-21. */
const RDS_ROTATION_DAYS = 7;

export interface AwsPostgresProps extends Omit<PostgresProps, Lacking> {
  /** The network it is in: the isolated tier, else the private one, in two zones or more. */
  readonly network: IAwsNetwork;
}

/** A database that other constructs can connect to. */
export interface IAwsPostgres extends IPostgres {
  /** ARN of the administrator's secret: JSON with the keys `username` and `password`. */
  readonly secretArn: string;
  /** ARN of the key that encrypts the database and the secret. */
  readonly keyArn: string;
  /**
   * Lets a client connect: opens the port here, and the way out at the client.
   * @param name the client's name among the rules of the database: letters, digits and -
   * @throws IntentError when the name is taken or malformed.
   */
  allowFrom(client: AwsFirewall, name: string): void;
}

/**
 * A PostgreSQL database that only clients which were let in can reach, over TLS.
 *
 * Creates `aws_db_instance` (one more for each read replica), subnet group, parameter group, firewall, monitoring role, log groups and
 * alarms; `aws_secretsmanager_secret` when the password is write-only.
 * Cost with size "small" and 20 GiB in us-east-1 (prices of 2026-05 to 2026-09): 52.75 USD a month in production (two zones 47.45,
 * storage 4.60, secret .40, alarms .30), 26.36 in sandbox (one zone 23.36, storage 2.30); logs .50 a GB, and 1.00 once for the stack's key.
 * Not covered: clusters, replicas in other regions, restoring from a snapshot, users other than the administrator, connection pooling;
 * going from a write-only password back to a managed one takes two runs, the first with `-target` on the instance (provider 5.100).
 */
export class AwsPostgres extends Construct implements IAwsPostgres, IAwsBackupSource {
  /** A database that is managed elsewhere. */
  static fromAttributes(scope: Construct, id: string, attributes: AwsPostgresAttributes): IAwsPostgres {
    return new AwsImportedPostgres(scope, id, attributes);
  }

  /** The database after defaults and checks. */
  readonly spec: AwsPostgresSpec;
  /** The underlying instance. To go to a later major version, set `allowMajorVersionUpgrade` here together with the new `version`. */
  readonly instance: DbInstance;
  /** The underlying parameter group. */
  readonly parameters: DbParameterGroup;
  /** Who may connect; nobody until `allowFrom` is called. */
  readonly firewall: AwsFirewall;
  /** The secret of a write-only password; undefined when RDS manages it. */
  readonly secret?: SecretsmanagerSecret;
  /** Copies that can be read from. */
  readonly replicas: readonly AwsPostgresReplica[];
  /** The rotation of a managed password, when it is not the 7 days of RDS. */
  readonly rotation?: SecretsmanagerSecretRotation;

  constructor(scope: Construct, id: string, props: AwsPostgresProps) {
    super(scope, id);
    const context = specContext<Own, PostgresProps>(this, ownProps(props), LACKS);
    this.spec = postgresSpec(props, context, POSTGRES_LIMITS) as AwsPostgresSpec;
    this.warnOfExtendedSupport();
    this.firewall = new AwsFirewall(this, "Firewall", { network: props.network });
    this.parameters = addParameters(this, this.spec);
    const parts = { spec: this.spec, firewall: this.firewall, parameters: this.parameters, ...addMonitoringRole(this) };
    const password = this.tryPassword();
    this.secret = password?.secret;
    this.instance = this.addInstance(parts, props.network, password);
    this.rotation = this.tryRotation();
    addInstanceAlarms(this, this.instance, this.spec);
    this.replicas = Array.from(
      { length: this.spec.readReplicas },
      (_, index) => new AwsPostgresReplica(this, `Replica${index + 1}`, { source: this.instance, ...parts }),
    );
  }

  get endpoint(): string {
    return this.instance.address;
  }

  get port(): number {
    return this.spec.port;
  }

  get databaseName(): string {
    return this.spec.databaseName;
  }

  get secretArn(): string {
    return this.secret?.arn ?? this.instance.masterUserSecret.get(0).secretArn;
  }

  get keyArn(): string {
    return AwsKey.of(this).arn;
  }

  get backupArns(): readonly string[] {
    return [this.instance.arn];
  }

  allowFrom(client: AwsFirewall, name: string): void {
    const { port } = this.spec;
    this.firewall.addIngress(name, { port, peer: { firewall: client }, description: `PostgreSQL for ${name}` });
    const rule = identifierOf(this);
    client.addEgress(rule, { port, peer: { firewall: this.firewall }, description: `PostgreSQL of ${rule}` });
  }

  private warnOfExtendedSupport(): void {
    const { version } = this.spec;
    const ended = STANDARD_SUPPORT_ENDED[version];
    if (ended === undefined) return;
    const message = `PostgreSQL ${version} left standard support on ${ended}: RDS Extended Support is charged for each vCPU and hour; use a later version`;
    Annotations.of(this).addWarning(message);
  }

  private addInstance(parts: PostgresParts, network: IAwsNetwork, password: AwsPostgresPassword | undefined): DbInstance {
    const { spec } = this;
    const identifier = identifierOf(this);
    const instance = new DbInstance(this, "Resource", {
      ...instanceConfig(this, identifier, parts),
      engine: "postgres",
      engineVersion: spec.version,
      allocatedStorage: spec.storageGiB,
      kmsKeyId: this.keyArn,
      dbSubnetGroupName: this.addSubnetGroup(network).name,
      multiAz: spec.zones === 2,
      dbName: spec.databaseName,
      username: spec.adminName,
      ...(password === undefined
        ? { manageMasterUserPassword: true, masterUserSecretKmsKeyId: this.keyArn }
        : { passwordWo: password.value, passwordWoVersion: spec.passwordVersion }),
      backupRetentionPeriod: spec.retentionDays,
      backupWindow: spec.backupWindow,
      ...PROTECTION[spec.profile](identifier),
    });
    acknowledgeSandbox(instance, spec.profile, ["database-backed-up", "database-deletion-protected", "database-zones"]);
    return instance;
  }

  private addSubnetGroup(network: IAwsNetwork): DbSubnetGroup {
    return new DbSubnetGroup(this, "Subnets", {
      name: physicalName(this, { kind: "RDS subnet group", maxLength: MAX_GROUP }),
      description: `Subnets of ${this.node.path}`.slice(0, MAX_GROUP),
      subnetIds: [...network.subnetIds(tryTier(network) as Tier)],
    });
  }

  private tryPassword(): AwsPostgresPassword | undefined {
    const { adminName, passwordVersion, profile } = this.spec;
    if (passwordVersion === undefined) return undefined;
    return new AwsPostgresPassword(this, "Password", { adminName, passwordVersion, profile });
  }

  private tryRotation(): SecretsmanagerSecretRotation | undefined {
    const days = this.spec.passwordRotationDays ?? RDS_ROTATION_DAYS;
    if (days === RDS_ROTATION_DAYS) return undefined;
    return new SecretsmanagerSecretRotation(this, "PasswordRotation", {
      secretId: this.secretArn,
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: days },
    });
  }
}

/** What stands between the data and a deletion. */
const PROTECTION = {
  production: (identifier) => ({
    deletionProtection: true,
    deleteAutomatedBackups: false,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${identifier}-final`,
    lifecycle: { preventDestroy: true },
  }),
  sandbox: () => ({ deletionProtection: false, deleteAutomatedBackups: true, skipFinalSnapshot: true }),
} satisfies Record<AwsPostgresSpec["profile"], (identifier: string) => Partial<DbInstanceConfig>>;

type Own = Pick<AwsPostgresProps, "network">;

/** A subnet group needs two zones, also for a database in one. Source: RDS user guide, "Working with a DB instance in a VPC", read 2026-11-21. */
const LEAST_ZONES = 2;

function ownProps(props: AwsPostgresProps): ProviderProps<Own> {
  return {
    network: (check) => {
      const network = props?.network as IAwsNetwork | undefined;
      if (typeof network?.subnetIds !== "function") {
        const got = network === undefined || network === null ? undefined : new Hidden("something else");
        return check.issue("network", got, "the network that the database is in, such as an AwsNetwork");
      }
      const tier = tryTier(network);
      if (tier === undefined) {
        const want = 'a network with the tier "isolated" or "private"';
        return check.issue(
          "network",
          [network.workloadTier],
          want,
          "add one of them to its tiers; a database does not go into public subnets",
        );
      }
      const subnets = network.subnetIds(tier);
      const zones = isToken(subnets) ? network.zones.length : subnets.length;
      if (zones < LEAST_ZONES) {
        const fix = "add a zone to the network; with zones 1 the database itself stays in one";
        check.issue("network", network.zones, "a network with two zones or more (Amazon RDS subnet groups)", fix);
      }
    },
  };
}

/** The most closed tier of a network that a database may be in. */
function tryTier(network: IAwsNetwork): Tier | undefined {
  return (["isolated", "private"] as const).find((tier) => network.subnetIds(tier).length > 0);
}
