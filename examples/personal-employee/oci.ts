import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { oci, OciAgentVm, OciAlarms, OciBackupPolicy, OciBudget, OciNetwork, useCompartment } from "cdktf-governed-agents/oci";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import type { Construct } from "constructs";
import { ASSISTANT, governance, LABELS, OWNER, RELEASE } from "./assistant";
import { OCI_PROMISES } from "./promises";

const tenancyId = "ocid1.tenancy.oc1..aaaaexample";
const secret = (name: string) => `ocid1.vaultsecret.oc1.iad.amaaaa${name}`;

/** What `oci network service list` says of the region, so that a plan needs no answer. */
const oracleServices = {
  serviceId: "ocid1.service.oc1.iad.aaaaexample",
  cidrLabel: "all-iad-services-in-oracle-services-network",
};

/** The assistant on OCI: two Ampere cores, secrets by the machine's own identity, daily backups with a copy in another region. */
export class OciAssistant extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OciProvider(this, "oci", { region: "us-ashburn-1", tenancyOcid: tenancyId });
    useCompartment(this, "ocid1.compartment.oc1..aaaaexample");
    const network = new OciNetwork(this, "Network", {
      cidr: "10.30.0.0/20",
      egress: "public-ip",
      availabilityDomains: ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2", "Uocm:US-ASHBURN-AD-3"],
      oracleServices,
    });
    const assistant = new OciAgentVm(this, "Assistant", {
      ...ASSISTANT,
      network,
      imageId: "ocid1.image.oc1.iad.aaaaubuntu2404aarch64",
      bundle: {
        url: `https://objectstorage.us-ashburn-1.oraclecloud.com/n/acme/b/assistant-releases/o/${RELEASE.file}`,
        sha256: RELEASE.sha256,
      },
      secrets: { ANTHROPIC_API_KEY: secret("model") },
      governance: governance("oci", secret("governance")),
    });
    new OciBackupPolicy(this, "Backups", {
      sources: [assistant],
      schedules: { daily: { frequency: "daily", retentionDays: 30, copyTo: [{ region: "us-phoenix-1" }] } },
    });
    OciAlarms.of(this).addEmail(OWNER);
    new OciBudget(this, "Budget", { tenancyId, usdPerMonth: 30, emails: [OWNER] });
    govern(this, { ...OCI_PROMISES, providers: [oci], labels: LABELS });
  }
}
