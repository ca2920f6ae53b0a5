import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { WebFirewallSpec } from "../../spec/web-firewall";
import { AwsLogGroup } from "../log-group";

/** Longest name of a web ACL. Source: AWS WAF API reference, read 2026-11-21. */
const MAX_NAME = 128;

/** Rules of the common rule set. Source: AWS WAF developer guide, baseline rule groups, read 2026-11-21. */
export const COMMON_RULES = [
  "NoUserAgent_HEADER",
  "UserAgent_BadBots_HEADER",
  "SizeRestrictions_QUERYSTRING",
  "SizeRestrictions_Cookie_HEADER",
  "SizeRestrictions_BODY",
  "SizeRestrictions_URIPATH",
  "EC2MetaDataSSRF_BODY",
  "EC2MetaDataSSRF_COOKIE",
  "EC2MetaDataSSRF_URIPATH",
  "EC2MetaDataSSRF_QUERYARGUMENTS",
  "GenericLFI_QUERYARGUMENTS",
  "GenericLFI_URIPATH",
  "GenericLFI_BODY",
  "RestrictedExtensions_URIPATH",
  "RestrictedExtensions_QUERYARGUMENTS",
  "GenericRFI_QUERYARGUMENTS",
  "GenericRFI_BODY",
  "GenericRFI_URIPATH",
  "CrossSiteScripting_COOKIE",
  "CrossSiteScripting_QUERYARGUMENTS",
  "CrossSiteScripting_BODY",
  "CrossSiteScripting_URIPATH",
] as const;

/** Request headers that carry credentials; they are left out of the log. */
const SECRET_HEADERS = ["authorization", "cookie", "x-api-key"] as const;

export interface AwsWebFirewallProps {
  readonly spec: WebFirewallSpec;
  /** ARN of the balancer that it stands in front of. */
  readonly balancerArn: string;
}

/**
 * Refuses known attacks, addresses of bad repute, and clients that ask too often.
 * The managed list of anonymous addresses (CKV2_AWS_76 wants it) is left out: it refuses hosting providers, and agents call from there.
 *
 * Creates `aws_wafv2_web_acl` with its association and an encrypted log without credentials.
 * Cost: 5.00 USD a month, 1.00 for each of the four rules, .60 per million requests (us-east-1, 2024-07).
 */
export class AwsWebFirewall extends Construct {
  /** The underlying web ACL. */
  readonly webAcl: Wafv2WebAcl;

  constructor(scope: Construct, id: string, { spec, balancerArn }: AwsWebFirewallProps) {
    super(scope, id);
    this.webAcl = new Wafv2WebAcl(this, "Resource", {
      name: physicalName(this, { kind: "web ACL", maxLength: MAX_NAME }),
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("WebFirewall"),
      rule: rules(spec),
    });
    new Wafv2WebAclAssociation(this, "Association", { webAclArn: this.webAcl.arn, resourceArn: balancerArn });
    const logs = new AwsLogGroup(this, "Logs", { retentionDays: spec.logRetentionDays, namePrefix: "aws-waf-logs-" });
    new Wafv2WebAclLoggingConfiguration(this, "Logging", {
      resourceArn: this.webAcl.arn,
      logDestinationConfigs: [logs.group.arn],
      redactedFields: SECRET_HEADERS.map((name) => ({ singleHeader: { name } })),
    });
  }
}

/** Statements are written as Terraform has them: the binding passes them on unchanged. */
function rules({ requestsPer5Minutes, countOnly }: WebFirewallSpec): Wafv2WebAclRule[] {
  return [
    {
      name: "RateLimit",
      priority: 0,
      action: { block: {} },
      statement: { rate_based_statement: { limit: requestsPer5Minutes, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
      visibilityConfig: visibility("RateLimit"),
    },
    managed("IpReputation", 1, "AWSManagedRulesAmazonIpReputationList"),
    managed("KnownBadInputs", 2, "AWSManagedRulesKnownBadInputsRuleSet"),
    managed("Common", 3, "AWSManagedRulesCommonRuleSet", countOnly),
  ];
}

function managed(name: string, priority: number, group: string, countOnly: readonly string[] = []): Wafv2WebAclRule {
  const overrides = countOnly.map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  const statement = { vendor_name: "AWS", name: group, ...(overrides.length > 0 ? { rule_action_override: overrides } : {}) };
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managed_rule_group_statement: statement },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
