import type { Rule } from "../rule";
import { alarmRings } from "./alarm-rings";
import { alarmSilenceRings } from "./alarm-silence-rings";
import { backupPlanCopies } from "./backup-plan-copies";
import { backupPlanExpires } from "./backup-plan-expires";
import { backupVaultCustomerKey } from "./backup-vault-customer-key";
import { backupVaultLocked } from "./backup-vault-locked";
import { balancerAccessLogged } from "./balancer-access-logged";
import { balancerDeletionProtected } from "./balancer-deletion-protected";
import { balancerDropsInvalidHeaders } from "./balancer-drops-invalid-headers";
import { balancerPrivate } from "./balancer-private";
import { balancerRefusesAmbiguous } from "./balancer-refuses-ambiguous";
import { balancerWebFirewall } from "./balancer-web-firewall";
import { balancerZones } from "./balancer-zones";
import { bucketAccessListsOff } from "./bucket-access-lists-off";
import { bucketAccessLogged } from "./bucket-access-logged";
import { bucketCustomerKey } from "./bucket-customer-key";
import { bucketLifecycle } from "./bucket-lifecycle";
import { bucketNotPublic } from "./bucket-not-public";
import { bucketReplicated } from "./bucket-replicated";
import { bucketTlsOnly } from "./bucket-tls-only";
import { bucketVersioned } from "./bucket-versioned";
import { certificateRenewsItself } from "./certificate-renews-itself";
import { certificateReplacedFirst } from "./certificate-replaced-first";
import { clusterCommandsLogged } from "./cluster-commands-logged";
import { clusterInsights } from "./cluster-insights";
import { containerImagePinned } from "./container-image-pinned";
import { containerLogged } from "./container-logged";
import { containerNoSecrets } from "./container-no-secrets";
import { containerNotPrivileged } from "./container-not-privileged";
import { containerReadOnlyRoot } from "./container-read-only-root";
import { containerUnprivilegedUser } from "./container-unprivileged-user";
import { databaseAdminName } from "./database-admin-name";
import { databaseBackedUp } from "./database-backed-up";
import { databaseCustomerKey } from "./database-customer-key";
import { databaseDeletionProtected } from "./database-deletion-protected";
import { databaseEncrypted } from "./database-encrypted";
import { databaseIdentityLogin } from "./database-identity-login";
import { databaseLogsExported } from "./database-logs-exported";
import { databaseMinorUpgrades } from "./database-minor-upgrades";
import { databaseMonitored } from "./database-monitored";
import { databaseNotPublic } from "./database-not-public";
import { databasePasswordManaged } from "./database-password-managed";
import { databaseSourcesNamed } from "./database-sources-named";
import { databaseStatementsLogged } from "./database-statements-logged";
import { databaseTagsOnSnapshots } from "./database-tags-on-snapshots";
import { databaseTlsRequired } from "./database-tls-required";
import { databaseZones } from "./database-zones";
import { deployKeyReads } from "./deploy-key-reads";
import { deploymentRefsNamed } from "./deployment-refs-named";
import { deploymentReviewed } from "./deployment-reviewed";
import { firewallDescribed } from "./firewall-described";
import { firewallEgressBounded } from "./firewall-egress-bounded";
import { firewallEgressNamed } from "./firewall-egress-named";
import { firewallNoAdminFromWorld } from "./firewall-no-admin-from-world";
import { firewallRuleDescribed } from "./firewall-rule-described";
import { firewallWorldOnlyHttps } from "./firewall-world-only-https";
import { functionCodeSigned } from "./function-code-signed";
import { functionConcurrencyCapped } from "./function-concurrency-capped";
import { functionDeadLetters } from "./function-dead-letters";
import { functionEnvironmentKey } from "./function-environment-key";
import { functionNoSecrets } from "./function-no-secrets";
import { functionRuntime } from "./function-runtime";
import { functionTraced } from "./function-traced";
import { imageOwnerNamed } from "./image-owner-named";
import { keyDeletionDelayed } from "./key-deletion-delayed";
import { keyNotPublic } from "./key-not-public";
import { keyRotated } from "./key-rotated";
import { listenerEncrypted } from "./listener-encrypted";
import { listenerModernTls } from "./listener-modern-tls";
import { listenerStrongCiphers } from "./listener-strong-ciphers";
import { logCustomerKey } from "./log-customer-key";
import { logRetained } from "./log-retained";
import { machineBackedUp } from "./machine-backed-up";
import { machineDeletionProtected } from "./machine-deletion-protected";
import { machineDisksEncrypted } from "./machine-disks-encrypted";
import { machineFirewalled } from "./machine-firewalled";
import { machineIdentity } from "./machine-identity";
import { machineMetadataHops } from "./machine-metadata-hops";
import { machineMetadataTokens } from "./machine-metadata-tokens";
import { machineMonitored } from "./machine-monitored";
import { machineNoSecrets } from "./machine-no-secrets";
import { machineNotPublic } from "./machine-not-public";
import { networkChosen } from "./network-chosen";
import { networkDefaultClosed } from "./network-default-closed";
import { networkFlowLogged } from "./network-flow-logged";
import { parameterEncrypted } from "./parameter-encrypted";
import { policyNoBroadWrites } from "./policy-no-broad-writes";
import { policyNoFullAccess } from "./policy-no-full-access";
import { queueDeadLetters } from "./queue-dead-letters";
import { queueEncrypted } from "./queue-encrypted";
import { queueNotPublic } from "./queue-not-public";
import { queueTlsOnly } from "./queue-tls-only";
import { recordProxied } from "./record-proxied";
import { registryCustomerKey } from "./registry-customer-key";
import { registryImmutable } from "./registry-immutable";
import { registryLifecycle } from "./registry-lifecycle";
import { registryScanned } from "./registry-scanned";
import { repositoryChangesApproved } from "./repository-changes-approved";
import { repositoryChecksRequired } from "./repository-checks-required";
import { repositoryCommitsSigned } from "./repository-commits-signed";
import { repositoryDeletionProtected } from "./repository-deletion-protected";
import { repositoryDependenciesWatched } from "./repository-dependencies-watched";
import { repositoryHistoryKept } from "./repository-history-kept";
import { repositoryOwnersAsked } from "./repository-owners-asked";
import { repositoryPrivate } from "./repository-private";
import { repositorySecretsScanned } from "./repository-secrets-scanned";
import { repositoryStaleDismissed } from "./repository-stale-dismissed";
import { scalingGroupHealth } from "./scaling-group-health";
import { scalingGroupTemplate } from "./scaling-group-template";
import { scalingGroupZones } from "./scaling-group-zones";
import { secretCustomerKey } from "./secret-customer-key";
import { secretRotated } from "./secret-rotated";
import { secretValueOutside } from "./secret-value-outside";
import { serviceLatestPlatform } from "./service-latest-platform";
import { serviceNoShell } from "./service-no-shell";
import { serviceNotPublic } from "./service-not-public";
import { serviceRollback } from "./service-rollback";
import { subnetNoPublicAddresses } from "./subnet-no-public-addresses";
import { tableCustomerKey } from "./table-customer-key";
import { tableDeletionProtected } from "./table-deletion-protected";
import { tableRecoverable } from "./table-recoverable";
import { targetEncrypted } from "./target-encrypted";
import { targetHealthChecked } from "./target-health-checked";
import { taskIdentitiesApart } from "./task-identities-apart";
import { taskOwnIdentity } from "./task-own-identity";
import { taskOwnNetwork } from "./task-own-network";
import { topicEncrypted } from "./topic-encrypted";
import { topicNotPublic } from "./topic-not-public";
import { topicTlsOnly } from "./topic-tls-only";
import { trustNotPublic } from "./trust-not-public";
import { trustSubjectsNamed } from "./trust-subjects-named";
import { volumeBackedUp } from "./volume-backed-up";
import { volumeCustomerKey } from "./volume-customer-key";
import { volumeEncrypted } from "./volume-encrypted";
import { webFirewallKnownAttacks } from "./web-firewall-known-attacks";
import { webFirewallLogged } from "./web-firewall-logged";
import { webFirewallRateLimited } from "./web-firewall-rate-limited";
import { webhookEncrypted } from "./webhook-encrypted";
import { webhookSigned } from "./webhook-signed";
import { workflowActionsChosen } from "./workflow-actions-chosen";
import { workflowApprovesNothing } from "./workflow-approves-nothing";
import { workflowTokenReads } from "./workflow-token-reads";
import { zoneAuthoritiesNamed } from "./zone-authorities-named";
import { zoneDevelopmentModeOff } from "./zone-development-mode-off";
import { zoneHsts } from "./zone-hsts";
import { zoneOwaspRules } from "./zone-owasp-rules";
import { zoneSigned } from "./zone-signed";
import { zoneTargetVerified } from "./zone-target-verified";
import { zoneTls13 } from "./zone-tls-1-3";

