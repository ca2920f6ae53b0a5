import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, block, flag, given, not, oneOf, some, type Attributes } from "../../facts/values";
import { keptFrom } from "./droplets";

/** Protocols of callers and targets that are encrypted. Source: docs/resources/loadbalancer.md of the Terraform provider 2.71.0, read 2026-11-21. */
const ENCRYPTED = ["https", "http2", "http3"];

/** What is passed on as it comes, so that only the targets know whether it is encrypted. */
const PASSED_ON = ["tcp", "udp"];

/** A load balancer, what it listens on, and what it sends requests to. */
export const readLoadBalancer: PostureReader = ({ address, path, attributes }) => {
  const rules = asList(attributes.forwarding_rule) as readonly Attributes[];
  const targets = all(rules.map(({ target_protocol: protocol }) => oneOf(protocol, ENCRYPTED, "http")));
  return [
    {
      kind: "balancer",
      address,
      path,
      public: not(oneOf(attributes.network, ["INTERNAL"], "EXTERNAL")),
      web: some(rules.map(({ entry_protocol: protocol }) => not(oneOf(protocol, PASSED_ON, "http")))),
      accessLogged: false,
      dropsInvalidHeaders: false,
      refusesAmbiguousRequests: false,
      deletionProtected: keptFrom(attributes),
      zones: 1,
      webFirewall: false,
      networkChosen: given(attributes.vpc_uuid),
    },
    ...rules.map((rule) => ({ ...listener(rule, attributes), address, path })),
    { kind: "target-group", address, path, encrypted: targets, healthChecked: given(attributes.healthcheck) },
  ];
};

/** The strong policy speaks TLS 1.2 and newer; what the other one speaks is not documented. */
function listener(rule: Attributes, balancer: Attributes) {
  const strong = oneOf(balancer.tls_cipher_policy, ["STRONG"], "DEFAULT");
  return {
    kind: "listener" as const,
    encrypted: encrypted(rule),
    redirects: all([oneOf(rule.entry_protocol, ["http"], ""), flag(balancer.redirect_http_to_https, false)]),
    minimumTls: strong === true ? 1.2 : ("unknown" as const),
    strongCiphers: strong,
  };
}

function encrypted({ entry_protocol: protocol, tls_passthrough: passthrough }: Attributes): Known<boolean> {
  if (flag(passthrough, false) !== false || oneOf(protocol, PASSED_ON, "") === true) return "unknown";
  return oneOf(protocol, ENCRYPTED, "");
}

/** A certificate of Let's Encrypt renews itself, one that was uploaded does not. */
export const readCertificate: PostureReader = ({ address, path, attributes }) => [
  {
    kind: "certificate",
    address,
    path,
    replacedBeforeDestroyed: flag(block(attributes.lifecycle).create_before_destroy, false),
    renewsItself: oneOf(attributes.type, ["lets_encrypt"], "custom"),
  },
];
