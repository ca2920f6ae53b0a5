import { InputError } from "../files/input-error";
import { parseJson, readJsonFile } from "../files/read-json-file";

/** What Terraform is going to do to one resource, as in `terraform show -json`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode?: string;
  /** Key of an object that is left over from an earlier replacement. */
  readonly deposed?: string;
  /** The address it had, when it moves. */
  readonly previous_address?: string;
  /** Why Terraform wants it. */
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    /** The attributes that force a replacement. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** The part of `terraform show -json` of a plan that is read here. */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  /** Changes that have to wait for another run. */
  readonly deferred_changes?: readonly { readonly resource_change?: ResourceChange }[];
}

/** Largest plan that is read; 31,000 resources need about half of it. */
export const MAX_PLAN_BYTES = 400_000_000;

const WHAT = "a plan of Terraform";
const FIX = "write it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

/**
 * Reads the JSON of a plan.
 * @throws InputError when it is not there, broken, no plan, of another format, or of a plan that failed.
 */
export function readPlan(file: string): PlanJson {
  return planOf(readJsonFile(file, { maxBytes: MAX_PLAN_BYTES, what: WHAT, fix: FIX }), file);
}

/** The same for text that came from `name`, such as standard input. */
export function parsePlan(text: string, name: string): PlanJson {
  return planOf(parseJson(text, name, { what: WHAT, fix: FIX }), name);
}

/** @throws InputError when the value is no plan that can be judged. */
export function planOf(json: unknown, name: string): PlanJson {
  const refuse = (got: string, want = `${WHAT} as JSON`, fix?: string): never => {
    throw new InputError(name, got, want, fix ?? FIX);
  };
  if (typeof json !== "object" || json === null || Array.isArray(json)) return refuse("JSON that is no object");
  const plan = json as Partial<PlanJson>;
  if ("values" in json && !("planned_values" in json)) return refuse("the JSON of a state");
  if ("lineage" in json) return refuse("a state file");
  if (typeof plan.format_version !== "string")
    return refuse("resource" in json ? "the configuration of a stack" : "JSON without format_version");
  if (!plan.format_version.startsWith("1."))
    return refuse(`format_version ${plan.format_version}`, "format_version 1.x of Terraform 0.14 or newer");
  if (!("planned_values" in json || "resource_changes" in json || "output_changes" in json)) return refuse("JSON without planned changes");
  if (plan.errored === true)
    return refuse(
      "a plan that failed, so that its changes are incomplete",
      "a plan that succeeded",
      "fix the errors of terraform plan first",
    );
  const changes = changesOf(plan as PlanJson);
  if (changes === undefined || !changes.every(isChange))
    return refuse("resource_changes that are incomplete", "a list with address, type and change.actions");
  return plan as PlanJson;
}

/** Everything that is planned now and later; undefined when it is no list. */
export function changesOf({ resource_changes: now = [], deferred_changes: later = [] }: PlanJson): readonly ResourceChange[] | undefined {
  if (!Array.isArray(now) || !Array.isArray(later)) return undefined;
  return [
    ...(now as ResourceChange[]),
    ...later.flatMap((deferred: { resource_change?: ResourceChange }) => deferred?.resource_change ?? []),
  ];
}

function isChange(value: unknown): value is ResourceChange {
  const { address, type, change } = (value ?? {}) as Partial<ResourceChange>;
  return typeof address === "string" && typeof type === "string" && Array.isArray(change?.actions);
}
