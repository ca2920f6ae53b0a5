import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { oci, OciAgentService, OciNetwork, OciPostgres, useCompartment } from "cdktf-governed-agents/oci";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import type { Construct } from "constructs";

const secret = (name: string) => `ocid1.vaultsecret.oc1.iad.amaaaa${name}`;

/** The same governed agent and database on OCI: container instances and a managed database system. */
export class OciStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OciProvider(this, "oci", { region: "us-ashburn-1", tenancyOcid: "ocid1.tenancy.oc1..aaaaexample" });
    useCompartment(this, "ocid1.compartment.oc1..aaaaexample");
    const network = new OciNetwork(this, "Network", {
      cidr: "10.20.0.0/16",
      egress: "nat-gateway",
      availabilityDomains: ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2", "Uocm:US-ASHBURN-AD-3"],
      oracleServices: { serviceId: "ocid1.service.oc1.iad.aaaaexample", cidrLabel: "all-iad-services-in-oracle-services-network" },
    });
    const memory = new OciPostgres(this, "Memory", { network, version: "16", size: "large" });
    new OciAgentService(this, "Researcher", {
      network,
      image: "ghcr.io/acme/researcher@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      size: "small",
      replicas: 2,
      database: memory,
      governance: {
        endpoint: "https://governance.acme.dev",
        agentId: "researcher-oci",
        governanceId: "gov-7",
        keySecret: secret("researcher"),
      },
    });
    govern(this, {
      providers: [oci],
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      policy: {},
      labels: {
        project: "atlas",
        environment: "production",
        costCenter: "r-and-d",
        owner: "research@acme.dev",
        governanceId: "gov-7",
        governanceEndpoint: "https://governance.acme.dev",
      },
    });
  }
}
