/** Why nothing at Cloudflare can meet a rule. Sources: schemas and docs of the Terraform provider 5.14.0, and the product's docs, read 2026-11-21. */
export const LACKS: Readonly<Record<string, string>> = {
  "balancer-access-logged": "load balancers of Cloudflare write no access logs of their own",
  "balancer-drops-invalid-headers": "load balancers of Cloudflare have no setting for headers",
  "balancer-refuses-ambiguous": "load balancers of Cloudflare have no setting for ambiguous requests",
  "balancer-zones": "load balancers of Cloudflare run in all of its places and have no zones",
  "bucket-access-logged": "the Terraform provider has no access logs of R2",
  "bucket-customer-key": "R2 encrypts with a key of Cloudflare, or with one that a client sends with every request",
  "bucket-replicated": "R2 does not copy buckets to another region",
  "bucket-tls-only": "no setting of R2 refuses plain connections; a domain of its own can, with HTTPS always",
  "bucket-versioned": "R2 keeps no old versions: a lock keeps objects from being overwritten",
  "function-code-signed": "Workers cannot be signed: the hash of the content pins a version",
  "function-concurrency-capped": "Workers have no limit of concurrency: rate limits of the zone bound what comes in",
  "function-dead-letters": "a Worker answers its caller; messages that fail are kept by the queue they come from (queue-dead-letters)",
  "function-environment-key": "variables of Workers are encrypted with a key of Cloudflare only",
  "function-traced": "the Terraform provider 5.14 has logs of Workers, and no traces",
  "target-encrypted": "the zone decides how targets are reached (zone-target-verified)",
  "web-firewall-logged": "events of the web firewall are in the dashboard; nothing in a ruleset sends them elsewhere",
};
