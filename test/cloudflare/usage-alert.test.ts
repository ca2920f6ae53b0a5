import { CloudflareUsageAlert, type CloudflareUsageAlertProps } from "cdktf-governed-agents/cloudflare";
import { ACCOUNT, cfSynth, resourcesOf } from "./support";

const GOOD = { accountId: ACCOUNT, product: "worker_requests", limit: 10_000_000, emails: ["money@acme.dev"] } as const;

const made = (props: Partial<CloudflareUsageAlertProps>) =>
  Object.values(
    resourcesOf(
      cfSynth((stack) => new CloudflareUsageAlert(stack, "Requests", { ...GOOD, ...props })),
      "cloudflare_notification_policy",
    ),
  );

describe("CloudflareUsageAlert", () => {
  test("it counts units of one product of the account, and tells people", () => {
    expect(made({})).toMatchObject([
      {
        account_id: ACCOUNT,
        alert_type: "billing_usage_alert",
        enabled: true,
        filters: { product: ["worker_requests"], limit: ["10000000"] },
        mechanisms: { email: [{ id: "money@acme.dev" }] },
        name: "test-requests",
      },
    ]);
  });

  test("fails when the product is not known, the limit is money, and nobody hears of it", () => {
    expect(() => made({ product: "r2_storage", limit: 19.99, emails: [] } as never)).toThrowErrorMatchingInlineSnapshot(`
     "test/Requests: 3 problems
       - product: got "r2_storage", want one of "worker_requests", "worker_durable_objects_requests", "worker_durable_objects_duration", "worker_durable_objects_data_transfer", "worker_durable_objects_stored_data", "worker_durable_objects_storage_deletes", "worker_durable_objects_storage_writes", "worker_durable_objects_storage_reads": Terraform's documentation names no others
       - limit: got 19.99, want a whole number of units, 1 or more; USD are what govern's cap is for
       - emails: got [], want 1 address or more"
    `);
  });
});
