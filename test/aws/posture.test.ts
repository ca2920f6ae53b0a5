import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Inventory, type TerraformJson } from "cdktf-governed-agents";
import { aws } from "cdktf-governed-agents/aws";
import type { Posture } from "../../lib/facts/posture";
import { evaluate } from "../../lib/policy";
import { LATER } from "./posture-case";
import { MACHINES } from "./posture-machines";
import { PLATFORM } from "./posture-platform";
import { SERVICES } from "./posture-services";
import { awsSynth } from "./support";

type Attributes = Record<string, unknown>;

/** What the readers say of one resource; further resources and data sources are beside it. */
function read(type: string, attributes: Attributes, resource: TerraformJson["resource"] = {}, data: object = {}): readonly Posture[] {
  const all = { ...resource, [type]: { This: attributes, ...resource[type] } };
  const inventory = new Inventory({ resource: all, data });
  const view = inventory.resources.find(({ address }) => address === `${type}.This`);
  return aws.posture?.readers[type]?.(view as never, inventory) ?? [];
}

const CASES = [...MACHINES, ...PLATFORM, ...SERVICES].map(([name, ...rest]) => ({ name, rest }));

describe("AWS says of", () => {
  test.each(CASES)("$name", ({ rest: [type, attributes, said, resource] }) => {
    expect(read(type, attributes, resource)[0]).toMatchObject(said);
  });

  test("a policy document what its statements say, and nothing of one that is put together", () => {
    const statement = [{ actions: ["*"], resources: ["*"] }];
    const policy = "${data.aws_iam_policy_document.D.json}";
    const said = (document: object) => read("aws_iam_policy", { policy }, {}, { aws_iam_policy_document: { D: document } })[0];
    expect(said({ statement })).toMatchObject({ fullAccess: true });
    expect(said({ statement, source_policy_documents: [LATER] })).toMatchObject({ fullAccess: "unknown" });
  });

  test("containers one by one, and nothing of those that are known later", () => {
    const definitions = [
      { name: "agent", image: `a@sha256:${"0".repeat(64)}`, user: "1000", readonlyRootFilesystem: true, logConfiguration: {} },
      { name: "debug", image: "a:latest", privileged: true, environment: [{ name: "DB_PASSWORD", value: "hunter2" }] },
    ];
    const [, agent, debug] = read("aws_ecs_task_definition", { container_definitions: JSON.stringify(definitions) });
    expect(agent).toMatchObject({
      pinned: true,
      unprivilegedUser: true,
      readOnlyRoot: true,
      logged: true,
      privileged: false,
      secretsInEnvironment: [],
    });
    expect(debug).toMatchObject({
      pinned: false,
      unprivilegedUser: false,
      readOnlyRoot: false,
      logged: false,
      privileged: true,
      secretsInEnvironment: ["DB_PASSWORD"],
    });
    expect(read("aws_ecs_task_definition", { container_definitions: LATER })[1]).toMatchObject({
      privileged: "unknown",
      pinned: "unknown",
    });
  });

  test("rules that stand inside of a group", () => {
    const inline = {
      ingress: [{ protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] }],
      description: "Managed by Terraform",
    };
    expect(read("aws_security_group", inline)).toMatchObject([
      { kind: "firewall-group", described: false },
      { kind: "firewall-rule", direction: "ingress", fromPort: 22, world: true },
    ]);
  });
});

test("resources that a user adds are judged like all others", () => {
  const { json } = awsSynth((stack) => {
    const key = new KmsKey(stack, "Key", { enableKeyRotation: true });
    const bucket = new S3Bucket(stack, "Bucket", {});
    new S3BucketVersioningA(stack, "Versions", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(stack, "Encryption", {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }],
    });
    const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true };
    new S3BucketPublicAccessBlock(stack, "Access", { bucket: bucket.id, ...closed });
    new DynamodbTable(stack, "Table", {
      name: "t",
      hashKey: "id",
      attribute: [{ name: "id", type: "S" }],
      pointInTimeRecovery: { enabled: true },
    });
    new LambdaFunction(stack, "Function", { functionName: "f", role: "arn", runtime: "nodejs24.x", handler: "index.handler" });
    new EcrRepository(stack, "Registry", { name: "r", imageTagMutability: "IMMUTABLE" });
    new SqsQueue(stack, "Queue", { kmsMasterKeyId: key.arn });
    const template = new LaunchTemplate(stack, "Template", { metadataOptions: { httpTokens: "required" } });
    const group = { minSize: 1, maxSize: 2, availabilityZones: ["us-east-1a", "us-east-1b"], launchTemplate: { id: template.id } };
    new AutoscalingGroup(stack, "Machines", { ...group, targetGroupArns: ["arn"] });
    new RdsCluster(stack, "Cluster", {
      engine: "aurora-postgresql",
      storageEncrypted: true,
      manageMasterUserPassword: true,
      masterUsername: "root",
    });
    new DataAwsAmi(stack, "Image", { mostRecent: true, nameRegex: "agents" });
  });
  const { findings } = evaluate(new Inventory(json), [aws], { asOf: "2026-11-21", packs: ["regulated"] });
  expect(findings.map(({ status, ruleId, path }) => `${path.replace("test/", "")} ${status} ${ruleId}`).sort()).toMatchInlineSnapshot(`
   [
     "Bucket fail bucket-access-logged",
     "Bucket fail bucket-lifecycle",
     "Bucket fail bucket-not-public",
     "Bucket fail bucket-replicated",
     "Bucket fail bucket-tls-only",
     "Cluster fail database-admin-name",
     "Cluster fail database-backed-up",
     "Cluster fail database-customer-key",
     "Cluster fail database-deletion-protected",
     "Cluster fail database-identity-login",
     "Cluster fail database-logs-exported",
     "Cluster fail database-statements-logged",
     "Cluster fail database-tags-on-snapshots",
     "Cluster fail database-tls-required",
     "Cluster unknown database-minor-upgrades",
     "Cluster unknown database-monitored",
     "Cluster unknown database-not-public",
     "Cluster unknown database-zones",
     "Function fail function-code-signed",
     "Function fail function-concurrency-capped",
     "Function fail function-dead-letters",
     "Function fail function-traced",
     "Image fail image-owner-named",
     "Machines fail scaling-group-health",
     "Queue fail queue-dead-letters",
     "Queue fail queue-tls-only",
     "Registry fail registry-customer-key",
     "Registry fail registry-lifecycle",
     "Registry fail registry-scanned",
     "Table fail table-customer-key",
     "Table fail table-deletion-protected",
     "Template fail machine-identity",
     "Template fail machine-monitored",
     "Template unknown machine-disks-encrypted",
     "Template unknown machine-not-public",
   ]
  `);
});
