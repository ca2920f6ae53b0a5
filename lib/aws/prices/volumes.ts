import { numberOf, textOf } from "../../cost/literal";
import type { Charge, MeterPrice } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { monthly, times, unknown, unpriced } from "./charges";

/** A disk as Terraform has it. */
export interface Volume {
  readonly name: string;
  readonly size?: unknown;
  readonly type?: unknown;
  readonly iops?: unknown;
  readonly throughput?: unknown;
}

/** What a gp3 volume has at no charge of its own. Source: names of the rows `gp3-iops-over-3000` and `gp3-throughput-over-125` in the price book. */
const GP3_IOPS = 3000;
const GP3_MBPS = 125;

/** Types whose provisioned IOPS are charged, without a sourced price. */
const PROVISIONED = ["io1", "io2"];

/** A disk: its size, and for gp3 what it has beyond the baseline. */
export function volumeCharges({ name, size, type, iops, throughput }: Volume, count: number | Range = 1): Charge[] {
  const gib = numberOf(size);
  const kind = textOf(type);
  if (typeof gib !== "number" || kind === undefined) {
    return [unknown(`size or type of the ${name} is not a literal: the image would decide`, name)];
  }
  const each = (meter: string, sku: string, unit: string, units: number, basis: string): Charge =>
    monthly(meter, price(sku, unit), times(count, units), basis);
  const charges = [each(name, kind, "GB-month", gib, `${gib} GiB ${kind}`)];
  if (PROVISIONED.includes(kind)) return [...charges, unpriced(`provisioned IOPS of ${kind} are not in the book`, `IOPS of the ${name}`)];
  const [extraIops, extraMbps] = [beyond(iops, GP3_IOPS), beyond(throughput, GP3_MBPS)];
  if (extraIops === "unknown" || extraMbps === "unknown")
    return [...charges, unknown(`iops or throughput of the ${name} is no literal`, name)];
  if (kind === "gp3" && extraIops > 0) {
    charges.push(each(`IOPS of the ${name}`, "gp3-iops-over-3000", "IOPS-month", extraIops, `${extraIops} beyond ${GP3_IOPS}`));
  }
  if (kind === "gp3" && extraMbps > 0) {
    charges.push(each(`throughput of the ${name}`, "gp3-throughput-over-125", "MBps-month", extraMbps, `${extraMbps} beyond ${GP3_MBPS}`));
  }
  return charges;
}

function price(sku: string, unit: string): MeterPrice {
  return { service: "EBS", sku, unit };
}

function beyond(value: unknown, baseline: number): number | "unknown" {
  const number = numberOf(value) ?? baseline;
  return number === "unknown" ? "unknown" : Math.max(0, number - baseline);
}
