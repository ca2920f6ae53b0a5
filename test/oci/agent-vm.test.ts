import { createHash } from "node:crypto";
import { Lazy, type TerraformStack } from "cdktf";
import fc from "fast-check";
import { oci, OciAgentVm, OciNetwork, type OciAgentVmProps } from "cdktf-governed-agents/oci";
import { SHAPES, shapeConfig, trySize, type OciShape } from "../../lib/oci/agent-vm/agent-vm-limits";
import { tryReadUserData } from "../../lib/oci/agent-vm/agent-vm-machine";
import type { WrittenCloudConfig } from "../../lib/runtime/cloud-init";
import { AGENT_VM_SHAPES, AGENT_VM_SIZES, type AgentVmProps, type AgentVmSpec } from "../../lib/spec/agent-vm";
import { agentVmContract, machineIn } from "../contracts/agent-vm";
import { ociSynth, resourcesOf } from "./support";

const DOMAINS = ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2", "Uocm:US-ASHBURN-AD-3"] as const;
const SECRET = "ocid1.vaultsecret.oc1.iad.amaaaa";
const KEY = `${SECRET}key`;
const UNITS = { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } };
const GOVERNANCE = { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: KEY };

/** A network that is managed elsewhere, so that the stacks hold nothing but the machine. */
const ATTRIBUTES = {
  vcnId: "ocid1.vcn.oc1.iad.aaaaexample",
  cidr: "10.20.0.0/16",
  egress: "nat-gateway" as const,
  availabilityDomains: DOMAINS,
  subnetIds: { private: "ocid1.subnet.oc1.iad.aaaaprivate" },
};
const NETWORK = OciNetwork.fromAttributes(ATTRIBUTES);

const vm = (stack: TerraformStack, props: Partial<OciAgentVmProps> = {}) =>
  new OciAgentVm(stack, "Vm", {
    network: NETWORK,
    size: "small",
    units: UNITS,
    governance: GOVERNANCE,
    imageId: "ocid1.image.oc1.iad.aaaaubuntu",
    tenancyId: "ocid1.tenancy.oc1..aaaaexample",
    ...props,
  });

/** What is neutral in another form: on OCI the zone is that of a candidate. */
const placed = ({ zone, ...props }: AgentVmProps): Partial<OciAgentVmProps> =>
  zone === undefined ? props : { ...props, candidates: [{ availabilityDomain: zone, shape: "VM.Standard.A1.Flex" }] };

const synthesize = (props: Partial<OciAgentVmProps> = {}) => ociSynth((stack) => vm(stack, props));
const only = (synthesized: ReturnType<typeof synthesize>, type: string) => {
  const found = Object.entries(resourcesOf(synthesized, type)).filter(([id]) => id.startsWith("Vm"));
  expect(found).toHaveLength(1);
  return found[0]?.[1] as Record<string, unknown>;
};

