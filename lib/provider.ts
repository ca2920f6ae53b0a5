import type { TerraformResource } from "cdktf";
import type { StatefulTypes } from "./change/stateful";
import type { ProviderPrices } from "./cost/rule";
import type { Reader } from "./facts/inventory";
import type { PostureReader } from "./facts/posture";
import type { LabelSet } from "./labels";
import type { References } from "./policy/rule";
import type { ProviderRecovery } from "./recovery/stateful";

/** Everything the neutral core needs to know of a provider. It is data: it never creates constructs. */
export interface Provider {
  /** The name in front of the provider's resource types, such as `aws`. */
  readonly name: string;
  readonly labels: LabelProjection;
  /** How to read facts back from the final JSON, by Terraform resource type. */
  readonly readers: Readonly<Record<string, Reader>>;
  /** How safely its resources are set up; without it no rule can look at them. */
  readonly posture?: ProviderPosture;
  /** How it charges; without it nothing of it can be priced. */
  readonly prices?: ProviderPrices;
  /** What of it holds data, and how that survives; without it recovery targets cannot be judged. */
  readonly recovery?: ProviderRecovery;
  /** What of it holds data, and which changes destroy it; without it nothing of it can be locked or guarded. */
  readonly stateful?: StatefulTypes;
}

/** What rules need to know of a provider. It is data. */
export interface ProviderPosture {
  /** By Terraform resource type; data sources stand under `data.<type>`. */
  readonly readers: Readonly<Record<string, PostureReader>>;
  /** Controls and scanner checks of this provider that ask for the same as a rule, by rule id. */
  readonly references: Readonly<Record<string, References>>;
  /**
   * Why nothing of this provider can meet a rule, by rule id, as half a sentence. Such findings are neither passed nor failed, but unknown, with the reason.
   * @default - everything can be met
   */
  readonly lacks?: Readonly<Record<string, string>>;
  /**
   * Checks of Checkov that ask for something else than what is right here, each with the reason: they are exported with what is acknowledged,
   * unless a rule that asks for the same is broken.
   * @default - none
   */
  readonly decided?: Readonly<Record<string, string>>;
}

/** Labels as a provider writes them. */
export type EncodedLabels = Readonly<Record<string, string>>;

/** How labels look at a provider and which resource types carry them. */
export interface LabelProjection {
  /**
   * Labels as the provider writes them; `decode` gives them back unchanged.
   * @throws IntentError when a label would be lost, cut or collide.
   */
  encode(labels: LabelSet, path: string): EncodedLabels;
  /** The labels that are in what the provider wrote; foreign keys are left out. */
  decode(encoded: EncodedLabels): Partial<LabelSet>;
  /** How a resource type carries labels; undefined when it cannot. */
  carrierOf(resourceType: string): LabelCarrier | undefined;
}

/** How one resource type carries labels. */
export interface LabelCarrier {
  /** Adds the labels to the resource; they win over what is there. Gives back what was there before. */
  write(resource: TerraformResource, labels: EncodedLabels): EncodedLabels;
  /** What the final JSON of the resource carries, ours and foreign. */
  read(attributes: Readonly<Record<string, unknown>>): EncodedLabels;
}
