import { oci, OciFirewall, OciNetwork, type OciNetworkProps } from "cdktf-governed-agents/oci";
import { firewallContract } from "../contracts/firewall";
import { networkContract } from "../contracts/network";
import { COMPARTMENT, ociSynth, resourcesOf } from "./support";

const SERVICES = { serviceId: "ocid1.service.oc1.iad.aaaaexample", cidrLabel: "all-iad-services-in-oracle-services-network" };

const BASE: OciNetworkProps = {
  cidr: "10.20.0.0/16",
  egress: "nat-gateway",
  availabilityDomains: ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2"],
  oracleServices: SERVICES,
};

describe("OciNetwork", () => {
  networkContract<OciNetworkProps>({
    provider: oci,
    base: BASE,
    variants: [
      ["public addresses", { egress: "public-ip" }],
      ["no egress", { egress: "none" }],
      ["a NAT without a public tier", { tiers: ["private", "isolated"] }],
      ["a NAT for nobody yet", { tiers: ["public"] }],
      ["short flow log retention", { flowLogRetentionDays: 30 }],
      ["the smallest", { cidr: "10.20.0.0/26" }],
      ["services that are looked up", { oracleServices: undefined }],
    ],
    growth: [
      ["a tier", { tiers: ["public", "private"] }, { tiers: ["public", "private", "isolated"] }],
      ["a tier in front", { tiers: ["isolated"] }, { tiers: ["public", "private", "isolated"] }],
      ["a NAT", { egress: "none" }, {}],
      ["an availability domain", {}, { availabilityDomains: ["Uocm:US-ASHBURN-AD-3", ...BASE.availabilityDomains] }],
    ],
    lasting: {
      oci_core_vcn: ["cidr_blocks", "dns_label", "compartment_id"],
      oci_core_subnet: ["vcn_id", "cidr_block", "dns_label", "prohibit_public_ip_on_vnic"],
    },
    closed: { props: { egress: "none" }, gateways: ["oci_core_internet_gateway", "oci_core_nat_gateway"] },
    lacks: { profile: "sandbox", zones: ["a"] },
    build: (stack, id, props) => new OciNetwork(stack, id, props),
    synth: ociSynth,
  });

  const all = ociSynth((stack) => new OciNetwork(stack, "Net", BASE));
  const of = (type: string) => Object.values(resourcesOf(all, type));

  test("the default security list lets nothing through, and every subnet uses it alone", () => {
    const [list] = of("oci_core_default_security_list");
    expect(list?.manage_default_resource_id).toMatch(/^\$\{oci_core_vcn\.Net.*default_security_list_id\}$/);
    expect(list).not.toHaveProperty("ingress_security_rules");
    expect(list).not.toHaveProperty("egress_security_rules");
    const lists = of("oci_core_subnet").map((subnet) => subnet.security_list_ids);
    expect(lists).toEqual(Array.from({ length: 3 }, () => [list?.manage_default_resource_id]));
    expect(resourcesOf(all, "oci_core_security_list")).toEqual({});
  });

  test("subnets span the region; only machines in the public one can have public addresses", () => {
    const subnets = of("oci_core_subnet");
    expect(subnets.map((subnet) => [subnet.dns_label, subnet.prohibit_public_ip_on_vnic])).toEqual([
      ["isolated", true],
      ["private", true],
      ["public", false],
    ]);
    expect(subnets.every((subnet) => !("availability_domain" in subnet))).toBe(true);
  });

  test("each tier has its routes: the internet, a NAT and services of OCI, services of OCI alone", () => {
    const tables = of("oci_core_route_table").map((table) => [
      String(table.display_name),
      (table.route_rules as Record<string, string>[]).map((rule) => `${rule.destination} ${rule.network_entity_id?.split(".")[0]}`),
    ]);
    expect(Object.fromEntries(tables)).toEqual({
      "test-net-public": ["0.0.0.0/0 ${oci_core_internet_gateway"],
      "test-net-private": [`${SERVICES.cidrLabel} \${oci_core_service_gateway`, "0.0.0.0/0 ${oci_core_nat_gateway"],
      "test-net-isolated": [`${SERVICES.cidrLabel} \${oci_core_service_gateway`],
    });
  });

  test("flow logs take all packets of every subnet, and are kept as long as OCI can", () => {
    const logs = of("oci_logging_log");
    const sources = logs.map((log) => (log.configuration as { source: Record<string, string> }).source);
    expect(sources.map(({ service, category }) => `${service} ${category}`)).toEqual(Array.from({ length: 3 }, () => "flowlogs all"));
    expect(new Set(sources.map(({ resource }) => resource)).size).toBe(3);
    expect(logs.every((log) => log.is_enabled === true && log.retention_duration === 180)).toBe(true);
  });

  test("everything is in the compartment", () => {
    const bodies = Object.entries(all.json.resource ?? {}).filter(
      ([type]) => !["oci_core_default_security_list", "oci_logging_log"].includes(type),
    );
    expect(bodies.flatMap(([, instances]) => Object.values(instances)).map((body) => body.compartment_id)).toEqual(
      Array.from({ length: 11 }, () => COMPARTMENT),
    );
  });

  test("services of OCI are looked up when they are not given", () => {
    const result = ociSynth((stack) => new OciNetwork(stack, "Net", { ...BASE, oracleServices: undefined }));
    expect(all.json.data).toBeUndefined();
    expect(result.json.data).toMatchObject({
      oci_core_services: { Net_OracleServices_FEF5EF42: { filter: [{ name: "name", regex: true }] } },
    });
  });

  test("a network that is managed elsewhere has the workload tier of its subnets", () => {
    const network = OciNetwork.fromAttributes({
      ...BASE,
      vcnId: "v",
      oracleServices: undefined,
      subnetIds: { private: "p", isolated: "i" },
    });
    expect([network.workloadTier, network.subnetId("private"), network.subnetId("public")]).toEqual(["private", "p", undefined]);
  });

  test("two networks whose DNS labels would be cut to the same have different ones", () => {
    const result = ociSynth((stack) => {
      new OciNetwork(stack, "NetworkOfTheFirstTeam", BASE);
      new OciNetwork(stack, "NetworkOfTheSecondTeam", BASE);
    });
    const labels = Object.values(resourcesOf(result, "oci_core_vcn")).map((vcn) => String(vcn.dns_label));
    expect(new Set(labels).size).toBe(2);
    expect(labels.every((label) => /^[a-z][a-z0-9]{0,14}$/.test(label))).toBe(true);
  });

  test("fails with every problem at once", () => {
    const props = {
      cidr: "169.254.0.1/28",
      egress: "nat-gateway-per-zone",
      profile: "sandbox",
      zones: ["AD-1"],
      tiers: ["public", "dmz"],
      flowLogRetentionDays: 365,
      availabilityDomains: ["AD-1", "AD-1"],
      oracleServices: { serviceId: "all", cidrLabel: "objectstorage", region: "iad" },
    } as never;
    expect(() => ociSynth((stack) => new OciNetwork(stack, "Net", props))).toThrowErrorMatchingInlineSnapshot(`
     "test/Net: 13 problems
       - profile: got "sandbox", want nothing: an OCI network spans its region in every profile, and has no deletion protection to choose; remove it
       - zones: got ["AD-1"], want nothing: subnets of OCI span the zones of their region; where machines run is said in availabilityDomains; remove it
       - availabilityDomains: got "AD-1", want names such as "Uocm:PHX-AD-1", as "oci iam availability-domain list" shows them
       - availabilityDomains: got ["AD-1","AD-1"], want every availability domain once
       - oracleServices.region: got "iad", want no such prop; remove it; known props: serviceId, cidrLabel
       - oracleServices.serviceId: got "all", want the OCID of a service, such as "ocid1.service.oc1.iad.aaaaexample"
       - oracleServices.cidrLabel: got "objectstorage", want a label such as "all-iad-services-in-oracle-services-network"
       - egress: got "nat-gateway-per-zone", want one of "none", "public-ip", "nat-gateway"
       - cidr: got "169.254.0.1/28", want room for 4 subnet slots, /26 or larger (OCI virtual cloud networks); use /26 or a shorter prefix
       - cidr: got "169.254.0.1/28", want the first address of the range; use "169.254.0.0/28"
       - cidr: got "169.254.0.1/28", want no overlap with 169.254.0.0/16, which the provider keeps for itself (OCI virtual cloud networks); choose another range
       - tiers: got "dmz", want one of public, private, isolated
       - flowLogRetentionDays: got 365, want one of 30, 60, 90, 120, 150, 180"
    `);
  });

  test("fails without availability domains", () => {
    const build = (availabilityDomains: readonly string[] | undefined) => () =>
      ociSynth((stack) => new OciNetwork(stack, "Net", { ...BASE, availabilityDomains } as OciNetworkProps));
    expect(build(undefined)).toThrow("availabilityDomains: got nothing, want names such as");
    expect(build([])).toThrow("availabilityDomains: got [], want 1 to 3 availability domains");
  });
});

