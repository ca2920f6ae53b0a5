import { cheaperThan, withAttributes } from "../../cost/cheaper";
import { numberOf, textOf } from "../../cost/literal";
import type { Change, ChangeRule } from "../../cost/rule";
import { asList, block, type ResourceView } from "../../facts/inventory";
import { priceApp } from "./apps";
import { price } from "./charges";
import { priceDatabaseCluster } from "./databases";
import { priceDroplet } from "./droplets";
import { priceLoadBalancer } from "./network";

type Attributes = ResourceView["attributes"];

/** Every cheaper size of droplet that the book has; a share of a processor and a whole one are sizes of one list. */
const changeDroplet: ChangeRule = (droplet, inventory, { region, book }) => {
  const size = textOf(droplet.attributes.size);
  if (size === undefined) return [];
  return cheaperThan(book, price("Droplets", size, "month (cap)"), size).map((smaller) => ({
    change: `size "${smaller}" instead of "${size}"`,
    loses: `capacity (${smaller} for ${size})`,
    instead: { [droplet.address]: priceDroplet(withAttributes(droplet, { size: smaller }), inventory, { region }) },
  }));
};

/** Fewer standby nodes, or a smaller size: the smallest takes no standby. */
const changeDatabase: ChangeRule = (database, inventory, { region, book }) => {
  const [size, nodes] = [textOf(database.attributes.size), numberOf(database.attributes.node_count)];
  if (size === undefined || typeof nodes !== "number") return [];
  const instead = (changed: Attributes): Change["instead"] => ({
    [database.address]: priceDatabaseCluster(withAttributes(database, changed), inventory, { region }),
  });
  const sizes = cheaperThan(book, price("Managed PostgreSQL", size, "node-month"), size, (sku) => nodes === 1 || !sku.endsWith("-1gb"));
  const smaller = sizes.map((sku) => ({
    change: `size "${sku}" instead of "${size}"`,
    loses: `capacity (${sku} for ${size})`,
    instead: instead({ size: sku }),
  }));
  if (nodes === 1) return smaller;
  return [...smaller, { change: "no standby", loses: "the standby that takes over", instead: instead({ node_count: 1 }) }];
};

const changeBalancer: ChangeRule = (balancer, inventory, { region }) => {
  const nodes = numberOf(balancer.attributes.size_unit);
  if (typeof nodes !== "number" || nodes <= 1) return [];
  const fewer = priceLoadBalancer(withAttributes(balancer, { size_unit: nodes - 1 }), inventory, { region });
  return [
    { change: `size_unit ${nodes - 1} instead of ${nodes}`, loses: "a node of the load balancer", instead: { [balancer.address]: fewer } },
  ];
};

/** How many numbers of containers below the most are tried. */
const FEWER_TRIED = 20;

/** Fewer containers at most, of the first component that scales. */
const changeApp: ChangeRule = (app, inventory, { region }) => {
  const spec = block(app.attributes.spec);
  return (["service", "worker"] as const).flatMap((kind) => {
    const [first, ...others] = asList(spec[kind]) as readonly Attributes[];
    const { min_instance_count: least, max_instance_count: most } = block(first?.autoscaling);
    const [low, high] = [numberOf(least) ?? 1, numberOf(most)];
    if (first === undefined || typeof low !== "number" || typeof high !== "number") return [];
    const tried = Array.from({ length: Math.min(FEWER_TRIED, high - low - 1) }, (_, index) => high - 1 - index);
    return tried.map((max): Change => {
      const scaled = { ...first, autoscaling: { ...block(first.autoscaling), max_instance_count: max } };
      const changed = withAttributes(app, { spec: { ...spec, [kind]: [scaled, ...others] } });
      const change = `replicas.max ${max} instead of ${high}`;
      return { change, loses: "capacity at peaks", instead: { [app.address]: priceApp(changed, inventory, { region }) } };
    });
  });
};

/** Cheaper ways that DigitalOcean has, by Terraform resource type. */
export const CHANGES: Readonly<Record<string, ChangeRule>> = {
  digitalocean_app: changeApp,
  digitalocean_database_cluster: changeDatabase,
  digitalocean_droplet: changeDroplet,
  digitalocean_loadbalancer: changeBalancer,
};
