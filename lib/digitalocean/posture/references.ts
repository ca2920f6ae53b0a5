import type { References } from "../../policy/rule";

/** Where scanners ask for the same on DigitalOcean, by rule. Nobody has a benchmark for it. Sources: Checkov and Trivy checks, read 2026-11-21. */
export const REFERENCES: Readonly<Record<string, References>> = {
  "bucket-not-public": { checkov: ["CKV_DIO_3"], trivy: ["DIG-0006"] },
  "bucket-versioned": { checkov: ["CKV_DIO_1"], trivy: ["DIG-0007"] },
  "firewall-egress-named": { trivy: ["DIG-0003"] },
  "firewall-world-only-https": { checkov: ["CKV_DIO_4"], trivy: ["DIG-0001"] },
  "listener-encrypted": { trivy: ["DIG-0002"] },
};
