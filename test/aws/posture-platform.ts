import { LATER, type PostureCase } from "./posture-case";

/** Resources in plain JSON, and what has to be said of them. */
export const PLATFORM: readonly PostureCase[] = [
  ["a log group for ever", "aws_cloudwatch_log_group", {}, { retentionDays: 0, encryption: "provider-key" }],
  [
    "a queue with an open policy",
    "aws_sqs_queue",
    { policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}' },
    { public: true, tlsOnly: false, encryption: "provider-key", deadLetters: false },
  ],
  ["a queue without encryption", "aws_sqs_queue", { sqs_managed_sse_enabled: false }, { encryption: "none" }],
  [
    "a queue for failed messages",
    "aws_sqs_queue",
    {},
    { deadLetters: true },
    { aws_sqs_queue: { Work: { redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.This.arn}","maxReceiveCount":3}' } } },
  ],
  [
    "a topic for one account",
    "aws_sns_topic",
    {
      policy:
        '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:Publish","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}}',
    },
    { public: false, encryption: "none" },
  ],
  [
    "a topic for everyone but one account",
    "aws_sns_topic",
    {
      policy:
        '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:Publish","Condition":{"StringNotEquals":{"aws:SourceAccount":"1"}}}}',
    },
    { public: true },
  ],
  ["a topic whose policy is known later", "aws_sns_topic", { policy: LATER }, { public: "unknown", tlsOnly: "unknown" }],
  [
    "a secret in the code",
    "aws_secretsmanager_secret",
    {},
    { value: "code", encryption: "provider-key", rotationDays: -1 },
    { aws_secretsmanager_secret_version: { V: { secret_id: "${aws_secretsmanager_secret.This.id}", secret_string: "hunter2" } } },
  ],
  [
    "a secret in the state, rotated",
    "aws_secretsmanager_secret",
    { kms_key_id: LATER },
    { value: "state", encryption: "customer-key", rotationDays: 2 },
    {
      aws_secretsmanager_secret_version: { V: { secret_id: "${aws_secretsmanager_secret.This.id}", secret_string: LATER } },
      aws_secretsmanager_secret_rotation: {
        R: { secret_id: "${aws_secretsmanager_secret.This.id}", rotation_rules: { schedule_expression: "rate(40 hours)" } },
      },
    },
  ],
  ["a setting in the clear", "aws_ssm_parameter", { type: "String" }, { encryption: "none" }],
  ["a network of which nothing is said", "aws_vpc", {}, { flowLogged: false, defaultFirewallClosed: false }],
  [
    "a default group with rules",
    "aws_vpc",
    {},
    { defaultFirewallClosed: false },
    { aws_default_security_group: { D: { vpc_id: "${aws_vpc.This.id}", ingress: [{ protocol: "-1" }] } } },
  ],
  [
    "an older rule open to the world",
    "aws_security_group_rule",
    { type: "ingress", protocol: "-1", from_port: 0, to_port: 0, ipv6_cidr_blocks: ["::/0"] },
    { direction: "ingress", protocol: "any", fromPort: 0, toPort: 65535, world: true, described: false },
  ],
  [
    "a rule for half of the world",
    "aws_vpc_security_group_ingress_rule",
    { ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: "128.0.0.0/1", description: "d" },
    { world: true, described: true },
  ],
  [
    "a rule for one group",
    "aws_vpc_security_group_egress_rule",
    { ip_protocol: "6", from_port: 1, to_port: 2, referenced_security_group_id: LATER },
    { direction: "egress", world: false, protocol: "tcp" },
  ],
  [
    "a rule for a range that is known later",
    "aws_vpc_security_group_ingress_rule",
    { ip_protocol: "tcp", from_port: LATER, to_port: 22, cidr_ipv4: LATER },
    { world: "unknown", fromPort: "unknown" },
  ],
  [
    "a balancer of which little is said",
    "aws_lb",
    {},
    {
      public: true,
      web: true,
      accessLogged: false,
      dropsInvalidHeaders: false,
      refusesAmbiguousRequests: true,
      webFirewall: false,
      zones: 0,
    },
  ],
  [
    "a balancer in subnets elsewhere",
    "aws_lb",
    { subnets: ["subnet-1", "subnet-2"], load_balancer_type: "network" },
    { zones: "unknown", web: false },
  ],
  [
    "a listener with an old policy",
    "aws_lb_listener",
    { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS-1-1-2017-01" },
    { encrypted: true, minimumTls: 1.1 },
  ],
  ["a listener with the policy of Amazon", "aws_lb_listener", { protocol: "HTTPS" }, { minimumTls: 1 }],
  [
    "a listener with TLS 1.3 only",
    "aws_lb_listener",
    { protocol: "TLS", ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
    { minimumTls: 1.3 },
  ],
  [
    "a listener for FIPS",
    "aws_lb_listener",
    { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04" },
    { minimumTls: 1.2 },
  ],
  [
    "a listener that redirects",
    "aws_lb_listener",
    { protocol: "HTTP", default_action: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] },
    { encrypted: false, redirects: true },
  ],
  [
    "a listener that redirects to itself",
    "aws_lb_listener",
    { protocol: "HTTP", default_action: [{ type: "redirect", redirect: { host: "x" } }] },
    { redirects: false },
  ],
  ["a listener that passes packets on", "aws_lb_listener", { protocol: "TCP" }, { encrypted: "unknown" }],
];
