import { describeRules } from "./support";

const U = "unknown";

const ZONE = {
  tls13: true,
  targetVerified: true,
  hstsDays: 365,
  signed: true,
  authoritiesNamed: true,
  owaspRules: true,
  developmentMode: false,
} as const;

describeRules("edge-zone", ZONE, [
  ["zone-authorities-named", { authoritiesNamed: false }, "no CAA record", { authoritiesNamed: U }],
  ["zone-development-mode-off", { developmentMode: true }, "development mode", { developmentMode: U }],
  ["zone-hsts", { hstsDays: 30 }, "30 days", { hstsDays: U }, { hstsDays: 182.5 }],
  ["zone-owasp-rules", { owaspRules: false }, "no OWASP rules", { owaspRules: U }],
  ["zone-signed", { signed: false }, "no DNSSEC", { signed: U }],
  ["zone-target-verified", { targetVerified: false }, "targets that are not verified", { targetVerified: U }],
  ["zone-tls-1-3", { tls13: false }, "no TLS 1.3", { tls13: U }],
]);

describeRules("edge-record", { proxied: true }, [["record-proxied", { proxied: false }, "the target's own address", { proxied: U }]]);
