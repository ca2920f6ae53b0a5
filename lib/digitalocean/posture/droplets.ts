import type { Inventory, ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { asList, block, flag, given, isExpression, secretsInText } from "../../facts/values";

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
  const wanted = firewallTags(inventory);
  const { tags } = droplet.attributes;
  if (asList(tags).some((tag) => wanted.has(tag))) return true;
  return wanted.size > 0 && isExpression(tags) ? "unknown" : false;
}

const tagsOf = new WeakMap<Inventory, ReadonlySet<unknown>>();

/** What firewalls of the stack are attached by, collected once. */
function firewallTags(inventory: Inventory): ReadonlySet<unknown> {
  const known = tagsOf.get(inventory);
  if (known !== undefined) return known;
  const firewalls = Object.values(inventory.json.resource?.digitalocean_firewall ?? {});
  const found = new Set(firewalls.flatMap(({ tags }) => asList(tags)));
  tagsOf.set(inventory, found);
  return found;
}

/** A volume is always encrypted, by DigitalOcean's key; nothing makes backups of it on a schedule. */
export const readVolume: PostureReader = ({ address, path }) => [
  { kind: "volume", address, path, encryption: "provider-key", backedUp: false },
];
