import { DigitalOceanBackupBucket, type DigitalOceanBackupBucketProps } from "cdktf-governed-agents/digitalocean";
import { backupBucketContract } from "../contracts/backup-bucket";
import { doSynth, doFacts, resourcesOf } from "./support";

const OWN = { region: "ams3", namePrefix: "acme" } as const;

const bucketOf = (props: Partial<DigitalOceanBackupBucketProps>) => {
  const stack = doSynth((scope) => new DigitalOceanBackupBucket(scope, "Exports", { ...OWN, retentionDays: 90, ...props }));
  return Object.values(resourcesOf(stack, "digitalocean_spaces_bucket"))[0];
};

describe("DigitalOceanBackupBucket", () => {
  backupBucketContract({
    build: (stack, id, props) => new DigitalOceanBackupBucket(stack, id, { ...OWN, ...props }),
    synth: doSynth,
    facts: doFacts,
    preventsDestroy: (stack) => {
      const [bucket] = Object.values(resourcesOf(stack, "digitalocean_spaces_bucket"));
      return (bucket?.lifecycle as Record<string, unknown>).prevent_destroy;
    },
    can: {},
    lacks: { warmAfterDays: { warmAfterDays: 7 }, coldAfterDays: { coldAfterDays: 30 }, lock: { lock: { mode: "governance" } } },
  });

  test("it is private and versioned, and deletes old objects, old versions and the rest of uploads by itself", () => {
    expect(bucketOf({})).toMatchObject({
      name: "acme-test-exports",
      region: "ams3",
      acl: "private",
      force_destroy: false,
      versioning: { enabled: true },
      lifecycle_rule: [
        {
          enabled: true,
          expiration: { days: 90 },
          noncurrent_version_expiration: { days: 90 },
          abort_incomplete_multipart_upload_days: 7,
        },
      ],
    });
    expect(bucketOf({ profile: "sandbox" })).toMatchObject({ acl: "private", force_destroy: true });
  });

  test("a bucket that others made is none of backups when it keeps everything", () => {
    const facts = doFacts((stack) =>
      new DigitalOceanBackupBucket(stack, "Exports", { ...OWN, retentionDays: 9 }).bucket.resetLifecycleRule(),
    );
    expect(facts).toEqual([]);
  });
});

describe("fails", () => {
  test("on a region without Spaces, a prefix that names nobody, and what Spaces lack", () => {
    const props = { region: "nyc2", namePrefix: "Acme Corp", coldAfterDays: 30, lock: { mode: "compliance" } };
    expect(() => bucketOf(props as never)).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 4 problems
       - coldAfterDays: got 30, want nothing: Spaces move no objects to other storage; remove it
       - lock: got {"mode":"compliance"}, want nothing: Spaces have no object lock; old versions of what is deleted are kept until the retention is over; remove it
       - region: got "nyc2", want one of "ams3", "atl1", "blr1", "fra1", "lon1", "nyc3", "sfo2", "sfo3", "sgp1", "syd1", "tor1": other regions have no Spaces (DigitalOcean); did you mean "nyc3"?
       - namePrefix: got "Acme Corp", want 3 to 30 lower case letters, digits and dashes, which name you: names are shared by all customers of a region"
    `);
  });
});
