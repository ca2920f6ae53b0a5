import type { LoadBalancerSpec } from "../../spec/load-balancer";

/**
 * Protocols and cipher suites by oldest version: only suites with forward secrecy and authenticated encryption.
 * Source: ssl_cipher_suites of oci_load_balancer_load_balancer in the documentation of the Terraform provider 8.28.0, read 2026-11-21.
 */
export const TLS = {
  "1.2": { protocols: ["TLSv1.2", "TLSv1.3"], cipherSuiteName: "oci-default-http2-tls-12-13-ssl-cipher-suite-v1" },
  "1.3": { protocols: ["TLSv1.3"], cipherSuiteName: "oci-tls-13-recommended-ssl-cipher-suite-v1" },
} satisfies Record<LoadBalancerSpec["minTlsVersion"], { protocols: string[]; cipherSuiteName: string }>;
