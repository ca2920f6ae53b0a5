import { Project } from "@cdktf/provider-digitalocean/lib/project";
import { ProjectResources } from "@cdktf/provider-digitalocean/lib/project-resources";
import { Lazy, TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { Check, IntentError, type KeysOf } from "../spec/check";

/** Limits of a project. Source: digitalocean/project/resource_project.go of the Terraform provider 2.71.0, read 2026-11-21. */
const MAX_NAME = 175;
const MAX_TEXT = 255;

/** What DigitalOcean calls the stages of a project. */
const ENVIRONMENTS = ["Development", "Staging", "Production"] as const;

/** What can be in a project. Source: docs/resources/project_resources.md of the Terraform provider 2.71.0, read 2026-11-21. */
export const PROJECT_TYPES: ReadonlySet<string> = new Set([
  "digitalocean_app",
  "digitalocean_database_cluster",
  "digitalocean_domain",
  "digitalocean_droplet",
  "digitalocean_floating_ip",
  "digitalocean_kubernetes_cluster",
  "digitalocean_loadbalancer",
  "digitalocean_reserved_ip",
  "digitalocean_spaces_bucket",
  "digitalocean_volume",
]);

export interface DigitalOceanCostAllocationProps {
  /**
   * Name of the project, unique in the team.
   * @default - made from the construct path
   */
  readonly name?: string;
  /**
   * What the project is for, up to 255 characters.
   * @default - nothing
   */
  readonly description?: string;
  /**
   * What is done in it, up to 255 characters.
   * @default "AI agents"
   */
  readonly purpose?: string;
  /**
   * The stage that DigitalOcean shows.
   * @default - none
   */
  readonly environment?: (typeof ENVIRONMENTS)[number];
}

const KNOWN = { name: true, description: true, purpose: true, environment: true } satisfies KeysOf<DigitalOceanCostAllocationProps>;

const TEXT = { want: `text of 1 to ${MAX_TEXT} characters`, maxLength: MAX_TEXT };

interface Grouped {
  readonly urn: string;
  readonly projectIdInput?: string;
}

/**
 * Groups everything in its stack that can be in a project, so that the bill shows it together: the only way to tell costs apart at DigitalOcean,
 * whose invoices know projects and no tags.
 *
 * Creates `digitalocean_project` and `digitalocean_project_resources`, also for what is added to the stack later. No cost.
 * In it are apps, database clusters, domains, droplets, reserved addresses, Kubernetes clusters, load balancers, Spaces and volumes; not those that
 * name a project themselves. DigitalOcean has no place in a project for networks, firewalls, read-only nodes, certificates, alerts and snapshots; a
 * NAT gateway is where its own `project_id` says. The cluster's own `project_id` is never set: its change would destroy the database.
 * Not covered: costs by agent, layer or owner within a stack: make a stack of each.
 */
export class DigitalOceanCostAllocation extends Construct {
  /** The underlying project. */
  readonly project: Project;
  /** What is in it. */
  readonly resources: ProjectResources;

  /** @throws IntentError when a text does not fit, or the stack has a project already. */
  constructor(scope: Construct, id: string, props: DigitalOceanCostAllocationProps = {}) {
    super(scope, id);
    const config = checked(this.node.path, props);
    claimStack(this);
    const name = config.name ?? physicalName(this, { kind: "project", maxLength: MAX_NAME });
    this.project = new Project(this, "Resource", { ...config, name });
    const resources = Token.asList(Lazy.anyValue({ produce: () => urnsOf(this.grouped()) }));
    this.resources = new ProjectResources(this, "Resources", { project: this.project.id, resources });
    this.node.addValidation({ validate: () => (this.grouped().length > 0 ? [] : [NOTHING]) });
  }

  private grouped(): readonly (TerraformResource & Grouped)[] {
    return TerraformStack.of(this).node.findAll().filter(isGrouped);
  }
}

const NOTHING = "resources: got none, want something in the stack that can be in a project, such as a droplet or a database";

function checked(path: string, props: DigitalOceanCostAllocationProps): DigitalOceanCostAllocationProps {
  const check = new Check<DigitalOceanCostAllocationProps>(path, props, KNOWN);
  return check.done({
    name: check.tryText("name", { want: `text of 1 to ${MAX_NAME} characters`, maxLength: MAX_NAME }),
    description: check.tryText("description", TEXT),
    purpose: check.text("purpose", { ...TEXT, default: "AI agents" }),
    environment: props?.environment === undefined ? undefined : check.oneOf("environment", ENVIRONMENTS),
  });
}

const claimed = new WeakMap<TerraformStack, string>();

function claimStack({ node }: Construct): void {
  const stack = TerraformStack.of(node.scope as Construct);
  const other = claimed.get(stack);
  if (other !== undefined) {
    const want = `no project beside ${other}: a resource is in one project only`;
    throw new IntentError(node.path, [{ prop: "id", got: node.id, want, fix: "make a stack of its own for the second project" }]);
  }
  claimed.set(stack, node.path);
}

function isGrouped(child: unknown): child is TerraformResource & Grouped {
  if (!TerraformResource.isTerraformResource(child) || !PROJECT_TYPES.has(child.terraformResourceType)) return false;
  return (child as unknown as Grouped).projectIdInput === undefined && child.count !== 0;
}

/** Names of the resources at DigitalOcean; of one with `count` or `for_each` there is a list of them. */
function urnsOf(resources: readonly (TerraformResource & Grouped)[]): unknown {
  const isSingle = ({ count, forEach }: TerraformResource) => count === undefined && forEach === undefined;
  if (resources.every(isSingle)) return resources.map(({ urn }) => urn);
  const single = resources.filter(isSingle).map((resource) => `${addressOf(resource)}.urn`);
  const lists = resources.filter((resource) => !isSingle(resource)).map(copiesOf);
  return `\${concat([${single.join(", ")}], ${lists.join(", ")})}`;
}

function copiesOf(resource: TerraformResource): string {
  const address = addressOf(resource);
  return resource.forEach === undefined ? `${address}[*].urn` : `values(${address})[*].urn`;
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
