import { DatabaseReplica } from "@cdktf/provider-digitalocean/lib/database-replica";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { IDigitalOceanNetwork } from "../network/network";
import { PLAN_SIZES, type DigitalOceanPostgresSpec } from "./postgres-limits";

/** Names stay as short as the label of a host name, of which they become a part. */
const MAX_NAME = 63;

export interface DigitalOceanPostgresReplicaProps {
  readonly clusterId: string;
  readonly network: IDigitalOceanNetwork;
  readonly spec: DigitalOceanPostgresSpec;
}

/** A copy of a database that can be read from, in the same network. It lags behind and is no backup. */
export class DigitalOceanPostgresReplica extends Construct {
  /** The underlying replica. */
  readonly replica: DatabaseReplica;

  constructor(scope: Construct, id: string, { clusterId, network, spec }: DigitalOceanPostgresReplicaProps) {
    super(scope, id);
    this.replica = new DatabaseReplica(this, "Resource", {
      clusterId,
      name: physicalName(this, { kind: "database replica", maxLength: MAX_NAME }),
      size: PLAN_SIZES[spec.size].slug,
      region: network.region,
      privateNetworkUuid: network.vpcId,
      storageSizeMib: String(spec.storageGiB * MIB_PER_GIB),
    });
  }

  /** Host name in the private network. */
  get endpoint(): string {
    return this.replica.privateHost;
  }
}

/** The provider counts storage in MiB. */
export const MIB_PER_GIB = 1024;
