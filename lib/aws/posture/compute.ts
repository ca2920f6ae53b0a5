import type { Inventory, ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { userDataSecrets } from "../../facts/user-data";
import {
  all,
  asList,
  block,
  flag,
  given,
  isExpression,
  numeric,
  oneOf,
  secretNames,
  settingsOf,
  some,
  word,
  zonesOf,
  type Attributes,
} from "./values";

export const readInstance: PostureReader = ({ address, path, attributes }, inventory) => {
  const template = templateOf(attributes, inventory);
  const own = (name: string) => attributes[name] ?? template?.attributes[name];
  const unseen = given(attributes.launch_template) && template === undefined;
  const disks = [attributes.root_block_device ?? {}, ...asList(attributes.ebs_block_device)] as readonly Attributes[];
  return [
    {
      kind: "machine",
      address,
      path,
      template: false,
      ...metadata(block(own("metadata_options")), unseen),
      disksEncrypted: unseen && !given(attributes.root_block_device) ? "unknown" : diskEncryption(disks.map(block), template),
      publicAddress: unseen ? "unknown" : publicInstance(attributes, template, inventory),
      identity: given(own("iam_instance_profile")) || (unseen ? "unknown" : false),
      monitored: flag(attributes.monitoring ?? block(template?.attributes.monitoring).enabled, false),
      deletionProtected: flag(own("disable_api_termination"), false),
      secretsInUserData: userDataSecrets(own("user_data"), own("user_data_base64")),
    },
  ];
};

/** What every machine of the template has, unless it says otherwise itself. */
export const readLaunchTemplate: PostureReader = ({ address, path, attributes }) => {
  const mappings = (asList(attributes.block_device_mappings) as readonly Attributes[]).map(({ ebs }) => block(ebs));
  const cards = asList(attributes.network_interfaces) as readonly Attributes[];
  return [
    {
      kind: "machine",
      address,
      path,
      template: true,
      ...metadata(block(attributes.metadata_options), false),
      disksEncrypted: mappings.length === 0 ? "unknown" : all(mappings.map(({ encrypted }) => flag(encrypted, false))),
      publicAddress: cards.length === 0 ? "unknown" : some(cards.map((card) => flag(card.associate_public_ip_address, false))),
      identity: given(attributes.iam_instance_profile),
      monitored: flag(block(attributes.monitoring).enabled, false),
      deletionProtected: flag(attributes.disable_api_termination, false),
      secretsInUserData: userDataSecrets(undefined, attributes.user_data),
    },
  ];
};

function templateOf(attributes: Attributes, inventory: Inventory): ResourceView | undefined {
  const { id, name } = block(attributes.launch_template);
  return inventory.referred(id) ?? inventory.referred(name);
}

/** Tokens are optional, with one hop, unless something else is said. Source: Amazon EC2 API reference, read 2026-11-21. */
function metadata(options: Attributes, unseen: boolean): { metadataTokens: Known<boolean>; metadataHops: Known<number> } {
  if (unseen && Object.keys(options).length === 0) return { metadataTokens: "unknown", metadataHops: "unknown" };
  const off = oneOf(options.http_endpoint, ["disabled"], "enabled");
  return {
    metadataTokens: some([off, oneOf(options.http_tokens, ["required"], "optional")]),
    metadataHops: off === true ? 0 : numeric(options.http_put_response_hop_limit, 1),
  };
}

function diskEncryption(disks: readonly Attributes[], template: ResourceView | undefined): Known<boolean> {
  const mapped = (asList(template?.attributes.block_device_mappings) as readonly Attributes[]).map(({ ebs }) => block(ebs));
  const said = disks.some((disk) => Object.keys(disk).length > 0);
  return all((said || mapped.length === 0 ? disks : mapped).map(({ encrypted }) => flag(encrypted, false)));
}

function publicInstance(attributes: Attributes, template: ResourceView | undefined, inventory: Inventory): Known<boolean> {
  const [card] = asList(template?.attributes.network_interfaces) as readonly Attributes[];
  const asked = attributes.associate_public_ip_address ?? card?.associate_public_ip_address;
  if (asked !== undefined) return flag(asked, false);
  const subnet = inventory.referred(attributes.subnet_id);
  return subnet === undefined ? "unknown" : flag(subnet.attributes.map_public_ip_on_launch, false);
}

export const readScalingGroup: PostureReader = (group, inventory) => {
  const { address, path, attributes } = group;
  const attached = inventory.referring("aws_autoscaling_attachment", "autoscaling_group_name", group).length > 0;
  const named = asList(attributes.availability_zones);
  return [
    {
      kind: "scaling-group",
      address,
      path,
      zones: named.length > 0 ? named.length : zonesOf(attributes.vpc_zone_identifier, inventory),
      usesTemplate: given(attributes.launch_template) || given(attributes.mixed_instances_policy),
      balanced: attached || given(attributes.target_group_arns) || given(attributes.load_balancers) || given(attributes.traffic_source),
      balancerHealth: oneOf(attributes.health_check_type, ["ELB", "VPC_LATTICE"], "EC2"),
    },
  ];
};

/** Runtimes whose security updates ended before 2026. Source: AWS Lambda developer guide, "Lambda runtimes"; what ended later is not in it. */
const ENDED =
  /^(nodejs(|4\.3|4\.3-edge|6\.10|8\.10|1[024]\.x|16\.x|18\.x)|python(2\.7|3\.[6789])|dotnetcore.*|dotnet[567]|ruby2\.[57]|java8|go1\.x|provided)$/;

export const readFunction: PostureReader = (lambda, inventory) => {
  const { address, path, attributes } = lambda;
  const variables = Object.entries(block(block(attributes.environment).variables));
  const events = settingsOf("aws_lambda_function_event_invoke_config", "function_name", lambda, "function_name", inventory);
  const onFailure = events.some((one) => given(block(one.attributes.destination_config).on_failure));
  const runtime = word(attributes.runtime, "");
  return [
    {
      kind: "function",
      address,
      path,
      concurrency: numeric(attributes.reserved_concurrent_executions, -1),
      deadLetters: onFailure || given(block(attributes.dead_letter_config).target_arn),
      traced: oneOf(block(attributes.tracing_config).mode, ["Active"], "PassThrough"),
      environmentCustomerKey: variables.length === 0 || given(attributes.kms_key_arn),
      secretsInEnvironment: isExpression(block(attributes.environment).variables) ? "unknown" : secretNames(variables),
      codeSigned: given(attributes.code_signing_config_arn),
      runtimeSupported: runtime === "unknown" ? runtime : !ENDED.test(runtime),
    },
  ];
};
