import type { Check, KeysOf } from "../../spec/check";
import type { CoreVolumeConfig } from "../bindings/core-volume";

/** A volume that is encrypted with the stack's key. */
export interface OciKeyedVolume {
  /**
   * Who holds the key of the volume.
   * @default "customer-key"
   */
  readonly encryption?: "customer-key";
  readonly replicateTo?: never;
}

/** A volume that is encrypted with a key of Oracle, and can have a replica. */
export interface OciReplicableVolume {
  readonly encryption: "provider-key";
  /**
   * Availability domain of another region that always has a copy of the volume, mostly less than half an hour behind, such as `Uocm:PHX-AD-1`.
   * @default - none
   */
  readonly replicateTo?: string;
}

/**
 * What a volume has beside its backups: a key of one's own, or a replica. OCI replicates no volume that is encrypted with a customer key, so it
 * is one or the other.
 * @see https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/volumereplication.htm
 */
export type OciVolumeProtection = OciKeyedVolume | OciReplicableVolume;

const KNOWN = { encryption: true, replicateTo: true } satisfies KeysOf<OciReplicableVolume>;

const DOMAIN = {
  pattern: /^[A-Za-z0-9]{4}:[A-Z0-9-]+-AD-[1-3]$/,
  want: 'an availability domain of another region, such as "Uocm:PHX-AD-1"',
};

/** Checks a prop that says how a volume is protected; problems are named `<prop>.encryption` and `<prop>.replicateTo`. */
export function checkVolumeProtection(parent: Check<object>, prop: string, props: OciVolumeProtection | undefined): void {
  if (props === undefined) return;
  const check = parent.nested(prop, props as Partial<OciReplicableVolume>, KNOWN);
  const encryption = check.oneOf("encryption", ["customer-key", "provider-key"] as const, "customer-key");
  const replicateTo = check.tryText("replicateTo", DOMAIN);
  if (replicateTo === undefined || encryption === "provider-key") return;
  const want = 'nothing with encryption "customer-key": OCI replicates no volumes that are encrypted with a customer key';
  check.issue("replicateTo", replicateTo, want, 'choose one: remove replicateTo, or set encryption "provider-key"');
}

/** The part of a volume that protects it. */
export function volumeProtection(
  { encryption, replicateTo }: OciVolumeProtection = {},
  keyId: string,
): Pick<CoreVolumeConfig, "kmsKeyId" | "blockVolumeReplicas"> {
  if (encryption !== "provider-key") return { kmsKeyId: keyId };
  return replicateTo === undefined ? {} : { blockVolumeReplicas: [{ availabilityDomain: replicateTo }] };
}
