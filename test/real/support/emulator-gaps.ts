import type { Block } from "./terraform-json";

/** A resource type that the emulator cannot create. It is validated and planned, and left out of what is applied. */
export interface Gap {
  readonly type: string;
  /** Which resources of the type; all of them without it. */
  readonly only?: (body: Block) => boolean;
  readonly reason: string;
}

/** An attribute that the emulator does not keep. It is applied, and the provider is told not to compare it. */
export interface ForgottenAttribute extends Gap {
  readonly attribute: string;
}

/** Whatever the folder `emulator` does not add to moto. */
export const EMULATOR_GAPS: readonly Gap[] = [
  { type: "aws_dlm_lifecycle_policy", reason: "moto has no Data Lifecycle Manager" },
  { type: "aws_ssm_association", reason: "moto has no CreateAssociation" },
  {
    type: "aws_iam_role_policy_attachment",
    only: ({ policy_arn }) => /^arn:aws:iam::\d{12}:policy\//.test(String(policy_arn)),
    reason: "the policy is in an account that the emulator has not",
  },
];

export const FORGOTTEN_ATTRIBUTES: readonly ForgottenAttribute[] = [
  { type: "aws_db_instance", attribute: "performance_insights_enabled", reason: "moto has no Performance Insights" },
  { type: "aws_db_instance", attribute: "performance_insights_kms_key_id", reason: "moto has no Performance Insights" },
  { type: "aws_db_instance", attribute: "performance_insights_retention_period", reason: "moto has no Performance Insights" },
  { type: "aws_ecs_service", attribute: "availability_zone_rebalancing", reason: "moto does not return it" },
  { type: "aws_ecs_service", attribute: "enable_ecs_managed_tags", reason: "moto does not return it" },
  { type: "aws_ecs_service", attribute: "health_check_grace_period_seconds", reason: "moto does not return it" },
  { type: "aws_instance", attribute: "maintenance_options", reason: "moto does not return it" },
  {
    type: "aws_launch_template",
    attribute: "tag_specifications",
    reason: "moto adds the tags of the template itself to those of its instances",
  },
];
