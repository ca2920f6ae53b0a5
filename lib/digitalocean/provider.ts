import type { Provider } from "../provider";
import { digitalOceanLabels } from "./labels";
import { readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readFirewall, readNetwork } from "./network/read-network";

/**
 * What the neutral core needs to know of DigitalOcean: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const digitalocean: Provider = {
  name: "digitalocean",
  labels: digitalOceanLabels,
  readers: {
    digitalocean_loadbalancer: readLoadBalancer,
    digitalocean_vpc: readNetwork,
    digitalocean_firewall: readFirewall,
  },
};