describe("OciFirewall", () => {
  firewallContract<OciFirewall>({
    provider: oci,
    build: (stack, id, props) => new OciFirewall(stack, id, { ...props, network: { vcnId: "ocid1.vcn.oc1..a" } }),
    synth: ociSynth,
  });

  test("services of OCI can be the other end, and every rule is stateful", () => {
    const result = ociSynth((stack) => {
      const network = new OciNetwork(stack, "Net", BASE);
      const peer = { prefixList: network.oracleServices };
      new OciFirewall(stack, "Wall", {
        network,
        ingress: { office: { port: 443, peer: { cidr: "192.0.2.0/24" }, description: "The office" } },
        egress: { services: { port: 443, peer, description: "Services of OCI" } },
      });
    });
    const rules = Object.values(resourcesOf(result, "oci_core_network_security_group_security_rule"));
    expect(rules).toMatchObject([
      { destination: SERVICES.cidrLabel, destination_type: "SERVICE_CIDR_BLOCK", direction: "EGRESS", stateless: false },
      { source: "192.0.2.0/24", source_type: "CIDR_BLOCK", direction: "INGRESS", stateless: false },
    ]);
  });

  test("fails without network", () => {
    const build = () => ociSynth((stack) => new OciFirewall(stack, "Wall", {} as never));
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Wall: 1 problem
       - network: got nothing, want the network that the firewall is for"
    `);
  });
});
