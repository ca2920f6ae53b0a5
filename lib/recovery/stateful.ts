import type { Charge } from "../cost/rule";
import type { Inventory, ResourceView } from "../facts/inventory";
import type { MechanismUse } from "./mechanisms";

/** Something that holds data which cannot be made again from the Terraform. */
export interface Stateful {
  /** Terraform address. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** What it is, in words: `database`, `disk`. */
  readonly what: string;
  /** What the Terraform really has for it. */
  readonly mechanisms: readonly MechanismUse[];
  /** What it could have, the nearest to what it has first; asked for only when a target is missed. */
  readonly alternatives: () => readonly Alternative[];
  /** What looks like a mechanism and is none, such as a replica. */
  readonly notes?: readonly string[];
}

/** A mechanism that something could have. */
export interface Alternative {
  readonly use: MechanismUse;
  /** What it would be charged for; without it there is no price. */
  readonly costs?: AddedCosts;
}

/** What changes in the charges of a resource. */
export interface AddedCosts {
  readonly resource: ResourceView;
  /** All charges of the resource then. @default - those it has now */
  readonly instead?: readonly Charge[];
  /** Charges that come on top. @default - none */
  readonly adds?: readonly Charge[];
}

/** Something that holds data, but is not judged. */
export interface NotJudged {
  readonly address: string;
  readonly path: string;
  /** Why not. */
  readonly why: string;
}

/** Reads what holds data; undefined for what holds none. */
export type StatefulReader = (resource: ResourceView, inventory: Inventory) => Stateful | NotJudged | undefined;

/** Reads what holds data, but has no mechanism that is known. */
export function unprotected(what: string): StatefulReader {
  return ({ address, path }) => ({ address, path, what, mechanisms: [], alternatives: () => [] });
}

/** Reads what holds something that is no data of the service. */
export function notJudged(why: string): StatefulReader {
  return ({ address, path }) => ({ address, path, why });
}

/** What a provider knows of data and how it survives, by Terraform resource type. It is data. */
export type ProviderRecovery = Readonly<Record<string, StatefulReader>>;

/** Whether something that holds data is judged. */
export function isJudged(found: Stateful | NotJudged): found is Stateful {
  return "mechanisms" in found;
}
