import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { EbsVolume, type EbsVolumeConfig } from "@cdktf/provider-aws/lib/ebs-volume";
import type { TerraformStack } from "cdktf";
import { checkLock, Inventory, IntentError, statefulResources, withStack, EMPTY_LOCK, type DeclaredChanges } from "cdktf-governed-agents";
import { aws, AwsPostgres } from "cdktf-governed-agents/aws";
import { lockIssues } from "../../lib/change/check-lock";
import { awsSynth, testNetwork } from "../aws/support";

const inventoryOf = (build: (stack: TerraformStack) => unknown) => new Inventory(awsSynth(build).json);

/** What the lock of `before` says of `after`. */
function change(
  before: (stack: TerraformStack) => unknown,
  after: (stack: TerraformStack) => unknown,
  declared?: DeclaredChanges,
): ReturnType<typeof checkLock> {
  const lock = withStack(EMPTY_LOCK, "test", statefulResources(inventoryOf(before), [aws]));
  return checkLock({ stack: "test", inventory: inventoryOf(after), providers: [aws] }, lock, declared);
}

const bucket =
  (id: string, name = "transcripts") =>
  (stack: TerraformStack) =>
    new S3Bucket(stack, id, { bucket: name });
const volume = (config: Partial<EbsVolumeConfig>) => (stack: TerraformStack) =>
  new EbsVolume(stack, "Data", { availabilityZone: "us-east-1a", size: 20, ...config });
const nothing = () => undefined;
const reason = "its data was exported to the archive";

