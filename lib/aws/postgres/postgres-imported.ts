import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { AwsFirewall } from "../network/firewall";
import type { IAwsPostgres } from "./postgres";

/** Longest name of a firewall rule. */
const MAX_RULE = 63;

/** What to know of a database that is managed elsewhere. */
export interface AwsPostgresAttributes {
  /** Host name. */
  readonly endpoint: string;
  readonly port: number;
  readonly databaseName: string;
  /** ARN of a secret: JSON with the keys `username` and `password`. */
  readonly secretArn: string;
  /** ARN of the key that encrypts the secret. */
  readonly keyArn: string;
  /** Security group of the database; clients that are let in get a rule in it. */
  readonly securityGroupId: string;
  /** IPv4 range in which the database is: where clients may connect to. */
  readonly cidr: string;
}

/** A database that is managed elsewhere. */
export class AwsImportedPostgres extends Construct implements IAwsPostgres {
  readonly endpoint: string;
  readonly port: number;
  readonly databaseName: string;
  readonly secretArn: string;
  readonly keyArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: AwsPostgresAttributes,
  ) {
    super(scope, id);
    this.endpoint = attributes.endpoint;
    this.port = attributes.port;
    this.databaseName = attributes.databaseName;
    this.secretArn = attributes.secretArn;
    this.keyArn = attributes.keyArn;
  }

  allowFrom(client: AwsFirewall, name: string): void {
    const { port } = this;
    const { cidr, securityGroupId } = this.attributes;
    const rule = physicalName(this, { kind: "firewall rule", maxLength: MAX_RULE });
    client.addEgress(rule, { port, peer: { cidr }, description: `PostgreSQL of ${rule}` });
    new VpcSecurityGroupIngressRule(this, `Ingress-${name}`, {
      securityGroupId,
      description: `PostgreSQL for ${name}`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: client.securityGroup.id,
      tags: { Name: name },
    });
  }
}
