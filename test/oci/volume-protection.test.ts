import type { TerraformStack } from "cdktf";
import { OciAgentVm, OciBackupPolicy, OciNetwork, type OciAgentVmProps } from "cdktf-governed-agents/oci";
import { checkVolumeProtection, volumeProtection, type OciVolumeProtection } from "../../lib/oci/backup/volume-protection";
import { Check } from "../../lib/spec/check";
import { ociFacts, ociSynth, resourcesOf } from "./support";

const NETWORK = OciNetwork.fromAttributes({
  vcnId: "ocid1.vcn.oc1.iad.aaaaexample",
  cidr: "10.20.0.0/16",
  egress: "nat-gateway",
  availabilityDomains: ["Uocm:US-ASHBURN-AD-1"],
  subnetIds: { private: "ocid1.subnet.oc1.iad.aaaaprivate" },
});

const machine = (stack: TerraformStack, props: Partial<OciAgentVmProps>) =>
  new OciAgentVm(stack, "Vm", {
    network: NETWORK,
    size: "small",
    units: { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } },
    governance: {
      endpoint: "https://governance.acme.dev",
      agentId: "a",
      governanceId: "gov-7",
      keySecret: "ocid1.vaultsecret.oc1.iad.amaaaakey",
    },
    imageId: "ocid1.image.oc1.iad.aaaaubuntu",
    tenancyId: "ocid1.tenancy.oc1..aaaaexample",
    ...props,
  });

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

describe("a machine", () => {
  test("has a key on its data volume, or a replica of it", () => {
    const volumeOf = (props: Partial<OciAgentVmProps>) => {
      const stack = ociSynth((scope) => machine(scope, props));
      return Object.values(resourcesOf(stack, "oci_core_volume"))[0];
    };
    expect(volumeOf({})?.kms_key_id).toMatch(/^\$\{oci_kms_key\./);
    const replicated = volumeOf({ dataVolume: { encryption: "provider-key", replicateTo } });
    expect([replicated?.kms_key_id, replicated?.block_volume_replicas]).toEqual([undefined, [{ availability_domain: replicateTo }]]);
  });

  test("is backed up with its boot volume and its data volume", () => {
    const facts = ociFacts((stack) => {
      const schedules = { daily: { frequency: "daily", retentionDays: 30 } } as const;
      return new OciBackupPolicy(stack, "Backups", { sources: [machine(stack, {})], schedules });
    });
    const [backup] = facts.filter(({ kind }) => kind === "backup");
    expect(backup?.spec).toMatchObject({
      sources: [
        expect.stringMatching(/^oci_core_instance\.Vm_/) as unknown,
        expect.stringMatching(/^oci_core_volume\.Vm_Data_/) as unknown,
      ],
    });
  });

  test("fails with both", () => {
    const both = { encryption: "customer-key", replicateTo } as never;
    expect(() => ociSynth((stack) => machine(stack, { dataVolume: both }))).toThrow("choose one: remove replicateTo");
  });
});
