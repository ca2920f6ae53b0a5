export { AwsAlarms } from "./alarms";
export { AwsFirewall, type AwsFirewallProps } from "./firewall";
export { AwsKey } from "./key";
export { AwsNetwork, type AwsNetworkAttributes, type AwsNetworkProps, type IAwsNetwork } from "./network";
export type { InterfaceEndpoint } from "./network-endpoints";
export { AwsPostgres, type AwsPostgresProps, type IAwsPostgres } from "./postgres";
export type { AwsPostgresAttributes } from "./postgres-imported";
export type { AwsPostgresReplica } from "./postgres-replica";
export { aws } from "./provider";
