/** Why nothing at OCI can meet a rule. Sources: schemas and documentation of the Terraform provider 8.28.0, read 2026-11-21. */
export const LACKS: Readonly<Record<string, string>> = {
  "balancer-refuses-ambiguous": "load balancers of OCI have no setting for ambiguous requests",
  "bucket-access-lists-off": "buckets of OCI have no access lists",
  "container-logged": "container instances keep what they print as long as they run, and have no setting for it",
  "database-customer-key": "OCI Database with PostgreSQL takes no key of one's own",
  "database-identity-login": "OCI Database with PostgreSQL lets no identities of OCI log in",
  "database-logs-exported": "the Terraform provider has no logs of databases",
  "database-minor-upgrades": "OCI updates databases in their maintenance window",
  "database-statements-logged": "a configuration of the database decides that (oci_psql_configuration), which is not read here",
  "database-tags-on-snapshots": "backups of databases carry no tags of their system",
  "firewall-described": "network security groups have a name and no description",
  "log-customer-key": "logs of OCI take no key of one's own",
  "log-retained": "OCI keeps logs for 180 days at most: copy them to a bucket for longer",
  "machine-metadata-hops": "OCI has no limit of hops: version 2 of its metadata service asks for a header that a browser cannot send",
  "registry-customer-key": "the registry takes no key of one's own",
  "registry-lifecycle": "the Terraform provider has no rules for old images",
  "registry-scanned": "scanning is a service of its own, which is not read here",
  "scaling-group-health": "instance pools do not ask the load balancer for the health of machines",
  "subnet-no-public-addresses":
    "a subnet of OCI forbids public addresses or leaves them to each network card: machine-not-public and service-not-public look at those",
  "service-rollback": "container instances have no deployments that could be rolled back",
};

/** Checks of Checkov 3.3 whose demand was weighed once. */
export const DECIDED: Readonly<Record<string, string>> = {
  CKV_OCI_2:
    "backups come with an assignment of the policy: the argument that the check reads is deprecated; volume-backed-up looks at both",
  CKV_OCI_21: "rules of security groups keep state: stateless ones need a second rule for every answer, which opens more",
};
