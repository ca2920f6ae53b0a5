import { awsEstimate, awsInventory, costs, type Resources } from "./price-support";

const made = (resources: Resources, region?: unknown, more?: readonly object[]) => awsEstimate(awsInventory(resources, region, more));
const gaps = (resources: Resources) =>
  made(resources).gaps.map(({ reason, meter }) => (meter === undefined ? reason : `${reason}: ${meter}`));

describe("what costs all month, in us-east-1", () => {
  test.each<[string, Resources, Readonly<Record<string, string>>]>([
    ["an elastic address", { aws_eip: { E: {} } }, { "public IPv4 address": "3.65" }],
    [
      "an interface endpoint in two zones",
      { aws_vpc_endpoint: { E: { vpc_endpoint_type: "Interface", subnet_ids: ["a", "b"] } } },
      { endpoint: "14.6" },
    ],
    ["a gateway endpoint", { aws_vpc_endpoint: { E: { vpc_endpoint_type: "Gateway" }, F: {} } }, {}],
    ["a balancer inside", { aws_lb: { L: { internal: true, subnets: ["a", "b"] } } }, { "load balancer": "16.425" }],
    [
      "a network balancer with addresses of its own",
      {
        aws_lb: {
          L: {
            load_balancer_type: "network",
            internal: false,
            subnet_mapping: [{ subnet_id: "a", allocation_id: "x" }, { subnet_id: "b" }],
          },
        },
      },
      { "load balancer": "16.425", "public IPv4 address": "3.65" },
    ],
    ["a key", { aws_kms_key: { K: {} } }, { key: "1" }],
    ["a secret", { aws_secretsmanager_secret: { S: {} } }, { secret: "0.4" }],
    [
      "a secret with a copy elsewhere",
      { aws_secretsmanager_secret: { S: { replica: [{ region: "ap-southeast-1" }] } } },
      { secret: "0.4", "secret in ap-southeast-1": "0.4" },
    ],
    ["a standard parameter", { aws_ssm_parameter: { P: { tier: "Standard" }, Q: {} } }, {}],
    ["an advanced parameter", { aws_ssm_parameter: { P: { tier: "Advanced" } } }, { "advanced parameter": "0.05" }],
    ["an alarm", { aws_cloudwatch_metric_alarm: { A: { metric_name: "CPU", period: 300 } } }, { alarm: "0.1" }],
    ["a fast alarm", { aws_cloudwatch_metric_alarm: { A: { metric_name: "CPU", period: 10 } } }, { alarm: "0.3" }],
    [
      "an alarm on two metrics",
      {
        aws_cloudwatch_metric_alarm: {
          A: {
            metric_query: [
              { id: "rate", expression: "e/r" },
              { id: "e", metric: { metric_name: "E", period: 60 } },
              { id: "r", metric: [{ metric_name: "R", period: 60 }] },
            ],
          },
        },
      },
      { alarm: "0.2" },
    ],
    [
      "an alarm on what is unusual",
      {
        aws_cloudwatch_metric_alarm: {
          A: { threshold_metric_id: "band", metric_query: [{ id: "m", metric: { metric_name: "E", period: 60 } }] },
        },
      },
      { alarm: "0.3" },
    ],
    [
      "a metric from a log",
      { aws_cloudwatch_log_metric_filter: { F: { metric_transformation: { name: "N" } } } },
      { "metric from a log": "0.3" },
    ],
    ["a dashboard", { aws_cloudwatch_dashboard: { D: {} } }, { dashboard: "3" }],
    ["a DNS zone", { aws_route53_zone: { Z: {} } }, { "DNS zone": "0.5" }],
    ["a health check", { aws_route53_health_check: { H: { type: "HTTP" } } }, { "health check": "0.75" }],
    [
      "a web firewall with three rules",
      { aws_wafv2_web_acl: { W: { scope: "REGIONAL", rule: [{}, {}, {}] } } },
      { "web firewall": "5", "web firewall rules": "3" },
    ],
    ["a public certificate", { aws_acm_certificate: { C: { domain_name: "x.dev" } } }, {}],
    ["a disk", { aws_ebs_volume: { V: { size: 50, type: "gp3" } } }, { volume: "4" }],
    [
      "a task definition, a role and a network by themselves",
      { aws_ecs_task_definition: { T: {} }, aws_iam_role: { R: {} }, aws_vpc: { V: {} } },
      {},
    ],
    [
      "what only use costs",
      { aws_s3_bucket: { B: {} }, aws_sns_topic: { T: {} }, aws_cloudwatch_log_group: { L: {} }, aws_sqs_queue: { Q: {} } },
      {},
    ],
    ["what only use costs, too", { aws_lambda_function: { F: {} }, aws_ecr_repository: { R: {} } }, {}],
  ])("%s", (_, resources, expected) => {
    const found = made(resources);
    expect(costs(found)).toEqual(expected);
    expect(found.gaps).toEqual([]);
  });
});

