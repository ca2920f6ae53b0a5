import { limitOf, monthly, unknown, unpriced } from "../../cost/charges";
import { isExpression, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { asList, block } from "../../facts/inventory";
import { fromTo, price } from "./charges";

type Attributes = Readonly<Record<string, unknown>>;

/** An app: its containers by instance size, from the fewest to the most. */
export const priceApp: PriceRule = ({ attributes }) => {
  const { spec } = attributes;
  if (isExpression(spec)) return [unknown("spec is not written in this stack", "app")];
  const parts = (name: string) => asList(block(spec)[name]) as readonly Attributes[];
  return [
    ...[...parts("service"), ...parts("worker")].map(containers),
    ...parts("job").map((job) => unknown(`how long job ${String(job.name)} runs is known afterwards only`, "job")),
    ...parts("static_site").map(() => unpriced("static sites are not in the book", "static site")),
    ...parts("function").map(() => unpriced("functions are not in the book", "function")),
    ...parts("database").flatMap(database),
    ...parts("egress").flatMap(egress),
  ];
};

/** What a component has when nothing is said. Source: docs/resources/app.md of the Terraform provider 2.71.0, read 2026-11-21. */
const DEFAULT_SIZE = "basic-xxs";

function containers({ name, instance_size_slug: slug = DEFAULT_SIZE, instance_count: count = 1, autoscaling }: Attributes): Charge {
  const meter = `containers of ${String(name)}`;
  const size = textOf(slug);
  const scaling = asList(autoscaling).length > 0;
  const [least, most] = [block(autoscaling).min_instance_count, block(autoscaling).max_instance_count];
  const [low, high] = scaling ? [numberOf(least) ?? 1, limitOf(most)] : [numberOf(count) ?? 1, numberOf(count) ?? 1];
  if (size === undefined || low === "unknown" || high === "unknown") return unknown("size or number is not a literal", meter);
  const of = low === high ? `${low} x ${size}` : `${low} to ${high} x ${size}`;
  return monthly(meter, price("App Platform", size, "container-month"), fromTo(low, high), of);
}

/** A managed cluster that an app uses is charged where it is made; a small database of the app's own is not in the book. */
function database({ cluster_name: cluster }: Attributes): Charge[] {
  return (cluster ?? "") === "" ? [unpriced("development databases are not in the book", "development database")] : [];
}

function egress({ type }: Attributes): Charge[] {
  if (isExpression(type)) return [unknown("the type of egress is not a literal", "dedicated egress addresses")];
  return type === "DEDICATED_IP" ? [unpriced("dedicated egress addresses are not in the book", "dedicated egress addresses")] : [];
}
