import { CloudflareFirewall, CloudflareNetwork, type CloudflareFirewallProps, type CloudflarePlan } from "cdktf-governed-agents/cloudflare";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf, ZONE } from "./support";

const zoneOf = (plan: CloudflarePlan) => CloudflareNetwork.fromAttributes({ accountId: ACCOUNT, zoneId: ZONE, zoneName: "acme.dev", plan });

const ADMIN = { expression: 'http.request.uri.path contains "/admin"', description: "Nobody administers from outside" };
const RULES = {
  admin: ADMIN,
  robots: { expression: '(http.user_agent contains "curl") or (http.user_agent eq "")', action: "challenge", description: "Browsers only" },
} as const;
const LIMITS = {
  login: { expression: 'http.request.uri.path eq "/login"', requests: 5, periodSeconds: 60, blockSeconds: 3600, description: "Guessing" },
  everybody: { requests: 1000, periodSeconds: 60, description: "What agents may ask" },
};

const firewall = (plan: CloudflarePlan, props: Partial<CloudflareFirewallProps> = {}) =>
  cfSynth((stack) => new CloudflareFirewall(stack, "Waf", { zone: zoneOf(plan), ...props }));
const phasesOf = (result: ReturnType<typeof firewall>) =>
  Object.fromEntries(Object.values(resourcesOf(result, "cloudflare_ruleset")).map(({ phase, rules }) => [phase, rules as object[]]));

