import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { WebFirewallSpec } from "../../spec/web-firewall";
import { WafWebAppFirewall } from "../bindings/waf-web-app-firewall";
import { WafWebAppFirewallPolicy } from "../bindings/waf-web-app-firewall-policy";
import { compartmentOf } from "../compartment";
import { OciLogGroup } from "../log-group";

/** Longest display name. Source: CreateWebAppFirewallPolicyDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 255;

/** A rule of the service, which it calls a protection capability. */
interface Capability {
  readonly key: string;
  readonly version: number;
}

/**
 * The rules that the console of OCI recommends against injections. Its recommended limits of headers and arguments, and of requests without
 * `User-Agent` or `Accept`, are left out: agents send such requests.
 * Source: the policies of public Terraform modules, read 2026-11-21; `oci waf protection-capability list` shows keys and versions.
 */
export const CAPABILITIES = {
  LocalFileInclusion: { key: "9300000", version: 2 },
  LocalFileAccess: { key: "930120", version: 2 },
  UnixCommandInjection: { key: "9320000", version: 2 },
  WindowsCommandInjection: { key: "9320001", version: 2 },
  PhpInjection: { key: "9330000", version: 2 },
  CrossSiteScripting: { key: "9410000", version: 3 },
  CrossSiteScriptingFilters: { key: "941140", version: 2 },
  SqlInjection: { key: "9420000", version: 2 },
} as const satisfies Record<string, Capability>;

export const CAPABILITY_NAMES: readonly string[] = Object.keys(CAPABILITIES);

/** Largest part of a body that is inspected; the rest passes. Source: oci_waf_web_app_firewall_policy 8.28.0, read 2026-11-21. */
const MAX_INSPECTED_BYTES = 8192;

const ALLOW = "allow";
const COUNT = "count";
const REFUSE = "refuse";
const SLOW_DOWN = "slow-down";

export interface OciWebFirewallProps {
  readonly spec: WebFirewallSpec;
  /** OCID of the balancer that it stands in front of. */
  readonly loadBalancerId: string;
}

/**
 * Refuses known attacks, and clients that ask too often.
 *
 * Creates `oci_waf_web_app_firewall_policy`, `oci_waf_web_app_firewall` and a log.
 * Cost: the price book holds none for the web firewall of OCI, so that it is reported as a gap.
 */
export class OciWebFirewall extends Construct {
  /** The underlying policy. */
  readonly policy: WafWebAppFirewallPolicy;
  /** The underlying firewall, which puts the policy in front of the balancer. */
  readonly webFirewall: WafWebAppFirewall;

  constructor(scope: Construct, id: string, { spec, loadBalancerId }: OciWebFirewallProps) {
    super(scope, id);
    const compartmentId = compartmentOf(this);
    const displayName = physicalName(this, { kind: "web application firewall", maxLength: MAX_NAME });
    this.policy = this.addPolicy(displayName, spec);
    this.webFirewall = new WafWebAppFirewall(this, "Resource", {
      compartmentId,
      displayName,
      backendType: "LOAD_BALANCER",
      loadBalancerId,
      webAppFirewallPolicyId: this.policy.id,
    });
    const logs = new OciLogGroup(this, "Logs", { retentionDays: spec.logRetentionDays });
    logs.addLog("Requests", { service: "waf", category: "all", resource: this.webFirewall.id });
  }

  private addPolicy(displayName: string, { requestsPer5Minutes, countOnly }: WebFirewallSpec): WafWebAppFirewallPolicy {
    return new WafWebAppFirewallPolicy(this, "Policy", {
      compartmentId: compartmentOf(this),
      displayName,
      actions: [
        { name: ALLOW, type: "ALLOW" },
        { name: COUNT, type: "CHECK" },
        { name: REFUSE, type: "RETURN_HTTP_RESPONSE", code: 403, body: { type: "STATIC_TEXT", text: "Forbidden" } },
        { name: SLOW_DOWN, type: "RETURN_HTTP_RESPONSE", code: 503, body: { type: "STATIC_TEXT", text: "Too many requests" } },
      ],
      requestAccessControl: { defaultActionName: ALLOW },
      requestRateLimiting: {
        rules: [
          {
            name: "RateLimit",
            type: "REQUEST_RATE_LIMITING",
            actionName: SLOW_DOWN,
            configurations: [{ periodInSeconds: 300, requestsLimit: requestsPer5Minutes }],
          },
        ],
      },
      requestProtection: {
        bodyInspectionSizeLimitInBytes: MAX_INSPECTED_BYTES,
        rules: [
          {
            name: "KnownAttacks",
            type: "PROTECTION",
            actionName: REFUSE,
            isBodyInspectionEnabled: true,
            protectionCapabilities: capabilities(countOnly),
          },
        ],
      },
    });
  }
}

/** Those that only count come first, in the order in which they were named. */
function capabilities(countOnly: readonly string[]) {
  const names = [...countOnly, ...CAPABILITY_NAMES.filter((name) => !countOnly.includes(name))] as (keyof typeof CAPABILITIES)[];
  return names.map((name) => ({ ...CAPABILITIES[name], actionName: countOnly.includes(name) ? COUNT : undefined }));
}