describe("what use costs, with the small profile in us-east-1", () => {
  test.each<[string, Resources, Readonly<Record<string, string>>]>([
    // 100 GB x .045 and 20 GB x .09
    [
      "a NAT gateway",
      { aws_nat_gateway: { N: {} } },
      { "data through the NAT gateway": "4.5", "data to the internet": "1.8", "NAT gateway": "32.85" },
    ],
    // one unit x 730 h x .008
    ["a balancer", { aws_lb: { L: { internal: true } } }, { "capacity of the load balancer": "5.84", "load balancer": "16.425" }],
    // 2 GB x .50 and 6 GB x .03
    ["a log", { aws_cloudwatch_log_group: { L: {} } }, { "log data written": "1", "log data held": "0.18" }],
    // 50 GB x .023, 100,000 x .000005, 100,000 x .0000004
    ["a bucket", { aws_s3_bucket: { B: {} } }, { "objects held": "1.15", "objects written and listed": "0.5", "objects read": "0.04" }],
    // 1 million x .20 and 100,000 GB-s x .0000133334
    ["a function", { aws_lambda_function: { F: { architectures: ["arm64"] } } }, { calls: "0.2", "run time": "1.33334" }],
    // 2 x 30 metrics x .30
    [
      "a service in a cluster with metrics",
      {
        aws_ecs_cluster: { C: { setting: [{ name: "containerInsights", value: "enabled" }] } },
        aws_ecs_service: {
          S: {
            launch_type: "FARGATE",
            desired_count: 1,
            cluster: "${aws_ecs_cluster.C.arn}",
            task_definition: "${aws_ecs_task_definition.T.arn}",
          },
        },
        aws_ecs_task_definition: { T: { cpu: 1024, memory: 2048, runtime_platform: { cpu_architecture: "ARM64" } } },
      },
      { "task CPU": "23.6374", "task memory": "5.1976", "container metrics": "9" },
    ],
  ])("%s", (_, resources, expected) => {
    expect(costs(awsEstimate(awsInventory(resources), { usage: { profile: "small" } }))).toEqual(expected);
  });
});

describe("what has no price", () => {
  test.each<[string, Resources, readonly string[]]>([
    ["a private certificate", { aws_acm_certificate: { C: { certificate_authority_arn: "arn:x" } } }, ["price-missing"]],
    ["a gateway balancer", { aws_lb: { L: { load_balancer_type: "gateway" } } }, ["price-missing"]],
    ["messages to a web address", { aws_sns_topic_subscription: { S: { protocol: "https" } } }, ["price-missing: deliveries"]],
    [
      "a rule group with a price of its own",
      { aws_wafv2_web_acl: { W: { rule: [{ name: "AWSManagedRulesBotControlRuleSet" }] } } },
      ["price-missing: paid rule groups"],
    ],
    [
      "a web firewall of the world",
      { aws_wafv2_web_acl: { W: { scope: "CLOUDFRONT" } } },
      ["region-missing: web firewall", "region-missing: web firewall rules", "region-missing: requests through the web firewall"],
    ],
    [
      "enhanced container metrics",
      { aws_ecs_cluster: { C: { setting: [{ name: "containerInsights", value: "enhanced" }] } } },
      ["price-missing: container metrics"],
    ],
    [
      "a restore test",
      { aws_backup_restore_testing_selection: { R: { protected_resource_type: "EBS" } } },
      ["price-missing: restore tests"],
    ],
    [
      "an endpoint in zones known only at apply",
      { aws_vpc_endpoint: { E: { vpc_endpoint_type: "Interface", subnet_ids: "${var.ids}" } } },
      ["quantity-unknown-at-synth"],
    ],
    [
      "an alarm on what a query finds",
      { aws_cloudwatch_metric_alarm: { A: { metric_query: [{ expression: "SELECT MAX(x) FROM y" }] } } },
      ["quantity-unknown-at-synth"],
    ],
    ["a log of a cheaper class", { aws_cloudwatch_log_group: { L: { log_group_class: "INFREQUENT_ACCESS" } } }, ["price-missing"]],
    ["IOPS that are provisioned", { aws_ebs_volume: { V: { size: 10, type: "io2", iops: 5000 } } }, ["price-missing: IOPS of the volume"]],
    ["backups by tag", { aws_backup_selection: { S: { selection_tag: [{ key: "a" }] } } }, ["quantity-unknown-at-synth: backups"]],
    [
      "backups of something elsewhere",
      { aws_backup_selection: { S: { resources: ["arn:aws:ec2:::volume/*"] } } },
      ["quantity-unknown-at-synth: backups"],
    ],
  ])("%s", (_, resources, expected) => {
    expect(gaps(resources)).toEqual(expected);
  });
});

