import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { once } from "../once";
import { acknowledge } from "../policy/acknowledge";
import { Check } from "../spec/check";
import { IdentityPolicy } from "./bindings/identity-policy";
import { KmsKey, type KmsKeyConfig } from "./bindings/kms-key";
import { KmsVault } from "./bindings/kms-vault";
import { compartmentOf } from "./compartment";

/** Names stay this short: provider 8.28.0 checks no length, and OCI takes names of this length everywhere. */
const MAX_NAME = 100;

/** Days between rotations. Source: oci_kms_key in the documentation of provider 8.28.0, read 2026-11-21. */
const ROTATION_DAYS = { min: 60, max: 365, source: "OCI Key Management" } as const;

/** AES with 256 bits; the provider counts bytes. */
const AES_256 = { algorithm: "AES", length: 32 } as const;

const VAULT_TYPE = { shared: "DEFAULT", private: "VIRTUAL_PRIVATE" } as const;
const PROTECTION_MODE = { hsm: "HSM", software: "SOFTWARE" } as const;

export interface OciKeyProps {
  /**
   * Where the key is kept and used: `hsm` never leaves the hardware module (20 key versions of a tenancy are free, each further one costs
   * .5334 USD a month); `software` is free and wrapped by a key in that module. It can't be changed later.
   * @default "hsm"
   */
  readonly protection?: keyof typeof PROTECTION_MODE;
  /**
   * The vault's hardware: `shared` with other tenants, at no cost; or `private`, a partition of your own for 3.724 USD an hour.
   * @default "shared"
   */
  readonly vault?: keyof typeof VAULT_TYPE;
  /**
   * Days after which the key is rotated, 60 to 365. Only with `vault: "private"`: OCI rotates no keys of shared vaults on its own.
   * @default - 90 with a private vault; else a new key version is made by hand
   */
  readonly rotationDays?: number;
}

/**
 * A customer managed key, in a vault of its own, that encrypts volumes, buckets and secrets of one stack.
 *
 * Creates `oci_kms_vault` and `oci_kms_key` (AES-256); `oci_identity_policy` for each user of the key that `allow` names.
 * Cost: nothing with a shared vault and 20 key versions at most (OCI price list of 2024-01-19, all regions); a private vault 2,718.52 USD a
 * month. A deleted vault is gone after 7 days or more, a deleted key takes what it encrypts with it.
 * Not covered: rotation in a shared vault (OCI has none), keys in other regions, imported and external keys.
 * @see https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Tasks/tasks_tasks_managingkeys_topic_edit_auto_key_rotation.htm
 */
export class OciKey extends Construct {
  /** The key that all constructs of a stack share; for one with other props, create it as `GovernedKey` of the stack before it is used. */
  static of(scope: Construct): OciKey {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedKey", (id) => new OciKey(stack, id));
  }

  /** The underlying vault; secrets are kept in it too. */
  readonly vault: KmsVault;
  /** The underlying key. */
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: OciKeyProps = {}) {
    super(scope, id);
    const spec = keySpec(props, this.node.path);
    const compartmentId = compartmentOf(this);
    const displayName = physicalName(this, { kind: "vault", maxLength: MAX_NAME });
    this.vault = new KmsVault(this, "Vault", { compartmentId, displayName, vaultType: VAULT_TYPE[spec.vault] });
    this.key = new KmsKey(this, "Resource", {
      compartmentId,
      displayName,
      managementEndpoint: this.vault.managementEndpoint,
      keyShape: AES_256,
      protectionMode: PROTECTION_MODE[spec.protection],
      ...rotation(spec.rotationDays),
    });
    if (spec.rotationDays === undefined)
      acknowledge(this.key, "key-rotated", "OCI rotates no keys of shared vaults: make a new version once a year");
  }

  get keyId(): string {
    return this.key.id;
  }

  get vaultId(): string {
    return this.vault.id;
  }

  /**
   * Lets a service or a group use the key, and no other. Asking twice for the same id gives the same policy.
   * @param id id of the policy in the tree, such as "Volumes"
   * @param subject whom, in the words of an IAM policy: "service blockstorage" or "dynamic-group agents"
   */
  allow(id: string, subject: string): IdentityPolicy {
    return once(this, id, () => {
      const compartmentId = compartmentOf(this);
      return new IdentityPolicy(this, id, {
        compartmentId,
        name: physicalName(this, { kind: "policy", maxLength: MAX_NAME, suffix: id }),
        description: `Lets ${subject} use the key of ${this.node.path}`,
        statements: [`Allow ${subject} to use keys in compartment id ${compartmentId} where target.key.id = '${this.keyId}'`],
      });
    });
  }
}

interface KeySpec {
  readonly protection: keyof typeof PROTECTION_MODE;
  readonly vault: keyof typeof VAULT_TYPE;
  readonly rotationDays?: number;
}

function keySpec(props: OciKeyProps, path: string): KeySpec {
  const check = new Check<OciKeyProps>(path, props, { protection: true, vault: true, rotationDays: true });
  const vault = check.oneOf("vault", ["shared", "private"] as const, "shared");
  const rotates = vault === "private";
  const rotationDays = check.tryInteger("rotationDays", { ...ROTATION_DAYS, ...(rotates && { default: 90 }) });
  if (rotationDays !== undefined && !rotates) {
    const want = 'nothing unless vault is "private": OCI rotates no keys of shared vaults on its own';
    check.issue("rotationDays", rotationDays, want, "remove it and make a new key version by hand");
  }
  return check.done({ protection: check.oneOf("protection", ["hsm", "software"] as const, "hsm"), vault, rotationDays });
}

function rotation(rotationIntervalInDays: number | undefined): Partial<KmsKeyConfig> {
  return rotationIntervalInDays === undefined ? {} : { isAutoRotationEnabled: true, autoKeyRotationDetails: { rotationIntervalInDays } };
}
