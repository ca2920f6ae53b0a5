import { CloudflareBackupBucket, type CloudflareBackupBucketProps } from "cdktf-governed-agents/cloudflare";
import { backupBucketContract } from "../contracts/backup-bucket";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf } from "./support";

const made = (props: Partial<CloudflareBackupBucketProps> = {}) =>
  cfSynth((stack) => new CloudflareBackupBucket(stack, "Exports", { accountId: ACCOUNT, retentionDays: 90, ...props }));

const only = (stack: ReturnType<typeof made>, type: string) => Object.values(resourcesOf(stack, `cloudflare_${type}`))[0];

describe("CloudflareBackupBucket", () => {
  backupBucketContract({
    build: (stack, id, props) =>
      new CloudflareBackupBucket(stack, id, { accountId: ACCOUNT, ...(props as object) } as CloudflareBackupBucketProps),
    synth: cfSynth,
    facts: cfFacts,
    preventsDestroy: (stack) => (only(stack, "r2_bucket")?.lifecycle as Record<string, unknown>).prevent_destroy,
    versions: false,
    can: { warm: { warmAfterDays: 30 }, "no lock": { lock: { mode: "none" } } },
    lacks: { coldAfterDays: { coldAfterDays: 60 } },
  });

  test("it is private and locked, and moves and deletes objects by age", () => {
    const stack = made({ warmAfterDays: 30, jurisdiction: "eu" });
    const bucket = {
      account_id: ACCOUNT,
      bucket_name: expect.stringMatching(/^\$\{cloudflare_r2_bucket\..*\.name\}$/),
      jurisdiction: "eu",
    };
    expect(only(stack, "r2_bucket")).toMatchObject({ name: "test-exports", jurisdiction: "eu", storage_class: "Standard" });
    expect(only(stack, "r2_managed_domain")).toMatchObject({ ...bucket, enabled: false });
    expect(only(stack, "r2_bucket_lock")).toMatchObject({
      ...bucket,
      rules: [{ id: "retention", enabled: true, prefix: "", condition: { type: "Age", max_age_seconds: 7776000 } }],
    });
    expect(only(stack, "r2_bucket_lifecycle")).toMatchObject({
      ...bucket,
      rules: [
        {
          id: "retention",
          enabled: true,
          conditions: { prefix: "" },
          delete_objects_transition: { condition: { type: "Age", max_age: 7776000 } },
          abort_multipart_uploads_transition: { condition: { type: "Age", max_age: 604800 } },
          storage_class_transitions: [{ condition: { type: "Age", max_age: 2592000 }, storage_class: "InfrequentAccess" }],
        },
      ],
    });
  });

  test("a sandbox is not locked, which takes a lock away that was there, and a location is a hint", () => {
    const stack = made({ profile: "sandbox", location: "weur" });
    expect(only(stack, "r2_bucket_lock")).toMatchObject({ rules: [] });
    expect(only(stack, "r2_bucket")).toMatchObject({ location: "weur" });
  });

  test("a bucket that others made is none of backups when it keeps everything", () => {
    const facts = cfFacts((stack) =>
      new CloudflareBackupBucket(stack, "Exports", { accountId: ACCOUNT, retentionDays: 9 }).rules.resetRules(),
    );
    expect(facts).toEqual([]);
  });
});

describe("fails", () => {
  test("on an account, a place, a lock and a storage that R2 does not know", () => {
    const props = { accountId: "acme", location: "eu-west-1", jurisdiction: "eu", lock: { mode: "compliance" }, coldAfterDays: 60 };
    expect(() => made(props as never)).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 5 problems
       - coldAfterDays: got 60, want nothing: R2 has no archive storage; Infrequent Access is warmAfterDays; remove it
       - accountId: got "acme", want the id of a Cloudflare account: 32 hexadecimal digits; it is in the address bar of the dashboard
       - location: got "eu-west-1", want one of "wnam", "enam", "weur", "eeur", "apac", "oc"
       - location: got "eu-west-1", want nothing beside a jurisdiction, which decides the place (Cloudflare); remove one of the two
       - lock.mode: got "compliance", want one of "none", "governance": who may edit an R2 bucket may remove its lock"
    `);
  });

  test("on objects that leave Infrequent Access before they were paid for", () => {
    expect(() => made({ retentionDays: 40, warmAfterDays: 20 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - retentionDays: got 40, want 50 or more with warmAfterDays 20: 30 days of warm storage at least (Cloudflare R2); keep objects longer, or leave out warmAfterDays"
    `);
  });
});
