import type { Provider } from "../provider";
import { readAgentService } from "./agent-service/read-agent-service";
import { readAgentVm } from "./agent-vm/read-agent-vm";
import { readBackup } from "./backup/read-backup";
import { readBackupBucket } from "./backup/read-backup-bucket";
import { digitalOceanLabels } from "./labels";
import { readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readFirewall, readNetwork } from "./network/read-network";
import { readPostgres } from "./postgres/read-postgres";
import type * as Posture from "./posture";
import type * as Prices from "./prices";
import type * as Recovery from "./recovery";
import type * as Stateful from "./stateful";

/**
 * What the neutral core needs to know of DigitalOcean: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const digitalocean: Provider = {
  name: "digitalocean",
  labels: digitalOceanLabels,
  get prices() {
    return (require("./prices") as typeof Prices).digitalOceanPrices;
  },
  get posture() {
    return (require("./posture") as typeof Posture).digitalOceanPosture;
  },
  get recovery() {
    return (require("./recovery") as typeof Recovery).digitalOceanRecovery;
  },
  get stateful() {
    return (require("./stateful") as typeof Stateful).digitalOceanStateful;
  },
  readers: {
    digitalocean_app: readAgentService,
    digitalocean_droplet: (droplet, inventory) => [...readAgentVm(droplet, inventory), ...readBackup(droplet, inventory)],
    digitalocean_spaces_bucket: readBackupBucket,
    digitalocean_database_cluster: readPostgres,
    digitalocean_loadbalancer: readLoadBalancer,
    digitalocean_vpc: readNetwork,
    digitalocean_firewall: readFirewall,
  },
};
