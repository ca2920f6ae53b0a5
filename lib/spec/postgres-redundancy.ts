import type { Check } from "./check";
import type { Profile } from "./context";
import type { PostgresProps } from "./postgres";
import type { PostgresLimits } from "./postgres-limits";

type Checked = Check<PostgresProps>;

const DEFAULT_RETENTION_DAYS = 7;
const LEAST_PRODUCTION_RETENTION_DAYS = 7;

export function checkStorage(check: Checked, props: PostgresProps, limits: PostgresLimits) {
  const range = { min: 1, max: Infinity, ...limits.storageGiB, source: limits.source };
  const storageGiB = check.unlessLacking("storageGiB", () => check.integer("storageGiB", range));
  const maxStorageGiB = check.unlessLacking("maxStorageGiB", () => check.tryInteger("maxStorageGiB", range));
  if (storageGiB === undefined) return { storageGiB, maxStorageGiB };
  const needed = limits.leastStorageGiB?.[props?.size];
  if (needed !== undefined && storageGiB === props.storageGiB && storageGiB < needed) {
    check.issue("storageGiB", storageGiB, `${needed} or more with size "${props.size}" (${limits.source})`);
  }
  const percent = limits.growthPercent ?? 0;
  const least = Math.ceil((storageGiB * (100 + percent)) / 100);
  if (maxStorageGiB !== undefined && maxStorageGiB === props?.maxStorageGiB && maxStorageGiB < least) {
    const want = `${least} or more: ${percent} % above storageGiB (${limits.source})`;
    check.issue("maxStorageGiB", maxStorageGiB, want, "raise it; or leave it out and the storage stays as it is");
  }
  return { storageGiB, maxStorageGiB };
}

export function checkZones(check: Checked, profile: Profile, limits: PostgresLimits): 1 | 2 {
  const most = limits.zones ?? 2;
  const zones = check.integer("zones", { min: 1, max: 2, default: profile === "production" ? most : 1 });
  if (zones > most) {
    const fix = "leave it out: a read replica takes over there; or use a network in a region with several zones";
    check.issue("zones", zones, `1 in a network with one zone (${limits.source})`, fix);
  }
  if (zones === 1 && most === 2 && profile === "production") {
    check.issue("zones", zones, '2 when profile is "production"', 'leave it out; or set profile "sandbox"');
  }
  return zones as 1 | 2;
}

export function checkReplicas(check: Checked, profile: Profile, limits: PostgresLimits): number {
  const needed = profile === "production" && limits.zones === 1 && limits.replicasTakeOver === true ? 1 : 0;
  const range = { min: 0, max: limits.maxReadReplicas, default: needed, source: limits.source };
  const readReplicas = check.integer("readReplicas", range);
  if (readReplicas < needed) {
    const want = '1 or more when profile is "production" in a network with one zone: a read replica takes over';
    check.issue("readReplicas", readReplicas, want, 'leave it out; or set profile "sandbox"');
  }
  return readReplicas;
}

export function checkStandbys(check: Checked, props: PostgresProps, profile: Profile, limits: PostgresLimits): number {
  const { max, sizes } = limits.standbys ?? { max: 0, sizes: [] };
  const least = profile === "production" ? Math.min(1, max) : 0;
  const standbys = check.integer("standbys", { min: 0, max, default: least, source: limits.source });
  if (standbys < least) {
    check.issue("standbys", standbys, `${least} or more when profile is "production"`, 'leave it out; or set profile "sandbox"');
  }
  const size = limits.sizes.find((known) => known === props?.size);
  if (standbys > 0 && size !== undefined && !sizes.includes(size)) {
    const want = `one of ${sizes.map((word) => `"${word}"`).join(", ")} with a standby (${limits.source})`;
    const without = least > 0 ? 'set profile "sandbox"' : "set standbys to 0";
    check.issue("size", size, want, `choose a larger size; or ${without}`);
  }
  return standbys;
}

export function checkRetention(check: Checked, props: PostgresProps, profile: Profile, limits: PostgresLimits): number {
  const { minRetentionDays: min = 1, maxRetentionDays: max } = limits;
  if (min === max) return checkFixedRetention(check, props, limits);
  const days = check.integer("retentionDays", { min, max, default: DEFAULT_RETENTION_DAYS, source: limits.source });
  if (days < LEAST_PRODUCTION_RETENTION_DAYS && profile === "production") {
    const want = `${LEAST_PRODUCTION_RETENTION_DAYS} or more when profile is "production"`;
    check.issue("retentionDays", days, want, 'raise it; or set profile "sandbox"');
  }
  return days;
}

function checkFixedRetention(check: Checked, props: PostgresProps, { maxRetentionDays: days, source }: PostgresLimits): number {
  const given: unknown = props?.retentionDays ?? days;
  if (given !== days) check.issue("retentionDays", given, `${days}, the only period there is (${source})`, "leave it out");
  return days;
}
