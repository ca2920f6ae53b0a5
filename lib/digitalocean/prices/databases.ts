import { monthly, unknown, unpriced } from "../../cost/charges";
import { numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { price } from "./charges";

/** What the book calls the engines that it has prices of. */
const SERVICES: Readonly<Record<string, string>> = { pg: "Managed PostgreSQL" };

/** GiB of disk in the price of a node, by size. Source: notes of the rows `Managed PostgreSQL` in the price book, read 2026-09-30. */
export const INCLUDED_GIB: Readonly<Record<string, number>> = { "db-s-1vcpu-1gb": 10, "db-s-1vcpu-2gb": 30 };

const MIB_PER_GIB = 1024;

/** A cluster: every node, standby or not, at the price of its size; disk beyond what is in that price. */
export const priceDatabaseCluster: PriceRule = ({ attributes }) => {
  const engine = textOf(attributes.engine);
  const service = engine === undefined ? undefined : SERVICES[engine];
  if (service === undefined) return [unpriced(`${engine ?? "an engine that is no literal"} is not in the book`, "database")];
  const [size, nodes] = [textOf(attributes.size), numberOf(attributes.node_count)];
  if (size === undefined || typeof nodes !== "number") return [unknown("size or node_count is not a literal", "database nodes")];
  const of = nodes === 1 ? "1 node" : `1 primary and ${nodes - 1} standby`;
  return [monthly(`database ${size}`, price(service, size, "node-month"), nodes, of), ...storageCharges(attributes, size)];
};

function storageCharges({ storage_size_mib: given }: Readonly<Record<string, unknown>>, size: string): Charge[] {
  const mib = numberOf(given);
  if (mib === undefined) return [];
  const included = INCLUDED_GIB[size];
  if (mib === "unknown" || included === undefined)
    return [unknown("how much of the disk is in the price is not known", "database storage")];
  const beyond = mib / MIB_PER_GIB - included;
  return beyond <= 0
    ? []
    : [unpriced(`${beyond} GiB of disk beyond the ${included} GiB in the price are not in the book`, "database storage")];
}

export const priceDatabaseReplica: PriceRule = () => [unpriced("read-only nodes are not in the book", "read-only node")];
