/** Why nothing at GitHub can meet a rule. Sources: schemas and docs of the Terraform provider 6.9.0, read 2026-11-21. */
export const LACKS: Readonly<Record<string, string>> = {
  "secret-customer-key": "GitHub encrypts secrets with a key of its own only",
  "secret-rotated": "GitHub renews no secrets: use an identity by OIDC, which has none",
};
