import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, block, flag, given, not, oneOf, some, word, zonesOf, type Attributes } from "./values";

export const readBalancer: PostureReader = (balancer, inventory) => {
  const { address, path, attributes } = balancer;
  const mappings = (asList(attributes.subnet_mapping) as readonly Attributes[]).map(({ subnet_id: id }) => id);
  const associations = inventory.referring("aws_wafv2_web_acl_association", "resource_arn", balancer);
  return [
    {
      kind: "balancer",
      address,
      path,
      public: not(flag(attributes.internal, false)),
      web: oneOf(attributes.load_balancer_type, ["application"], "application"),
      accessLogged: flag(block(attributes.access_logs).enabled, false),
      dropsInvalidHeaders: flag(attributes.drop_invalid_header_fields, false),
      refusesAmbiguousRequests: oneOf(attributes.desync_mitigation_mode, ["defensive", "strictest"], "defensive"),
      deletionProtected: flag(attributes.enable_deletion_protection, false),
      zones: zonesOf(attributes.subnets ?? mappings, inventory),
      webFirewall: associations.length > 0,
    },
  ];
};

/** A listener; what only passes packets on leaves TLS to the targets, which cannot be seen here. */
export const readListener: PostureReader = ({ address, path, attributes }) => {
  const protocol = attributes.protocol ?? (given(attributes.certificate_arn) ? "HTTPS" : "HTTP");
  const actions = asList(attributes.default_action) as readonly Attributes[];
  const encrypted = oneOf(protocol, ["HTTPS", "TLS"], "HTTP");
  const passedOn = oneOf(protocol, ["TCP", "UDP", "TCP_UDP"], "HTTP") === true;
  return [
    {
      kind: "listener",
      address,
      path,
      encrypted: passedOn ? "unknown" : encrypted,
      redirects: actions.length > 0 && all(actions.map(redirectsToTls)),
      minimumTls: minimumTls(word(attributes.ssl_policy, encrypted === true ? DEFAULT_POLICY : "")),
    },
  ];
};

function redirectsToTls({ type, redirect }: Attributes): Known<boolean> {
  return all([oneOf(type, ["redirect"], ""), oneOf(block(redirect).protocol, ["HTTPS"], "#{protocol}")]);
}

/** What a listener has when nothing is said by Terraform. Source: Elastic Load Balancing API reference, read 2026-11-21. */
const DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

/** The oldest version that a security policy speaks, from its name. Source: Elastic Load Balancing, "Security policies", read 2026-11-21. */
function minimumTls(policy: Known<string>): Known<number> {
  if (policy === "unknown" || policy === "") return policy === "" ? 0 : policy;
  if (/TLS13-1-3/.test(policy)) return 1.3;
  const named = /TLS(?:13)?-1-([012])(?:-|$)/.exec(policy)?.[1];
  if (named !== undefined) return Number(`1.${named}`);
  return /FS-1-2/.test(policy) ? 1.2 : 1;
}

export const readTargetGroup: PostureReader = ({ address, path, attributes }) => {
  const check = block(attributes.health_check);
  const lambda = attributes.target_type === "lambda";
  return [
    {
      kind: "target-group",
      address,
      path,
      encrypted: lambda || oneOf(attributes.protocol, ["HTTPS", "TLS", "GENEVE"], "HTTP"),
      healthChecked: lambda || all([given(attributes.health_check), flag(check.enabled, true)]),
    },
  ];
};

/** Managed rules that block known attacks. */
const KNOWN_ATTACKS = ["AWSManagedRulesKnownBadInputsRuleSet"];

export const readWebFirewall: PostureReader = (firewall, inventory) => {
  const { address, path, attributes } = firewall;
  const rules = asList(attributes.rule) as readonly Attributes[];
  return [
    {
      kind: "web-firewall",
      address,
      path,
      blocksKnownAttacks: attributes.rule_json === undefined ? some(rules.map(blocksKnownAttacks)) : "unknown",
      limitsRate: attributes.rule_json === undefined ? some(rules.map(limitsRate)) : "unknown",
      logged: inventory.referring("aws_wafv2_web_acl_logging_configuration", "resource_arn", firewall).length > 0,
    },
  ];
};

function blocksKnownAttacks(rule: Attributes): Known<boolean> {
  const group = block(block(rule.statement).managed_rule_group_statement);
  const counted = block(rule.override_action).count !== undefined;
  return all([!counted, oneOf(group.name, KNOWN_ATTACKS, "")]);
}

function limitsRate(rule: Attributes): boolean {
  return block(rule.statement).rate_based_statement !== undefined && block(rule.action).block !== undefined;
}

export const readCertificate: PostureReader = ({ address, path, attributes }) => {
  return [
    {
      kind: "certificate",
      address,
      path,
      replacedBeforeDestroyed: flag(block(attributes.lifecycle).create_before_destroy, false),
      renewsItself: renewsItself(attributes),
    },
  ];
};

/** Imported certificates are renewed by hand; those of a private authority renew themselves. */
function renewsItself(attributes: Attributes): Known<boolean> {
  if (given(attributes.private_key) || given(attributes.certificate_body)) return false;
  if (given(attributes.certificate_authority_arn)) return true;
  return oneOf(attributes.validation_method, ["DNS"], "NONE");
}
