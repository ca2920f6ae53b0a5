import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { PostgresSpec } from "../../spec/postgres";
import { AwsKey } from "../key";

/** Longest name of a secret. Source: AWS Secrets Manager quotas, read 2026-11-21. */
const MAX_SECRET = 512;

/** Days for which a deleted secret can be restored; 0 in sandbox, so that the name is free again at once. */
const RECOVERY_DAYS = { production: 30, sandbox: 0 } as const;

/** Letters and digits only: nothing to escape in a connection URL. 48 of them carry 285 bits. */
const RANDOM = { password_length: 48, exclude_punctuation: true, require_each_included_type: true };

export interface AwsPostgresPasswordProps {
  readonly adminName: string;
  /** Raise it for a new password. */
  readonly passwordVersion: number;
  readonly profile: PostgresSpec["profile"];
}

/**
 * A password that is made while Terraform runs and is neither in the plan nor in the state.
 * It is renewed by `passwordVersion` and not on a schedule (not CKV2_AWS_57): that would need a function with a way into the database.
 * It goes into the secret first; the database is given what the secret holds, so that both agree even after a run that was cut short.
 */
export class AwsPostgresPassword extends Construct {
  /** The secret: JSON with the keys `username` and `password`. */
  readonly secret: SecretsmanagerSecret;
  /** The password, for write-only arguments. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: AwsPostgresPasswordProps) {
    super(scope, id);
    this.secret = new SecretsmanagerSecret(this, "Resource", {
      name: physicalName(this, { kind: "secret", maxLength: MAX_SECRET }),
      description: `Administrator of ${scope.node.path}`,
      kmsKeyId: AwsKey.of(this).arn,
      recoveryWindowInDays: RECOVERY_DAYS[props.profile],
    });
    const random = this.ephemeral("aws_secretsmanager_random_password", RANDOM);
    const version = new SecretsmanagerSecretVersion(this, "Version", {
      secretId: this.secret.id,
      secretStringWo: `\${jsonencode({ username = "${props.adminName}", password = ${random}.random_password })}`,
      secretStringWoVersion: props.passwordVersion,
    });
    const stored = this.ephemeral("aws_secretsmanager_secret_version", { secret_id: version.secretId });
    this.value = `\${jsondecode(${stored}.secret_string)["password"]}`;
  }

  /** Adds an ephemeral resource, for which the bindings have no class, and gives its address. */
  private ephemeral(type: string, config: Record<string, unknown>): string {
    const id = this.secret.friendlyUniqueId;
    TerraformStack.of(this).addOverride(`ephemeral.${type}.${id}`, config);
    return `ephemeral.${type}.${id}`;
  }
}
