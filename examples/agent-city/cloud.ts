import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { addLabels, govern } from "cdktf-governed-agents";
import {
  aws,
  AwsAgentService,
  AwsAgentVm,
  AwsAlarms,
  AwsBackupPolicy,
  AwsLoadBalancer,
  AwsNetwork,
  AwsPostgres,
} from "cdktf-governed-agents/aws";
import { Construct } from "constructs";
import { COPIES, DISTRICTS, DOMAIN, governance, LABELS, ON_CALL, RPC_PORT, VALIDATORS } from "./city";

const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:city/${name}-AbCdEf`;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** The districts behind one balancer, the validators, their memory, and backups in three regions. */
export class CityCloud extends TerraformStack {
  private readonly network: AwsNetwork;
  private readonly memory: AwsPostgres;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    AwsAlarms.of(this).addEmail(ON_CALL);
    this.network = new AwsNetwork(this, "Network", { cidr: "10.40.0.0/16", zones, egress: "nat-gateway-per-zone" });
    this.memory = new AwsPostgres(this, "Memory", { network: this.network, version: "16", size: "large", storageGiB: 200 });
    this.addDistricts();
    const validators = this.addValidators();
    this.addBackups(validators);
    govern(this, {
      providers: [aws],
      labels: LABELS,
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      policy: {},
      recovery: [{ rpoMinutes: 5, rtoMinutes: 15, scopes: ["instance", "zone"], scope: `${id}/Memory` }],
    });
  }

  private addDistricts(): void {
    const districts = new Construct(this, "Districts");
    addLabels(districts, { layer: "interface" });
    const balancer = new AwsLoadBalancer(districts, "Front", {
      network: this.network,
      exposure: "public",
      domain: DOMAIN,
      zoneId: "Z0123456789ABCDEFGHIJ",
      websocket: true,
      minTlsVersion: "1.3",
    });
    for (const [name, image] of Object.entries(DISTRICTS)) {
      new AwsAgentService(districts, name, {
        network: this.network,
        image,
        port: 8443,
        size: "large",
        replicas: { min: 5, max: 100, cpuPercent: 70 },
        database: this.memory,
        balancer: { balancer, paths: [`/ws/${name}/*`, `/api/v1/${name}/*`] },
        governance: governance(name, secret(name)),
      });
    }
  }

  /** Machines that agree with each other; nobody else may call them. */
  private addValidators(): readonly AwsAgentVm[] {
    const nodes = Array.from({ length: VALIDATORS }, (_, index) => this.addValidator(index + 1));
    for (const node of nodes) {
      node.firewall.addIngress("rpc", { port: RPC_PORT, peer: { cidr: this.network.cidr }, description: "RPC of the validators, private" });
      node.firewall.addEgress("rpc", { port: RPC_PORT, peer: { cidr: this.network.cidr }, description: "RPC of the other validators" });
    }
    return nodes;
  }

  private addValidator(number: number): AwsAgentVm {
    return new AwsAgentVm(this, `Validator${number}`, {
      network: this.network,
      size: "small",
      zone: zones[number % zones.length],
      units: { validator: { command: ["/usr/bin/node", "/opt/agent/validator.js"] } },
      governance: governance(`validator-${number}`, secret("validators")),
    });
  }

  private addBackups(validators: readonly AwsAgentVm[]): void {
    new AwsBackupPolicy(this, "Backups", {
      sources: [this.memory, ...validators],
      schedules: {
        daily: { frequency: "daily", retentionDays: 30, copyTo: COPIES.map((region) => ({ region })) },
        monthly: { frequency: "monthly", retentionDays: 2557 },
      },
      copyProviders: COPIES.map((region) => new AwsProvider(this, `aws-${region}`, { region, alias: region })),
      restoreTesting: { frequency: "monthly" },
    });
  }
}
