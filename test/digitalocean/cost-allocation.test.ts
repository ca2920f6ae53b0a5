import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { Loadbalancer } from "@cdktf/provider-digitalocean/lib/loadbalancer";
import { SpacesBucket } from "@cdktf/provider-digitalocean/lib/spaces-bucket";
import { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc";
import { TerraformIterator, type TerraformStack } from "cdktf";
import { DigitalOceanCostAllocation, type DigitalOceanCostAllocationProps } from "cdktf-governed-agents/digitalocean";
import { PROJECT_TYPES } from "../../lib/digitalocean/cost-allocation";
import { only } from "../governed";
import { providerSchema } from "../schema/provider-schema";
import { doSynth } from "./support";

const DROPLET = { name: "vm", image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb" };
const CLUSTER = { name: "db", engine: "pg", version: "17", size: "db-s-1vcpu-1gb", region: "fra1", nodeCount: 1 };

const groups = (build: (stack: TerraformStack) => unknown, props?: DigitalOceanCostAllocationProps) =>
  doSynth((stack) => {
    new DigitalOceanCostAllocation(stack, "Costs", props);
    build(stack);
  });
const inProject = (result: ReturnType<typeof groups>) => only(result, "digitalocean_project_resources").resources;

describe("DigitalOceanCostAllocation", () => {
  const result = groups((stack) => {
    new Droplet(stack, "Vm", DROPLET);
    new DatabaseCluster(stack, "Db", CLUSTER);
    new SpacesBucket(stack, "Bucket", { name: "bucket" });
    new Volume(stack, "Data", { name: "data", region: "fra1", size: 10 });
    new Vpc(stack, "Vpc", { name: "vpc", region: "fra1" });
    new Loadbalancer(stack, "Elsewhere", { name: "lb", forwardingRule: [], projectId: "other" });
  });

  test("groups all that can be in a project, also what comes later, and leaves what is in another one", () => {
    expect(inProject(result)).toEqual([
      "${digitalocean_droplet.Vm.urn}",
      "${digitalocean_database_cluster.Db.urn}",
      "${digitalocean_spaces_bucket.Bucket.urn}",
      "${digitalocean_volume.Data.urn}",
    ]);
    expect(only(result, "digitalocean_project_resources").project).toBe("${digitalocean_project.Costs_D1A0FAA3.id}");
  });

  test("never sets the project on a database, whose change would destroy it", () => {
    expect(only(result, "digitalocean_database_cluster")).not.toHaveProperty("project_id");
  });

  test("is named for its place unless told", () => {
    expect(only(result, "digitalocean_project")).toMatchObject({ name: "test-costs", purpose: "AI agents" });
    const told = { name: "Agents", description: "of the city", purpose: "Research", environment: "Production" } as const;
    expect(
      only(
        groups((stack) => new Droplet(stack, "Vm", DROPLET), told),
        "digitalocean_project",
      ),
    ).toMatchObject(told);
  });

  test("takes the copies of what is there several times, and leaves out what is switched off", () => {
    const several = groups((stack) => {
      new Droplet(stack, "One", DROPLET);
      new Droplet(stack, "Two", { ...DROPLET, count: 2 });
      new Droplet(stack, "Off", { ...DROPLET, count: 0 });
      new Droplet(stack, "Each", { ...DROPLET, forEach: TerraformIterator.fromMap({ a: "b" }) });
    });
    expect(inProject(several)).toMatchInlineSnapshot(
      `"\${concat([digitalocean_droplet.One.urn], digitalocean_droplet.Two[*].urn, values(digitalocean_droplet.Each)[*].urn)}"`,
    );
  });

  test("knows every type that has a name for projects, but networks and addresses of IPv6", () => {
    const schemas = Object.entries(providerSchema("digitalocean")?.resource_schemas ?? {});
    const named = schemas.filter(([, { block }]) => "urn" in (block.attributes ?? {})).map(([type]) => type);
    expect(named.filter((type) => !PROJECT_TYPES.has(type))).toEqual(["digitalocean_reserved_ipv6", "digitalocean_vpc"]);
    expect([...PROJECT_TYPES].filter((type) => !named.includes(type))).toEqual([]);
  });

  test("fails with every problem at once", () => {
    const wrong = { name: "x".repeat(176), purpose: "", environment: "prod", tags: ["a"] } as never;
    expect(() => groups(() => undefined, wrong)).toThrowErrorMatchingInlineSnapshot(`
     "test/Costs: 4 problems
       - tags: got ["a"], want no such prop; remove it; known props: name, description, purpose, environment
       - name: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", want text of 1 to 175 characters
       - purpose: got "", want text of 1 to 255 characters
       - environment: got "prod", want one of "Development", "Staging", "Production""
    `);
  });

  test("fails when it is there twice, or has nothing to group", () => {
    expect(() => groups((stack) => new DigitalOceanCostAllocation(stack, "More"))).toThrowErrorMatchingInlineSnapshot(`
     "test/More: 1 problem
       - id: got "More", want no project beside test/Costs: a resource is in one project only; make a stack of its own for the second project"
    `);
    expect(() => groups((stack) => new Vpc(stack, "Vpc", { name: "vpc", region: "fra1" }))).toThrow(
      "resources: got none, want something in the stack that can be in a project, such as a droplet or a database",
    );
  });
});
