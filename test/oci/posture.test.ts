import type { TerraformJson } from "cdktf-governed-agents";
import { oci } from "cdktf-governed-agents/oci";
import type { Posture } from "../../lib/facts/posture";
import { Inventory } from "../../lib/facts/inventory";
import { checkovSkips, evaluate } from "../../lib/policy";
import { RULES } from "../../lib/policy/rules";
import { providerSchema } from "../schema/provider-schema";
import { assigned, CASES } from "./posture-cases";

type Attributes = Record<string, unknown>;
type Resources = TerraformJson["resource"];

function read(type: string, attributes: Attributes, more: Resources = {}): readonly Posture[] {
  const inventory = new Inventory({ resource: { ...more, [type]: { This: attributes, ...more[type] } } });
  const view = inventory.resources.find(({ address }) => address === `${type}.This`);
  return oci.posture?.readers[type]?.(view as never, inventory) ?? [];
}

describe("OCI says of", () => {
  test.each(CASES)("$name", ({ rest: [type, attributes, said, more] }) => {
    expect(read(type, attributes, more)[0]).toMatchObject(said);
  });

  test("containers one by one", () => {
    const containers = [
      {
        display_name: "agent",
        image_url: `a@sha256:${"0".repeat(64)}`,
        security_context: { is_root_file_system_readonly: true, run_as_user: 1000 },
      },
      { display_name: "debug", image_url: "a:latest", environment_variables: { DB_PASSWORD: "hunter2", DB_PASSWORD_FILE: "/run/x" } },
    ];
    const [service, agent, debug] = read("oci_container_instances_container_instance", {
      containers,
      vnics: [{ is_public_ip_assigned: false }],
    });
    expect(service).toMatchObject({ kind: "service", publicAddress: false, shell: false });
    expect(agent).toMatchObject({ name: "agent", pinned: true, readOnlyRoot: true, unprivilegedUser: true, secretsInEnvironment: [] });
    expect(debug).toMatchObject({ pinned: false, readOnlyRoot: false, unprivilegedUser: false, secretsInEnvironment: ["DB_PASSWORD"] });
  });
});

describe("the tables", () => {
  const ids = new Set(RULES.map(({ id: ruleId }) => ruleId));

  test("name rules and resource types that there are", () => {
    const { references = {}, lacks = {}, readers = {} } = oci.posture ?? {};
    expect([...Object.keys(references), ...Object.keys(lacks)].filter((ruleId) => !ids.has(ruleId))).toEqual([]);
    const types = providerSchema("oci")?.resource_schemas ?? {};
    expect(Object.keys(readers).filter((type) => !(type in types))).toEqual([]);
  });

  test("what cannot be met is unknown, with the reason", () => {
    const inventory = new Inventory({ resource: { oci_core_network_security_group: { G: {} } } });
    const { findings } = evaluate(inventory, [oci], { asOf: "2026-11-21" });
    expect(findings).toMatchObject([
      { ruleId: "firewall-described", status: "unknown", observed: "network security groups have a name and no description" },
    ]);
  });
});

describe("checks that were weighed once", () => {
  const skips = (resource: Resources) => checkovSkips(evaluate(new Inventory({ resource }), [oci], { asOf: "2026-11-21" }).findings, [oci]);

  test("are exported with the reason", () => {
    expect(skips({ oci_core_volume: { This: { kms_key_id: "k" } }, ...assigned })).toMatchInlineSnapshot(`
     "# CKV_OCI_2: backups come with an assignment of the policy: the argument that the check reads is deprecated; volume-backed-up looks at both
     # CKV_OCI_21: rules of security groups keep state: stateless ones need a second rule for every answer, which opens more
     skip-check:
       - CKV_OCI_2
       - CKV_OCI_21
     "
    `);
  });

  test("are not, where the rule behind them is broken", () => {
    expect(skips({ oci_core_volume: { This: {} } })).not.toContain("- CKV_OCI_2\n");
  });
});
