export { DigitalOceanAlarms, type SlackTarget } from "./alarms";
export {
  DigitalOceanAgentService,
  type DigitalOceanAgentServiceProps,
  type DigitalOceanAgentServiceSpec,
} from "./agent-service/agent-service";
export { DigitalOceanAgentVm, type DigitalOceanAgentVmProps, type SecretExchange } from "./agent-vm/agent-vm";
export type { AppCpu } from "./agent-service/app-platform";
export type { AppRouteProps, AppRouteSpec } from "./agent-service/service-place";
export {
  DigitalOceanBackupPolicy,
  type DailyDropletBackups,
  type DigitalOceanBackupPolicyProps,
  type WeeklyDropletBackups,
} from "./backup/backup";
export { DigitalOceanBackupBucket, type DigitalOceanBackupBucketProps } from "./backup/backup-bucket";
export type { IDigitalOceanBackupSource } from "./backup/backup-source";
export { DigitalOceanCostAllocation, type DigitalOceanCostAllocationProps } from "./cost-allocation";
export { digitalocean } from "./provider";
export { REGIONS, type DigitalOceanRegion } from "./region";
export {
  DigitalOceanFirewall,
  type DigitalOceanFirewallProps,
  type DigitalOceanFirewallSpec,
  type DigitalOceanPeer,
  type IDigitalOceanBalancerPeer,
} from "./network/firewall";
export {
  DigitalOceanNetwork,
  type DigitalOceanEgress,
  type DigitalOceanNetworkProps,
  type DigitalOceanNetworkSpec,
  type IDigitalOceanNetwork,
} from "./network/network";
export { DigitalOceanLoadBalancer, type DigitalOceanLoadBalancerProps, type DigitalOceanTargetProps } from "./load-balancer/load-balancer";
export { DigitalOceanPostgres, type DigitalOceanPostgresProps, type IDigitalOceanPostgres } from "./postgres/postgres";
export type { DigitalOceanPostgresReplica } from "./postgres/postgres-replica";
export type { PoolMode, PostgresPoolProps } from "./postgres/postgres-users";
