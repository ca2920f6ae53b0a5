import type { Inventory } from "../../facts/inventory";
import type { Known, Posture, PostureReader } from "../../facts/posture";
import { userDataSecrets } from "../../facts/user-data";
import { all, asList, block, flag, given, isExpression, not, numeric, secretNames, some, word, type Attributes } from "../../facts/values";

/** Whether Terraform refuses to destroy it: most types of OCI have no such switch of their own. */
export function keptFrom({ lifecycle }: Attributes): Known<boolean> {
  return flag(block(lifecycle).prevent_destroy, false);
}

/** A machine. Its disks are always encrypted, and it always has an identity; what that may do, policies say. */
export const readInstance: PostureReader = ({ address, path, attributes }, inventory) => [
  { kind: "machine", address, path, ...machine(attributes, inventory), deletionProtected: keptFrom(attributes), template: false },
];

/** What every machine of a pool has. */
export const readInstanceConfiguration: PostureReader = ({ address, path, attributes }, inventory) => {
  const launch = block(block(attributes.instance_details).launch_details);
  if (Object.keys(launch).length === 0) return [];
  return [{ kind: "machine", address, path, ...machine(launch, inventory), deletionProtected: true, template: true }];
};

function machine(attributes: Attributes, inventory: Inventory) {
  const card = block(attributes.create_vnic_details);
  return {
    metadataTokens: flag(block(attributes.instance_options).are_legacy_imds_endpoints_disabled, false),
    metadataHops: "unknown",
    disksEncrypted: true,
    publicAddress: publicAddress(card.assign_public_ip, card.subnet_id ?? attributes.subnet_id, inventory),
    identity: true,
    monitored: not(flag(block(attributes.agent_config).is_monitoring_disabled, false)),
    secretsInUserData: userDataSecrets(undefined, block(attributes.metadata).user_data),
    firewalled: given(card.nsg_ids),
  } as const;
}

/** Without a word, a network card has a public address unless its subnet forbids that. */
function publicAddress(asked: unknown, subnetId: unknown, inventory: Inventory): Known<boolean> {
  if (asked !== undefined && asked !== null) return flag(asked, false);
  const subnet = inventory.referred(subnetId)?.attributes;
  if (subnet === undefined) return "unknown";
  return not(some([flag(subnet.prohibit_public_ip_on_vnic, false), flag(subnet.prohibit_internet_ingress, false)]));
}

/** Machines of a pool, spread over the places that it names. */
export const readPool: PostureReader = ({ address, path, attributes }) => {
  const places = asList(attributes.placement_configurations) as readonly Attributes[];
  const domains = places.map(({ availability_domain: domain }) => domain);
  const spread = new Set(domains).size;
  const balanced = given(attributes.load_balancers);
  return [
    {
      kind: "scaling-group",
      address,
      path,
      zones: domains.some(isExpression) && spread < 2 ? "unknown" : spread,
      usesTemplate: given(attributes.instance_configuration_id),
      balanced,
      balancerHealth: false,
    },
  ];
};

/** A container instance: nothing of it is privileged, and nobody can open a shell in it. */
export const readContainerInstance: PostureReader = ({ address, path, attributes }, inventory): readonly Posture[] => {
  const [card] = asList(attributes.vnics) as readonly Attributes[];
  const open = publicAddress(card?.is_public_ip_assigned, card?.subnet_id, inventory);
  const containers = asList(attributes.containers) as readonly Attributes[];
  return [
    { kind: "service", address, path, publicAddress: open, latestPlatform: true, rollback: false, shell: false },
    ...containers.map((container): Posture => ({
      kind: "container",
      address,
      path,
      name: word(container.display_name, "container"),
      privileged: false,
      readOnlyRoot: flag(block(container.security_context).is_root_file_system_readonly, false),
      unprivilegedUser: unprivileged(block(container.security_context)),
      logged: false,
      pinned: isExpression(container.image_url) ? "unknown" : String(container.image_url).includes("@sha256:"),
      secretsInEnvironment: secretsIn(container.environment_variables),
    })),
  ];
};

function unprivileged(context: Attributes): Known<boolean> {
  const user = numeric(context.run_as_user, 0);
  return some([flag(context.is_non_root_user_check_enabled, false), user === "unknown" ? user : user > 0]);
}

function secretsIn(variables: unknown): Known<readonly string[]> {
  if (isExpression(variables)) return "unknown";
  return secretNames(Object.entries(block(variables)).filter(([, value]) => !isExpression(value)));
}

/** What a query says beside what is known only when Terraform runs; nothing when all of it is. */
function queryOf(query: unknown): string | undefined {
  const text = String(query ?? "").replace(/\$\{[^}]*\}/g, "");
  return text === "" && isExpression(query) ? undefined : text;
}

/** An alarm; silence rings where the query asks for it. */
export const readAlarm: PostureReader = ({ address, path, attributes }) => {
  const query = queryOf(attributes.query);
  const asks = (pattern: RegExp): Known<boolean> => (query === undefined ? "unknown" : pattern.test(query));
  return [
    {
      kind: "alarm",
      address,
      path,
      rings: all([flag(attributes.is_enabled, false), given(attributes.destinations)]),
      heartbeat: asks(/heart-?_?beat/i),
      silenceRings: asks(/\.absent\(/),
    },
  ];
};
