export { DigitalOceanAlarms, type SlackTarget } from "./alarms";
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
