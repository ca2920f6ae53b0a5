import type { FailureScope } from "./verdict";

/**
 * How well a figure is supported. `documented`: the vendor says so, as bound or as what is typical; `computed`: follows from limits that the
 * vendor documents; `unpublished`: there is no figure, so that one has to be measured.
 */
export type Guarantee = "documented" | "computed" | "unpublished";

/** A number of minutes with its support; null where no figure is published. */
export type Figure =
  | { readonly minutes: number; readonly guarantee: "documented" | "computed" }
  | { readonly minutes: null; readonly guarantee: "unpublished" };

/** No figure is published. */
export const UNPUBLISHED: Figure = { minutes: null, guarantee: "unpublished" };

/** What the vendor documents. */
export function documented(minutes: number): Figure {
  return { minutes, guarantee: "documented" };
}

/** What follows from documented limits. */
export function computed(minutes: number): Figure {
  return { minutes, guarantee: "computed" };
}

/** One way to survive a failure, with dated evidence. */
export interface Mechanism {
  /** What it is, in words: `standby in another zone`. */
  readonly title: string;
  /** The failures it survives. */
  readonly scopes: readonly FailureScope[];
  /** What may be lost. Where it follows from a schedule, the use of the mechanism says it. */
  readonly rpo: Figure;
  /** How long it takes until things work again. */
  readonly rto: Figure;
  /** Whether a write is in both places before it is confirmed; without it nothing loses zero across regions. */
  readonly synchronous?: boolean;
  /** What else one has to know. */
  readonly note?: string;
  /** Where the figures come from. */
  readonly source: string;
  /** When the source was read, YYYY-MM-DD. */
  readonly date: string;
}

/** A mechanism as it is in the Terraform. */
export interface MechanismUse extends Mechanism {
  /** Name in the provider's table. */
  readonly id: string;
}

/** What one use of a mechanism says of itself. */
export type UseDetails = Partial<Pick<Mechanism, "scopes" | "rpo" | "note">> & {
  /** Which one, such as `rule "daily"`. */
  readonly detail?: string;
};

/** A provider's table of mechanisms, from which uses are made. */
export class MechanismTable<Id extends string> {
  constructor(readonly rows: Readonly<Record<Id, Mechanism>>) {}

  /** The mechanism as it is used somewhere. */
  use(id: Id, { detail, ...own }: UseDetails = {}): MechanismUse {
    const row = this.rows[id];
    return { ...row, ...own, id, title: detail === undefined ? row.title : `${row.title} (${detail})` };
  }
}

/** What survives everywhere, because it is kept outside of all providers: text that a timer pushes. */
export const TEXT_IN_GIT: Mechanism = {
  title: "text pushed to a repository every 5 minutes",
  scopes: ["instance", "zone", "region", "operator-error"],
  rpo: computed(6),
  rto: UNPUBLISHED,
  note: "text only: the timer and the push",
  source: "https://git-scm.com/docs/git-push",
  date: "2026-11-21",
};
