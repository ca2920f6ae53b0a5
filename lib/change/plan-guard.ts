import { isDay } from "../cost/date";
import { IntentError } from "../spec/check";
import { approvalsOf, type Approval } from "./approval";
import { changesOf, type PlanJson, type ResourceChange } from "./read-plan";
import type { StatefulTypes } from "./stateful";

/** How a plan loses something: `forget` leaves it running, but nobody manages it any more. */
export type Loss = "delete" | "replace" | "forget";

export interface PlanGuardOptions {
  /** The types that hold data: those of the providers. */
  readonly stateful: StatefulTypes;
  /** The day on which approvals have to hold, YYYY-MM-DD. */
  readonly asOf: string;
  /**
   * What may be lost.
   * @default - nothing
   */
  readonly approvals?: readonly Approval[];
}

/** One resource that holds data and that the plan deletes, replaces or forgets. Plain JSON. */
export interface PlannedLoss {
  readonly address: string;
  readonly type: string;
  readonly action: Loss;
  /** Why Terraform wants it. */
  readonly why: string;
  /** For `replace`: the attributes that force it. */
  readonly properties: readonly string[];
  /** The approval that was used. */
  readonly approval?: Approval;
  /** What to do; present when it is not approved. */
  readonly fix?: string;
}

/** A plan held against what must not be lost. Plain JSON. */
export interface PlanVerdict {
  readonly verdict: "pass" | "fail";
  readonly asOf: string;
  readonly terraformVersion: string | null;
  /** Number of resources by what the plan does to them. */
  readonly counts: Readonly<Record<"create" | "update" | Loss | "unchanged", number>>;
  /** What holds data and is lost without an approval. */
  readonly problems: readonly PlannedLoss[];
  /** What holds data and is lost with an approval. */
  readonly approved: readonly PlannedLoss[];
  /** Number of other resources that are lost, by type: no provider says that they hold data. */
  readonly others: Readonly<Record<string, number>>;
  /** Addresses of approvals that approve nothing in this plan. */
  readonly unused: readonly string[];
}

/** What Terraform means. Source: developer.hashicorp.com/terraform/internals/json-format, read 2026-11-21. */
const WHY: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is marked as tainted",
  replace_because_cannot_update: "attributes change that can't be changed in place",
  replace_by_request: "the plan was made with -replace",
  replace_by_triggers: "something in its replace_triggered_by changes",
  delete_because_no_resource_config: "it is not in the configuration any more",
  delete_because_no_module: "its module is not in the configuration any more",
  delete_because_wrong_repetition: "its configuration has changed between one and many",
  delete_because_count_index: "its index is beyond count",
  delete_because_each_key: "its key is not in for_each any more",
  delete_because_no_move_target: "it is moved to something that is not in the configuration",
};

/**
 * Looks for everything that holds data and that a plan deletes, replaces or forgets; each needs an approval of its own.
 * @throws IntentError when an approval or the day is malformed.
 */
export function planGuard(plan: PlanJson, options: PlanGuardOptions): PlanVerdict {
  const { stateful, asOf } = options;
  if (!isDay(asOf)) throw new IntentError("plan guard", [{ prop: "asOf", got: asOf, want: "a day as YYYY-MM-DD" }]);
  const approvals = approvalsOf({ approvals: options.approvals ?? [] }, "plan guard");
  const changes = (changesOf(plan) ?? []).filter(({ mode }) => mode !== "data");
  const losses = changes.flatMap((change) => lossOf(change) ?? []);
  const held = losses.filter(({ type }) => Object.hasOwn(stateful, type)).map((loss) => judge(loss, approvals, asOf));
  const problems = held.filter(({ approval }) => approval === undefined);
  const approved = held.filter(({ approval }) => approval !== undefined);
  const used = new Set(held.map(({ address }) => address));
  return {
    verdict: problems.length === 0 ? "pass" : "fail",
    asOf,
    terraformVersion: plan.terraform_version ?? null,
    counts: countsOf(changes),
    problems,
    approved,
    others: countTypes(losses.filter(({ type }) => !Object.hasOwn(stateful, type))),
    unused: approvals.map(({ address }) => address).filter((address) => !used.has(address)),
  };
}

/** A loss in one line. */
export function lossText({ address, action, why, properties, approval, fix }: PlannedLoss): string {
  const what = properties.length === 0 ? why : `${why}: ${properties.join(", ")}`;
  const rest = approval === undefined ? fix : `approved until ${approval.expires}: ${approval.reason}`;
  return `${action} ${address}: ${what}; ${rest}`;
}

function actionOf({ change: { actions } }: ResourceChange): keyof PlanVerdict["counts"] {
  if (actions.includes("forget")) return "forget";
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "delete";
  if (actions.includes("create")) return "create";
  return actions.includes("update") ? "update" : "unchanged";
}

function countsOf(changes: readonly ResourceChange[]): PlanVerdict["counts"] {
  const counts = { create: 0, update: 0, delete: 0, replace: 0, forget: 0, unchanged: 0 };
  for (const change of changes) counts[actionOf(change)] += 1;
  return counts;
}

function lossOf(resource: ResourceChange): PlannedLoss | undefined {
  const action = actionOf(resource);
  if (action !== "delete" && action !== "replace" && action !== "forget") return undefined;
  const { address, type, deposed, action_reason: reason, change } = resource;
  const properties = [...new Set((change.replace_paths ?? []).map((path) => path.join(".")))];
  const why =
    deposed !== undefined ? "it is left over from an earlier replacement" : action === "forget" ? LET_GO : (WHY[reason ?? ""] ?? UNSAID);
  return { address, type, action, why, properties };
}

const LET_GO = "a removed block lets go of it";

/** Terraform gives no reason when everything is destroyed. */
const UNSAID = "the plan asks for it";

function judge(loss: PlannedLoss, approvals: readonly Approval[], asOf: string): PlannedLoss {
  const found = approvals.filter(({ address }) => address === loss.address);
  const valid = found.find(({ expires }) => expires >= asOf);
  if (valid !== undefined) return { ...loss, approval: valid };
  const expired =
    found.length === 0
      ? ""
      : `its approval expired on ${found
          .map(({ expires }) => expires)
          .sort()
          .at(-1)}; `;
  return { ...loss, fix: `${expired}${KEEP[loss.action]}, or approve it with a reason and an expiry` };
}

const KEEP: Readonly<Record<Loss, string>> = {
  delete: "put it back into the configuration, or write a move when it only has another address",
  replace: "put the attributes back",
  forget: "keep it in the configuration",
};

function countTypes(losses: readonly PlannedLoss[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of losses) counts[type] = (counts[type] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)));
}
