import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { govern } from "cdktf-governed-agents";
import { cloudflare, CloudflareAccess, CloudflareFirewall, CloudflareNetwork, CloudflareTunnel } from "cdktf-governed-agents/cloudflare";
import type { Construct } from "constructs";
import { LABELS } from "./labels";

const accountId = "0123456789abcdef0123456789abcdef";

/** What the internet sees: a zone with a filter, and a gate before a tunnel that the machine at AWS opens itself. */
export class Edge extends TerraformStack {
  /** The way in to the operator's console on the machine. */
  readonly tunnel: CloudflareTunnel;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "cloudflare", {});
    const zone = new CloudflareNetwork(this, "Zone", { accountId, domain: "acme.dev" });
    new CloudflareFirewall(this, "Filter", { zone });
    const host = "console.acme.dev";
    const application = new CloudflareAccess(this, "Gate", { zone, host, allow: { operators: { emailDomains: ["acme.dev"] } } });
    this.tunnel = new CloudflareTunnel(this, "Tunnel", { zone, host, port: 8080, access: { application, teamName: "acme" } });
    govern(this, { providers: [cloudflare], labels: LABELS, asOf: "2026-11-21", cost: { usage: { profile: "small" } }, policy: {} });
  }
}
