import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import { AwsLoadBalancer, AwsNetwork, type AwsLoadBalancerProps } from "cdktf-governed-agents/aws";
import { loadBalancerContract } from "../contracts/load-balancer";
import { allOf, API, balanced, CERTIFICATE, NETWORK, onlyOf, synthWith, ZONE_ID } from "./balanced";
import { awsFacts, awsSynth, testNetwork } from "./support";

describe("AwsLoadBalancer", () => {
  loadBalancerContract({
    build: (stack, id, props) => new AwsLoadBalancer(stack, id, { ...(props as AwsLoadBalancerProps), network: NETWORK, zoneId: ZONE_ID }),
    facts: awsFacts,
  });

  test("a list of ranges may connect, and is read back", () => {
    let spec: unknown;
    const allowFrom = { edge: { prefixList: "pl-12345678" } };
    const facts = awsFacts((stack) => (spec = balanced(stack, { exposure: "public", allowFrom }).balancer.spec));
    expect(facts.find((fact) => fact.kind === "load-balancer")?.spec).toEqual(spec);
    expect(spec).toMatchObject({ allowFrom });
  });

  test("a given certificate is read back, with and without records of ours", () => {
    for (const zoneId of [ZONE_ID, undefined]) {
      let spec: unknown;
      const facts = awsFacts((stack) => (spec = balanced(stack, { certificateArn: CERTIFICATE, zoneId }).balancer.spec));
      expect(facts.find((fact) => fact.kind === "load-balancer")?.spec).toEqual(spec);
      expect(spec).toMatchObject({ certificate: "given", dnsManaged: zoneId !== undefined });
    }
  });

  test("speaks TLS 1.2 or later and answers 404 to what no route takes; port 80 only redirects", () => {
    const listeners = allOf(synthWith({ exposure: "public" }), "aws_lb_listener");
    expect(listeners).toHaveLength(2);
    expect(listeners).toContainEqual(
      expect.objectContaining({
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        default_action: [
          expect.objectContaining({ type: "fixed-response", fixed_response: expect.objectContaining({ status_code: "404" }) }),
        ],
      }),
    );
    expect(listeners).toContainEqual(
      expect.objectContaining({
        port: 80,
        default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
      }),
    );
  });

  test("is protected in production, and can be thrown away in a sandbox", () => {
    const protection = (profile: "production" | "sandbox") => {
      const result = synthWith({ profile });
      const bucket = onlyOf(result, "aws_s3_bucket");
      return [onlyOf(result, "aws_lb").enable_deletion_protection, bucket.force_destroy, bucket.lifecycle];
    };
    expect(protection("production")).toEqual([true, false, { prevent_destroy: true }]);
    expect(protection("sandbox")).toEqual([false, true, { prevent_destroy: false }]);
  });

  test("refuses malformed requests and lies in the subnets of its exposure", () => {
    const [inside, outside] = (["internal", "public"] as const).map((exposure) => onlyOf(synthWith({ exposure }), "aws_lb"));
    expect(inside).toMatchObject({ internal: true, drop_invalid_header_fields: true, desync_mitigation_mode: "defensive" });
    expect(inside?.subnets).toEqual(["subnet-private-a", "subnet-private-b"]);
    expect(outside).toMatchObject({ internal: false, drop_invalid_header_fields: true, desync_mitigation_mode: "defensive" });
    expect(outside?.subnets).toEqual(["subnet-public-a", "subnet-public-b"]);
  });

  test("access logs go to a closed, versioned, encrypted bucket that log delivery may write to, over TLS only", () => {
    const result = synthWith();
    expect(onlyOf(result, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(onlyOf(result, "aws_s3_bucket_ownership_controls").rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
    expect(onlyOf(result, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
    expect(JSON.stringify(onlyOf(result, "aws_s3_bucket_server_side_encryption_configuration").rule)).toContain("AES256");
    expect(onlyOf(result, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      { status: "Enabled", expiration: [{ days: 365 }], abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
    ]);
    const policy = Object.entries(result.json.data as Record<string, Record<string, { statement: unknown }>>)
      .flatMap(([, documents]) => Object.entries(documents))
      .find(([id]) => id.includes("AccessLogs"))?.[1];
    expect(policy?.statement).toMatchObject([
      { actions: ["s3:PutObject"], principals: [{ type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }] },
      { effect: "Deny", condition: [{ variable: "aws:SecureTransport", values: ["false"] }] },
    ]);
    const balancer = onlyOf(result, "aws_lb");
    expect(balancer.access_logs).toMatchObject({ enabled: true });
    expect(balancer.depends_on).toEqual([expect.stringMatching(/^aws_s3_bucket_policy\./)]);
  });

  test("every domain has a certificate and a record of its own, and the listener waits until they are valid", () => {
    const result = synthWith({ alternativeDomains: ["chat.acme.dev"] });
    expect(allOf(result, "aws_acm_certificate").map((certificate) => certificate.domain_name)).toEqual(
      expect.arrayContaining(["api.acme.dev", "chat.acme.dev"]),
    );
    const [https] = allOf(result, "aws_lb_listener");
    expect(https?.certificate_arn).toMatch(/^\$\{aws_acm_certificate_validation\.Front_Certificate_/);
    expect(onlyOf(result, "aws_lb_listener_certificate").certificate_arn).toMatch(
      /^\$\{aws_acm_certificate_validation\.Front_Certificate-chat/,
    );
    const aliases = allOf(result, "aws_route53_record").filter((record) => record.alias !== undefined);
    expect(aliases.map((record) => record.name).sort()).toEqual(["api.acme.dev", "chat.acme.dev"]);
  });

  test("a given certificate is used as it is, and nothing is made in DNS without a zone", () => {
    const result = synthWith({ certificateArn: CERTIFICATE, zoneId: undefined });
    expect(onlyOf(result, "aws_lb_listener").certificate_arn).toBe(CERTIFICATE);
    expect(allOf(result, "aws_acm_certificate")).toEqual([]);
    expect(allOf(result, "aws_route53_record")).toEqual([]);
  });

  test("a public balancer stands behind a web firewall with an encrypted log that holds no credentials; an internal one when asked", () => {
    const result = synthWith({ exposure: "public" });
    const rules = onlyOf(result, "aws_wafv2_web_acl").rule as { name: string; statement: object }[];
    expect(rules.map((rule) => rule.name)).toEqual(["RateLimit", "IpReputation", "KnownBadInputs", "Common"]);
    expect(JSON.stringify(rules)).toContain("AWSManagedRulesKnownBadInputsRuleSet");
    expect(onlyOf(result, "aws_wafv2_web_acl_association").resource_arn).toMatch(/^\$\{aws_lb\.Front/);
    const log = allOf(result, "aws_cloudwatch_log_group").find((group) => String(group.name).startsWith("aws-waf-logs-"));
    expect(log).toMatchObject({ retention_in_days: 365, kms_key_id: expect.stringContaining("aws_kms_key.GovernedKey") });
    const logging = onlyOf(result, "aws_wafv2_web_acl_logging_configuration");
    expect(logging.redacted_fields).toEqual(["authorization", "cookie", "x-api-key"].map((name) => ({ single_header: { name } })));
    expect(allOf(synthWith(), "aws_wafv2_web_acl")).toEqual([]);
    expect(allOf(synthWith({ webFirewall: {} }), "aws_wafv2_web_acl")).toHaveLength(1);
  });

  test("alarms reach the topic of the stack: errors of the balancer, errors and health of every target group", () => {
    const alarms = allOf(synthWith({}, { Api: { ...API, canary: true } }), "aws_cloudwatch_metric_alarm");
    expect(alarms.map((alarm) => alarm.metric_name).sort()).toEqual([
      "HTTPCode_ELB_5XX_Count",
      "HTTPCode_Target_5XX_Count",
      "HTTPCode_Target_5XX_Count",
      "UnHealthyHostCount",
      "UnHealthyHostCount",
    ]);
    for (const alarm of alarms) expect(alarm.alarm_actions).toEqual([expect.stringContaining("aws_sns_topic.GovernedAlarms")]);
  });

  test("zone and certificate may be known only after apply", () => {
    const result = awsSynth((stack) => {
      const zone = new Route53Zone(stack, "Zone", { name: "acme.dev" });
      const certificate = new TerraformVariable(stack, "certificate", { type: "string" });
      balanced(stack, { zoneId: zone.zoneId, certificateArn: certificate.stringValue });
    });
    expect(onlyOf(result, "aws_lb_listener").certificate_arn).toBe("${var.certificate}");
    expect(onlyOf(result, "aws_route53_record").zone_id).toMatch(/^\$\{aws_route53_zone\.Zone/);
  });

  test("is reached under its domain; foreign DNS has to point to the name that AWS gave it", () => {
    const result = awsSynth((stack) => {
      const { balancer } = balanced(stack, { certificateArn: CERTIFICATE, zoneId: undefined });
      expect(balancer.hostname).toBe("api.acme.dev");
      new TerraformOutput(stack, "target", { value: balancer.dnsName });
    });
    expect(result.json.output).toMatchObject({ target: { value: expect.stringMatching(/^\$\{aws_lb\.Front_\w+\.dns_name\}$/) } });
  });

  test("lies in a network of the same stack", () => {
    const result = awsSynth((stack) => balanced(stack, { network: testNetwork(stack) }));
    expect(onlyOf(result, "aws_lb").subnets).toEqual([expect.stringContaining("PrivateA"), expect.stringContaining("PrivateB")]);
  });

  test("growing by domains, peers and routes leaves every earlier resource byte-equal", () => {
    const office = { cidr: "192.0.2.0/24" };
    const before = synthWith({ exposure: "public", allowFrom: { office } }, { Api: API });
    const after = synthWith(
      {
        exposure: "public",
        alternativeDomains: ["aaa.acme.dev"],
        allowFrom: { branch: { cidr: "198.51.100.0/24" }, office },
        redirectHttp: true,
      },
      { Aaa: { hosts: ["aaa.acme.dev"], port: 8443 }, Api: API, Canary: { paths: ["/c"], port: 9000, canary: true } },
    );
    for (const [type, earlier] of Object.entries(before.json.resource ?? {})) {
      for (const [id, resource] of Object.entries(earlier)) expect(after.json.resource?.[type]?.[id]).toEqual(resource);
    }
  });

  test("fails with every problem at once", () => {
    const build = () =>
      synthWith({
        network: undefined,
        domain: "",
        zoneId: undefined,
        idleTimeoutSeconds: 30,
        websocket: true,
        exposure: "internet" as "public",
        cert: CERTIFICATE,
      } as never);
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 6 problems
       - cert: got "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555", want no such prop; remove it; known props: profile, domain, alternativeDomains, exposure, allowFrom, minTlsVersion, redirectHttp, websocket, pingIntervalSeconds, idleTimeoutSeconds, drainSeconds, accessLogRetentionDays, webFirewall, testListener, network, zoneId, certificateArn
       - network: got nothing, want the network that the load balancer is in
       - zoneId: got nothing, want id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"; give the zone of the domain, and the certificate is made there; or give certificateArn
       - exposure: got "internet", want one of "public", "internal"; did you mean "internal"?
       - domain: got "", want a host name in lower case such as "api.acme.dev", at most 64 characters; the certificate and the DNS record are made for it
       - idleTimeoutSeconds: got 30, want two pings (60) or more, so that one lost ping does not close the connection; raise it, or lower pingIntervalSeconds"
    `);
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["a certificate without domain", (stack) => balanced(stack, { certificateArn: CERTIFICATE, domain: undefined })],
    ["a certificate of another region", (stack) => balanced(stack, { certificateArn: CERTIFICATE.replace("us-east-1", "eu-west-1") })],
    ["something that is no certificate", (stack) => balanced(stack, { certificateArn: "arn:aws:iam::123456789012:server-certificate/x" })],
    ["a zone name instead of its id", (stack) => balanced(stack, { zoneId: "acme.dev" })],
    ["a managed rule that does not exist", (stack) => balanced(stack, { webFirewall: { countOnly: ["SizeRestrictions"] } })],
    [
      "a network with one zone",
      (stack) => {
        const network = new AwsNetwork(stack, "Small", {
          profile: "sandbox",
          cidr: "10.30.0.0/16",
          zones: ["us-east-1a"],
          egress: "public-ip",
        });
        new AwsLoadBalancer(stack, "Front", { network, profile: "sandbox", domain: "api.acme.dev", zoneId: ZONE_ID });
      },
    ],
    [
      "a public balancer in a network without public subnets",
      (stack) => {
        const network = new AwsNetwork(stack, "Closed", { cidr: "10.30.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: "none" });
        new AwsLoadBalancer(stack, "Front", { network, exposure: "public", domain: "api.acme.dev", zoneId: ZONE_ID });
      },
    ],
    [
      "two balancers with one name",
      (stack) => {
        const network = NETWORK;
        for (const id of ["FrontDoor", "Front-Door"]) new AwsLoadBalancer(stack, id, { network, domain: "api.acme.dev", zoneId: ZONE_ID });
      },
    ],
  ])("fails on %s", (_name, build) => {
    expect(() => awsSynth(build)).toThrowErrorMatchingSnapshot();
  });
});
