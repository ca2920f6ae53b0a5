import fc from "fast-check";
import { oci, ociWith } from "cdktf-governed-agents/oci";
import { ContainerInstancesContainerInstance } from "cdktf-governed-agents/oci/bindings/container-instances-container-instance";
import { CoreInstance } from "cdktf-governed-agents/oci/bindings/core-instance";
import { CoreInstanceConfiguration } from "cdktf-governed-agents/oci/bindings/core-instance-configuration";
import { CoreVcn } from "cdktf-governed-agents/oci/bindings/core-vcn";
import { CoreVolumeAttachment } from "cdktf-governed-agents/oci/bindings/core-volume-attachment";
import { Token, type TerraformStack } from "cdktf";
import { LABEL_KEYS, MANAGED_BY, type LabelSet } from "../../lib/labels";
import taggable from "../../lib/oci/taggable.json";
import { labels, only } from "../governed";
import { providerSchema } from "../schema/provider-schema";
import { governed, scopeLabels, tags } from "./governed";
import { COMPARTMENT } from "./support";

const complete: LabelSet = { ...labels, ...scopeLabels, managedBy: MANAGED_BY };
const vcn =
  (config: object = {}) =>
  (stack: TerraformStack) =>
    new CoreVcn(stack, "Vcn", { compartmentId: COMPARTMENT, cidrBlocks: ["10.0.0.0/16"], ...config });
const withNamespace = ociWith({ tagNamespace: "governance" });

/** Text that a label may hold. */
const value = fc.string({ minLength: 1, maxLength: 200, unit: "grapheme-ascii" }).filter((text) => text.trim() === text);
const labelSets = fc.record(Object.fromEntries(LABEL_KEYS.map((key) => [key, value]))) as unknown as fc.Arbitrary<LabelSet>;

describe("labels as OCI tags", () => {
  test("all ten fit into what a resource takes, with keys that have no blank and no period", () => {
    const keys = Object.keys(oci.labels.encode(complete, "stack"));
    expect(keys).toHaveLength(10);
    expect(keys.filter((key) => /[ .]/.test(key) || key.length > 100)).toEqual([]);
  });

  test("any labels come back as they were, with and without a tag namespace", () => {
    fc.assert(
      fc.property(labelSets, fc.boolean(), (set, named) => {
        const { encode, decode } = (named ? withNamespace : oci).labels;
        expect(decode(encode(set, "stack"))).toEqual(set);
      }),
    );
  });

  test("are on every type whose schema takes free-form tags, and on no other", () => {
    const schemas = Object.entries(providerSchema("oci")?.resource_schemas ?? {});
    const takes = schemas.filter(([, { block }]) => block.attributes?.freeform_tags?.optional).map(([type]) => type);
    expect(taggable).toEqual(takes.sort());
    expect(taggable.length).toBeGreaterThan(50);
    expect(schemas.filter(([type]) => oci.labels.carrierOf(type) !== undefined).map(([type]) => type)).toEqual(taggable);
  });

  test("win over tags of the user, which else stay, and a conflict is told", () => {
    const result = governed(vcn({ freeformTags: { project: "apollo", team: "blue" } }));
    expect(only(result, "oci_core_vcn").freeform_tags).toEqual({ team: "blue", ...tags });
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo" } });
  });

  test("are added to tags that are known later", () => {
    const result = governed(vcn({ freeformTags: Token.asStringMap({ later: "known" }) }));
    const written = only(result, "oci_core_vcn").freeform_tags as string;
    expect(written).toMatch(/^\$\{merge\(/);
    expect(oci.labels.decode(oci.labels.carrierOf("oci_core_vcn")?.read({ freeform_tags: written }) ?? {})).toMatchObject(labels);
  });

  test("leave what cannot carry them alone, and the manifest says so", () => {
    const result = governed(
      (stack) => new CoreVolumeAttachment(stack, "Attachment", { attachmentType: "paravirtualized", instanceId: "i", volumeId: "v" }),
    );
    expect(only(result, "oci_core_volume_attachment")).not.toHaveProperty("freeform_tags");
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "untaggable" });
  });
});

