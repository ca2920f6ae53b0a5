import fc from "fast-check";
import { backupBucketSpec, type BackupBucketLimits, type BackupBucketProps } from "../../lib/spec/backup-bucket";

const limits: BackupBucketLimits = { maxRetentionDays: 1000, minWarmDays: 31, minColdDays: 90, source: "Object Store" };
const specOf = (props: BackupBucketProps) => backupBucketSpec(props, { path: "stack/Bucket", profile: "production" }, limits);

test("tiers are taken exactly when every object stays in each for as long as it is billed", () => {
  const days = fc.integer({ min: 1, max: 400 });
  const maybe = fc.option(days, { nil: undefined });
  fc.assert(
    fc.property(days, maybe, maybe, (retentionDays, warmAfterDays, coldAfterDays) => {
      const warmUntil = coldAfterDays ?? retentionDays;
      const fits =
        (warmAfterDays === undefined || warmUntil - warmAfterDays >= limits.minWarmDays!) &&
        (coldAfterDays === undefined || retentionDays - coldAfterDays >= limits.minColdDays!);
      const build = () => specOf({ retentionDays, warmAfterDays, coldAfterDays });
      if (fits) expect(build()).toMatchObject(JSON.parse(JSON.stringify({ retentionDays, warmAfterDays, coldAfterDays })) as object);
      else expect(build).toThrow("storage at least (Object Store)");
    }),
  );
});

test("what a provider lacks is not in the spec, and objects are versioned then", () => {
  const lacks = { lock: "there are none", warmAfterDays: "there is none", coldAfterDays: "there is none" };
  const spec = backupBucketSpec({ retentionDays: 7 }, { path: "stack/Bucket", profile: "production", lacks }, limits);
  expect(spec).toEqual({ profile: "production", retentionDays: 7, versioned: true });
});
