import type { Inventory, ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, block, flag, given, isExpression, not, oneOf, some, type Attributes } from "../../facts/values";
import { keptFrom } from "./compute";
import { isLogged } from "./network";

/** A load balancer. In a regional subnet it has a standby in another availability domain, or in another fault domain where there is only one. */
export const readBalancer: PostureReader = (balancer, inventory) => {
  const { address, path, attributes } = balancer;
  const subnets = asList(attributes.subnet_ids).map((subnet) => inventory.referred(subnet));
  const regional = subnets.length > 1 || subnets.every((subnet) => subnet !== undefined && !given(subnet.attributes.availability_domain));
  const firewalls = inventory.referring("oci_waf_web_app_firewall", "load_balancer_id", balancer);
  return [
    {
      kind: "balancer",
      address,
      path,
      public: not(flag(attributes.is_private, false)),
      web: true,
      accessLogged: isLogged(balancer, "loadbalancer", inventory),
      dropsInvalidHeaders: dropsInvalidHeaders(balancer, inventory),
      refusesAmbiguousRequests: false,
      deletionProtected: some([flag(attributes.is_delete_protection_enabled, false), keptFrom(attributes)]),
      zones: regional ? 2 : subnets.includes(undefined) ? "unknown" : 1,
      webFirewall: firewalls.length > 0,
    },
  ];
};

function dropsInvalidHeaders(balancer: ResourceView, inventory: Inventory): Known<boolean> {
  const sets = inventory.referring("oci_load_balancer_rule_set", "load_balancer_id", balancer);
  const items = sets.flatMap(({ attributes }) => asList(attributes.items) as readonly Attributes[]);
  const header = items.filter(({ action }) => action === "HTTP_HEADER");
  return some(header.map(({ are_invalid_characters_allowed: allowed }) => not(flag(allowed, true))));
}

/** Versions of TLS by the names that OCI gives them. */
const VERSIONS: Readonly<Record<string, number>> = { TLSv1: 1, "TLSv1.1": 1.1, "TLSv1.2": 1.2, "TLSv1.3": 1.3 };

export const readListener: PostureReader = ({ address, path, attributes }, inventory) => {
  const tls = block(attributes.ssl_configuration);
  const passedOn = oneOf(attributes.protocol, ["TCP"], "HTTP");
  const sets = asList(attributes.rule_set_names).map((name) => inventory.referred(name));
  const encrypted = given(attributes.ssl_configuration);
  return [
    {
      kind: "listener",
      address,
      path,
      encrypted: encrypted || (passedOn === false ? false : "unknown"),
      redirects: sets.includes(undefined) ? "unknown" : some(sets.map((set) => redirects(set as ResourceView))),
      minimumTls: encrypted ? minimumTls(tls.protocols) : 0,
    },
  ];
};

/** Whether all of the requests are led to HTTPS. */
function redirects({ attributes }: ResourceView): Known<boolean> {
  const items = (asList(attributes.items) as readonly Attributes[]).filter(({ action }) => action === "REDIRECT");
  return some(items.map((item) => oneOf(block(item.redirect_uri).protocol, ["HTTPS"], "HTTP")));
}

/** Without a word a listener speaks TLS 1.2 only. Source: oci_load_balancer_listener of provider 8.28.0, read 2026-11-21. */
function minimumTls(protocols: unknown): Known<number> {
  if (isExpression(protocols)) return "unknown";
  const versions = asList(protocols).map((name) => VERSIONS[String(name)]);
  if (versions.length === 0) return 1.2;
  return versions.includes(undefined) ? "unknown" : Math.min(...(versions as number[]));
}

export const readBackendSet: PostureReader = ({ address, path, attributes }) => [
  {
    kind: "target-group",
    address,
    path,
    encrypted: given(attributes.ssl_configuration),
    healthChecked: given(attributes.health_checker),
  },
];

/** A web firewall with its policy. */
export const readWebFirewall: PostureReader = (firewall, inventory) => {
  const { address, path, attributes } = firewall;
  const policy = inventory.referred(attributes.web_app_firewall_policy_id)?.attributes;
  const rules = (part: string) => asList(block(policy?.[part]).rules) as readonly Attributes[];
  const actions = asList(policy?.actions) as readonly Attributes[];
  const isRefused = ({ action_name: name }: Attributes) =>
    actions.some((action) => action.name === name && action.type === "RETURN_HTTP_RESPONSE");
  return [
    {
      kind: "web-firewall",
      address,
      path,
      blocksKnownAttacks: policy === undefined ? "unknown" : rules("request_protection").some(isRefused),
      limitsRate: policy === undefined ? "unknown" : rules("request_rate_limiting").some(isRefused),
      logged: all([isLogged(firewall, "waf", inventory)]),
    },
  ];
};
