import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Construct } from "constructs";
import { addInstanceAlarms, addLagAlarm } from "./postgres-alarms";
import { identifierOf, instanceConfig, type PostgresParts } from "./postgres-instance";

export interface AwsPostgresReplicaProps extends PostgresParts {
  /** The database that is copied. */
  readonly source: DbInstance;
}

/**
 * A copy of a database that can be read from. It has the same key, password, subnets and firewall as its source.
 * It can go at any time without loss, so nothing protects it from deletion (not CKV_AWS_293), it has no standby (not CKV_AWS_157) and no
 * backups of its own.
 */
export class AwsPostgresReplica extends Construct {
  /** The underlying instance. */
  readonly instance: DbInstance;

  constructor(scope: Construct, id: string, { source, ...parts }: AwsPostgresReplicaProps) {
    super(scope, id);
    this.instance = new DbInstance(this, "Resource", {
      ...instanceConfig(this, identifierOf(this), parts),
      replicateSourceDb: source.identifier,
      multiAz: false,
      deletionProtection: false,
      skipFinalSnapshot: true,
    });
    addInstanceAlarms(this, this.instance, parts.spec);
    addLagAlarm(this, this.instance);
  }

  /** Host name. */
  get endpoint(): string {
    return this.instance.address;
  }
}
