import { checkVolumeProtection, volumeProtection, type OciVolumeProtection } from "../../lib/oci/backup/volume-protection";
import { Check } from "../../lib/spec/check";

function read(protection: object) {
  const check = new Check<object>("stack/Vm", { dataVolume: protection }, ["dataVolume"]);
  checkVolumeProtection(check, "dataVolume", protection as OciVolumeProtection);
  return check.done(volumeProtection(protection as OciVolumeProtection, "key"));
}

const replicateTo = "Uocm:PHX-AD-1";

test("a volume has a key of one's own, or a replica, or neither", () => {
  expect(read({})).toEqual({ kmsKeyId: "key" });
  expect(read({ encryption: "customer-key" })).toEqual({ kmsKeyId: "key" });
  expect(read({ encryption: "provider-key" })).toEqual({});
  expect(read({ encryption: "provider-key", replicateTo })).toEqual({ blockVolumeReplicas: [{ availabilityDomain: replicateTo }] });
});

test("fails on a customer key together with a replica, asked for or by default", () => {
  expect(() => read({ encryption: "customer-key", replicateTo })).toThrowErrorMatchingInlineSnapshot(`
   "stack/Vm: 1 problem
     - dataVolume.replicateTo: got "Uocm:PHX-AD-1", want nothing with encryption "customer-key": OCI replicates no volumes that are encrypted with a customer key; choose one: remove replicateTo, or set encryption "provider-key""
  `);
  expect(() => read({ replicateTo })).toThrow("choose one: remove replicateTo");
});

test("fails on a region where an availability domain is meant, and on other words", () => {
  expect(() => read({ encryption: "provider-key", replicateTo: "us-phoenix-1", key: "x" })).toThrowErrorMatchingInlineSnapshot(`
   "stack/Vm: 2 problems
     - dataVolume.key: got "x", want no such prop; remove it; known props: encryption, replicateTo
     - dataVolume.replicateTo: got "us-phoenix-1", want an availability domain of another region, such as "Uocm:PHX-AD-1""
  `);
  expect(() => read({ encryption: "cmk" })).toThrow('dataVolume.encryption: got "cmk", want one of "customer-key", "provider-key"');
});
