import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import {
  cloudflare,
  CloudflareAgentService,
  CloudflareBackupBucket,
  CloudflareFirewall,
  CloudflareNetwork,
} from "cdktf-governed-agents/cloudflare";
import type { Construct } from "constructs";
import { CITIZENS, LABELS } from "./city";

const accountId = "0123456789abcdef0123456789abcdef";

/** The citizens: one Worker and one Durable Object class with an object for each, and the archive of what they did. */
export class CityEdge extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "cloudflare", {});
    const zone = new CloudflareNetwork(this, "Zone", { accountId, domain: "citizens.dev" });
    new CloudflareFirewall(this, "Filter", { zone });
    new CloudflareAgentService(this, "Citizens", {
      accountId,
      script: join(__dirname, "citizen.mjs"),
      compatibilityDate: "2026-03-01",
      agents: { class: "Citizen", count: CITIZENS, prefix: "citizen" },
      migrations: [{ tag: "v1", newSqliteClasses: ["Citizen"] }],
      domains: { "citizens.dev": zone },
      governance: {
        endpoint: LABELS.governanceEndpoint,
        governanceId: LABELS.governanceId,
        keySecret: `${accountId}/citizens-key`,
        heartbeatSeconds: 300,
      },
    });
    new CloudflareBackupBucket(this, "Archive", { accountId, retentionDays: 2557, warmAfterDays: 30 });
    govern(this, { providers: [cloudflare], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }
}
