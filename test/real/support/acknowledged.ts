/** A check of Checkov that may fail, and why that is right. Without `resources` it may fail anywhere. */
export interface AcknowledgedCheck {
  readonly checkId: string;
  /** Matches the resource as Checkov names it, such as `aws_lb.Front_1A2B3C4D`. */
  readonly resources?: RegExp;
  readonly reason: string;
}

/** Checkov's open edition has no severities, so every failed check is either repaired or listed here. An entry that nothing needs fails the run. */
export const ACKNOWLEDGED: readonly AcknowledgedCheck[] = [
  {
    checkId: "CKV_AWS_18",
    resources: /AccessLogs/,
    reason: "The bucket holds access logs; logging access to it would need another bucket without end.",
  },
  {
    checkId: "CKV_AWS_109",
    resources: /(GovernedKey_Policy|KeyPolicy)/,
    reason: "A key policy: '*' means this key, and the account administers it through IAM, or nobody could.",
  },
  {
    checkId: "CKV_AWS_111",
    resources: /(GovernedKey_Policy|KeyPolicy)/,
    reason: "A key policy: '*' means this key, and the account administers it through IAM, or nobody could.",
  },
  {
    checkId: "CKV_AWS_356",
    resources: /(GovernedKey_Policy|KeyPolicy)/,
    reason: "A key policy: '*' means this key, and the account administers it through IAM, or nobody could.",
  },
  {
    checkId: "CKV_AWS_144",
    resources: /AccessLogs/,
    reason: "Access logs are evidence, not data to recover; a copy in another region is a choice of the user.",
  },
  {
    checkId: "CKV_AWS_145",
    resources: /AccessLogs/,
    reason: "Load balancers write access logs only to buckets encrypted with keys of Amazon S3.",
  },
  {
    checkId: "CKV2_AWS_62",
    resources: /AccessLogs/,
    reason: "Nothing acts on single access log files; an event without a listener is no control.",
  },
  {
    checkId: "CKV_AWS_157",
    resources: /Replica\d/,
    reason: "A read replica is the second copy; the primary runs in two zones.",
  },
  {
    checkId: "CKV_AWS_293",
    resources: /Replica\d/,
    reason: "A read replica holds nothing of its own and is made again from the primary, which is protected.",
  },
  {
    checkId: "CKV_AWS_260",
    resources: /Ingress-http-internet/,
    reason: "Port 80 of a public load balancer answers with a redirect to HTTPS and nothing else.",
  },
  {
    checkId: "CKV_AWS_88",
    resources: /Assistant/,
    reason: 'The network of this example has egress "public-ip": the address is for outgoing traffic, and no rule lets anything in.',
  },
  {
    checkId: "CKV2_AWS_5",
    resources: /^aws_security_group\.Tools_/,
    reason: "The example declares a group for tools that are attached to it outside of the stack.",
  },
  {
    checkId: "CKV2_AWS_57",
    resources: /Password/,
    reason:
      "With replicas the database cannot rotate its own password; a schedule would need a function with a way into it; passwordVersion renews it.",
  },
  {
    checkId: "CKV2_AWS_76",
    reason: "Known bad inputs (Log4j) are blocked; the anonymous IP list is left out because it blocks cloud addresses, where agents run.",
  },
  {
    checkId: "CKV_DIO_2",
    reason: "Nobody logs in to an agent's machine: ssh is off and the password of root is locked, so a key would open nothing.",
  },
  {
    checkId: "CKV_OCI_2",
    reason: "It reads an attribute that the provider deprecates; volumes get their backups by an assignment of the policy.",
  },
  {
    checkId: "CKV_OCI_21",
    reason: "Stateful rules open one direction; stateless ones need a second rule for the answers, which lets more in.",
  },
];
