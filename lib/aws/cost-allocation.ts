import { CeCostAllocationTag } from "@cdktf/provider-aws/lib/ce-cost-allocation-tag";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Check, isToken, type KeysOf } from "../spec/check";
import { COST_TAG_KEYS } from "./labels";

export interface AwsCostAllocationProps {
  /**
   * Tag keys that cost reports are grouped by.
   * @default - the keys of the labels project, environment, cost center, owner, agent and layer
   */
  readonly keys?: readonly string[];
  /**
   * How to reach the account that pays: the management account of the organization, or the account itself when it is in none.
   * @default - us-east-1, where Cost Explorer is, with the credentials of the environment
   */
  readonly provider?: AwsProviderConfig;
}

const KNOWN = { keys: true, provider: true } satisfies KeysOf<AwsCostAllocationProps>;

/** Longest tag key, and what it may hold. Source: AWS tagging guide, read 2026-11-21. */
const TAG_KEY = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{1,128}$/u;

/** Delays. Source: AWS Billing user guide, "Activating user-defined cost allocation tags", read 2026-11-21. */
const NOTE =
  "deploy this stack later than the labelled resources, with credentials of the management (payer) account: " +
  "a tag key appears in billing up to 24 hours after its first use, and takes up to 24 hours more to become active";

/**
 * Makes labels show in cost reports: activates their tag keys in billing.
 *
 * It is a stack of its own, because it belongs to another account (the one that pays) and to a later day: a key that billing has not seen yet
 * cannot be activated, so inside the stack that first uses the keys it would break the first deployment.
 *
 * Creates `aws_ce_cost_allocation_tag` for each key. No cost. Costs from before the activation stay without labels.
 * Not covered: cost categories, back-filling of earlier months, keys that AWS makes itself.
 */
export class AwsCostAllocation extends TerraformStack {
  /** The keys that are activated. */
  readonly keys: readonly string[];

  /** @throws IntentError when a key is not a tag key, or is there twice. */
  constructor(scope: Construct, id: string, props: AwsCostAllocationProps = {}) {
    super(scope, id);
    this.keys = checkKeys(this.node.path, props);
    new AwsProvider(this, "Payer", { region: "us-east-1", ...props.provider });
    const tags = new Construct(this, "Tags");
    for (const tagKey of this.keys) new CeCostAllocationTag(tags, tagKey, { tagKey, status: "Active" });
    Annotations.of(this).addInfo(NOTE);
  }
}

function checkKeys(path: string, props: AwsCostAllocationProps): readonly string[] {
  const check = new Check<AwsCostAllocationProps>(path, props, KNOWN);
  const keys = check.list<string>("keys", "a list of tag keys", COST_TAG_KEYS);
  const want = "a tag key of 1 to 128 letters, digits, blanks and _ . : / = + - @";
  for (const key of keys) {
    const fix = isToken(key) ? "give a literal: this value decides what is created and has to be known at synth" : undefined;
    if (typeof key !== "string" || isToken(key) || !TAG_KEY.test(key)) check.issue("keys", key, want, fix);
    else if (key.startsWith("aws:"))
      check.issue("keys", key, "a key of your own: those that start with aws: are activated in the billing console");
  }
  if (keys.length === 0) check.issue("keys", keys, "one key or more");
  if (new Set(keys).size !== keys.length) check.issue("keys", keys, "every key once");
  return check.done([...keys]);
}
