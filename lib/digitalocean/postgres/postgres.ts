import { DatabaseCluster, type DatabaseClusterConfig } from "@cdktf/provider-digitalocean/lib/database-cluster";
import type { DatabaseConnectionPool } from "@cdktf/provider-digitalocean/lib/database-connection-pool";
import { DatabaseDb } from "@cdktf/provider-digitalocean/lib/database-db";
import type { DatabaseUser } from "@cdktf/provider-digitalocean/lib/database-user";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { acknowledgeSandbox } from "../../policy/acknowledge";
import { Hidden, type Check } from "../../spec/check";
import { specContext, type ProviderProps } from "../../spec/context";
import { postgresSpec, type IPostgres, type PostgresProps, type PostgresSpec } from "../../spec/postgres";
import type { IDigitalOceanBackupSource } from "../backup/backup-source";
import type { DigitalOceanFirewall } from "../network/firewall";
import type { IDigitalOceanNetwork } from "../network/network";
import { DigitalOceanPostgresAccess } from "./postgres-access";
import { addClusterAlarms } from "./postgres-alarms";
import { DATABASE_REGIONS, LACKS, PLAN_SIZES, POSTGRES_LIMITS, type DigitalOceanPostgresSpec, type Lacking } from "./postgres-limits";
import { DigitalOceanPostgresReplica, MIB_PER_GIB } from "./postgres-replica";
import { addPools, addUsers, checkPools, checkUsers, DEFAULT_USERS, type PostgresUsersProps } from "./postgres-users";

/** Names stay as short as the label of a host name, of which they become a part. */
const MAX_NAME = 63;

/**
 * Ports of clusters and of their pools, for the way out at a client. The cluster's own is also its attribute `port`.
 * Source: public transcripts of DigitalOcean's documentation, read 2026-11-21.
 */
const PORTS = { port: 25060, toPort: 25061 } as const;

export interface DigitalOceanPostgresProps extends Omit<PostgresProps, Lacking | "retentionDays">, PostgresUsersProps {
  /** The network that it is in. */
  readonly network: IDigitalOceanNetwork;
  /**
   * DigitalOcean restores any point in time of the last 7 days, for every database.
   * @default 7
   */
  readonly retentionDays?: 7;
}

/** A database that other constructs can connect to. */
export interface IDigitalOceanPostgres extends IPostgres {
  /** Name of the cluster, by which App Platform attaches it. */
  readonly clusterName: string;
  /** Name of the tag whose droplets may connect. */
  readonly clientTag: string;
  /**
   * Lets the droplets behind a firewall connect: opens the database here, and the way out at the client.
   * @throws IntentError when the client was let in before.
   */
  allowFrom(client: DigitalOceanFirewall): void;
  /** Lets an app of App Platform connect. */
  allowApp(appId: string): void;
}

/**
 * A PostgreSQL database in a private network that only clients which were let in can reach, over TLS.
 *
 * Creates `digitalocean_database_cluster`, `digitalocean_database_db`, `digitalocean_database_user` and `digitalocean_database_connection_pool`,
 * a `digitalocean_database_firewall` with a `digitalocean_tag` for the cluster and each `digitalocean_database_replica`, and alerts.
 * Cost with size "small" and 30 GiB in any region (prices of 2026-09-30): 60.90 USD a month in production (two nodes at 30.45), 30.45 in
 * sandbox; storage above the plan's own has no price in the book. DigitalOcean encrypts storage and backups, takes TLS only, makes a backup a
 * day and keeps what is needed for any point in time of 7 days; none of this can be chosen. It has no deletion protection: production carries
 * `prevent_destroy`.
 * DigitalOcean makes the passwords of the administrator and of all users, and **Terraform's state holds them**: keep the state encrypted, and
 * closed to whoever may not read the database. Not covered: databases made elsewhere, privileges of users (grant them in SQL), replicas in
 * other regions, log forwarding; who has the address still finds an open port, and is refused unless let in here.
 */
export class DigitalOceanPostgres extends Construct implements IDigitalOceanPostgres, IDigitalOceanBackupSource {
  /** The database after defaults and checks. */
  readonly spec: DigitalOceanPostgresSpec;
  /** The underlying cluster. */
  readonly cluster: DatabaseCluster;
  /** The underlying first database. */
  readonly database: DatabaseDb;
  /** Users beside the administrator, by name. Their passwords are in the state. */
  readonly users: Readonly<Record<string, DatabaseUser>>;
  /** Connection pools by name. */
  readonly pools: Readonly<Record<string, DatabaseConnectionPool>>;
  /** Copies that can be read from. */
  readonly replicas: readonly DigitalOceanPostgresReplica[];
  private readonly access: DigitalOceanPostgresAccess;
  private readonly cidr: string;

