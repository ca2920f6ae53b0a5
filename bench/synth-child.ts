/** One measured synth in a process of its own: `<variant> <resources>`. Runs from the repository's root, on the compiled library. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type * as library from "../lib";
import type * as libraryAws from "../lib/aws";

const load = createRequire(join(process.cwd(), "package.json"));

/** Loaded by every variant, so that they differ in what they do only; loading is measured apart. */
const { govern, onRendered } = load("./dist/index.js") as typeof library;
const { aws } = load("./dist/aws/index.js") as typeof libraryAws;

/** What a variant adds to the plain engine. */
const VARIANTS: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  plain: () => undefined,
  check: (stack) =>
    onRendered(stack, ({ json }) => {
      if (Object.keys(json.resource?.aws_vpc ?? {}).length === 0) throw new Error("no network");
    }),
  govern: (stack) => govern(stack, { providers: [aws], labels: LABELS }),
  promises: (stack) =>
    govern(stack, {
      providers: [aws],
      labels: LABELS,
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      budgets: [{ usdPerMonth: 1_000_000, mode: "advisory" }],
      policy: { failOn: "critical" },
      recovery: [{ rpoMinutes: 1500, rtoMinutes: 240, scopes: ["operator-error"], scope: "bench/Elsewhere" }],
    }),
};

const KEY = "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012";

const LABELS = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

/** Five resources that refer to each other, as in a small system. */
function addCell(stack: TerraformStack, index: number): void {
  const cell = new Construct(stack, `Cell${index}`);
  const vpc = new Vpc(cell, "Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: `cell-${index}` } });
  const subnet = new Subnet(cell, "Subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" });
  const group = new SecurityGroup(cell, "Group", {
    vpcId: vpc.id,
    description: `group ${index}`,
    egress: [{ fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
  });
  new Instance(cell, "Instance", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.small",
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
    rootBlockDevice: { encrypted: true, volumeSize: 20 },
    metadataOptions: { httpTokens: "required" },
  });
  new CloudwatchLogGroup(cell, "Logs", { name: `/cell/${index}`, retentionInDays: 365, kmsKeyId: KEY, tags: { network: vpc.arn } });
}

function main(variant: string, resources: number): void {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const start = performance.now();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bench");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  for (let index = 0; index < resources / 5; index++) addCell(stack, index);
  VARIANTS[variant]?.(stack);
  const built = performance.now();
  app.synth();
  const end = performance.now();
  const bytes = statSync(join(outdir, "stacks/bench/cdk.tf.json")).size;
  rmSync(outdir, { recursive: true });
  const rssMiB = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ synthMs: end - built, totalMs: end - start, rssMiB, bytes }));
}

main(process.argv[1] ?? "", Number(process.argv[2]));
