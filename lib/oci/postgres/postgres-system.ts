import { Hidden, isToken, type Check } from "../../spec/check";
import type { Profile, ProviderProps } from "../../spec/context";
import type { Tier } from "../../spec/network";
import type { PostgresProps } from "../../spec/postgres";
import type { PsqlDbSystemConfig } from "../bindings/psql-db-system";
import type { IOciNetwork } from "../network/network";
import { SECRET_OCID } from "../secret";
import { IOPS, NODE_SIZES, SHAPES, type OciPostgresSpec } from "./postgres-limits";

/** What only an OCI database has. */
export interface OciPostgresOwnProps {
  /** The network it is in: the isolated tier, else the private one; two zones where it names two availability domains or more. */
  readonly network: IOciNetwork;
  /**
   * Processor of the nodes. Not every region has all of them.
   * @default "E5"
   */
  readonly shape?: keyof typeof SHAPES;
  /**
   * Storage operations per second: 75000, 150000, 225000 or 300000; more cost more for each GB.
   * @default 75000
   */
  readonly iops?: (typeof IOPS)[number];
  /**
   * OCID of a secret with the administrator's password, in a vault.
   * @default - OCI makes one in the stack's vault
   */
  readonly passwordSecretId?: string;
  /**
   * Regions that the daily backup is copied to, such as `us-phoenix-1`. Only with `zones: 1`: OCI copies no backups of storage that spans zones
   * (HyperFleet's ADR 0022 of 2026-09-09, read 2026-11-21).
   * @default []
   */
  readonly backupCopyRegions?: readonly string[];
}

/** Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm, read 2026-11-21. */
const REGION = /^[a-z]{2,}-[a-z]+-\d+$/;

type Own = Required<OciPostgresOwnProps>;

/** The props of OCI only, each with its check. */
export function ownProps(props: OciPostgresOwnProps & Pick<PostgresProps, "profile" | "zones">, profile: Profile): ProviderProps<Own> {
  return {
    network: (check) => checkNetwork(check, props?.network),
    shape: (check) => void check.oneOf("shape", Object.keys(SHAPES) as (keyof typeof SHAPES)[], "E5"),
    iops: (check) => {
      const given: unknown = props?.iops ?? IOPS[0];
      if (!IOPS.some((known) => known === given)) check.issue("iops", given, `one of ${IOPS.join(", ")} (OCI performance tiers)`);
    },
    passwordSecretId: (check) => void check.tryText("passwordSecretId", { ...SECRET_OCID, tokens: true, hide: () => true }),
    backupCopyRegions: (check) => {
      const regions = check.list<string>("backupCopyRegions", "a list of regions", []);
      for (const region of regions) {
        if (isToken(region) || !REGION.test(String(region))) check.issue("backupCopyRegions", region, 'a region such as "us-phoenix-1"');
      }
      const zones = props?.zones ?? ((props?.profile ?? profile) === "production" ? zonesOf(props?.network) : 1);
      if (regions.length === 0 || zones === 1) return;
      const want = "nothing with two zones: OCI copies backups of storage in one availability domain only (OCI Database with PostgreSQL)";
      check.issue("backupCopyRegions", regions, want, "leave it out; or use a network with one availability domain");
    },
  };
}

/** How many zones a database can have in a network. */
export function zonesOf(network: Partial<IOciNetwork> | undefined | null): 1 | 2 {
  return (network?.availabilityDomains?.length ?? 2) > 1 ? 2 : 1;
}

/** The most closed tier of a network that a database may be in. */
export function tryTier(network: IOciNetwork): Tier | undefined {
  return (["isolated", "private"] as const).find((tier) => network.subnetId(tier) !== undefined);
}

function checkNetwork(check: Check<Pick<Own, "network">>, network: IOciNetwork | undefined): void {
  if (typeof network?.subnetId !== "function" || !Array.isArray(network.availabilityDomains)) {
    const got = network === undefined || network === null ? undefined : new Hidden("something else");
    return check.issue("network", got, "the network that the database is in, such as an OciNetwork");
  }
  if (tryTier(network) === undefined) {
    const fix = "add one of them to its tiers; a database does not go into public subnets";
    check.issue("network", [network.workloadTier], 'a network with the tier "isolated" or "private"', fix);
  }
  if (network.availabilityDomains.length === 0) {
    check.issue("network.availabilityDomains", [], "one availability domain or more");
  }
}

/** Storage that spans all zones, or one that stays in the first availability domain of the network. */
export function storageOf(spec: OciPostgresSpec, { iops = IOPS[0], network }: OciPostgresOwnProps): PsqlDbSystemConfig["storageDetails"] {
  return {
    systemType: "OCI_OPTIMIZED_STORAGE",
    iops: String(iops),
    ...(spec.zones === 2
      ? { isRegionallyDurable: true }
      : { isRegionallyDurable: false, availabilityDomain: network.availabilityDomains[0] as string }),
  };
}

/** Daily backups, point in time for as long, and when updates may interrupt. */
export function policyOf(
  spec: OciPostgresSpec,
  copyRegions: readonly string[],
  compartmentId: string,
): PsqlDbSystemConfig["managementPolicy"] {
  const [day = "", time = ""] = spec.maintenanceWindow.split(" ");
  const copies = { compartmentId, regions: [...copyRegions], retentionPeriod: spec.retentionDays };
  return {
    maintenanceWindowStart: `${day.slice(0, 3).toUpperCase()} ${time}`,
    backupPolicy: {
      kind: "DAILY",
      backupStart: spec.backupWindow,
      retentionDays: spec.retentionDays,
      ...(copyRegions.length > 0 && { copyPolicy: copies }),
    },
    pitrPolicy: { kind: "STANDARD", restoreDays: spec.retentionDays },
  };
}

/** Nodes: one for each zone, and one for each read replica. */
export function nodesOf(spec: OciPostgresSpec, shape: keyof typeof SHAPES = "E5") {
  const { memoryGiB, ocpus } = NODE_SIZES[spec.size];
  return {
    shape: SHAPES[shape],
    instanceCount: spec.zones + spec.readReplicas,
    instanceOcpuCount: ocpus,
    instanceMemorySizeInGbs: memoryGiB,
  };
}
