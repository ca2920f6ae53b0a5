import { NotificationPolicy } from "@cdktf/provider-cloudflare/lib/notification-policy";
import { Construct } from "constructs";
import { checkBudgetEmails } from "../cost/native-budget";
import { physicalName } from "../names";
import { Check, isToken, type KeysOf } from "../spec/check";
import { checkAccount } from "./storage/place";

/**
 * What is counted. Source: `product` in docs/resources/notification_policy.md of the Terraform provider 4.52.8, read 2026-11-21; the page of
 * 5.14.0 names none, and the API lists those of an account under `/alerting/v3/available_alerts`.
 */
export const USAGE_PRODUCTS = [
  "worker_requests",
  "worker_durable_objects_requests",
  "worker_durable_objects_duration",
  "worker_durable_objects_data_transfer",
  "worker_durable_objects_stored_data",
  "worker_durable_objects_storage_deletes",
  "worker_durable_objects_storage_writes",
  "worker_durable_objects_storage_reads",
] as const;

export type UsageProduct = (typeof USAGE_PRODUCTS)[number];

/** Names are kept this short: the API says nothing of a longest one. */
const MAX_NAME = 100;

export interface CloudflareUsageAlertProps {
  /** The account that is watched: 32 hexadecimal digits. Cloudflare watches accounts, not single Workers. */
  readonly accountId: string;
  /** What is counted. */
  readonly product: UsageProduct;
  /** How many units of it in a billing period are too many: a whole number of requests, reads or whatever the product counts, not of USD. */
  readonly limit: number;
  /** Who hears of it: one e-mail address or more. */
  readonly emails: readonly string[];
}

const KNOWN = { accountId: true, product: true, limit: true, emails: true } satisfies KeysOf<CloudflareUsageAlertProps>;

/**
 * The second line behind the cap of `govern`: Cloudflare counts the units of one product in the whole account, and tells people when there are
 * more than the limit. It stops nothing, and knows no USD.
 *
 * Creates `cloudflare_notification_policy`. No cost of its own, but the account needs a zone on the Professional plan or a higher one.
 * It is the only budget that Terraform can make at Cloudflare: alerts in USD exist in the dashboard only. `CloudflareCostAllocation` does not
 * exist, because Cloudflare's bills know products and neither tags nor scripts: keep apart what has to be told apart by accounts.
 * Not covered: products that Terraform's documentation does not name, such as R2, D1 and Workers KV.
 * @see https://developers.cloudflare.com/notifications/notification-available/
 */
export class CloudflareUsageAlert extends Construct {
  /** The underlying policy. */
  readonly policy: NotificationPolicy;

  /** @throws IntentError when the product is not known, the limit is no whole number, or nobody hears of it. */
  constructor(scope: Construct, id: string, props: CloudflareUsageAlertProps) {
    super(scope, id);
    checkProps(this.node.path, props);
    const { accountId, emails, limit, product } = props;
    this.policy = new NotificationPolicy(this, "Resource", {
      accountId,
      alertType: "billing_usage_alert",
      description: `Usage alert of ${this.node.path}`,
      enabled: true,
      filters: { product: [product], limit: [String(limit)] },
      mechanisms: { email: emails.map((email) => ({ id: email })) },
      name: physicalName(this, { kind: "notification policy", maxLength: MAX_NAME }),
    });
  }
}

function checkProps(path: string, props: CloudflareUsageAlertProps): void {
  const check = new Check<CloudflareUsageAlertProps>(path, props, KNOWN);
  checkAccount(check);
  check.oneOf("product", USAGE_PRODUCTS, undefined, "Terraform's documentation names no others");
  const limit: unknown = props?.limit;
  const isUnits = typeof limit === "number" && !isToken(limit) && Number.isSafeInteger(limit) && limit >= 1;
  if (!isUnits) check.issue("limit", limit, "a whole number of units, 1 or more; USD are what govern's cap is for");
  checkBudgetEmails(check, props?.emails);
  check.done(undefined);
}
