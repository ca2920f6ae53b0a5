export * from "./cost";
export type { Fact } from "./facts/fact";
export { Inventory, type Reader, type ResourceView, type TerraformJson } from "./facts/inventory";
export { govern, type GovernProps, type Governance } from "./govern";
export { addLabels, type Labels, type LabelSet, type ScopeLabels } from "./labels";
export type { EncodedLabels, LabelCarrier, LabelProjection, Provider } from "./provider";
export type { PolicyProps, PromisesProps, StackRecoveryProps } from "./promises";
export {
  acknowledge,
  acknowledgementsOf,
  atLeast,
  checkovBaseline,
  checkovSkips,
  defineRule,
  evaluate,
  findingText,
  holds,
  trivyIgnore,
  whenever,
  type Acknowledgement,
  type Finding,
  type Pack,
  type Rule,
  type Severity,
  type Verdict,
} from "./policy";
export { judge, type FailureScope, type MeasuredRto, type RecoveryProps, type RecoveryTarget, type RecoveryVerdict } from "./recovery";
export type { Coverage, LabelStatus, Manifest, ManifestAgent, ManifestResource } from "./report/manifest";
export { IntentError, type Issue } from "./spec/check";
export { useProfile, type CommonProps, type Profile } from "./spec/context";
export type { BackupProps, BackupSpec } from "./spec/backup";
export type { BackupBucketProps, BackupBucketSpec, BucketLockProps } from "./spec/backup-bucket";
export type { CacheSpec } from "./spec/cache";
export type { QueueConsumerSpec, QueueSpec } from "./spec/queue";
export type { SqliteSpec } from "./spec/sqlite";
export type { BackupLockProps, BackupLockSpec, LockMode, RestoreTestingProps, RestoreTestingSpec } from "./spec/backup-protection";
export type { BackupFrequency } from "./spec/backup-calendar";
export type { BackupCopyProps, BackupCopySpec } from "./spec/backup-copy";
export type { BackupScheduleProps, BackupScheduleSpec } from "./spec/backup-schedule";
export type { OwnBackups } from "./spec/backup-source";
export type { Weekday } from "./spec/weekday";
export type { DeployEnvironmentSpec, ReviewersProps } from "./spec/deploy-environment";
export type { DeployIdentitySpec, DeployTrustProps, DeployTrustSpec, RepositoryIds, SubjectForm } from "./spec/deploy-identity";
export type { JobAgentSpec } from "./spec/job-agent";
export type { WorkflowSpec } from "./spec/workflow";
export type { Architecture } from "./spec/architecture";
export type { AgentEgress, AgentServiceProps, AgentServiceSpec, ReporterProps } from "./spec/agent-service";
export type { AgentUnitProps, AgentUnitSpec } from "./spec/agent-unit";
export type { AgentTool, AgentVmProps, AgentVmSize, AgentVmSpec, MachineReporterProps, MachineReporterSpec } from "./spec/agent-vm";
export type { ArtifactProps, ArtifactSpec } from "./spec/artifact";
export type { ContainerProps, ContainerSpec, HealthCommandProps, SidecarProps, SidecarSpec } from "./spec/container";
export type { ReplicasProps, ReplicasSpec } from "./spec/replicas";
export type { CanaryProps, Rollout } from "./spec/rollout";
export type { Size } from "./spec/shape";
export type { FirewallProps, FirewallRuleProps, FirewallRuleSpec, FirewallSpec, Peer, PeerSpec } from "./spec/firewall";
export type { GovernanceProps, GovernanceSpec } from "./spec/governance";
export type { BalancerRouteProps, BalancerRouteSpec } from "./spec/balancer-route";
export type { BalancerTargetProps, BalancerTargetSpec, HealthCheckProps, HealthCheckSpec } from "./spec/balancer-target";
export type { IBalanced, LoadBalancerProps, LoadBalancerSpec } from "./spec/load-balancer";
export type { TestListenerProps, TestListenerSpec } from "./spec/test-listener";
export type { WebFirewallProps, WebFirewallSpec } from "./spec/web-firewall";
export type { Egress, NetworkProps, NetworkSpec, SubnetSpec, Tier } from "./spec/network";
export type {
  IPostgres,
  PasswordHandling,
  PasswordKeeping,
  PostgresProps,
  PostgresSize,
  PostgresSpec,
  PostgresVersion,
} from "./spec/postgres";
export type { HstsProps, HstsSpec, ZoneProps, ZoneRecordProps, ZoneRecordSpec, ZoneSpec } from "./spec/zone";
export type {
  RateLimitProps,
  RateLimitSpec,
  RequestAction,
  RequestFirewallProps,
  RequestFirewallSpec,
  RequestRuleProps,
  RequestRuleSpec,
} from "./spec/request-firewall";
export type { AccessPolicyProps, AccessPolicySpec, AccessProps, AccessSpec } from "./spec/access";
export type { ITunnel, TunnelProps, TunnelSpec } from "./spec/tunnel";
export type { GlobalBalancerProps, GlobalBalancerSpec, SessionAffinityProps, Steering } from "./spec/global-balancer";
export type { PoolHealthProps, PoolHealthSpec, PoolProps, PoolSpec, PoolTargetProps, PoolTargetSpec } from "./spec/global-pool";
export type { Destination } from "./spec/host-name";
export type { RepositorySpec } from "./spec/repository";
export { onRendered, renderStack, type RenderedStack } from "./synthesizer";
export * from "./change";
export { InputError } from "./files/input-error";