describe("the region", () => {
  const machine = (attributes: object = {}): Resources => ({
    aws_instance: { Vm: { instance_type: "t3.small", root_block_device: { volume_type: "gp3", volume_size: 10 }, ...attributes } },
  });
  const prices = (resources: Resources, region?: unknown, more?: readonly object[]) =>
    made(resources, region, more).lines.map((line) => `${line.region} ${line.unitUsd}`);

  test.each([
    ["us-east-1", ["us-east-1 0.0208", "us-east-1 0.08"]],
    ["eu-west-1", ["eu-west-1 0.0228", "eu-west-1 0.088"]],
    ["ap-southeast-1", ["ap-southeast-1 0.0264", "ap-southeast-1 0.096"]],
  ])("is that of the provider: %s", (region, expected) => {
    expect(prices(machine(), region)).toEqual(expected);
  });

  test("is that of the alias, or of the resource itself", () => {
    const alias = [{ region: "eu-west-1", alias: "eu" }];
    expect(prices(machine({ provider: "aws.eu" }), "us-east-1", alias)).toEqual(["eu-west-1 0.0228", "eu-west-1 0.088"]);
    expect(prices(machine({ provider: "${aws.eu}" }), "us-east-1", alias)).toEqual(["eu-west-1 0.0228", "eu-west-1 0.088"]);
    expect(prices(machine({ region: "ap-southeast-1" }), "us-east-1", alias)).toEqual(["ap-southeast-1 0.0264", "ap-southeast-1 0.096"]);
  });

  test.each([["${var.region}"], [null]])("is a gap when it is %p", (region) => {
    expect(made(machine(), region)).toMatchObject({ totals: null, gaps: [{ reason: "region-missing" }, { reason: "region-missing" }] });
  });

  test("is a gap when the book has no price there: no multiple of another one stands in", () => {
    expect(made(machine(), "sa-east-1")).toMatchObject({ lines: [], gaps: [{ reason: "region-missing" }, { reason: "region-missing" }] });
  });
});

describe("backups", () => {
  const resources: Resources = {
    aws_backup_plan: {
      P: {
        rule: [
          { copy_action: [{ destination_vault_arn: "${aws_backup_vault.There.arn}" }] },
          { copy_action: { destination_vault_arn: "${aws_backup_vault.There.arn}" } },
        ],
      },
    },
    aws_backup_vault: { There: { provider: "aws.eu" } },
    aws_backup_selection: { S: { plan_id: "${aws_backup_plan.P.id}", resources: ["${aws_ebs_volume.V.arn}", "${aws_db_instance.D.arn}"] } },
    aws_ebs_volume: { V: { size: 1, type: "gp3" } },
    aws_db_instance: { D: { engine: "postgres", instance_class: "db.t4g.micro", allocated_storage: 20, storage_type: "gp3" } },
  };

  test("are held where they are made and once in each region that they are copied to", () => {
    const usage = { profile: "small" } as const;
    const { lines } = awsEstimate(awsInventory(resources, "us-east-1", [{ alias: "eu", region: "eu-west-1" }]), { usage });
    const own = lines.filter((line) => line.address === "aws_backup_selection.S");
    // 60 GB at most: .05 for volumes, .095 for databases, and 20 GB x .02 to get there
    expect(own.map(({ meter, region, usd }) => `${meter}: ${region} ${usd.high}`)).toEqual([
      "backups of aws_ebs_volume.V: us-east-1 3",
      "copies of aws_ebs_volume.V in eu-west-1: eu-west-1 3",
      "data to eu-west-1: us-east-1 0.4",
      "backups of aws_db_instance.D: us-east-1 5.7",
      "copies of aws_db_instance.D in eu-west-1: eu-west-1 5.7",
      "data to eu-west-1: us-east-1 0.4",
    ]);
  });
});
