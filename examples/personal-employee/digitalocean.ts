import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { digitalocean, DigitalOceanAgentVm, DigitalOceanAlarms, DigitalOceanNetwork } from "cdktf-governed-agents/digitalocean";
import type { Construct } from "constructs";
import { ASSISTANT, governance, LABELS, OWNER, RELEASE } from "./assistant";
import { DIGITALOCEAN_PROMISES } from "./promises";

/** The assistant on DigitalOcean: secrets from a vault that a token opens once, because a droplet has no identity; no backups of a volume. */
export class DigitalOceanAssistant extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new DigitaloceanProvider(this, "digitalocean", {});
    const network = new DigitalOceanNetwork(this, "Network", { region: "fra1", cidr: "10.30.0.0/20", egress: "public-ip" });
    const wrappedToken = new TerraformVariable(this, "wrapped-token", { type: "string", sensitive: true, default: "" }).stringValue;
    new DigitalOceanAgentVm(this, "Assistant", {
      ...ASSISTANT,
      network,
      bundle: { url: `https://releases.acme.dev/${RELEASE.file}`, sha256: RELEASE.sha256 },
      secretExchange: { url: "https://vault.acme.dev", wrappedToken },
      secrets: { ANTHROPIC_API_KEY: "secret/data/assistant#model" },
      governance: governance("digitalocean", "secret/data/assistant#governance"),
    });
    DigitalOceanAlarms.of(this).addEmail(OWNER);
    govern(this, { ...DIGITALOCEAN_PROMISES, providers: [digitalocean], labels: LABELS });
  }
}
