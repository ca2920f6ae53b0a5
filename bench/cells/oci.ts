import { Construct } from "constructs";
import { CoreInstance } from "cdktf-governed-agents/oci/bindings/core-instance";
import { CoreNetworkSecurityGroup } from "cdktf-governed-agents/oci/bindings/core-network-security-group";
import { CoreSubnet } from "cdktf-governed-agents/oci/bindings/core-subnet";
import { CoreVcn } from "cdktf-governed-agents/oci/bindings/core-vcn";
import { CoreVolume } from "cdktf-governed-agents/oci/bindings/core-volume";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import type { Cells } from "./cell";

const COMPARTMENT = "ocid1.compartment.oc1..aaaaexample";
const ZONE = "Uocm:US-ASHBURN-AD-1";

export const cells: Cells = {
  resources: 5,
  declareProvider: (stack) => void new OciProvider(stack, "oci", { region: "us-ashburn-1" }),
  addCell: (stack, index) => {
    const cell = new Construct(stack, `Cell${index}`);
    const vcn = new CoreVcn(cell, "Vcn", { compartmentId: COMPARTMENT, cidrBlocks: ["10.0.0.0/16"], displayName: `cell-${index}` });
    const subnet = new CoreSubnet(cell, "Subnet", { compartmentId: COMPARTMENT, vcnId: vcn.id, cidrBlock: "10.0.1.0/24" });
    const group = new CoreNetworkSecurityGroup(cell, "Group", { compartmentId: COMPARTMENT, vcnId: vcn.id });
    new CoreInstance(cell, "Instance", {
      compartmentId: COMPARTMENT,
      availabilityDomain: ZONE,
      shape: "VM.Standard.A1.Flex",
      shapeConfig: { ocpus: 2, memoryInGbs: 4 },
      createVnicDetails: { subnetId: subnet.id, nsgIds: [group.id], assignPublicIp: "false" },
      freeformTags: { cell: String(index) },
    });
    new CoreVolume(cell, "Volume", { compartmentId: COMPARTMENT, availabilityDomain: ZONE, sizeInGbs: "50" });
  },
};
