import { readVolumeProtection, volumeProtection, type OciVolumeProtection } from "../../lib/oci/backup/volume-protection";
import { Check } from "../../lib/spec/check";

function read(props: OciVolumeProtection) {
  const check = new Check("stack/Vm", props as object, ["encryption", "replicateTo"]);
  return check.done(readVolumeProtection(check));
}

const replicateTo = "Uocm:PHX-AD-1";

test("a volume has a key of one's own, or a replica, or neither", () => {
  expect(volumeProtection(read({}), () => "key")).toEqual({ kmsKeyId: "key" });
  expect(volumeProtection(read({ encryption: "provider-key" }), () => "key")).toEqual({});
  expect(volumeProtection(read({ encryption: "provider-key", replicateTo }), () => "key")).toEqual({
    blockVolumeReplicas: [{ availabilityDomain: replicateTo }],
  });
});

test("no key is made for a volume that does not use it", () => {
  const key = jest.fn(() => "key");
  volumeProtection(read({ encryption: "provider-key" }), key);
  expect(key).not.toHaveBeenCalled();
});

test("fails on a customer key together with a replica, asked for or by default", () => {
  expect(() => read({ encryption: "customer-key", replicateTo } as never)).toThrowErrorMatchingInlineSnapshot(`
   "stack/Vm: 1 problem
     - replicateTo: got "Uocm:PHX-AD-1", want nothing with encryption "customer-key": OCI replicates no volumes that are encrypted with a customer key; choose one: remove replicateTo, or set encryption "provider-key""
  `);
  expect(() => read({ replicateTo } as never)).toThrow("choose one: remove replicateTo");
});

test("fails on a region where an availability domain is meant, and on other words", () => {
  expect(() => read({ encryption: "cmk", replicateTo: "us-phoenix-1" } as never)).toThrowErrorMatchingInlineSnapshot(`
   "stack/Vm: 2 problems
     - encryption: got "cmk", want one of "customer-key", "provider-key"
     - replicateTo: got "us-phoenix-1", want an availability domain of another region, such as "Uocm:PHX-AD-1""
  `);
});