describe("a tag namespace", () => {
  test("makes the labels of cost reports defined tags too", () => {
    const vnc = only(governed(vcn(), { provider: withNamespace, all: true }), "oci_core_vcn");
    expect(Object.keys(vnc.freeform_tags as object)).toHaveLength(10);
    expect(vnc.defined_tags).toEqual({
      "governance.project": "atlas",
      "governance.environment": "production",
      "governance.cost-center": "r-and-d",
      "governance.owner": "research@acme.dev",
      "governance.agent-id": "scout",
      "governance.layer": "core",
    });
  });

  test("leaves defined tags of the user where they are", () => {
    const definedTags = { "Operations.Team": "blue", "governance.project": "apollo" };
    const result = governed(vcn({ definedTags }), { provider: withNamespace });
    expect(only(result, "oci_core_vcn").defined_tags).toMatchObject({ "Operations.Team": "blue", "governance.project": "atlas" });
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { "governance.project": "apollo" } });
    expect(only(governed(vcn()), "oci_core_vcn")).not.toHaveProperty("defined_tags");
  });

  test("fails on a name that it cannot have", () => {
    expect(() => ociWith({ tagNamespace: "cost.center" })).toThrowErrorMatchingInlineSnapshot(`
     "ociWith: 1 problem
       - tagNamespace: got "cost.center", want 1 to 100 ASCII characters without blanks and periods"
    `);
    expect(() => ociWith({ namespace: "governance" } as never)).toThrowErrorMatchingInlineSnapshot(`
     "ociWith: 2 problems
       - namespace: got "governance", want no such prop; remove it; known props: tagNamespace
       - tagNamespace: got nothing, want 1 to 100 ASCII characters without blanks and periods"
    `);
  });
});

describe("labels are handed on", () => {
  const shape = { compartmentId: COMPARTMENT, availabilityDomain: "Uocm:IAD-AD-1", shape: "VM.Standard.A1.Flex" };

  test("by a machine to the network card that it is created with", () => {
    const createVnicDetails = { subnetId: "subnet", freeformTags: { role: "front" } };
    const result = governed((stack) => new CoreInstance(stack, "Vm", { ...shape, createVnicDetails }), { provider: withNamespace });
    const card = only(result, "oci_core_instance").create_vnic_details;
    expect(card).toMatchObject({ subnet_id: "subnet", freeform_tags: { role: "front", ...tags } });
    expect(card).toHaveProperty("defined_tags", expect.objectContaining({ "governance.project": "atlas" }));
  });

  test("by a container instance to its containers and network cards", () => {
    const parts = { containers: [{ imageUrl: "ghcr.io/acme/agent" }], vnics: [{ subnetId: "subnet" }], shapeConfig: { ocpus: 1 } };
    const result = governed((stack) => new ContainerInstancesContainerInstance(stack, "Agent", { ...shape, ...parts }));
    const { containers, vnics } = only(result, "oci_container_instances_container_instance");
    expect(containers).toMatchObject([{ image_url: "ghcr.io/acme/agent", freeform_tags: tags }]);
    expect(vnics).toMatchObject([{ subnet_id: "subnet", freeform_tags: tags }]);
  });

  test("by the template of a pool to machines, network cards and volumes", () => {
    const instanceDetails = {
      instanceType: "compute",
      launchDetails: { compartmentId: COMPARTMENT, createVnicDetails: { subnetId: "subnet" } },
      blockVolumes: [{ createDetails: { compartmentId: COMPARTMENT, sizeInGbs: "50" } }],
    };
    const result = governed((stack) => new CoreInstanceConfiguration(stack, "Template", { compartmentId: COMPARTMENT, instanceDetails }));
    expect(only(result, "oci_core_instance_configuration").instance_details).toMatchObject({
      launch_details: { freeform_tags: tags, create_vnic_details: { subnet_id: "subnet", freeform_tags: tags } },
      block_volumes: [{ create_details: { size_in_gbs: "50", freeform_tags: tags } }],
    });
  });
});

describe("too much for a resource", () => {
  test("fails on an eleventh tag, and on keys and values that OCI refuses", () => {
    expect(() => governed(vcn({ freeformTags: { team: "blue" } }), { all: true })).toThrowErrorMatchingInlineSnapshot(`
     "test/Vcn: 1 problem
       - freeformTags: got 11, want 10 free-form tags or fewer with the labels (OCI limit of a resource); remove some, or make them defined tags"
    `);
    const freeformTags = { "cost center": "7", "a.b": "c", long: "x".repeat(257) };
    expect(() => governed(vcn({ freeformTags }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Vcn: 3 problems
       - freeformTags: got "cost center", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - freeformTags: got "a.b", want 1 to 100 ASCII characters without blanks and periods (OCI tag key)
       - freeformTags.long: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want text of 1 to 256 characters (OCI tag value)"
    `);
  });

  test("fails on more than 5 KB in all", () => {
    const wide = Object.fromEntries(LABEL_KEYS.map((key) => [key, "界".repeat(200)])) as unknown as LabelSet;
    expect(() => oci.labels.encode(wide, "stack")).toThrowErrorMatchingInlineSnapshot(`
     "stack labels: 1 problem
       - tags: got 6160, want at most 5120 bytes of tags on one resource (OCI limit); shorten some labels"
    `);
  });
});