/** Every rule of this library, by id. */
export const RULES: readonly Rule[] = [
  alarmRings,
  alarmSilenceRings,
  backupPlanCopies,
  backupPlanExpires,
  backupVaultCustomerKey,
  backupVaultLocked,
  balancerAccessLogged,
  balancerDeletionProtected,
  balancerDropsInvalidHeaders,
  balancerPrivate,
  balancerRefusesAmbiguous,
  balancerWebFirewall,
  balancerZones,
  bucketAccessListsOff,
  bucketAccessLogged,
  bucketCustomerKey,
  bucketLifecycle,
  bucketNotPublic,
  bucketReplicated,
  bucketTlsOnly,
  bucketVersioned,
  certificateRenewsItself,
  certificateReplacedFirst,
  clusterCommandsLogged,
  clusterInsights,
  containerImagePinned,
  containerLogged,
  containerNoSecrets,
  containerNotPrivileged,
  containerReadOnlyRoot,
  containerUnprivilegedUser,
  databaseAdminName,
  databaseBackedUp,
  databaseCustomerKey,
  databaseDeletionProtected,
  databaseEncrypted,
  databaseIdentityLogin,
  databaseLogsExported,
  databaseMinorUpgrades,
  databaseMonitored,
  databaseNotPublic,
  databasePasswordManaged,
  databaseSourcesNamed,
  databaseStatementsLogged,
  databaseTagsOnSnapshots,
  databaseTlsRequired,
  databaseZones,
  deployKeyReads,
  deploymentRefsNamed,
  deploymentReviewed,
  firewallDescribed,
  firewallEgressBounded,
  firewallEgressNamed,
  firewallNoAdminFromWorld,
  firewallRuleDescribed,
  firewallWorldOnlyHttps,
  functionCodeSigned,
  functionConcurrencyCapped,
  functionDeadLetters,
  functionEnvironmentKey,
  functionNoSecrets,
  functionRuntime,
  functionTraced,
  imageOwnerNamed,
  keyDeletionDelayed,
  keyNotPublic,
  keyRotated,
  listenerEncrypted,
  listenerModernTls,
  listenerStrongCiphers,
  logCustomerKey,
  logRetained,
  machineBackedUp,
  machineDeletionProtected,
  machineDisksEncrypted,
  machineFirewalled,
  machineIdentity,
  machineMetadataHops,
  machineMetadataTokens,
  machineMonitored,
  machineNoSecrets,
  machineNotPublic,
  networkChosen,
  networkDefaultClosed,
  networkFlowLogged,
  parameterEncrypted,
  policyNoBroadWrites,
  policyNoFullAccess,
  queueDeadLetters,
  queueEncrypted,
  queueNotPublic,
  queueTlsOnly,
  recordProxied,
  registryCustomerKey,
  registryImmutable,
  registryLifecycle,
  registryScanned,
  repositoryChangesApproved,
  repositoryChecksRequired,
  repositoryCommitsSigned,
  repositoryDeletionProtected,
  repositoryDependenciesWatched,
  repositoryHistoryKept,
  repositoryOwnersAsked,
  repositoryPrivate,
  repositorySecretsScanned,
  repositoryStaleDismissed,
  scalingGroupHealth,
  scalingGroupTemplate,
  scalingGroupZones,
  secretCustomerKey,
  secretRotated,
  secretValueOutside,
  serviceLatestPlatform,
  serviceNoShell,
  serviceNotPublic,
  serviceRollback,
  subnetNoPublicAddresses,
  tableCustomerKey,
  tableDeletionProtected,
  tableRecoverable,
  targetEncrypted,
  targetHealthChecked,
  taskIdentitiesApart,
  taskOwnIdentity,
  taskOwnNetwork,
  topicEncrypted,
  topicNotPublic,
  topicTlsOnly,
  trustNotPublic,
  trustSubjectsNamed,
  volumeBackedUp,
  volumeCustomerKey,
  volumeEncrypted,
  webFirewallKnownAttacks,
  webFirewallLogged,
  webFirewallRateLimited,
  webhookEncrypted,
  webhookSigned,
  workflowActionsChosen,
  workflowApprovesNothing,
  workflowTokenReads,
  zoneAuthoritiesNamed,
  zoneDevelopmentModeOff,
  zoneHsts,
  zoneOwaspRules,
  zoneSigned,
  zoneTargetVerified,
  zoneTls13,
];
