import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { once, providerLiteral } from "../once";

/** Zone names end with the letter of the zone. Source: AWS availability zones, read 2026-11-21. */
const ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)([a-h])$/;

/** The region of the stack's AWS provider without alias, when it is a literal. */
export function tryRegion(scope: Construct): string | undefined {
  return providerLiteral(scope, "aws", "region");
}

/** The letter of a zone; undefined when it is not a zone of the region (any region when that is not known). */
export function zoneLetter(zone: string, region: string | undefined): string | undefined {
  const [, zoneRegion, letter] = ZONE.exec(zone) ?? [];
  return region === undefined || zoneRegion === region ? letter : undefined;
}

/** What a construct needs to write ARNs and policies: values that AWS gives when Terraform runs, or literals where known. */
export interface Surroundings {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** Region, account and partition of the stack's AWS provider; the look-ups are made once a stack. */
export function surroundings(scope: Construct): Surroundings {
  const stack = TerraformStack.of(scope);
  const region = tryRegion(scope) ?? once(stack, "AwsRegion", (id) => new DataAwsRegion(stack, id)).id;
  const identity = once(stack, "AwsIdentity", (id) => new DataAwsCallerIdentity(stack, id));
  const partition = once(stack, "AwsPartition", (id) => new DataAwsPartition(stack, id));
  return { region, account: identity.accountId, partition: partition.partition };
}
