import type { ProviderPosture } from "../../provider";
import { readMonitorAlert, readUptimeAlert } from "./alarms";
import { readApp } from "./apps";
import { readCertificate, readLoadBalancer } from "./balancer";
import { readDatabaseCluster, readDatabaseReplica } from "./databases";
import { readDroplet, readVolume } from "./droplets";
import { LACKS } from "./lacks";
import { readFirewall, readVpc } from "./network";
import { REFERENCES } from "./references";
import { readBucket } from "./storage";

/** How safely resources of DigitalOcean are set up: also those that no construct of this library makes. */
export const digitalOceanPosture: ProviderPosture = {
  readers: {
    digitalocean_app: readApp,
    digitalocean_certificate: readCertificate,
    digitalocean_database_cluster: readDatabaseCluster,
    digitalocean_database_replica: readDatabaseReplica,
    digitalocean_droplet: readDroplet,
    digitalocean_firewall: readFirewall,
    digitalocean_loadbalancer: readLoadBalancer,
    digitalocean_monitor_alert: readMonitorAlert,
    digitalocean_spaces_bucket: readBucket,
    digitalocean_uptime_alert: readUptimeAlert,
    digitalocean_volume: readVolume,
    digitalocean_vpc: readVpc,
  },
  references: REFERENCES,
  lacks: LACKS,
};
