import { asList, block, type Inventory, type ResourceView } from "../facts/inventory";

/** The classes of Durable Objects that a Worker, or a version of it, has itself: a binding that names another script uses those of that one. */
export function durableObjectClasses(worker: ResourceView, inventory: Inventory): readonly string[] {
  const versions = inventory.referring("cloudflare_worker_version", "worker_id", worker);
  const bindings = [worker, ...versions].flatMap(({ attributes }) => asList(attributes.bindings)).map((binding) => block(binding));
  const own = bindings.filter(({ type, script_name: script }) => type === "durable_object_namespace" && !script);
  return [...new Set(own.map(({ class_name: name }) => String(name)))];
}
