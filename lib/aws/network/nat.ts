import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { acknowledge, acknowledgeSandbox } from "../../policy/acknowledge";
import type { ZonalNetworkSpec } from "../../spec/network";
import { AwsFirewall } from "./firewall";
import { AwsKey } from "../key";

/** What a default route points to. */
export type Nat = { readonly natGatewayId: string } | { readonly networkInterfaceId: string };

/** Smallest arm64 machine; its network is enough for a handful of agents. Source: Amazon EC2 T4g, read 2026-11-21. */
const NAT_INSTANCE_TYPE = "t4g.nano";

/** Smallest root volume of Amazon Linux 2023, in GiB. Source: Amazon Linux 2023 guide, read 2026-11-21. */
const ROOT_GIB = 8;

/** Amazon Linux 2023, kept current by AWS. Source: public parameters in the Systems Manager guide, read 2026-11-21. */
const NAT_IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** The way out of a network: one NAT, one per zone, or none. In the order of the zones. */
export function addNat(scope: Construct, spec: ZonalNetworkSpec, publicSubnets: readonly Subnet[], vpc: Vpc): readonly Nat[] {
  switch (spec.egress) {
    case "nat-gateway":
      return publicSubnets.slice(0, 1).map((subnet, index) => addGateway(scope, spec.zones[index] as string, subnet));
    case "nat-gateway-per-zone":
      return publicSubnets.map((subnet, index) => addGateway(scope, spec.zones[index] as string, subnet));
    case "nat-instance":
      return publicSubnets.slice(0, 1).map((subnet) => new NatInstance(scope, "NatInstance", { spec, subnet, vpc }).route);
    case "none":
    case "public-ip":
      return [];
  }
}

function addGateway(scope: Construct, zone: string, subnet: Subnet): Nat {
  const letter = zone.slice(-1).toUpperCase();
  const address = new Eip(scope, `NatAddress${letter}`, { domain: "vpc", tags: { Name: `${scope.node.path}/nat-${zone}` } });
  const gateway = new NatGateway(scope, `Nat${letter}`, {
    subnetId: subnet.id,
    allocationId: address.allocationId,
    tags: { Name: `${scope.node.path}/nat-${zone}` },
  });
  return { natGatewayId: gateway.id };
}

interface NatInstanceProps {
  readonly spec: ZonalNetworkSpec;
  readonly subnet: Subnet;
  readonly vpc: Vpc;
}

/** One small machine that translates addresses: cheap, and a single point of failure. */
class NatInstance extends Construct {
  readonly route: Nat;

  constructor(scope: Construct, id: string, { spec, subnet, vpc }: NatInstanceProps) {
    super(scope, id);
    const firewall = new AwsFirewall(this, "Firewall", {
      network: { vpcId: vpc.id },
      ingress: { network: { port: 1, toPort: 65535, peer: { cidr: spec.cidr }, description: "Traffic of the network to the internet" } },
      egress: { https: { port: 443, peer: "internet", description: "What the network calls" } },
    });
    const image = new DataAwsSsmParameter(this, "Image", { name: NAT_IMAGE });
    const instance = new Instance(this, "Resource", {
      ami: image.insecureValue,
      instanceType: NAT_INSTANCE_TYPE,
      subnetId: subnet.id,
      vpcSecurityGroupIds: [firewall.securityGroup.id],
      sourceDestCheck: false,
      associatePublicIpAddress: true,
      disableApiTermination: spec.profile === "production",
      ebsOptimized: true,
      monitoring: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, kmsKeyId: AwsKey.of(this).arn, volumeType: "gp3", volumeSize: ROOT_GIB },
      maintenanceOptions: { autoRecovery: "default" },
      userData: natScript(spec.cidr),
      tags: { Name: this.node.path },
      lifecycle: { ignoreChanges: ["ami"] },
    });
    acknowledge(instance, "machine-not-public", "it is the way of the network to the internet; its firewall lets only the network in");
    acknowledge(instance, "machine-identity", "it forwards packets and calls no service of the platform");
    acknowledgeSandbox(instance, spec.profile, ["machine-deletion-protected"]);
    this.route = { networkInterfaceId: instance.primaryNetworkInterfaceId };
  }
}

function natScript(cidr: string): string {
  return [
    "#!/bin/sh",
    "set -eu",
    "dnf install -y nftables",
    "echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf",
    "sysctl --system",
    "cat > /etc/sysconfig/nftables.conf <<'RULES'",
    "table ip nat {",
    "  chain postrouting {",
    "    type nat hook postrouting priority srcnat;",
    `    ip saddr ${cidr} oifname != "lo" masquerade`,
    "  }",
    "}",
    "RULES",
    "systemctl enable --now nftables",
    "",
  ].join("\n");
}
