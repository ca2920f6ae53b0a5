import { monthly, times, unknown } from "../../cost/charges";
import { numberOf } from "../../cost/literal";
import type { Charge } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { meter, towards } from "./meters";

/** A disk as Terraform has it. */
export interface Volume {
  readonly name: string;
  readonly size?: unknown;
  readonly performance?: unknown;
}

/** Performance units of a GB when nobody says otherwise ("Balanced"). Source: oci_core_volume of provider 8.28.0, read 2026-11-21. */
const BALANCED = 10;

/** A disk: its size, and its performance units. */
export function volumeCharges({ name, size, performance }: Volume, count: number | Range = 1): Charge[] {
  const [gb, units] = [numberOf(size), numberOf(performance) ?? BALANCED];
  if (typeof gb !== "number") return [unknown(`the size of the ${name} is not a literal: the image would decide`, name)];
  if (units === "unknown") return [unknown(`the performance of the ${name} is not a literal`, name)];
  const storage = monthly(name, meter("Block Volume", "storage", "GB-month"), times(count, gb), `${gb} GB`);
  if (units === 0) return [towards("block volume GB", storage)];
  const performed = times(count, gb * units);
  const vpus = monthly(
    `performance of the ${name}`,
    meter("Block Volume", "performance-units", "VPU-GB-month"),
    performed,
    `${gb} GB x ${units} VPU`,
  );
  return [towards("block volume GB", storage), vpus];
}
