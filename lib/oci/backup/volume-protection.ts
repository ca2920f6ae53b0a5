import type { Check } from "../../spec/check";
import type { CoreVolumeConfig } from "../bindings/core-volume";

/**
 * What a volume has beside its backups: a key of one's own, or a replica. OCI replicates no volume that is encrypted with a customer key, so it
 * is one or the other.
 * @see https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/volumereplication.htm
 */
export type OciVolumeProtection =
  | {
      /**
       * Who holds the key of the volume.
       * @default "customer-key"
       */
      readonly encryption?: "customer-key";
      readonly replicateTo?: never;
    }
  | {
      readonly encryption: "provider-key";
      /**
       * Availability domain of another region that always has a copy of the volume, some minutes behind, such as `Uocm:PHX-AD-1`.
       * @default - none
       */
      readonly replicateTo?: string;
    };

export interface VolumeProtectionSpec {
  readonly encryption: "customer-key" | "provider-key";
  readonly replicateTo?: string;
}

const DOMAIN = {
  pattern: /^[A-Za-z0-9]{4}:[A-Z0-9-]+-AD-[1-3]$/,
  want: 'an availability domain of another region, such as "Uocm:PHX-AD-1"',
};

interface Props {
  readonly encryption?: string;
  readonly replicateTo?: string;
}

/** Reads the props `encryption` and `replicateTo` of something with a volume. */
export function readVolumeProtection(check: Check<Props>): VolumeProtectionSpec {
  const encryption = check.oneOf("encryption", ["customer-key", "provider-key"] as const, "customer-key");
  const replicateTo = check.tryText("replicateTo", DOMAIN);
  if (replicateTo !== undefined && encryption === "customer-key" && check.clean) {
    const want = 'nothing with encryption "customer-key": OCI replicates no volumes that are encrypted with a customer key';
    check.issue("replicateTo", replicateTo, want, 'choose one: remove replicateTo, or set encryption "provider-key"');
  }
  return { encryption, ...(replicateTo !== undefined && { replicateTo }) };
}

/** The part of a volume that protects it. */
export function volumeProtection(
  { encryption, replicateTo }: VolumeProtectionSpec,
  keyId: () => string,
): Pick<CoreVolumeConfig, "kmsKeyId" | "blockVolumeReplicas"> {
  return {
    kmsKeyId: encryption === "customer-key" ? keyId() : undefined,
    blockVolumeReplicas: replicateTo === undefined ? undefined : [{ availabilityDomain: replicateTo }],
  };
}