describe("OciAgentVm", () => {
  agentVmContract({
    otherZone: DOMAINS[1],
    volumes: { dataVolumeGiB: 100, rootVolumeGiB: 60 },
    identity: true,
    fetchesSettings: true,
    secrets: [KEY, `${SECRET}llm#api-key`],
    synthesize: (props) => {
      let spec: AgentVmSpec | undefined;
      const synthesized = ociSynth((stack) => (spec = vm(stack, placed(props)).spec));
      const [instance] = Object.values(resourcesOf(synthesized, "oci_core_instance"));
      const metadata = instance?.metadata as Record<string, string>;
      return {
        spec: spec as AgentVmSpec,
        ...machineIn(synthesized.json, oci.readers),
        settings: String(metadata.settings),
        firstStart: JSON.stringify(tryReadUserData(metadata.user_data)),
      };
    },
  });

  const defaults = synthesize();

  test("the instance is hardened, and moves when its hardware fails", () => {
    const instance = only(defaults, "oci_core_instance");
    expect(instance).toMatchObject({
      agent_config: { is_management_disabled: true, is_monitoring_disabled: false },
      availability_config: { is_live_migration_preferred: true, recovery_action: "RESTORE_INSTANCE" },
      availability_domain: DOMAINS[0],
      create_vnic_details: { assign_public_ip: "false", subnet_id: "ocid1.subnet.oc1.iad.aaaaprivate" },
      instance_options: { are_legacy_imds_endpoints_disabled: true },
      is_pv_encryption_in_transit_enabled: true,
      launch_options: { is_pv_encryption_in_transit_enabled: true },
      shape: "VM.Standard.A1.Flex",
      shape_config: { ocpus: 2, memory_in_gbs: 4 },
      source_details: { boot_volume_size_in_gbs: "50", kms_key_id: expect.stringMatching(/oci_kms_key/) as string },
      state: "RUNNING",
    });
    expect(instance).not.toHaveProperty("platform_config");
    expect(only(synthesize({ architecture: "amd64" }), "oci_core_instance")).toMatchObject({
      platform_config: { is_secure_boot_enabled: true, type: "AMD_VM" },
      shape: "VM.Standard.E5.Flex",
      shape_config: { ocpus: 1, memory_in_gbs: 4 },
    });
  });

  test("it has a public address only where the network has no other way out", () => {
    const network = OciNetwork.fromAttributes({
      ...ATTRIBUTES,
      egress: "public-ip",
      subnetIds: { public: "ocid1.subnet.oc1.iad.aaaapublic" },
    });
    const { create_vnic_details: vnic } = only(synthesize({ network }), "oci_core_instance");
    expect(vnic).toMatchObject({ assign_public_ip: "true", subnet_id: "ocid1.subnet.oc1.iad.aaaapublic" });
  });

  test("data is apart from the machine, encrypted with the stack's key at rest and on the way, and kept in production", () => {
    expect(only(defaults, "oci_core_volume")).toMatchObject({
      availability_domain: DOMAINS[0],
      kms_key_id: expect.stringMatching(/oci_kms_key/) as string,
      lifecycle: { prevent_destroy: true },
      size_in_gbs: "50",
    });
    expect(only(defaults, "oci_core_volume_attachment")).toMatchObject({
      attachment_type: "paravirtualized",
      device: "/dev/oracleoci/oraclevdb",
      is_pv_encryption_in_transit_enabled: true,
    });
    expect(only(synthesize({ profile: "sandbox" }), "oci_core_volume")).not.toHaveProperty("lifecycle");
  });

  test("the machine reads its own secrets and bundles, and sends its own metrics", () => {
    const synthesized = synthesize({
      bundle: { url: "oci://bundles@acme/agents/agent.tar.gz", sha256: "a".repeat(64) },
      secrets: { LLM_API_KEY: `${SECRET}llm#key`, SAME: `${SECRET}llm#other` },
    });
    const group = Object.keys(resourcesOf(synthesized, "oci_identity_dynamic_group"))[0] as string;
    const who = `Allow dynamic-group \${oci_identity_dynamic_group.${group}.name} to`;
    const where = "in compartment id ocid1.compartment.oc1..aaaaexample where";
    expect(only(synthesized, "oci_identity_policy").statements).toEqual([
      `${who} read secret-bundles ${where} any {target.secret.id = '${KEY}', target.secret.id = '${SECRET}llm'}`,
      `${who} use metrics ${where} target.metrics.namespace = 'governed_agents'`,
      `${who} read objects ${where} all {target.bucket.name = 'bundles', target.object.name = 'agents/agent.tar.gz'}`,
    ]);
    expect(only(synthesized, "oci_identity_dynamic_group")).toMatchObject({
      compartment_id: "ocid1.tenancy.oc1..aaaaexample",
      matching_rule: expect.stringMatching(/^ALL \{instance\.id = '\$\{oci_core_instance\.\w+\.id\}'\}$/) as string,
    });
  });

  test("the kill switch stops the machine, takes its identity's permissions and silences its alarms", () => {
    const stopped = synthesize({ enabled: false });
    expect(only(stopped, "oci_core_instance").state).toBe("STOPPED");
    expect(only(stopped, "oci_identity_dynamic_group").matching_rule).toBe("ALL {instance.id = 'none'}");
    const alarms = Object.values(resourcesOf(stopped, "oci_monitoring_alarm"));
    expect(alarms).toHaveLength(7);
    expect(alarms.every((alarm) => alarm.is_enabled === false)).toBe(true);
  });

  test("the thresholds are those of a machine in use", () => {
    const alarms = Object.values(resourcesOf(defaults, "oci_monitoring_alarm"));
    const summary = alarms.map(
      ({ query, pending_duration }) => `${String(query).replace(/\$\{[^}]+\}/, "id")} for ${String(pending_duration)}`,
    );
    expect(summary).toMatchInlineSnapshot(`
     [
       "CpuUtilization[1m]{resourceId = "id"}.mean() > 90 for PT5M",
       "CpuUtilization[1m]{resourceId = "id"}.mean() > 80 for PT30M",
       "DiskUtilization[1m]{agentId = "assistant", volume = "data"}.max() > 80 for PT5M",
       "Heartbeats[1m]{agentId = "assistant"}.groupBy(agentId).absent(3d) for PT2M",
       "instance_status[1m]{resourceId = "id"}.max() > 0 for PT2M",
       "MemoryUtilization[1m]{resourceId = "id"}.mean() > 80 for PT5M",
       "DiskUtilization[1m]{agentId = "assistant", volume = "system"}.max() > 80 for PT5M",
     ]
    `);
    const slow = synthesize({ governance: { ...GOVERNANCE, heartbeatSeconds: 300, missedHeartbeats: 20 } });
    const heartbeat = Object.values(resourcesOf(slow, "oci_monitoring_alarm")).find(({ query }) => String(query).startsWith("Heartbeats"));
    expect(heartbeat).toMatchObject({ pending_duration: "PT60M", query: expect.stringContaining("Heartbeats[40m]") as string });
  });

  test("a candidate is taken by its number, and another availability domain takes the data volume along", () => {
    const candidates = [
      { availabilityDomain: DOMAINS[2], shape: "VM.Standard.A1.Flex" as const },
      { availabilityDomain: DOMAINS[1], shape: "VM.Standard.A1.Flex" as const },
    ];
    const second = synthesize({ candidates, candidate: 1 });
    expect(only(second, "oci_core_instance").availability_domain).toBe(DOMAINS[1]);
    expect(only(second, "oci_core_volume").availability_domain).toBe(DOMAINS[1]);
    expect(only(synthesize({ candidates }), "oci_core_instance").availability_domain).toBe(DOMAINS[2]);
  });

  test("people come through a bastion when it is asked for, and from its address only", () => {
    expect(resourcesOf(defaults, "oci_bastion_bastion")).toEqual({});
    const open = synthesize({ bastion: { clientCidrs: ["198.51.100.7/32"] } });
    expect(only(open, "oci_bastion_bastion")).toMatchObject({
      bastion_type: "STANDARD",
      client_cidr_block_allow_list: ["198.51.100.7/32"],
      max_session_ttl_in_seconds: 3600,
      name: "testvmbastion",
      target_subnet_id: "ocid1.subnet.oc1.iad.aaaaprivate",
    });
    const rules = Object.values(resourcesOf(open, "oci_core_network_security_group_security_rule"));
    expect(rules.filter(({ direction }) => direction === "INGRESS")).toMatchObject([
      { source: expect.stringMatching(/^\$\{oci_bastion_bastion\.\w+\.private_endpoint_ip_address\}\/32$/) as string },
    ]);
    const { user_data } = only(open, "oci_core_instance").metadata as Record<string, string>;
    const { runcmd, write_files } = tryReadUserData(user_data) as WrittenCloudConfig;
    expect(runcmd.flat()).not.toContain("mask");
    expect(write_files.find(({ path }) => path === "/etc/nftables.conf")?.content).toContain("ip saddr 10.20.0.0/16 tcp dport 22 accept");
  });

  test("fails when a bastion is open to the internet, or to nobody", () => {
    const fails = (clientCidrs: string[]) => expect(() => synthesize({ bastion: { clientCidrs } }));
    fails(["0.0.0.0/0", "office"]).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 2 problems
       - bastion.clientCidrs: got "0.0.0.0/0", want ranges of IPv4 addresses such as "198.51.100.7/32", and not the whole internet
       - bastion.clientCidrs: got "office", want ranges of IPv4 addresses such as "198.51.100.7/32", and not the whole internet"
    `);
    fails([]).toThrow("bastion.clientCidrs: got []");
  });

  test("says what an A1 instance needs of its tenancy", () => {
    expect(defaults.annotations.join()).toContain("needs a tenancy that pays as it goes");
    expect(synthesize({ architecture: "amd64" }).annotations.join()).not.toContain("pays as it goes");
  });

  test("every size on every shape has its vCPU and memory, within what the shape takes for an OCPU", () => {
    const shapes = fc.constantFrom(...(Object.keys(SHAPES) as OciShape[]));
    fc.assert(
      fc.property(shapes, fc.constantFrom(...AGENT_VM_SIZES), (shape, size) => {
        const { ocpus, memoryInGbs } = shapeConfig(shape, size);
        expect(ocpus * SHAPES[shape].vcpusPerOcpu).toBe(AGENT_VM_SHAPES[size].vcpus);
        expect(Number.isInteger(ocpus)).toBe(true);
        expect(memoryInGbs / ocpus).toBeGreaterThanOrEqual(1);
        expect(memoryInGbs / ocpus).toBeLessThanOrEqual(64);
        expect(trySize(shape, ocpus)).toBe(size);
      }),
    );
  });

  test("fails with the problems of OCI and of the machine at once", () => {
    const build = () =>
      ociSynth((stack) =>
        vm(stack, {
          network: OciNetwork.fromAttributes({ ...ATTRIBUTES, egress: "none", subnetIds: { isolated: "ocid1.subnet.oc1.iad.a" } }),
          zone: DOMAINS[1],
          imageId: "Canonical-Ubuntu-24.04",
          tenancyId: "acme",
          candidates: [
            { availabilityDomain: "Uocm:US-ASHBURN-AD-4", shape: "VM.Standard.A1.Flex" },
            { availabilityDomain: DOMAINS[0], shape: "VM.Standard.E4.Flex" },
            { availabilityDomain: DOMAINS[0], shape: "VM.Standard.A2.Flex" },
          ],
          candidate: 3,
          dataVolumeGiB: 20,
          rootVolumeGiB: 40,
          bundle: { url: "s3://bundles/agent.tar.gz", sha256: "a".repeat(64) },
          governance: { ...GOVERNANCE, keySecret: "gov-key" },
        } as never),
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 12 problems
       - imageId: got "Canonical-Ubuntu-24.04", want the OCID of an image, such as "ocid1.image.oc1.iad.aaaaexample"; find it at https://docs.oracle.com/en-us/iaas/images/ under Ubuntu 24.04, for the region and the architecture
       - candidates.0.availabilityDomain: got "Uocm:US-ASHBURN-AD-4", want an availability domain of the network: "Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2", "Uocm:US-ASHBURN-AD-3"; did you mean "Uocm:US-ASHBURN-AD-1"?
       - candidates.1.shape: got "VM.Standard.E4.Flex", want a shape of the architecture "arm64": "VM.Standard.A1.Flex"; or set architecture to the one of the shape
       - candidates.2.shape: got "VM.Standard.A2.Flex", want one of "VM.Standard.A1.Flex", "VM.Standard.E5.Flex", "VM.Standard.E4.Flex"; did you mean "VM.Standard.A1.Flex"?
       - candidate: got 3, want a whole number, 0 to 2 (a number of the list of candidates)
       - tenancyId: got "acme", want the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample"
       - network: got {"egress":"none"}, want a network with a way out, for updates, software and the governance endpoint; choose another egress of the network
       - zone: got "Uocm:US-ASHBURN-AD-2", want nothing: the candidates say in which availability domain it stands; remove it
       - bundle.url: got "s3://bundles/agent.tar.gz", want an https URL without query, or an object such as "oci://bucket@namespace/agent.tar.gz"
       - dataVolumeGiB: got 20, want a whole number, 50 to 32768 (OCI volume limits)
       - rootVolumeGiB: got 40, want a whole number, 50 to 32768 (OCI volume limits)
       - governance.keySecret: got text that may hold a secret (hidden), want the OCID of a secret, such as "ocid1.vaultsecret.oc1.iad.aaaaexample", with #field for a field of JSON; store the key as a secret and give its reference"
    `);
  });

  test("fails without a tenancy", () => {
    expect(() => synthesize({ tenancyId: undefined })).toThrowErrorMatchingInlineSnapshot(`
     "test/Vm: 1 problem
       - tenancyId: got nothing, want the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample"; give it here, or as tenancyOcid of the provider"
    `);
    expect(() => synthesize({ tenancyId: Lazy.stringValue({ produce: () => "ocid1.tenancy.oc1..aaaaexample" }) })).not.toThrow();
  });

  test("fails when metadata is more than OCI takes", () => {
    const noise = (seed: number) =>
      Array.from({ length: 60 }, (_, index) => createHash("sha256").update(`${seed} ${index}`).digest("hex")).join("");
    const units = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`unit-${index}`, { command: ["/usr/bin/node", noise(index)] }]),
    );
    expect(() => synthesize({ units })).toThrow(/test\/Vm: 1 problem\n {2}- units: got "\d+ bytes of metadata", want at most 32000 bytes/);
  });
});
