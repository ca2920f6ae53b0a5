import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { RateLimitSpec, RequestAction, RequestFirewallSpec, RequestRuleSpec } from "../../spec/request-firewall";
import { ACTION_NAMES } from "./firewall";
import { MANAGED_RULESETS } from "./plans";
import { ofType } from "./read-zone";

type Rule = ResourceView["attributes"];

/** The firewall of a zone as its rulesets say it; what is switched off is not there. */
export const readFirewall: Reader = (managed, inventory) => {
  const { attributes } = managed;
  if (attributes.phase !== "http_request_firewall_managed" || attributes.kind !== "zone") return [];
  const spec: RequestFirewallSpec = {
    domain: String(attributes.name),
    managedRules: rulesOf(attributes).flatMap(({ action, action_parameters }) =>
      action === "execute" ? managedName(block(action_parameters).id) : [],
    ),
    rules: inPhase(inventory, managed, "http_request_firewall_custom").map(customRule),
    rateLimits: inPhase(inventory, managed, "http_ratelimit").map(rateLimit),
  };
  return [{ kind: "request-firewall", address: managed.address, path: managed.path, spec }];
};

function inPhase(inventory: Inventory, { attributes: { zone_id } }: ResourceView, phase: string): readonly Rule[] {
  const ruleset = ofType(inventory, "cloudflare_ruleset").find(
    ({ attributes }) => attributes.phase === phase && attributes.zone_id === zone_id,
  );
  return ruleset === undefined ? [] : rulesOf(ruleset.attributes);
}

function rulesOf({ rules }: ResourceView["attributes"]): readonly Rule[] {
  return asList(rules)
    .map(block)
    .filter(({ enabled }) => enabled !== false);
}

function managedName(id: unknown): string {
  return Object.entries(MANAGED_RULESETS).find(([, known]) => known === id)?.[0] ?? String(id);
}

function customRule({ ref, expression, action, description }: Rule): RequestRuleSpec {
  const known = Object.entries(ACTION_NAMES).find(([, name]) => name === action)?.[0] as RequestAction | undefined;
  return { name: String(ref), expression: String(expression), action: known ?? "log", description: String(description) };
}

function rateLimit({ ref, expression, description, ratelimit }: Rule): RateLimitSpec {
  const limit = block(ratelimit);
  return {
    name: String(ref),
    expression: String(expression),
    requests: Number(limit.requests_per_period),
    periodSeconds: Number(limit.period),
    blockSeconds: Number(limit.mitigation_timeout),
    description: String(description),
  };
}
