import { Construct } from "constructs";
import { physicalName } from "../names";
import type { SecretReference } from "../spec/governance";
import { VaultSecret } from "./bindings/vault-secret";
import { compartmentOf } from "./compartment";
import { OciKey } from "./key";

/** A secret in a vault. Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm, read 2026-11-21. */
export const SECRET_OCID: SecretReference = {
  pattern: /^ocid1\.vaultsecret\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of a secret in a vault, such as "ocid1.vaultsecret.oc1.iad.aaaaexample"',
};

/** Names stay this short: provider 8.28.0 checks no length. */
const MAX_NAME = 100;

/** Characters of a generated password: what the provider's own tests of 8.28.0 ask of this template. */
const LENGTH = 30;

/**
 * A password that OCI makes: it is in the stack's vault, and neither in the plan nor in the state.
 *
 * Creates `oci_vault_secret`. Cost: none. A deleted secret is gone after 1 to 30 days, and its name is taken until then.
 * Not covered: rotation on a schedule, which OCI has for autonomous databases and by functions; make a new version in the vault instead.
 */
export class OciSecret extends Construct {
  /** The underlying secret. */
  readonly secret: VaultSecret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = OciKey.of(this);
    this.secret = new VaultSecret(this, "Resource", {
      compartmentId: compartmentOf(this),
      secretName: physicalName(this, { kind: "vault secret", maxLength: MAX_NAME }),
      description: `Password of ${scope.node.path}`,
      vaultId: key.vaultId,
      keyId: key.keyId,
      enableAutoGeneration: true,
      secretGenerationContext: { generationType: "PASSPHRASE", generationTemplate: "DBAAS_DEFAULT_PASSWORD", passphraseLength: LENGTH },
    });
  }

  get secretId(): string {
    return this.secret.id;
  }
}
