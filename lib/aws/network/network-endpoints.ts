import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Construct } from "constructs";
import { AwsFirewall } from "./firewall";
import { surroundings } from "../region";

/** Services that can be reached through an interface endpoint: what an agent needs without the internet. */
export const INTERFACE_ENDPOINTS = [
  "bedrock-runtime",
  "ecr.api",
  "ecr.dkr",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "ec2messages",
  "sts",
] as const;

export type InterfaceEndpoint = (typeof INTERFACE_ENDPOINTS)[number];

/** Reached through routes; at no cost. */
const GATEWAY_ENDPOINTS = ["s3", "dynamodb"] as const;

export interface EndpointsConfig {
  readonly vpcId: string;
  readonly cidr: string;
  readonly services: readonly InterfaceEndpoint[];
  readonly routeTables: readonly RouteTable[];
  readonly subnetIds: readonly string[];
}

/** Gateway endpoints in every route table, and one interface endpoint for each service asked for. */
export function addEndpoints(scope: Construct, config: EndpointsConfig): void {
  const { region } = surroundings(scope);
  for (const service of GATEWAY_ENDPOINTS) {
    new VpcEndpoint(scope, `Endpoint-${service}`, {
      vpcId: config.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Gateway",
      routeTableIds: config.routeTables.map((table) => table.id),
    });
  }
  if (config.services.length === 0) return;
  const firewall = new AwsFirewall(scope, "EndpointsFirewall", {
    network: { vpcId: config.vpcId },
    ingress: { https: { port: 443, peer: { cidr: config.cidr }, description: "AWS services for everything in the network" } },
  });
  for (const service of config.services) {
    new VpcEndpoint(scope, `Endpoint-${service}`, {
      vpcId: config.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [...config.subnetIds],
      securityGroupIds: [firewall.securityGroup.id],
    });
  }
}
