import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { cloudflare, CloudflareAgentService, CloudflareFirewall, CloudflareNetwork } from "cdktf-governed-agents/cloudflare";
import type { Construct } from "constructs";

const accountId = "0123456789abcdef0123456789abcdef";

/** A governed agent at the edge: a Worker with a host of its own, in a zone with safe settings and a filter in front. */
export class CloudflareStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "cloudflare", {});
    const zone = new CloudflareNetwork(this, "Zone", { accountId, domain: "acme.dev" });
    new CloudflareFirewall(this, "Filter", { zone });
    new CloudflareAgentService(this, "Researcher", {
      accountId,
      script: join(__dirname, "worker.mjs"),
      compatibilityDate: "2026-03-01",
      domains: { "researcher.acme.dev": zone },
      governance: {
        endpoint: "https://governance.acme.dev",
        agentId: "researcher-cloudflare",
        governanceId: "gov-7",
        keySecret: `${accountId}/governance-key`,
      },
    });
    govern(this, {
      providers: [cloudflare],
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
