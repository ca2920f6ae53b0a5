import { OciKey } from "cdktf-governed-agents/oci";
import { Construct } from "constructs";
import { ociSynth, resourcesOf } from "./support";

const only = (found: Readonly<Record<string, Record<string, unknown>>>) => Object.values(found)[0];

describe("OciKey", () => {
  test("is one AES-256 key in the hardware module for all of a stack, in a vault of its own", () => {
    const result = ociSynth((stack) => {
      expect(OciKey.of(new Construct(stack, "One"))).toBe(OciKey.of(new Construct(stack, "Two")));
    });
    expect(Object.values(resourcesOf(result, "oci_kms_vault"))).toEqual([expect.objectContaining({ vault_type: "DEFAULT" })]);
    const [key] = Object.values(resourcesOf(result, "oci_kms_key"));
    expect(key).toMatchObject({ protection_mode: "HSM", key_shape: { algorithm: "AES", length: 32 } });
    expect(key).not.toHaveProperty("is_auto_rotation_enabled");
  });

  test("rotates in a private vault", () => {
    const result = ociSynth((stack) => new OciKey(stack, "GovernedKey", { vault: "private" }));
    expect(only(resourcesOf(result, "oci_kms_vault"))).toMatchObject({ vault_type: "VIRTUAL_PRIVATE" });
    expect(only(resourcesOf(result, "oci_kms_key"))).toMatchObject({
      is_auto_rotation_enabled: true,
      auto_key_rotation_details: { rotation_interval_in_days: 90 },
    });
  });

  test("is used by those who were let in, and for this key only", () => {
    const result = ociSynth((stack) => {
      const key = OciKey.of(stack);
      expect(key.allow("Volumes", "service blockstorage")).toBe(key.allow("Volumes", "service blockstorage"));
      key.allow("Agents", "dynamic-group agents");
    });
    const policies = Object.values(resourcesOf(result, "oci_identity_policy"));
    expect(policies.map(({ statements }) => statements)).toEqual(
      ["dynamic-group agents", "service blockstorage"].map((subject) => [
        expect.stringMatching(
          new RegExp(
            `^Allow ${subject} to use keys in compartment id ocid1.compartment.oc1..aaaaexample where target.key.id = '\\$\\{oci_kms_key\\.`,
          ),
        ),
      ]),
    );
  });

  test("fails on a rotation that OCI does not do, and on what it does not know", () => {
    const build = () => ociSynth((stack) => new OciKey(stack, "Key", { rotationDays: 90, protection: "hardware" } as never));
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Key: 2 problems
       - rotationDays: got 90, want nothing unless vault is "private": OCI rotates no keys of shared vaults on its own; remove it and make a new key version by hand
       - protection: got "hardware", want one of "hsm", "software""
    `);
  });

  test("fails on a rotation that is too often", () => {
    const build = () => ociSynth((stack) => new OciKey(stack, "Key", { rotationDays: 30, vault: "private" }));
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Key: 1 problem
       - rotationDays: got 30, want a whole number, 60 to 365 (OCI Key Management)"
    `);
  });
});
