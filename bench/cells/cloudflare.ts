import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { D1Database } from "@cdktf/provider-cloudflare/lib/d1-database";
import { R2Bucket } from "@cdktf/provider-cloudflare/lib/r2-bucket";
import { Worker } from "@cdktf/provider-cloudflare/lib/worker";
import { WorkersRoute } from "@cdktf/provider-cloudflare/lib/workers-route";
import { Zone } from "@cdktf/provider-cloudflare/lib/zone";
import { Construct } from "constructs";
import type { Cells } from "./cell";

const accountId = "0123456789abcdef0123456789abcdef";

export const cells: Cells = {
  resources: 5,
  declareProvider: (stack) => void new CloudflareProvider(stack, "cloudflare", {}),
  addCell: (stack, index) => {
    const cell = new Construct(stack, `Cell${index}`);
    const zone = new Zone(cell, "Zone", { account: { id: accountId }, name: `cell-${index}.dev` });
    const worker = new Worker(cell, "Worker", { accountId, name: `cell-${index}`, observability: { enabled: true } });
    new WorkersRoute(cell, "Route", { zoneId: zone.id, pattern: `cell-${index}.dev/*`, script: worker.name });
    new D1Database(cell, "Database", { accountId, name: `cell-${index}` });
    new R2Bucket(cell, "Bucket", { accountId, name: `cell-${index}` });
  },
};
