import type { TerraformStack } from "cdktf";
import { AwsFirewall, AwsPostgres } from "cdktf-governed-agents/aws";
import { BASE, database, imported, synthesized } from "./postgres-support";
import { awsFacts, awsSynth, resourcesOf, testNetwork } from "./support";

describe("AwsPostgres clients", () => {
  test("nobody gets in until let in, and then through the port only, on both sides", () => {
    const facts = awsFacts((stack) => {
      const network = testNetwork(stack);
      const db = database(stack, { network });
      new AwsPostgres(stack, "Closed", { ...BASE, network });
      db.allowFrom(new AwsFirewall(stack, "Client", { network }), "worker");
    });
    const rules = (path: string) => facts.flatMap((fact) => (fact.path === path && fact.kind === "firewall" ? fact.spec.rules : []));
    expect(rules("test/Closed/Firewall/Resource")).toEqual([]);
    expect(rules("test/Db/Firewall/Resource")).toEqual([
      {
        name: "worker",
        direction: "ingress",
        protocol: "tcp",
        fromPort: 5433,
        toPort: 5433,
        peer: { firewall: "test/Client" },
        description: "PostgreSQL for worker",
      },
    ]);
    expect(rules("test/Client/Resource")).toEqual([
      expect.objectContaining({
        name: "test-db",
        direction: "egress",
        fromPort: 5433,
        toPort: 5433,
        peer: { firewall: "test/Db/Firewall" },
      }),
    ]);
  });

  test("one client may use two databases", () => {
    const build = (stack: TerraformStack) => {
      const network = testNetwork(stack);
      const client = new AwsFirewall(stack, "Client", { network });
      for (const id of ["First", "Second"]) new AwsPostgres(stack, id, { ...BASE, network }).allowFrom(client, "worker");
    };
    expect(Object.keys(resourcesOf(awsSynth(build), "aws_vpc_security_group_egress_rule"))).toHaveLength(2);
  });

  test("fails on a name that is taken", () => {
    const build = () =>
      awsSynth((stack) => {
        const network = testNetwork(stack);
        const db = database(stack, { network });
        const client = new AwsFirewall(stack, "Client", { network });
        db.allowFrom(client, "worker");
        db.allowFrom(client, "worker");
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Db/Firewall: 1 problem
       - ingress: got "worker", want a rule name that is not taken; choose another name"
    `);
  });

  test("a database that is managed elsewhere lets clients in the same way", () => {
    const result = awsSynth((stack) => {
      const db = AwsPostgres.fromAttributes(stack, "Shared", {
        endpoint: "shared.example.com",
        port: 5432,
        databaseName: "app",
        secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:shared",
        keyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        securityGroupId: "sg-1",
        cidr: "10.30.0.0/16",
      });
      db.allowFrom(new AwsFirewall(stack, "Client", { network: testNetwork(stack) }), "worker");
      expect(db).toMatchObject({ endpoint: "shared.example.com", port: 5432, databaseName: "app" });
    });
    expect(Object.values(resourcesOf(result, "aws_vpc_security_group_ingress_rule"))).toEqual([
      expect.objectContaining({ security_group_id: "sg-1", from_port: 5432, to_port: 5432 }),
    ]);
    expect(Object.values(resourcesOf(result, "aws_vpc_security_group_egress_rule"))).toEqual([
      expect.objectContaining({ cidr_ipv4: "10.30.0.0/16", from_port: 5432, to_port: 5432 }),
    ]);
  });
});

describe("AwsPostgres refuses", () => {
  const fails = (props: Record<string, unknown>) => () => synthesized(props as never);

  test("fails with every problem at once", () => {
    const props = { version: "12", size: "db.t4g.micro", storageGiB: 5, zones: 1, retentionDays: 0, multiAz: true, network: undefined };
    expect(fails(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 7 problems
       - multiAz: got true, want no such prop; remove it; known props: profile, version, size, storageGiB, maxStorageGiB, zones, retentionDays, readReplicas, password, passwordVersion, passwordRotationDays, databaseName, adminName, port, backupWindow, maintenanceWindow, logRetentionDays, network
       - network: got nothing, want the network that the database is in, such as an AwsNetwork
       - version: got "12", want one of "13", "14", "15", "16", "17"; did you mean "13"?
       - size: got "db.t4g.micro", want one of "micro", "small", "medium", "large", "xlarge", "2xlarge"
       - storageGiB: got 5, want a whole number, 20 to 65536 (Amazon RDS)
       - zones: got 1, want 2 when profile is "production"; leave it out; or set profile "sandbox"
       - retentionDays: got 0, want a whole number, 1 to 35 (Amazon RDS)"
    `);
  });

  test("fails on a managed password with read replicas", () => {
    expect(fails({ readReplicas: 1, password: "managed" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - password: got "managed", want "write-only" with read replicas: they can't have a managed password (Amazon RDS); leave password out; or set readReplicas to 0"
    `);
  });

  test("fails on a network that has public subnets only", () => {
    expect(fails({ network: imported({ public: ["subnet-1", "subnet-2"] }) })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - network: got ["public"], want a network with the tier "isolated" or "private"; add one of them to its tiers; a database does not go into public subnets"
    `);
  });

  test("fails on a network with one zone, also in sandbox", () => {
    const network = imported({ private: ["subnet-1"] }, ["us-east-1a"]);
    expect(fails({ network, profile: "sandbox" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - network: got ["us-east-1a"], want a network with two zones or more (Amazon RDS subnet groups); add a zone to the network; with zones 1 the database itself stays in one"
    `);
  });

  test("fails on something that is no network", () => {
    expect(fails({ network: { vpcId: "vpc-1" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Db: 1 problem
       - network: got something else, want the network that the database is in, such as an AwsNetwork"
    `);
  });

  test("fails when two databases would have the same name", () => {
    const build = () => awsSynth((stack) => ["ResearchDb", "Research-Db"].map((id) => database(stack, {}, id)));
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Research-Db/Firewall: 1 problem
       - id: got "test-research-db-firewall", want a security group name that test/ResearchDb/Firewall does not use already; give one of the two constructs another id"
    `);
  });
});
