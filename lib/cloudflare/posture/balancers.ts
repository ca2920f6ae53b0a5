import type { PostureReader } from "../../facts/posture";
import { asList, block, flag, given, isExpression } from "../../facts/values";
import { zoneOf } from "./zone-parts";

/** A load balancer stands in front of the internet; what filters its requests is the web firewall of its zone. */
export const readLoadBalancer: PostureReader = (balancer, inventory) => {
  const { address, path, attributes } = balancer;
  const zone = zoneOf(balancer, inventory);
  const managed = zone?.rulesets.some((ruleset) => ruleset.attributes.phase === "http_request_firewall_managed") ?? false;
  return [
    {
      kind: "balancer",
      address,
      path,
      public: true,
      web: flag(attributes.proxied, false),
      accessLogged: false,
      dropsInvalidHeaders: false,
      refusesAmbiguousRequests: false,
      deletionProtected: block(attributes.lifecycle).prevent_destroy === true,
      zones: "unknown",
      webFirewall: managed ? true : zone?.zone === undefined ? "unknown" : false,
    },
  ];
};

/** A pool: how targets are reached is decided by the zone, see `zone-target-verified`. */
export const readPool: PostureReader = ({ address, path, attributes }) => {
  const origins = asList(attributes.origins);
  const checked = origins.length > 0 && given(attributes.monitor);
  const healthChecked = isExpression(attributes.origins) ? "unknown" : checked;
  return [{ kind: "target-group", address, path, encrypted: "unknown", healthChecked }];
};
