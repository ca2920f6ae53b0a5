import type { Emulator } from "./emulator";

interface Question {
  readonly service: string;
  /** Header of the JSON APIs; the query APIs have the action in the body. */
  readonly target?: string;
  readonly body: string;
}

/** What a deletion leaves behind on purpose. */
const STAYS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /:rds:.*:snapshot:/, reason: "final snapshot of a database" },
  { pattern: /:ec2:.*:snapshot\//, reason: "final snapshot of a volume" },
  { pattern: /:kms:.*:key\//, reason: "keys wait a week or more before they are gone" },
  { pattern: /:secretsmanager:.*:secret:/, reason: "secrets stay recoverable for a while" },
];

/** AWS lists these for some time after their deletion, with a state that says so. */
const LISTED_AFTER_DELETION: readonly { readonly pattern: RegExp; readonly ask: (id: string) => Question; readonly gone: RegExp }[] = [
  {
    pattern: /:ec2:.*:instance\/(.+)/,
    ask: (id) => ({ service: "ec2", body: `Action=DescribeInstances&Version=2016-11-15&InstanceId.1=${id}` }),
    gone: /<name>terminated</,
  },
  {
    pattern: /:ec2:.*:natgateway\/(.+)/,
    ask: (id) => ({ service: "ec2", body: `Action=DescribeNatGateways&Version=2016-11-15&NatGatewayId.1=${id}` }),
    gone: /<state>deleted</,
  },
  {
    pattern: /:ecs:.*:cluster\/(.+)/,
    ask: (id) => ({ service: "ecs", target: ecs("DescribeClusters"), body: JSON.stringify({ clusters: [id] }) }),
    gone: /"status": ?"INACTIVE"/,
  },
  {
    pattern: /:ecs:.*:service\/(.+)/,
    ask: (id) => ({
      service: "ecs",
      target: ecs("DescribeServices"),
      body: JSON.stringify({ cluster: id.split("/")[0], services: [id.split("/")[1]] }),
    }),
    gone: /"status": ?"INACTIVE"|ClusterNotFound/,
  },
  {
    pattern: /:ecs:.*:task-definition\/(.+)/,
    ask: (id) => ({ service: "ecs", target: ecs("DescribeTaskDefinition"), body: JSON.stringify({ taskDefinition: id }) }),
    gone: /"status": ?"INACTIVE"/,
  },
];

/** ARN of every resource that carries a tag, in one region, as the tagging API lists them. */
export async function taggedResources(emulator: Emulator, region: string): Promise<string[]> {
  const target = "ResourceGroupsTaggingAPI_20170126.GetResources";
  const answer = await call(emulator, region, { service: "tagging", target, body: JSON.stringify({ ResourcesPerPage: 100 }) });
  return (JSON.parse(answer) as { ResourceTagMappingList: { ResourceARN: string }[] }).ResourceTagMappingList.map((one) => one.ResourceARN);
}

/** Whether a resource is deleted, or left on purpose. */
export async function isGone(emulator: Emulator, arn: string): Promise<boolean> {
  if (STAYS.some(({ pattern }) => pattern.test(arn))) return true;
  const kind = LISTED_AFTER_DELETION.find(({ pattern }) => pattern.test(arn));
  if (!kind) return false;
  const region = arn.split(":")[3] ?? "";
  return kind.gone.test(await call(emulator, region, kind.ask(kind.pattern.exec(arn)?.[1] ?? "")));
}

function ecs(action: string): string {
  return `AmazonEC2ContainerServiceV20141113.${action}`;
}

/** One request to an AWS API. The emulator reads region and service from the signature's scope and checks no signature. */
async function call(emulator: Emulator, region: string, { service, target, body }: Question): Promise<string> {
  const scope = `test/20200101/${region}/${service}/aws4_request`;
  const response = await fetch(emulator.url, {
    method: "POST",
    headers: {
      "Content-Type": target ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded",
      ...(target ? { "X-Amz-Target": target } : {}),
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body,
  });
  return response.text();
}