describe("the lock of a stack", () => {
  test("holds what keeps data, with the properties that are set and would destroy it", () => {
    const inventory = inventoryOf((stack) => {
      new S3BucketVersioningA(stack, "Versioning", { bucket: bucket("Archive")(stack).id, versioningConfiguration: { status: "Enabled" } });
      volume({ encrypted: true, multiAttachEnabled: false })(stack);
    });
    expect(statefulResources(inventory, [aws])).toEqual([
      {
        address: "aws_ebs_volume.Data",
        type: "aws_ebs_volume",
        path: "test/Data",
        properties: { availability_zone: "us-east-1a", encrypted: true },
      },
      { address: "aws_s3_bucket.Archive", type: "aws_s3_bucket", path: "test/Archive", properties: { bucket: "transcripts" } },
    ]);
  });

  test("is kept by a stack that did not change, and by one that grew", () => {
    const verdict = change(bucket("Archive"), (stack) => [bucket("Archive")(stack), bucket("More", "more")(stack)]);
    expect(verdict).toMatchObject({ problems: [], unused: [], added: [{ address: "aws_s3_bucket.More" }] });
    expect(verdict.next).toHaveLength(2);
  });

  test("says nothing of what the providers do not know to hold data", () => {
    expect(
      checkLock({ stack: "test", inventory: inventoryOf(bucket("Archive")), providers: [{ name: "other" }] }, EMPTY_LOCK).next,
    ).toEqual([]);
  });

  test("lets through what changes in place, or is only written down as it was", () => {
    expect(change(volume({ size: 20 }), volume({ size: 40, type: "gp3" })).problems).toEqual([]);
    expect(change(volume({ snapshotId: "snap-1" }), volume({})).problems).toEqual([]);
    expect(change(volume({ encrypted: false }), volume({})).problems).toEqual([]);
  });

  test.each<[string, () => ReturnType<typeof change>]>([
    ["it is gone", () => change(bucket("Archive"), nothing)],
    ["it has another address", () => change(bucket("Archive"), bucket("Transcripts"))],
    ["it has another address and another name", () => change(bucket("Archive"), bucket("Transcripts", "other"))],
    ["it would be replaced", () => change(volume({ encrypted: true }), volume({ availabilityZone: "us-east-1b", encrypted: true }))],
    ["it would be replaced because something is taken out", () => change(volume({ multiAttachEnabled: true }), volume({}))],
    [
      "it is declared moved to nowhere",
      () => change(bucket("Archive"), nothing, { moved: [{ from: "aws_s3_bucket.Archive", to: "aws_s3_bucket.Gone" }] }),
    ],
    [
      "it moves and would be replaced there",
      () =>
        change(bucket("Archive"), bucket("Transcripts", "other"), {
          moved: [{ from: "aws_s3_bucket.Archive", to: "aws_s3_bucket.Transcripts" }],
        }),
    ],
  ])("fails when %s", (_name, verdict) => {
    expect(new IntentError("test", lockIssues(verdict().problems)).message).toMatchSnapshot();
  });

  test("accepts a move that Terraform knows of", () => {
    // As the engine writes it for `moveFromId`, which runs Terraform to read its version.
    const moved = (stack: TerraformStack) => {
      bucket("Transcripts")(stack);
      stack.addOverride("moved", [{ from: "aws_s3_bucket.Archive", to: "aws_s3_bucket.Transcripts" }]);
    };
    expect(change(bucket("Archive"), moved)).toMatchObject({ problems: [], added: [], unused: [] });
  });

  test("accepts a declared move, also of what others refer to", () => {
    const key = (id: string) => (stack: TerraformStack) => {
      const archive = bucket(id)(stack);
      volume({ outpostArn: archive.arn })(stack);
    };
    const moved = [{ from: "aws_s3_bucket.Archive", to: "aws_s3_bucket.Transcripts" }];
    expect(change(key("Archive"), key("Transcripts"), { moved }).problems).toEqual([]);
    expect(change(key("Archive"), key("Transcripts")).problems.map(({ kind }) => kind)).toEqual(["replaced", "moved"]);
  });

  test("accepts that something goes or is replaced when it is retired with a reason", () => {
    expect(change(bucket("Archive"), nothing, { retired: [{ address: "aws_s3_bucket.Archive", reason }] }).problems).toEqual([]);
    const replaced = change(volume({}), volume({ availabilityZone: "us-east-1b" }), {
      retired: [{ address: "aws_ebs_volume.Data", reason }],
    });
    expect(replaced).toMatchObject({ problems: [], unused: [] });
  });

  test("names declarations that are no longer needed", () => {
    const declared = {
      moved: [{ from: "aws_s3_bucket.Older", to: "aws_s3_bucket.Archive" }],
      retired: [{ address: "aws_s3_bucket.Archive", reason }],
    };
    expect(change(bucket("Archive"), bucket("Archive"), declared).unused).toEqual([
      "moved from aws_s3_bucket.Older: the lock does not hold it; remove the declaration",
      "retired aws_s3_bucket.Archive: nothing happens to it; remove the declaration",
    ]);
  });

  test("finds a database again whose construct was renamed", () => {
    const database = (id: string) => (stack: TerraformStack) =>
      new AwsPostgres(stack, id, { network: testNetwork(stack), version: "16", size: "small", storageGiB: 20 });
    const { problems } = change(database("Memory"), database("Knowledge"));
    const problem = problems.find(({ address }) => address.startsWith("aws_db_instance."));
    expect(problem).toMatchObject({ kind: "moved", path: "test/Memory/Resource" });
    expect(problem?.fix).toMatch(/^on the aws_db_instance at test\/Knowledge\/Resource call moveFromId\("aws_db_instance\.Memory_/);
  });

  test.each<[string, unknown]>([
    ["no reason", { retired: [{ address: "aws_s3_bucket.Archive" }] }],
    ["a reason that says nothing", { retired: [{ address: "aws_s3_bucket.Archive", reason: "old" }] }],
    ["a path in place of an address", { retired: [{ address: "test/Archive", reason }] }],
    ["a move to another type", { moved: [{ from: "aws_s3_bucket.Archive", to: "aws_ebs_volume.Archive" }] }],
    [
      "two declarations for one address",
      { moved: [{ from: "aws_s3_bucket.A", to: "aws_s3_bucket.B" }], retired: [{ address: "aws_s3_bucket.A", reason }] },
    ],
    ["unknown props", { removed: [] }],
  ])("fails on %s", (_name, declared) => {
    expect(() => change(bucket("Archive"), nothing, declared as DeclaredChanges)).toThrowErrorMatchingSnapshot();
  });
});
