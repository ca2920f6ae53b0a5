import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { Firewall } from "@cdktf/provider-digitalocean/lib/firewall";
import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { VolumeAttachment } from "@cdktf/provider-digitalocean/lib/volume-attachment";
import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Cells } from "./cell";

export const cells: Cells = {
  resources: 5,
  declareProvider: (stack) => void new DigitaloceanProvider(stack, "digitalocean", {}),
  addCell: (stack, index) => {
    const cell = new Construct(stack, `Cell${index}`);
    const vpc = new Vpc(cell, "Vpc", { name: `cell-${index}`, region: "nyc3", ipRange: "10.0.0.0/16" });
    const droplet = new Droplet(cell, "Droplet", {
      name: `cell-${index}`,
      image: "ubuntu-24-04-x64",
      region: "nyc3",
      size: "s-2vcpu-4gb",
      vpcUuid: vpc.id,
      monitoring: true,
      tags: [`cell:${index}`],
    });
    const volume = new Volume(cell, "Volume", { name: `cell-${index}`, region: "nyc3", size: 20, initialFilesystemType: "ext4" });
    new VolumeAttachment(cell, "Attachment", { dropletId: Token.asNumber(droplet.id), volumeId: volume.id });
    new Firewall(cell, "Firewall", {
      name: `cell-${index}`,
      tags: [`cell:${index}`],
      outboundRule: [{ protocol: "tcp", portRange: "443", destinationAddresses: ["0.0.0.0/0"] }],
    });
  },
};
