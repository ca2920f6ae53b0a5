import { Construct } from "constructs";
import { physicalName } from "../../names";
import {
  CoreNetworkSecurityGroupSecurityRule,
  type CoreNetworkSecurityGroupSecurityRuleConfig,
} from "../bindings/core-network-security-group-security-rule";
import { PROTOCOL_NUMBERS, type OciFirewall } from "../network/firewall";
import type { IOciPostgres } from "./postgres";
import { PORT } from "./postgres-limits";

/** Longest name of a firewall rule. */
const MAX_RULE = 63;

/** What to know of a database that is managed elsewhere. */
export interface OciPostgresAttributes {
  /** Host name or private address. */
  readonly endpoint: string;
  readonly databaseName: string;
  /** OCID of a secret with the password. */
  readonly secretId: string;
  /** OCID of the database's network security group; clients that are let in get a rule in it. */
  readonly securityGroupId: string;
  /** IPv4 range in which the database is: where clients may connect to. */
  readonly cidr: string;
}

/** A database that is managed elsewhere. */
export class OciImportedPostgres extends Construct implements IOciPostgres {
  readonly endpoint: string;
  readonly port = PORT;
  readonly databaseName: string;
  readonly secretId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: OciPostgresAttributes,
  ) {
    super(scope, id);
    this.endpoint = attributes.endpoint;
    this.databaseName = attributes.databaseName;
    this.secretId = attributes.secretId;
  }

  allowFrom(client: OciFirewall, name: string): void {
    const { cidr, securityGroupId } = this.attributes;
    const rule = physicalName(this, { kind: "firewall rule", maxLength: MAX_RULE });
    client.addEgress(rule, { port: PORT, peer: { cidr }, description: `PostgreSQL of ${rule}` });
    const config: CoreNetworkSecurityGroupSecurityRuleConfig = {
      networkSecurityGroupId: securityGroupId,
      direction: "INGRESS",
      protocol: PROTOCOL_NUMBERS.tcp,
      description: `PostgreSQL for ${name}`,
      source: client.securityGroup.id,
      sourceType: "NETWORK_SECURITY_GROUP",
      stateless: false,
      tcpOptions: { destinationPortRange: { min: PORT, max: PORT } },
    };
    new CoreNetworkSecurityGroupSecurityRule(this, `Ingress-${name}`, config);
  }
}
