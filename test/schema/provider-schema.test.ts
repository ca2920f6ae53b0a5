import { SCHEMA_PROVIDERS, providerSchema, schemaProblems } from "./provider-schema";

const droplet = { image: "ubuntu-24-04-x64", name: "one", size: "s-1vcpu-1gb" };
const of = (type: string, body: object) => schemaProblems({ resource: { [type]: { One: body } } });

describe("the schema check", () => {
  test.each(SCHEMA_PROVIDERS)("has the real schema of %s", (name) => {
    expect(Object.keys(providerSchema(name)?.resource_schemas ?? {}).length).toBeGreaterThan(60);
  });

  test("takes what the provider takes, and references of any type", () => {
    expect(of("digitalocean_droplet", { ...droplet, tags: ["a"], monitoring: true, lifecycle: { prevent_destroy: true } })).toEqual([]);
    expect(of("digitalocean_droplet", { ...droplet, tags: "${var.tags}", monitoring: "${var.on}" })).toEqual([]);
    expect(of("digitalocean_droplet", { ...droplet, backup_policy: { plan: "daily" } })).toEqual([]);
    expect(of("cloudflare_r2_bucket_lock", { account_id: "a", bucket_name: "b", rules: [] })).toEqual([]);
  });

  test("passes over providers without a schema here", () => {
    expect(of("aws_vpc", { nonsense: true })).toEqual([]);
  });

  test.each<[string, string, object, readonly string[]]>([
    [
      "an unknown type",
      "digitalocean_dropletz",
      {},
      ["digitalocean_dropletz: the provider has no such type, or schemas/ does not hold it"],
    ],
    [
      "an unknown attribute",
      "digitalocean_droplet",
      { ...droplet, imge: "x" },
      ["digitalocean_droplet.One.imge: no such attribute or block"],
    ],
    ["a missing attribute", "digitalocean_droplet", { image: "x", name: "y" }, ["digitalocean_droplet.One.size: required, and missing"]],
    [
      "a wrong type",
      "digitalocean_droplet",
      { ...droplet, monitoring: "yes" },
      ['digitalocean_droplet.One.monitoring: want bool, got "yes"'],
    ],
    ["text for a list", "digitalocean_droplet", { ...droplet, tags: "a" }, ["digitalocean_droplet.One.tags: want a list"]],
    [
      "a value that only the provider sets",
      "digitalocean_droplet",
      { ...droplet, ipv4_address: "192.0.2.1" },
      ["digitalocean_droplet.One.ipv4_address: set by the provider, never by us"],
    ],
    [
      "too many blocks",
      "digitalocean_droplet",
      { ...droplet, backup_policy: [{}, {}] },
      ["digitalocean_droplet.One.backup_policy: 1 at most of this block, got 2"],
    ],
    [
      "a block that is missing",
      "digitalocean_database_firewall",
      { cluster_id: "x" },
      ["digitalocean_database_firewall.One.rule: 1 or more of this block, and there is none"],
    ],
    [
      "an unknown attribute deep inside",
      "cloudflare_zone_dnssec",
      { zone_id: "z", status: "active", statuz: 1 },
      ["cloudflare_zone_dnssec.One.statuz: no such attribute or block"],
    ],
  ])("names %s", (_name, type, body, problems) => {
    expect(of(type, body)).toEqual(problems);
  });

  test("reads data sources too", () => {
    expect(schemaProblems({ data: { digitalocean_image: { One: { slugg: "x" } } } })).toEqual([
      "data.digitalocean_image.One.slugg: no such attribute or block",
    ]);
  });
});
