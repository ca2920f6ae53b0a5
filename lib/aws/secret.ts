import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { isToken } from "../spec/check";
import type { SecretReference } from "../spec/governance";
import { surroundings } from "./region";

const SECRET = String.raw`secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}`;
const PARAMETER = String.raw`ssm:[a-z0-9-]+:\d{12}:parameter/[A-Za-z0-9_./-]{1,1011}`;

/** A whole secret of AWS Secrets Manager. Source: AWS Secrets Manager user guide, what's in a secret, read 2026-11-21. */
export const SECRET_ARN: SecretReference = {
  pattern: new RegExp(`^arn:aws[a-z-]*:${SECRET}$`),
  want: 'the ARN of a secret, such as "arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf"',
};

/** A secret, one key of a JSON secret, or a secure parameter: what a container's environment can be filled from. */
export const SECRET_VALUE: SecretReference = {
  pattern: new RegExp(`^arn:aws[a-z-]*:(${SECRET}(:[^:]*:[^:]*:[^:]*)?|${PARAMETER})$`),
  want: 'the ARN of a secret or parameter, such as "arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf" (":key::" behind it for one key of a JSON secret)',
};

/** The six characters that Secrets Manager puts behind a name; words such as "secret" are none. */
const RANDOM_SUFFIX = /-(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{6}$/;

/** What a role needs to read these secrets and nothing else: the values, and their keys by way of the secret store only. */
export function secretStatements(scope: Construct, references: readonly string[]): readonly DataAwsIamPolicyDocumentStatement[] {
  const { account, partition, region } = surroundings(scope);
  const keys = `arn:${partition}:kms:${region}:${account}:key/*`;
  const arns = [...new Set(references.map(wholeSecret))];
  const parameters = arns.filter((arn) => !isToken(arn) && arn.includes(":parameter/"));
  const secrets = arns.filter((arn) => !parameters.includes(arn)).flatMap(grantable);
  const decrypt = (service: string, variable: string, values: string[]): DataAwsIamPolicyDocumentStatement => ({
    sid: `DecryptFor${service === "ssm" ? "Parameters" : "Secrets"}`,
    actions: ["kms:Decrypt"],
    resources: [keys],
    condition: [
      { test: "StringEquals", variable: "kms:ViaService", values: [`${service}.${region}.amazonaws.com`] },
      { test: "ArnLike", variable: `kms:EncryptionContext:${variable}`, values },
    ],
  });
  return [
    ...(secrets.length === 0
      ? []
      : [
          { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secrets },
          decrypt("secretsmanager", "SecretARN", secrets),
        ]),
    ...(parameters.length === 0
      ? []
      : [{ sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameters }, decrypt("ssm", "PARAMETER_ARN", parameters)]),
  ];
}

/** The secret without the key, stage and version behind it. */
function wholeSecret(reference: string): string {
  if (isToken(reference) || !reference.includes(":secret:")) return reference;
  return reference.split(":").slice(0, 7).join(":");
}

function grantable(arn: string): string[] {
  return isToken(arn) || RANDOM_SUFFIX.test(arn) ? [arn] : [arn, `${arn}-??????`];
}
