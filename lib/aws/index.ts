export { AwsAlarms } from "./alarms";
export { AwsFirewall, type AwsFirewallProps } from "./firewall";
export { AwsKey } from "./key";
export { AwsNetwork, type AwsNetworkAttributes, type AwsNetworkProps, type IAwsNetwork } from "./network";
export type { InterfaceEndpoint } from "./network-endpoints";
export { aws } from "./provider";
