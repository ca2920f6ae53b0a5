import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { AccessPolicySpec, AccessSpec } from "../../spec/access";
import type { TunnelSpec } from "../../spec/tunnel";

const POLICY = /\/Policy-([^/]+)$/;

/** Who gets through to a host, as an application and its policies say it. */
export const readAccess: Reader = (application, inventory) => {
  const { attributes } = application;
  const [, host, path] = /^([^/]+)(\/.*)?$/.exec(String(attributes.domain)) ?? [];
  if (attributes.type !== "self_hosted" || host === undefined) return [];
  const spec: AccessSpec = {
    host,
    ...(path === undefined ? {} : { path }),
    allow: Object.fromEntries(asList(attributes.policies).map((policy) => policyOf(block(policy).id, inventory))),
    sessionHours: Number.parseInt(String(attributes.session_duration), 10),
  };
  return [{ kind: "access", address: application.address, path: application.path, spec }];
};

/** A policy that is managed elsewhere is known by its id only. */
function policyOf(id: unknown, inventory: Inventory): [string, AccessPolicySpec] {
  const policy = inventory.referred(id);
  const include = asList(policy?.attributes.include).map(block);
  const of = (kind: string, key: string) => include.flatMap((one) => (one[kind] === undefined ? [] : [String(block(one[kind])[key])]));
  const required = asList(policy?.attributes.require).map((one) => block(block(one).auth_method).auth_method);
  return [
    (policy && POLICY.exec(policy.path)?.[1]) ?? String(id),
    {
      emails: of("email", "email"),
      emailDomains: of("email_domain", "domain"),
      groups: of("group", "id"),
      serviceTokens: of("service_token", "token_id"),
      secondFactor: required.includes("mfa"),
    },
  ];
}

/** A service behind a tunnel, as the tunnel's configuration says it. */
export const readTunnel: Reader = (config, inventory) => {
  const ingress = asList(block(config.attributes.config).ingress).map(block);
  const tunnel = inventory.referred(config.attributes.tunnel_id) ?? config;
  return ingress.flatMap((rule) => {
    const [, protocol, port] = /^(https?):\/\/localhost:(\d+)$/.exec(String(rule.service)) ?? [];
    if (rule.hostname === undefined || port === undefined) return [];
    const spec: TunnelSpec = {
      host: String(rule.hostname),
      port: Number(port),
      protocol: protocol === "https" ? "https" : "http",
      exposure: isGated(rule) ? "private" : "public",
    };
    return [{ kind: "tunnel" as const, address: tunnel.address, path: tunnel.path, spec }];
  });
};

function isGated(rule: ResourceView["attributes"]): boolean {
  return block(block(rule.origin_request).access).required === true;
}
