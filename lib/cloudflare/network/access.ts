import {
  ZeroTrustAccessApplication,
  type ZeroTrustAccessApplicationPolicies,
} from "@cdktf/provider-cloudflare/lib/zero-trust-access-application";
import { ZeroTrustAccessPolicy, type ZeroTrustAccessPolicyInclude } from "@cdktf/provider-cloudflare/lib/zero-trust-access-policy";
import { Construct } from "constructs";
import { claimName } from "../../names";
import { accessSpec, type AccessPolicySpec, type AccessProps, type AccessSpec } from "../../spec/access";
import { specContext, type ProviderProps } from "../../spec/context";
import { referenceText } from "../../spec/reference";
import { checkZone, hostsIn, type ICloudflareZone } from "../zone";

/**
 * Most e-mail addresses of one rule.
 * Source: https://developers.cloudflare.com/cloudflare-one/account-limits/, read 2026-11-21.
 */
const MAX_MEMBERS = 1000;

export interface CloudflareAccessProps extends AccessProps {
  /** The zone that the host is in. */
  readonly zone: ICloudflareZone;
}

/**
 * Zero Trust Access in front of a host: who signs in, or brings a service token, gets through, and nobody else.
 *
 * Creates a `cloudflare_zero_trust_access_application` and a `cloudflare_zero_trust_access_policy` for each entry of `allow`.
 * Cost (2026-11-21): seats of Zero Trust are paid for per user above the free ones; the price book has no row of them.
 * Not covered: a policy for everybody, and one that bypasses Access; identity providers (all of the account may be used); service tokens: Terraform
 * would keep their secret in its state, so that they are made elsewhere and named by id. It protects what goes through Cloudflare only:
 * use a tunnel, so that there is no other way.
 */
export class CloudflareAccess extends Construct {
  /** The gate after defaults and checks. */
  readonly spec: AccessSpec;
  /** The underlying application. */
  readonly application: ZeroTrustAccessApplication;
  /** The underlying policies, by name. */
  readonly policies: Readonly<Record<string, ZeroTrustAccessPolicy>>;

  constructor(scope: Construct, id: string, props: CloudflareAccessProps) {
    super(scope, id);
    this.spec = accessSpec(props, specContext<Own>(this, ownProps(props)), {
      place: hostsIn(props?.zone),
      maxMembers: MAX_MEMBERS,
      source: "Cloudflare Zero Trust account limits",
      textOf: (id) => referenceText(this, id),
    });
    const { accountId } = props.zone;
    const uri = claimName(this, { kind: "access application" }, this.spec.host + (this.spec.path ?? ""), "host");
    this.policies = Object.fromEntries(Object.keys(this.spec.allow).map((name) => [name, this.addPolicy(name, accountId)]));
    this.application = new ZeroTrustAccessApplication(this, "Resource", {
      accountId,
      type: "self_hosted",
      name: uri,
      domain: uri,
      destinations: [{ type: "public", uri }],
      policies: Object.values(this.policies).map(({ id: policy }, index): ZeroTrustAccessApplicationPolicies => ({
        id: policy,
        precedence: index + 1,
      })),
      sessionDuration: `${this.spec.sessionHours}h`,
      appLauncherVisible: false,
      httpOnlyCookieAttribute: true,
      sameSiteCookieAttribute: "lax",
      serviceAuth401Redirect: true,
    });
  }

  /** What tokens of this application are for, as the machine's end of a tunnel checks it. */
  get audience(): string {
    return this.application.aud;
  }

  private addPolicy(name: string, accountId: string): ZeroTrustAccessPolicy {
    const policy = this.spec.allow[name] as AccessPolicySpec;
    return new ZeroTrustAccessPolicy(this, `Policy-${name}`, {
      accountId,
      name: `${this.spec.host}${this.spec.path ?? ""}: ${name}`,
      decision: policy.serviceTokens.length > 0 ? "non_identity" : "allow",
      include: includeOf(policy),
      require: policy.secondFactor ? [{ authMethod: { authMethod: "mfa" } }] : undefined,
      sessionDuration: `${this.spec.sessionHours}h`,
    });
  }
}

function includeOf({ emails, emailDomains, groups, serviceTokens }: AccessPolicySpec): ZeroTrustAccessPolicyInclude[] {
  return [
    ...emails.map((email) => ({ email: { email } })),
    ...emailDomains.map((domain) => ({ emailDomain: { domain } })),
    ...groups.map((id) => ({ group: { id } })),
    ...serviceTokens.map((tokenId) => ({ serviceToken: { tokenId } })),
  ];
}

type Own = Pick<CloudflareAccessProps, "zone">;

function ownProps(props: CloudflareAccessProps): ProviderProps<Own> {
  return { zone: (check) => checkZone(check, props?.zone) };
}
