import type { TerraformStack } from "cdktf";
import { AwsNetwork, AwsPostgres, type AwsPostgresProps, type IAwsNetwork } from "cdktf-governed-agents/aws";
import type { Synthesized } from "cdktf-governed-agents/testing";
import type { Tier } from "../../lib/spec/network";
import { awsSynth } from "./support";

export const BASE = { version: "16", size: "small", storageGiB: 20 } as const;

/** A network that is managed elsewhere: the stack holds the database only. */
export function imported(subnetIds: Partial<Record<Tier, string[]>>, zones = ["us-east-1a", "us-east-1b"]): IAwsNetwork {
  return AwsNetwork.fromAttributes({ vpcId: "vpc-1", cidr: "10.20.0.0/16", zones, egress: "public-ip", subnetIds });
}

const ISOLATED = imported({ isolated: ["subnet-1", "subnet-2"] });

export function database(stack: TerraformStack, props: Partial<AwsPostgresProps> = {}, id = "Db"): AwsPostgres {
  return new AwsPostgres(stack, id, { ...BASE, network: ISOLATED, ...props });
}

export function synthesized(props: Partial<AwsPostgresProps> = {}): Synthesized {
  return awsSynth((stack) => database(stack, props));
}
