import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { addLabels, govern, type GovernanceProps } from "cdktf-governed-agents";
import {
  aws,
  AwsAgentService,
  AwsAgentVm,
  AwsAlarms,
  AwsBackupPolicy,
  AwsFirewall,
  AwsLoadBalancer,
  AwsNetwork,
  AwsPostgres,
} from "cdktf-governed-agents/aws";
import { Construct } from "constructs";
import { IMAGES, LABELS } from "./labels";

export interface AwsAgentPlatformProps {
  /** Host name of the agents. */
  readonly domain: string;
  /** Route 53 hosted zone of the domain. */
  readonly zoneId: string;
  /** Who is called when an alarm rings. */
  readonly onCall: string;
  /** ARN of the reporting keys, without the part that names the agent. */
  readonly secrets: string;
  /** The provider of the region that gets a copy of every backup. */
  readonly copyProvider: (stack: TerraformStack) => AwsProvider;
}

/** Everything AWS has for agents in one stack: a public service with canary deployments, a private one, a machine, their memory and its backups. */
export class AwsAgentPlatform extends TerraformStack {
  private readonly network: AwsNetwork;
  private readonly memory: AwsPostgres;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AwsAgentPlatformProps,
  ) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const zones = ["us-east-1a", "us-east-1b"];
    this.network = new AwsNetwork(this, "Network", {
      cidr: "10.20.0.0/16",
      zones,
      egress: "nat-gateway-per-zone",
      interfaceEndpoints: ["secretsmanager"],
    });
    this.memory = new AwsPostgres(this, "Memory", { network: this.network, version: "16", size: "small", storageGiB: 20, readReplicas: 1 });
    this.addHub();
    this.addResearcher();
    const scout = this.addScout();
    this.addBackups(scout);
    new AwsFirewall(this, "Tools", {
      network: this.network,
      ingress: { agents: { port: 8443, peer: { cidr: "10.20.64.0/18" }, description: "Tools that run beside the agents" } },
    });
    AwsAlarms.of(this).addEmail(props.onCall);
    govern(this, {
      providers: [aws],
      labels: LABELS,
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      policy: {},
    });
  }

  /** The public door: WebSocket clients, new versions tried on a tenth of the traffic. */
  private addHub(): void {
    const edge = new Construct(this, "Edge");
    addLabels(edge, { layer: "interface" });
    const balancer = new AwsLoadBalancer(edge, "Front", {
      network: this.network,
      exposure: "public",
      domain: this.props.domain,
      zoneId: this.props.zoneId,
      websocket: true,
    });
    new AwsAgentService(edge, "Hub", {
      network: this.network,
      image: IMAGES.hub,
      port: 8443,
      size: "large",
      replicas: { min: 2, max: 10, cpuPercent: 70, memoryPercent: 80 },
      sidecars: {
        registry: {
          image: IMAGES.registry,
          vcpu: 0.5,
          memoryMiB: 1024,
        },
      },
      database: this.memory,
      balancer: { balancer, paths: ["/api/v1/*", "/ws/*"] },
      rollout: { canary: { percent: 10, minutes: 15 } },
      governance: this.governance("hub"),
    });
  }

  private addResearcher(): void {
    new AwsAgentService(this, "Researcher", {
      network: this.network,
      image: IMAGES.researcher,
      replicas: { min: 1, max: 4, cpuPercent: 70 },
      environment: { LOG_LEVEL: "info" },
      secrets: { MODEL_API_KEY: `${this.props.secrets}/model-AbCdEf` },
      database: this.memory,
      governance: this.governance("researcher"),
    });
  }

  private addScout(): AwsAgentVm {
    return new AwsAgentVm(this, "Scout", {
      network: this.network,
      size: "small",
      units: { watcher: { command: ["/usr/bin/node", "/opt/agent/watcher.js"] } },
      governance: this.governance("scout"),
    });
  }

  private addBackups(scout: AwsAgentVm): void {
    new AwsBackupPolicy(this, "Backups", {
      sources: [this.memory, scout],
      schedules: {
        daily: { frequency: "daily", retentionDays: 35, copyTo: [{ region: "eu-west-1" }] },
        monthly: { frequency: "monthly", retentionDays: 365 },
      },
      copyProviders: [this.props.copyProvider(this)],
      restoreTesting: { frequency: "monthly" },
    });
  }

  private governance(agentId: string): GovernanceProps {
    return {
      endpoint: "https://governance.acme.dev",
      agentId,
      governanceId: "gov-7",
      keySecret: `${this.props.secrets}/${agentId}-AbCdEf`,
    };
  }
}
