import type { StatefulTypes } from "../change/stateful";

/**
 * What holds data at Cloudflare, and the attributes whose change makes the provider destroy it and create it anew.
 * Read from `RequiresReplace` in the source of the Terraform provider 5.14.0 (internal/services/*\/schema.go), 2026-11-21.
 * A Worker is in it for its Durable Objects, whose data goes with it. Workers KV is not: it is a cache; and what is in a queue is on its way.
 */
export const cloudflareStateful: StatefulTypes = {
  cloudflare_d1_database: {
    properties: ["account_id", "jurisdiction", "name", "primary_location_hint"],
    alsoWhenRemoved: ["jurisdiction", "primary_location_hint"],
  },
  cloudflare_r2_bucket: { properties: ["account_id", "location", "name"] },
  cloudflare_worker: { properties: ["account_id"] },
  cloudflare_workers_script: { properties: ["account_id", "script_name"] },
  cloudflare_zone: { properties: ["account", "name"] },
};
