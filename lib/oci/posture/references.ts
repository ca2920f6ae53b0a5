import type { References } from "../../policy/rule";

/** Where others ask for the same on OCI, by rule. Sources: CIS OCI Foundations Benchmark 3.1 and Checkov checks, read 2026-11-21. */
export const REFERENCES: Readonly<Record<string, References>> = {
  "bucket-customer-key": { cis: ["5.1.2"], checkov: ["CKV_OCI_9"] },
  "bucket-not-public": { cis: ["5.1.1"], checkov: ["CKV_OCI_10"] },
  "bucket-versioned": { cis: ["5.1.3"], checkov: ["CKV_OCI_8"] },
  "firewall-no-admin-from-world": {
    cis: ["2.1", "2.2", "2.3", "2.4"],
    checkov: ["CKV_OCI_19", "CKV_OCI_20", "CKV_OCI_22", "CKV2_OCI_2"],
  },
  "key-rotated": { cis: ["4.16"] },
  "machine-metadata-tokens": { cis: ["3.1"], checkov: ["CKV_OCI_5"] },
  "machine-monitored": { checkov: ["CKV_OCI_6"] },
  "machine-identity": { cis: ["1.14"] },
  "network-default-closed": { cis: ["2.5"] },
  "network-flow-logged": { cis: ["4.13"] },
  "policy-no-full-access": { cis: ["1.2"] },
  "volume-backed-up": { checkov: ["CKV_OCI_2"] },
  "volume-customer-key": { cis: ["5.2.1"], checkov: ["CKV_OCI_3"] },
};
