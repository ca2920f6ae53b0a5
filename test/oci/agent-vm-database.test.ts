import type { TerraformStack } from "cdktf";
import { OciAgentVm, OciNetwork, OciPostgres, type OciAgentVmProps } from "cdktf-governed-agents/oci";
import { readSettings } from "../../lib/runtime/machine";
import { ociSynth, resourcesOf } from "./support";

const DOMAINS = ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2", "Uocm:US-ASHBURN-AD-3"] as const;
const SECRET = "ocid1.vaultsecret.oc1.iad.amaaaa";
const NETWORK = { cidr: "10.20.0.0/16", availabilityDomains: DOMAINS, egress: "nat-gateway" } as const;

/** A machine in a network of its own, if none is given. */
const machine = (stack: TerraformStack, props: Partial<OciAgentVmProps>) =>
  new OciAgentVm(stack, "Vm", {
    network: props.network ?? new OciNetwork(stack, "Network", NETWORK),
    size: "small",
    units: { main: { command: ["/usr/bin/node", "/opt/agent/main.js"] } },
    governance: { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: `${SECRET}key` },
    imageId: "ocid1.image.oc1.iad.aaaaubuntu",
    tenancyId: "ocid1.tenancy.oc1..aaaaexample",
    ...props,
  });

test("a database opens its firewall for the machine, which may read its password", () => {
  const synthesized = ociSynth((stack) => {
    const network = new OciNetwork(stack, "Network", NETWORK);
    const database = new OciPostgres(stack, "Memory", { network, version: "16", size: "large" });
    machine(stack, { network, database });
  });
  const [instance] = Object.values(resourcesOf(synthesized, "oci_core_instance"));
  const settings = readSettings((instance?.metadata as { settings: string }).settings);
  expect(settings.database).toEqual({
    environment: {
      DATABASE_HOST: expect.stringMatching(/^\$\{oci_psql_db_system/) as string,
      DATABASE_NAME: "postgres",
      DATABASE_PORT: "5432",
      DATABASE_USER: "dbadmin",
      PGSSLMODE: "require",
    },
    password: expect.stringMatching(/^\$\{oci_vault_secret\..*\.id\}$/) as string,
  });
  const policies = JSON.stringify(resourcesOf(synthesized, "oci_identity_policy"));
  expect(policies).toContain(`target.secret.id = '${settings.database?.password}'`);
  const rules = Object.values(resourcesOf(synthesized, "oci_core_network_security_group_security_rule"));
  expect(
    rules
      .filter(({ tcp_options: tcp }) => JSON.stringify(tcp)?.includes("5432"))
      .map(({ direction }) => direction)
      .sort(),
  ).toEqual(["EGRESS", "INGRESS"]);
});

test("fails on a database of others without its user, and on a user without a database", () => {
  const others = (stack: TerraformStack) =>
    OciPostgres.fromAttributes(stack, "Theirs", {
      endpoint: "memory.acme.dev",
      databaseName: "app",
      cidr: "10.30.0.0/16",
      secretId: `${SECRET}memory`,
      securityGroupId: "ocid1.networksecuritygroup.oc1.iad.aaaamemory",
    });
  expect(() => ociSynth((stack) => machine(stack, { database: others(stack) }))).toThrowErrorMatchingInlineSnapshot(`
   "test/Vm: 1 problem
     - databaseUser: got nothing, want the user of the database whose password its secret is"
  `);
  expect(() => ociSynth((stack) => machine(stack, { databaseUser: "dbadmin" }))).toThrowErrorMatchingInlineSnapshot(`
   "test/Vm: 1 problem
     - databaseUser: got "dbadmin", want nothing without database; give database too"
  `);
});
