import { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall";
import { Tag } from "@cdktf/provider-digitalocean/lib/tag";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { Check, isToken } from "../../spec/check";
import { contains, formatRange, hasHostBits, networkOf, tryRange } from "../../spec/cidr";

/** Longest name of a tag that is also easy to read; DigitalOcean takes 255 characters. */
const MAX_TAG = 63;

/** The kinds of clients that a database of DigitalOcean tells apart. */
type ClientType = "droplet" | "k8s" | "ip_addr" | "tag" | "app";

/**
 * Who may connect to a cluster and its read replicas. A cluster without rules is open to the world, and the provider takes no firewall
 * without rules: so there is always one, for the droplets that carry the tag of this database's clients.
 */
export class DigitalOceanPostgresAccess extends Construct {
  /** Name of the tag whose droplets may connect. */
  readonly tag: string;
  private readonly firewalls: DatabaseFirewall[];
  private readonly rules: { readonly type: ClientType; readonly value: string }[] = [];

  /** @param ids the cluster's id and those of its replicas, by id in the tree */
  constructor(scope: Construct, id: string, ids: Readonly<Record<string, string>>) {
    super(scope, id);
    this.tag = new Tag(this, "Tag", { name: physicalName(this, { kind: "tag", maxLength: MAX_TAG }) }).name;
    this.rules.push({ type: "tag", value: this.tag });
    this.firewalls = Object.entries(ids).map(([name, clusterId]) => new DatabaseFirewall(this, name, { clusterId, rule: this.rules }));
  }

  /** Lets someone in; the same one twice is once. */
  allow(type: ClientType, value: string): void {
    if (this.rules.some((rule) => rule.type === type && rule.value === value)) return;
    this.rules.push({ type, value });
    for (const firewall of this.firewalls) firewall.putRule([...this.rules]);
  }

  /**
   * Lets a range of the network in.
   * @throws IntentError when it is no range, or not inside of the network.
   */
  allowRange(cidr: string, network: string): void {
    const check = new Check<{ cidr: string }>(this.node.path, { cidr }, ["cidr"]);
    const range = isToken(cidr) ? undefined : tryRange(String(cidr));
    const outer = isToken(network) ? undefined : tryRange(network);
    if (range === undefined) check.issue("cidr", cidr, 'an IPv4 range such as "10.20.0.0/24"');
    else if (hasHostBits(range)) check.issue("cidr", cidr, `the first address of the range, "${formatRange(networkOf(range))}"`);
    else if (outer !== undefined && !contains(outer, range)) {
      check.issue("cidr", cidr, `a range inside of the network ${network}`, "name clients outside of it by their app or firewall");
    }
    check.done(undefined);
    this.allow("ip_addr", cidr);
  }
}
