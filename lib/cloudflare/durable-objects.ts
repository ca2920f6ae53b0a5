import { asList, block, type Inventory, type ResourceView } from "../facts/inventory";

/** Whether a Worker, or a version of it, declares Durable Objects of its own: a binding that names another script uses those of that one. */
export function declaresObjects(worker: ResourceView, inventory: Inventory): boolean {
  const versions = inventory.referring("cloudflare_worker_version", "worker_id", worker);
  const bindings = [worker, ...versions].flatMap(({ attributes }) => asList(attributes.bindings));
  return bindings.some((binding) => block(binding).type === "durable_object_namespace" && !block(binding).script_name);
}
