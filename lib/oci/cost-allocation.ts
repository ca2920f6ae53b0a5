import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Check, isToken, type KeysOf } from "../spec/check";
import { IdentityTag } from "./bindings/identity-tag";
import { IdentityTagNamespace } from "./bindings/identity-tag-namespace";
import { OciProvider, type OciProviderConfig } from "./bindings/provider";
import { TENANCY } from "./compartment";
import { COST_LABELS, TAG_KEY, TAG_KEYS } from "./labels";

export interface OciCostAllocationProps {
  /** The root compartment, where the namespace is made: the OCID of the tenancy, such as `ocid1.tenancy.oc1..aaaaexample`. */
  readonly tenancyId: string;
  /** Name of the tag namespace, unique in the tenancy, such as `governance`; the same as in `ociWith`. It can't be changed later. */
  readonly tagNamespace: string;
  /**
   * How many cost-tracking tags the tenancy has beside those of this stack, 0 to 10. Retired ones count while cost tracking is on.
   * The API lists them (ListCostTrackingTags), and so does the console under Governance, Tag namespaces.
   */
  readonly existingTags: number;
  /**
   * Tag keys that cost reports are grouped by.
   * @default - the keys of the labels project, environment, cost center, owner, agent and layer
   */
  readonly keys?: readonly string[];
  /**
   * How to reach the tenancy: its home region, where alone OCI changes identities and tags, and credentials that may manage tag namespaces.
   * @default - region and credentials of the environment
   */
  readonly provider?: OciProviderConfig;
}

const KNOWN = {
  tenancyId: true,
  tagNamespace: true,
  existingTags: true,
  keys: true,
  provider: true,
} satisfies KeysOf<OciCostAllocationProps>;

/** Most cost-tracking tags of a tenancy. Source: https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingcosttrackingtags.htm, read 2026-11-21. */
const MAX_COST_TAGS = 10;

const NOTE =
  "deploy this stack before the stacks whose govern has ociWith with the same tagNamespace: a resource with a defined tag that does not exist " +
  "yet is refused; what was spent before a resource was tagged stays without labels";

/**
 * Makes labels show in cost reports and budgets: a tag namespace with a cost-tracking tag for each label.
 *
 * It is a stack of its own, because it stands in the root compartment and the home region, and has to be there first. Then give `govern`
 * `ociWith({ tagNamespace })` instead of `oci`.
 *
 * Creates `oci_identity_tag_namespace` and an `oci_identity_tag` for each key. No cost: tags have no part in OCI's price list (2024-01-19).
 * Not covered: costs from before, tags that are required or filled in by default, turning off cost tracking of a tag before it is retired.
 * @see https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingcosttrackingtags.htm
 */
export class OciCostAllocation extends TerraformStack {
  /** The keys of the cost-tracking tags. */
  readonly keys: readonly string[];
  /** The underlying namespace. */
  readonly namespace: IdentityTagNamespace;

  /** @throws IntentError when a name or key is malformed, or the tenancy would have more than 10 cost-tracking tags. */
  constructor(scope: Construct, id: string, props: OciCostAllocationProps) {
    super(scope, id);
    this.keys = checkProps(this.node.path, props);
    new OciProvider(this, "Tenancy", { ...props.provider });
    this.namespace = new IdentityTagNamespace(this, "Namespace", {
      compartmentId: props.tenancyId,
      name: props.tagNamespace,
      description: "Labels by which costs are told apart",
    });
    const tags = new Construct(this, "Tags");
    for (const name of this.keys) {
      new IdentityTag(tags, name, {
        tagNamespaceId: this.namespace.id,
        name,
        description: `Label ${name}`,
        isCostTracking: true,
      });
    }
    Annotations.of(this).addInfo(NOTE);
  }
}

function checkProps(path: string, props: OciCostAllocationProps): readonly string[] {
  const check = new Check<OciCostAllocationProps>(path, props, KNOWN);
  check.text("tenancyId", { ...TENANCY, tokens: true });
  check.text("tagNamespace", TAG_KEY);
  const existing = check.integer("existingTags", { min: 0, max: MAX_COST_TAGS });
  const defaults = COST_LABELS.map((label) => TAG_KEYS[label]);
  const keys = check.list<string>("keys", "a list of tag keys", defaults);
  for (const key of keys) {
    const fix = isToken(key) ? "give a literal: this value decides what is created and has to be known at synth" : undefined;
    if (typeof key !== "string" || isToken(key) || !TAG_KEY.pattern.test(key)) check.issue("keys", key, TAG_KEY.want, fix);
  }
  if (keys.length === 0) check.issue("keys", keys, "one key or more");
  const names = keys.map((key) => String(key).toLowerCase());
  if (new Set(names).size !== names.length) check.issue("keys", keys, "every key once: OCI does not tell capitals apart");
  if (existing + keys.length > MAX_COST_TAGS) {
    const fix = "give fewer keys, or turn off cost tracking of a tag that is not needed: a retired one still counts";
    const got = `${keys.length} keys beside ${existing} existing tags`;
    check.issue("existingTags", got, `${MAX_COST_TAGS} cost-tracking tags or fewer in a tenancy (OCI limit)`, fix);
  }
  return check.done([...keys]);
}
