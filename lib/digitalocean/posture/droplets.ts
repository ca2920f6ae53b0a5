import type { Inventory, ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { asList, block, flag, given, isExpression, secretsInText, some } from "../../facts/values";

/** A droplet. Its disk is in the hand of DigitalOcean; its public address cannot be left out. */
export const readDroplet: PostureReader = (droplet, inventory) => {
  const { address, path, attributes } = droplet;
  return [
    {
      kind: "machine",
      address,
      path,
      metadataTokens: false,
      metadataHops: "unknown",
      disksEncrypted: "unknown",
      publicAddress: true,
      identity: false,
      monitored: flag(attributes.monitoring, false),
      deletionProtected: keptFrom(attributes),
      secretsInUserData: secretsIn(attributes.user_data),
      backedUp: keepsDataApart(droplet, inventory) ? undefined : flag(attributes.backups, false),
      firewalled: firewalled(droplet, inventory),
      networkChosen: given(attributes.vpc_uuid),
      template: false,
    },
  ];
};

/** A droplet with a volume is made again from its image; the volume is asked for its own backups. */
function keepsDataApart(droplet: ResourceView, inventory: Inventory): boolean {
  const attached = inventory.referring("digitalocean_volume_attachment", "droplet_id", droplet).length > 0;
  return attached || given(droplet.attributes.volume_ids);
}

/** Whether Terraform refuses to destroy it: DigitalOcean itself has no such switch. */
export function keptFrom({ lifecycle }: ResourceView["attributes"]): Known<boolean> {
  return flag(block(lifecycle).prevent_destroy, false);
}

function secretsIn(userData: unknown): Known<readonly string[]> {
  if (!given(userData)) return [];
  return typeof userData === "string" && !/^\$\{[^}]*\}$/.test(userData) ? secretsInText(userData) : "unknown";
}

/** Whether a firewall of the stack names the droplet, or a tag that it carries. */
function firewalled(droplet: ResourceView, inventory: Inventory): Known<boolean> {
  if (inventory.referring("digitalocean_firewall", "droplet_ids", droplet).length > 0) return true;
  const firewalls = Object.values(inventory.json.resource?.digitalocean_firewall ?? {});
  return some(firewalls.map((firewall) => sharesTag(firewall.tags, droplet.attributes.tags)));
}

function sharesTag(wanted: unknown, carried: unknown): Known<boolean> {
  const tags = new Set(asList(carried));
  if (asList(wanted).some((tag) => tags.has(tag))) return true;
  return given(wanted) && isExpression(carried) ? "unknown" : false;
}

/** A volume is always encrypted, by DigitalOcean's key; nothing makes backups of it on a schedule. */
export const readVolume: PostureReader = ({ address, path }) => [
  { kind: "volume", address, path, encryption: "provider-key", backedUp: false },
];
