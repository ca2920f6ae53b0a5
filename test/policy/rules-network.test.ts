import fc from "fast-check";
import { describeRules, ruleOf, type Said } from "./support";

const U = "unknown";

describeRules("virtual-network", { flowLogged: true, defaultFirewallClosed: true }, [
  ["network-flow-logged", { flowLogged: false }, "no flow logs", { flowLogged: U }],
  ["network-default-closed", { defaultFirewallClosed: false }, "a default firewall that is open inside", { defaultFirewallClosed: U }],
]);

describeRules("subnet", { automaticPublicAddress: false }, [
  ["subnet-no-public-addresses", { automaticPublicAddress: true }, "automatic public addresses", { automaticPublicAddress: U }],
]);

describeRules("firewall-group", { described: true }, [["firewall-described", { described: false }, "no description", { described: U }]]);

const HTTPS: Said<"firewall-rule"> = { direction: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, world: true, described: true };
const ALL = { protocol: "any", fromPort: 0, toPort: 65535 } as const;

describeRules("firewall-rule", HTTPS, [
  ["firewall-rule-described", { described: false }, "no description", { described: U }],
  ["firewall-no-admin-from-world", { fromPort: 22, toPort: 22 }, "the internet may come in on port 22", { fromPort: U }],
  [
    "firewall-no-admin-from-world",
    ALL,
    "the internet may come in on ports 0 to 65535, with 18 ports for administration",
    { ...ALL, world: U },
    { ...ALL, world: false },
  ],
  ["firewall-world-only-https", { fromPort: 80, toPort: 80 }, "the internet may come in on tcp port 80", { protocol: U }],
  ["firewall-world-only-https", ALL, "the internet may come in on any ports 0 to 65535", { toPort: U }, { ...ALL, direction: "egress" }],
  [
    "firewall-egress-bounded",
    { direction: "egress", ...ALL },
    "every protocol and port to the internet",
    { direction: "egress", protocol: U },
    { direction: "egress" },
  ],
  [
    "firewall-egress-bounded",
    { direction: "egress", fromPort: 0, toPort: 65535 },
    "every tcp port to the internet",
    { direction: "egress", toPort: U },
  ],
  [
    "firewall-egress-named",
    { direction: "egress" },
    "the whole internet",
    { direction: "egress", world: U },
    { direction: "egress", world: false },
  ],
]);

test("the internet comes in on port 443 and nowhere else, whatever the range", () => {
  const rule = ruleOf("firewall-world-only-https");
  const port = fc.integer({ min: 0, max: 65535 });
  fc.assert(
    fc.property(port, port, fc.constantFrom("tcp", "udp"), (one, other, protocol) => {
      const [fromPort, toPort] = [Math.min(one, other), Math.max(one, other)];
      const verdict = rule.check({ ...HTTPS, kind: "firewall-rule", address: "a", path: "p", protocol, fromPort, toPort });
      expect(verdict === "pass").toBe(fromPort === 443 && toPort === 443);
    }),
  );
});

describeRules(
  "balancer",
  {
    public: false,
    web: true,
    accessLogged: true,
    dropsInvalidHeaders: true,
    refusesAmbiguousRequests: true,
    deletionProtected: true,
    zones: 2,
    webFirewall: true,
  },
  [
    ["balancer-access-logged", { accessLogged: false }, "no access log", { accessLogged: U }],
    [
      "balancer-drops-invalid-headers",
      { dropsInvalidHeaders: false },
      "malformed headers are passed on",
      { dropsInvalidHeaders: U },
      { web: false, dropsInvalidHeaders: false },
    ],
    [
      "balancer-refuses-ambiguous",
      { refusesAmbiguousRequests: false },
      "ambiguous requests are passed on",
      { refusesAmbiguousRequests: U },
    ],
    ["balancer-deletion-protected", { deletionProtected: false }, "one call deletes it", { deletionProtected: U }],
    ["balancer-zones", { zones: 1 }, "1 zone", { zones: U }],
    [
      "balancer-web-firewall",
      { public: true, webFirewall: false },
      "no web firewall",
      { public: U, webFirewall: false },
      { webFirewall: false },
    ],
    ["balancer-private", { public: true }, "reached from the internet", { public: U }],
    ["network-chosen", { networkChosen: false }, "the default network of the region", { networkChosen: U }],
  ],
);

describeRules("listener", { encrypted: true, redirects: false, minimumTls: 1.2 }, [
  ["listener-encrypted", { encrypted: false }, "plain connections", { encrypted: U }, { encrypted: false, redirects: true }],
  ["listener-modern-tls", { minimumTls: 1 }, "TLS 1.0 as oldest version", { minimumTls: U }, { encrypted: false, minimumTls: 0 }],
  [
    "listener-strong-ciphers",
    { strongCiphers: false },
    "a cipher policy for old callers",
    { strongCiphers: U },
    { encrypted: false, strongCiphers: false },
  ],
]);

describeRules("target-group", { encrypted: true, healthChecked: true }, [
  ["target-encrypted", { encrypted: false }, "plain HTTP to the targets", { encrypted: U }],
  ["target-health-checked", { healthChecked: false }, "no health check", { healthChecked: U }],
]);

describeRules("web-firewall", { blocksKnownAttacks: true, limitsRate: true, logged: true }, [
  ["web-firewall-known-attacks", { blocksKnownAttacks: false }, "known attacks pass", { blocksKnownAttacks: U }],
  ["web-firewall-rate-limited", { limitsRate: false }, "no limit", { limitsRate: U }],
  ["web-firewall-logged", { logged: false }, "no log", { logged: U }],
]);

describeRules("certificate", { replacedBeforeDestroyed: true, renewsItself: true }, [
  ["certificate-replaced-first", { replacedBeforeDestroyed: false }, "the old one is removed first", { replacedBeforeDestroyed: U }],
  ["certificate-renews-itself", { renewsItself: false }, "renewal by e-mail or by hand", { renewsItself: U }],
]);