  constructor(scope: Construct, id: string, props: DigitalOceanPostgresProps) {
    super(scope, id);
    const context = specContext<Own, PostgresProps>(this, ownProps(props), LACKS);
    this.spec = postgresSpec(props as PostgresProps, context, POSTGRES_LIMITS) as DigitalOceanPostgresSpec;
    this.cidr = props.network.cidr;
    this.cluster = this.addCluster(props.network);
    const clusterId = this.cluster.id;
    const { databaseName, profile } = this.spec;
    this.database = new DatabaseDb(this, "Database", { clusterId, name: databaseName, ...PROTECTION[profile] });
    this.users = addUsers(this, clusterId, props.users ?? DEFAULT_USERS);
    this.pools = addPools(this, props.pools ?? {}, { clusterId, databaseName, users: this.users, database: this.database });
    this.replicas = Array.from(
      { length: this.spec.readReplicas },
      (_, index) => new DigitalOceanPostgresReplica(this, `Replica${index + 1}`, { clusterId, network: props.network, spec: this.spec }),
    );
    const replicas = this.replicas.map(({ node, replica }) => [node.id, replica.uuid] as const);
    this.access = new DigitalOceanPostgresAccess(this, "Clients", { Resource: clusterId, ...Object.fromEntries(replicas) });
    addClusterAlarms(this, this.cluster);
  }

  /** Host name in the private network. */
  get endpoint(): string {
    return this.cluster.privateHost;
  }

  get port(): number {
    return this.cluster.port;
  }

  get databaseName(): string {
    return this.spec.databaseName;
  }

  get clusterName(): string {
    return this.cluster.name;
  }

  get clientTag(): string {
    return this.access.tag;
  }

  get backupResources(): readonly TerraformResource[] {
    return [this.cluster];
  }

  allowFrom(client: DigitalOceanFirewall): void {
    const rule = nameOf(this);
    client.addEgress(rule, { ...PORTS, peer: { cidr: this.cidr }, description: `PostgreSQL of ${rule}` });
    this.access.allow("tag", client.tag);
  }

  allowApp(appId: string): void {
    this.access.allow("app", appId);
  }

  /** Lets a cluster of DigitalOcean Kubernetes connect. */
  allowKubernetes(clusterId: string): void {
    this.access.allow("k8s", clusterId);
  }

  /**
   * Lets a range of the network connect, for clients that have no other name.
   * @throws IntentError when it is no range, or not inside of the network.
   */
  allowRange(cidr: string): void {
    this.access.allowRange(cidr, this.cidr);
  }

  private addCluster(network: IDigitalOceanNetwork): DatabaseCluster {
    const { maintenanceWindow, profile, size, standbys, storageGiB, version } = this.spec;
    const [day = "", hour = ""] = maintenanceWindow.split(" ");
    const cluster = new DatabaseCluster(this, "Resource", {
      name: nameOf(this),
      engine: "pg",
      version,
      size: PLAN_SIZES[size].slug,
      region: network.region,
      nodeCount: 1 + standbys,
      storageSizeMib: String(storageGiB * MIB_PER_GIB),
      privateNetworkUuid: network.vpcId,
      maintenanceWindow: [{ day: day.toLowerCase(), hour }],
      ...PROTECTION[profile],
    });
    acknowledgeSandbox(cluster, profile, ["database-deletion-protected", "database-zones"]);
    return cluster;
  }
}

/** What stands between the data and a deletion. */
const PROTECTION = {
  production: { lifecycle: { preventDestroy: true } },
  sandbox: {},
} satisfies Record<PostgresSpec["profile"], Partial<DatabaseClusterConfig>>;

function nameOf(construct: Construct): string {
  return physicalName(construct, { kind: "database cluster", maxLength: MAX_NAME });
}

type Own = Required<Pick<DigitalOceanPostgresProps, "network" | "users" | "pools">>;

function ownProps(props: DigitalOceanPostgresProps): ProviderProps<Own> {
  return {
    network: (check) => checkNetwork(check, props?.network),
    users: checkUsers,
    pools: (check) => checkPools(check, props),
  };
}

function checkNetwork(check: Check<Pick<Own, "network">>, network: Partial<IDigitalOceanNetwork> | undefined | null): void {
  if (typeof network?.vpcId !== "string" || typeof network.region !== "string" || typeof network.cidr !== "string") {
    const got = network === undefined || network === null ? undefined : new Hidden("something else");
    return check.issue("network", got, "the network that the database is in, such as a DigitalOceanNetwork");
  }
  if (!DATABASE_REGIONS.includes(network.region)) {
    const want = `a network in a region with all sizes: ${DATABASE_REGIONS.join(", ")} (DigitalOcean Managed PostgreSQL)`;
    check.issue("network.region", network.region, want);
  }
}