describe("CloudflareFirewall", () => {
  test.each<[string, CloudflarePlan, Partial<CloudflareFirewallProps>]>([
    ["the usual on the Free plan", "free", {}],
    ["the usual on a paid plan", "pro", {}],
    ["some managed rules, and no limit", "business", { managedRules: ["free", "owasp"], rateLimits: {} }],
    ["a tilde and a bracket in quotes", "free", { rules: { home: { ...ADMIN, expression: 'http.request.uri.path contains "/~(x"' } } }],
    ["rules and limits", "pro", { rules: RULES, rateLimits: LIMITS }],
    ["a log and a regular expression", "enterprise", { rules: { old: { ...ADMIN, expression: 'http.host matches "^a"', action: "log" } } }],
  ])("Terraform says what was asked for: %s", (_name, plan, props) => {
    let spec: unknown;
    const facts = cfFacts((stack) => (spec = new CloudflareFirewall(stack, "Waf", { zone: zoneOf(plan), ...props }).spec));
    expect(facts).toEqual([expect.objectContaining({ kind: "request-firewall", spec })]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  test("runs what the plan has by default, and limits every address", () => {
    expect(phasesOf(firewall("free"))).toMatchObject({
      http_request_firewall_managed: [
        { action: "execute", action_parameters: { id: "77454fe2d30c4220b5701f6fdfb893ba" }, expression: "true" },
      ],
      http_ratelimit: [
        {
          action: "block",
          expression: 'starts_with(http.request.uri.path, "/")',
          ratelimit: { characteristics: ["cf.colo.id", "ip.src"], period: 10, requests_per_period: 100, mitigation_timeout: 10 },
        },
      ],
    });
    expect(phasesOf(firewall("pro")).http_request_firewall_managed).toMatchObject([
      { action_parameters: { id: "efb7b8c949ac4650a09736fc376e9aee" } },
      { action_parameters: { id: "4814384a9e5d4991b9815dcfc25d2f1f" } },
    ]);
  });

  test("each rule has a name of its own, and rules are tried in the order they are given", () => {
    const phases = phasesOf(firewall("pro", { rules: RULES, rateLimits: LIMITS }));
    expect(phases.http_request_firewall_custom).toMatchObject([
      { ref: "admin", action: "block", enabled: true },
      { ref: "robots", action: "managed_challenge", enabled: true },
    ]);
    expect(phases.http_ratelimit).toMatchObject([{ ref: "login" }, { ref: "everybody" }]);
    expect(Object.keys(phasesOf(firewall("pro", { rateLimits: {} })))).toEqual(["http_request_firewall_managed"]);
  });

  test("a rule that is switched off is not in the fact", () => {
    const facts = cfFacts((stack) => {
      const waf = new CloudflareFirewall(stack, "Waf", { zone: zoneOf("pro") });
      waf.managed.addOverride("rules.1.enabled", false);
    });
    expect(facts).toMatchObject([{ spec: { managedRules: ["cloudflare"] } }]);
  });

  const problemsOf = (plan: CloudflarePlan, props: object) => () => firewall(plan, props);

  test("fails on more than the plan has", () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`rule-${index}`, ADMIN]));
    expect(
      problemsOf("free", {
        managedRules: ["owasp"],
        rules: { ...many, logged: { ...ADMIN, action: "log" }, regex: { ...ADMIN, expression: 'http.host matches "^a"' } },
        rateLimits: LIMITS,
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Waf: 8 problems
       - rules: got 8, want 5 at most on the Free plan; join rules with or, or pay for a larger plan and say so
       - rateLimits: got 2, want 1 at most on the Free plan; join rules with or, or pay for a larger plan and say so
       - managedRules: got "owasp", want one of "free" on the Free plan
       - rules.logged.action: got "log", want "block" or "challenge" on the Free plan
       - rules.regex.expression: got "http.host matches \\"^a\\"", want no regular expression on the Free plan; use contains, wildcard or starts_with
       - rateLimits.login.periodSeconds: got 60, want one of 10 on the Free plan
       - rateLimits.login.blockSeconds: got 3600, want one of 10 on the Free plan
       - rateLimits.everybody.periodSeconds: got 60, want one of 10 on the Free plan"
    `);
  });

  test("fails on rules that say nothing, or cannot be read", () => {
    expect(
      problemsOf("pro", {
        managedRules: ["modsecurity"],
        rules: {
          Empty: { expression: "  ", description: "" },
          open: { expression: '(http.host eq "a.acme.dev"', description: "An open bracket" },
          quote: { expression: 'http.host eq "a.acme.dev', description: "An open quote" },
          kind: { ...ADMIN, action: "allow" },
          long: { ...ADMIN, expression: "a".repeat(4097) },
        },
        rateLimits: { none: { requests: 0, periodSeconds: 7, description: "Nothing" }, odd: { rate: 5 } },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Waf: 13 problems
       - managedRules: got "modsecurity", want one or more of "free", "cloudflare", "owasp"
       - rules: got "Empty", want names of 1 to 32 letters in lower case, digits and -, starting with a letter
       - rules.Empty.expression: got "  ", want an expression of the rules language with 1 to 4096 characters
       - rules.Empty.description: got "", want why it is there, in 3 to 200 characters
       - rules.open.expression: got "(http.host eq \\"a.acme.dev\\"", want every bracket and quote closed
       - rules.quote.expression: got "http.host eq \\"a.acme.dev", want every bracket and quote closed
       - rules.kind.action: got "allow", want one of "block", "challenge", "log"
       - rules.long.expression: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..., want an expression of the rules language with 1 to 4096 characters
       - rateLimits.none.requests: got 0, want a whole number, 1 to 1000000
       - rateLimits.none.periodSeconds: got 7, want one of 10, 60 on the Pro plan
       - rateLimits.odd.rate: got 5, want no such prop; remove it; known props: expression, requests, periodSeconds, blockSeconds, description
       - rateLimits.odd.requests: got nothing, want a whole number, 1 to 1000000
       - rateLimits.odd.description: got nothing, want why it is there, in 3 to 200 characters"
    `);
    expect(problemsOf("pro", { managedRules: [] })).toThrowErrorMatchingInlineSnapshot(`
     "test/Waf: 1 problem
       - managedRules: got [], want one or more of "free", "cloudflare", "owasp"; leave it out for what the plan has"
    `);
  });

  test("fails on a zone that is none", () => {
    expect(problemsOf("pro", { zone: undefined })).toThrowErrorMatchingInlineSnapshot(`
     "test/Waf: 1 problem
       - zone: got nothing, want the CloudflareNetwork of a zone of the account, or CloudflareNetwork.fromAttributes"
    `);
    expect(problemsOf("pro", { zone: { zoneId: "acme", zoneName: "ACME", plan: "max" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Waf: 4 problems
       - zone.accountId: got nothing, want an id of 32 hex digits
       - zone.zoneId: got "acme", want an id of 32 hex digits
       - zone.zoneName: got "ACME", want the name of the zone in lower case, such as "acme.dev"
       - zone.plan: got "max", want one of "free", "pro", "business", "enterprise""
    `);
  });

  test("fails on two firewalls of a zone, of which one would replace the other", () => {
    const zone = zoneOf("pro");
    const twice = () =>
      cfSynth((stack) => [new CloudflareFirewall(stack, "Waf", { zone }), new CloudflareFirewall(stack, "Again", { zone })]);
    expect(twice).toThrowErrorMatchingInlineSnapshot(`
     "test/Again: 1 problem
       - zone: got "acme.dev", want a zone without a firewall: test/Waf is the one of this zone, and Cloudflare has one only; put all of it in one construct"
    `);
  });
});
