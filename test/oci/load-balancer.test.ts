import { TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import { oci, OciNetwork, type OciLoadBalancerProps } from "cdktf-governed-agents/oci";
import fc from "fast-check";
import { Inventory } from "../../lib/facts/inventory";
import { acknowledgementsOf, evaluate, findingText, type Acknowledgement } from "../../lib/policy";
import { loadBalancerContract } from "../contracts/load-balancer";
import { allOf, API, balanced, CERTIFICATE, NETWORK, onlyOf, synthWith } from "./balanced";
import { ociFacts, ociSynth } from "./support";

const listenersOf = (result: ReturnType<typeof synthWith>) =>
  Object.fromEntries(allOf(result, "oci_load_balancer_listener").map((listener) => [String(listener.name), listener]));

describe("OciLoadBalancer", () => {
  loadBalancerContract({
    build: (stack, _id, props) => balanced(stack, props as Partial<OciLoadBalancerProps>).balancer,
    facts: ociFacts,
    lacks: ["drainSeconds", "testListener"],
  });

  const open = synthWith({ exposure: "public", alternativeDomains: ["chat.acme.dev"] }, { Api: API });
  const inside = synthWith({ profile: "sandbox", bandwidth: { maxMbps: 400, minMbps: 50 } });

  test("lies in the regional subnet of its exposure, behind its firewall, with a finite bandwidth", () => {
    expect(onlyOf(open, "oci_load_balancer_load_balancer")).toMatchObject({
      shape: "flexible",
      shape_details: { minimum_bandwidth_in_mbps: 10, maximum_bandwidth_in_mbps: 100 },
      is_private: false,
      subnet_ids: ["ocid1.subnet.oc1.iad.public"],
      network_security_group_ids: [expect.stringContaining("oci_core_network_security_group.Front_Firewall")],
    });
    expect(onlyOf(inside, "oci_load_balancer_load_balancer")).toMatchObject({
      shape_details: { minimum_bandwidth_in_mbps: 50, maximum_bandwidth_in_mbps: 400 },
      is_private: true,
      subnet_ids: ["ocid1.subnet.oc1.iad.private"],
    });
  });

  test("speaks TLS 1.2 or later with forward secrecy, for its names; port 80 only redirects", () => {
    const { https, redirect } = listenersOf(open);
    expect(https).toMatchObject({
      port: 443,
      protocol: "HTTP",
      hostname_names: [expect.stringContaining("Front_Hostname_"), expect.stringContaining("Front_Hostname-chat")],
      connection_configuration: { idle_timeout_in_seconds: "60" },
      ssl_configuration: {
        certificate_ids: [CERTIFICATE],
        protocols: ["TLSv1.2", "TLSv1.3"],
        cipher_suite_name: "oci-default-http2-tls-12-13-ssl-cipher-suite-v1",
      },
    });
    expect(redirect).toMatchObject({ port: 80, rule_set_names: [expect.stringContaining("RedirectRules")] });
    const sets = allOf(open, "oci_load_balancer_rule_set").flatMap((set) => set.items as object[]);
    expect(sets).toMatchObject([
      { action: "HTTP_HEADER", are_invalid_characters_allowed: false },
      { action: "REDIRECT", redirect_uri: { protocol: "HTTPS", port: 443 }, response_code: 301 },
    ]);
    expect(Object.keys(listenersOf(inside))).toEqual(["https"]);
    expect(listenersOf(synthWith({ minTlsVersion: "1.3" })).https?.ssl_configuration).toMatchObject({ protocols: ["TLSv1.3"] });
  });

  test("what no route takes leads to no target", () => {
    const { https, redirect } = listenersOf(open);
    const nowhere = allOf(open, "oci_load_balancer_backend_set").find((set) => set.name === "nowhere");
    expect(nowhere).toBeDefined();
    for (const listener of [https, redirect]) expect(listener?.default_backend_set_name).toMatch(/Front_Nowhere_\w+\.name\}$/);
  });

  test("is protected in production, and can be thrown away in a sandbox", () => {
    const [production, sandbox] = [open, inside].map((result) => onlyOf(result, "oci_load_balancer_load_balancer"));
    expect(production?.is_delete_protection_enabled).toBe(true);
    expect(sandbox?.is_delete_protection_enabled).toBe(false);
  });

  test("access and errors are logged for as long as OCI keeps them", () => {
    const logs = allOf(inside, "oci_logging_log").map((log) => [log.retention_duration, log.configuration]);
    const source = (category: string) => ({
      source: expect.objectContaining({ service: "loadbalancer", category, source_type: "OCISERVICE" }),
    });
    expect(logs).toEqual([
      [180, expect.objectContaining(source("access"))],
      [180, expect.objectContaining(source("error"))],
    ]);
  });

  test("a public balancer stands behind a web firewall that refuses attacks and floods, and logs; an internal one when asked", () => {
    const policy = onlyOf(open, "oci_waf_web_app_firewall_policy") as never as Record<string, { rules: Record<string, unknown>[] }>;
    expect(policy.request_rate_limiting?.rules).toMatchObject([{ configurations: [{ period_in_seconds: 300, requests_limit: 2000 }] }]);
    const [attacks] = policy.request_protection?.rules ?? [];
    const capabilities = attacks?.protection_capabilities as { key: string; action_name?: string }[];
    expect(attacks).toMatchObject({ action_name: "refuse", is_body_inspection_enabled: true });
    expect(capabilities.map(({ key }) => key)).toEqual(expect.arrayContaining(["9420000", "9410000", "9320000", "9300000"]));
    expect(capabilities.every(({ action_name }) => action_name === undefined)).toBe(true);
    expect(onlyOf(open, "oci_waf_web_app_firewall")).toMatchObject({ backend_type: "LOAD_BALANCER" });
    const services = allOf(open, "oci_logging_log").map((log) => (log.configuration as { source: { service: string } }).source.service);
    expect(services).toContain("waf");
    expect(allOf(inside, "oci_waf_web_app_firewall")).toEqual([]);
  });

  test("a managed rule that only counts is read back", () => {
    let spec: unknown;
    const webFirewall = { countOnly: ["SqlInjection", "CrossSiteScripting"] };
    const facts = ociFacts((stack) => (spec = balanced(stack, { webFirewall }).balancer.spec));
    expect(facts.find((fact) => fact.kind === "load-balancer")?.spec).toEqual(spec);
    expect(spec).toMatchObject({ webFirewall });
  });

  test("every name has a record in the zone; without a zone there is none, and the address is told", () => {
    expect(allOf(open, "oci_dns_rrset").map(({ domain, rtype }) => [domain, rtype])).toEqual([
      ["chat.acme.dev", "A"],
      ["api.acme.dev", "A"],
    ]);
    const result = ociSynth((stack) => {
      const { balancer } = balanced(stack, { zoneId: undefined });
      expect(balancer.hostname).toBe("api.acme.dev");
      new TerraformOutput(stack, "target", { value: balancer.ipAddress });
    });
    expect(allOf(result, "oci_dns_rrset")).toEqual([]);
    expect(result.json.output).toMatchObject({ target: { value: expect.stringContaining(".ip_address_details[0].ip_address}") } });
  });

  test("alarms reach the topic of the stack: errors of the balancer, and targets that fail", () => {
    const alarms = allOf(open, "oci_monitoring_alarm");
    expect(alarms.map((alarm) => String(alarm.query).replace(/\[.*/, "")).sort()).toEqual(["HttpResponses5xx", "UnHealthyBackendServers"]);
    for (const alarm of alarms) expect(alarm.destinations).toEqual([expect.stringContaining("oci_ons_notification_topic.GovernedAlarms")]);
  });

  test("growing by domains, peers and routes leaves every earlier resource in its place", () => {
    const office = { cidr: "192.0.2.0/24" };
    const before = synthWith({ exposure: "public", allowFrom: { office } }, { Api: API });
    const grown = { alternativeDomains: ["aaa.acme.dev"], allowFrom: { branch: { cidr: "198.51.100.0/24" }, office } };
    const after = synthWith({ exposure: "public", ...grown }, { Aaa: { hosts: ["aaa.acme.dev"], port: 8443 }, Api: API });
    const ordered = ["oci_load_balancer_listener", "oci_load_balancer_load_balancer_routing_policy"];
    for (const [type, earlier] of Object.entries(before.json.resource ?? {})) {
      for (const [id, resource] of Object.entries(earlier)) {
        const later = after.json.resource?.[type]?.[id];
        if (ordered.includes(type)) expect(later).toMatchObject({ name: resource.name, load_balancer_id: resource.load_balancer_id });
        else expect(later).toEqual(resource);
      }
    }
  });

  test("takes every bandwidth whose minimum is 10 or more and whose maximum is 8000 at most, and no other", () => {
    const mbps = fc.integer({ min: -10, max: 9000 });
    fc.assert(
      fc.property(mbps, mbps, (minMbps, maxMbps) => {
        const build = () => onlyOf(synthWith({ bandwidth: { minMbps, maxMbps } }), "oci_load_balancer_load_balancer").shape_details;
        const fits = minMbps >= 10 && minMbps <= maxMbps && maxMbps <= 8000;
        if (fits) expect(build()).toEqual({ minimum_bandwidth_in_mbps: minMbps, maximum_bandwidth_in_mbps: maxMbps });
        else expect(build).toThrow("bandwidth.");
      }),
      { numRuns: 15 },
    );
  });

  test("fails with every problem at once, and what OCI lacks with its reason", () => {
    const props = {
      network: undefined,
      certificateId: "ocid1.cabundle.oc1.iad.aaaa",
      zoneId: "acme.dev",
      bandwidth: { minMbps: 5, maxMbps: 9000 },
      domain: "API.acme.dev",
      alternativeDomains: ["chat.acme.dev"],
      idleTimeoutSeconds: 7201,
      drainSeconds: 60,
      testListener: { port: 8443, allowFrom: {} },
      accessLogRetentionDays: 365,
      allowFrom: { edge: { prefixList: "all-iad-services-in-oracle-services-network" } },
      webFirewall: { countOnly: ["SqlInjections"], logRetentionDays: 45, requestsPer5Minutes: 5 },
    };
    expect(() => synthWith(props as never)).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 14 problems
       - drainSeconds: got 60, want nothing: an OCI load balancer has no setting for how long a backend that leaves keeps its connections; remove it
       - testListener: got {"port":8443,"allowFrom":{}}, want nothing: OCI moves no traffic between sets of targets, so that there is no canary to test; remove it
       - network: got nothing, want the network that the load balancer is in
       - certificateId: got "ocid1.cabundle.oc1.iad.aaaa", want the OCID of a certificate, such as "ocid1.certificate.oc1.iad.amaaaaexample"; OCI issues no public certificates: import one of your authority into its Certificates service, for all the names
       - zoneId: got "acme.dev", want the OCID of a DNS zone, such as "ocid1.dns-zone.oc1..aaaaexample"
       - bandwidth.maxMbps: got 9000, want a whole number, 10 to 8000 (OCI flexible load balancer)
       - bandwidth.minMbps: got 5, want a whole number, 10 to 8000 (OCI flexible load balancer)
       - domain: got "API.acme.dev", want a host name in lower case such as "api.acme.dev", at most 253 characters; the certificate and the DNS record are made for it
       - idleTimeoutSeconds: got 7201, want a whole number, 1 to 7200 (OCI load balancer)
       - allowFrom.edge: got {"prefixList":"all-iad-services-in-oracle-services-network"}, want one of "internet", { cidr }, { firewall } (OCI load balancer); give the ranges of its addresses
       - accessLogRetentionDays: got 365, want a whole number, 30 to 180
       - webFirewall.countOnly: got "SqlInjections", want one of LocalFileInclusion, LocalFileAccess, UnixCommandInjection, WindowsCommandInjection, PhpInjection, CrossSiteScripting, CrossSiteScriptingFilters, SqlInjection
       - webFirewall.logRetentionDays: got 45, want one of 30, 60, 90, 120, 150, 180
       - webFirewall.requestsPer5Minutes: got 5, want a whole number, 10 to 2000000000"
    `);
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["no certificate", (stack) => balanced(stack, { certificateId: undefined })],
    ["no finite bandwidth", (stack) => balanced(stack, { bandwidth: undefined })],
    ["an infinite bandwidth", (stack) => balanced(stack, { bandwidth: { maxMbps: Infinity } })],
    [
      "more names than OCI takes",
      (stack) => balanced(stack, { alternativeDomains: [...Array(16).keys()].map((one) => `n${one}.acme.dev`) }),
    ],
    [
      "a public balancer in a network without public subnets",
      (stack) => {
        const network = OciNetwork.fromAttributes({ ...NETWORK, subnetIds: { private: "ocid1.subnet.oc1.iad.private" } });
        balanced(stack, { network, exposure: "public" });
      },
    ],
  ])("fails on %s", (_name, build) => {
    expect(() => ociSynth(build)).toThrowErrorMatchingSnapshot();
  });

  test.each(["production", "sandbox"] as const)("what the rules find in %s is acknowledged, or OCI lacks it", (profile) => {
    let acknowledgements: readonly Acknowledgement[] = [];
    const { json } = ociSynth((stack) => {
      balanced(stack, { profile, exposure: "public" }, { Api: API });
      acknowledgements = acknowledgementsOf(stack);
    });
    const { findings } = evaluate(new Inventory(json), [oci], { asOf: "2026-11-21", acknowledgements });
    expect(findings.filter(({ status }) => status === "fail").map(findingText)).toEqual([]);
    const accepted = findings.filter(({ status }) => status === "acknowledged").map(({ ruleId }) => ruleId);
    const sandbox = profile === "sandbox" ? ["balancer-deletion-protected"] : [];
    expect(accepted.sort()).toEqual([...sandbox, "firewall-world-only-https", "target-encrypted"]);
  });

  test("certificate and zone may be known only after apply", () => {
    const result = ociSynth((stack) => {
      const [certificateId, zoneId] = ["certificate", "zone"].map((id) => new TerraformVariable(stack, id, { type: "string" }).stringValue);
      balanced(stack, { certificateId, zoneId });
    });
    expect(listenersOf(result).https?.ssl_configuration).toMatchObject({ certificate_ids: ["${var.certificate}"] });
  });
});
