import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Ec2InstanceState } from "@cdktf/provider-aws/lib/ec2-instance-state";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { databaseAddress, machineSettings, type DatabaseSettings } from "../../runtime/machine";
import { acknowledge, acknowledgeSandbox } from "../../policy/acknowledge";
import { agentVmSpec, type AgentVmProps, type AgentVmSpec } from "../../spec/agent-vm";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallRuleProps } from "../../spec/firewall";
import { AwsAgentVmAlarms } from "./agent-vm-alarms";
import { agentVmLimits, AMI_ID, CPU_CREDITS, INSTANCE_TYPE, UBUNTU_IMAGE } from "./agent-vm-limits";
import { settingsValue, userData } from "./agent-vm-machine";
import { addMachineRole, denyAll } from "./agent-vm-role";
import type { IAwsBackupSource } from "../backup/backup-source";
import { AwsFirewall } from "../network/firewall";
import { AwsHeartbeatAlarm } from "../heartbeat-alarm";
import { AwsKey } from "../key";
import { AwsLogGroup } from "../log-group";
import type { IAwsNetwork } from "../network/network";
import type { IAwsPostgres } from "../postgres/postgres";

/** Longest names. Sources: IAM quotas, Systems Manager quotas, read 2026-11-21. */
const MAX_PROFILE = 128;
const MAX_PARAMETER_NAME = 1011;

/** Governance records are kept for a year. */
const LOG_RETENTION_DAYS = 365;

export interface AwsAgentVmProps extends AgentVmProps {
  /** The network it is for; it needs a way out to the internet. */
  readonly network: IAwsNetwork;
  /**
   * A database that the agent may use: its units get `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`,
   * `DATABASE_PASSWORD` and `PGSSLMODE`, and the firewalls of both are opened for each other.
   * @default - none
   */
  readonly database?: IAwsPostgres;
  /**
   * Where the machine may connect to, by rule name, instead of the default. It needs 443 to AWS services, to where its software and its
   * governance are, and 80 to the package mirrors of Ubuntu, which speak http only and sign what they hand out.
   * @default - ports 443 and 80 of the internet
   */
  readonly egress?: Readonly<Record<string, FirewallRuleProps<AwsFirewall>>>;
  /**
   * An image of your own, made from Ubuntu 24.04. A new one replaces the machine.
   * @default - the current Ubuntu 24.04 of Canonical when the machine is made; later ones are left alone
   */
  readonly imageId?: string;
  /**
   * Whether a machine in production may be ended, so without its termination protection. Set it and deploy before a change that replaces
   * the machine: versions of the Terraform provider from 6 on refuse to end a protected one, earlier ones lift the protection themselves.
   * @default false
   */
  readonly replaceable?: boolean;
}

/**
 * One machine that runs an agent's programs as sandboxed services, with no way in from the network: people use the session manager.
 *
 * Creates `aws_instance` with role, profile and firewall, `aws_ebs_volume` for the data, `aws_ssm_parameter` with its settings, a log
 * group, and alarms. Instance and role are replaced or changed freely: what has to last is on the data volume. Units, packages and what
 * else is in the user data replace the machine when they change, and the plan says so; environment, secrets, bundle and tools are taken
 * up within ten minutes by a restart of the units.
 * Cost of the defaults in us-east-1 (2026-07): 31.83 USD a month: 24.53 for the small instance, 3.20 for 40 GiB of volumes, 3.30 for
 * metrics, .80 for alarms; 113.15 with "medium" and 219.00 with "large", at two and four times the price of a c7g.large; logs .50 a GB;
 * the stack's key is 1.00 once, a public address 3.65.
 * "small" is a burstable type: it may use a fifth of its CPU for ever and more while its credits last, and never costs more than this.
 * Not covered: more than one machine, images of other systems, updates of the CloudWatch agent after the first start, GPU; the default
 * reporter tells that the machine lives and not what its units do.
 */
export class AwsAgentVm extends Construct implements IAwsBackupSource {
  /** The machine after defaults and checks. */
  readonly spec: AgentVmSpec;
  /** The underlying instance. */
  readonly instance: Instance;
  /** The volume at `/var/lib/agent`, which outlives the instance. */
  readonly dataVolume: EbsVolume;
  /** The role of the machine; give it more with `addPolicy` when a unit with `machineIdentity` needs it. */
  readonly role: IamRole;
  /** Where the machine may connect to. Nobody may connect to it. */
  readonly firewall: AwsFirewall;
  /** What the machine fetches at every start and every ten minutes. */
  readonly settings: SsmParameter;
  /** Where the logs of units and reporter arrive. */
  readonly logs: AwsLogGroup;

  constructor(scope: Construct, id: string, props: AwsAgentVmProps) {
    super(scope, id);
    this.spec = agentVmSpec(props, specContext<Own>(this, OWN_PROPS), agentVmLimits(props?.network));
    claimAgent(this, this.spec.governance.agentId);
    addLabels(this, { agentId: this.spec.governance.agentId });
    this.firewall = new AwsFirewall(this, "Firewall", { network: props.network, egress: props.egress ?? DEFAULT_EGRESS });
    props.database?.allowFrom(this.firewall, physicalName(this, { kind: "database client", maxLength: 50 }));
    this.logs = new AwsLogGroup(this, "Logs", { retentionDays: LOG_RETENTION_DAYS });
    this.dataVolume = this.addDataVolume();
    this.settings = this.addSettings(props.database);
    this.role = addMachineRole(this, "Role", {
      spec: this.spec,
      settingsArn: this.settings.arn,
      logGroupArn: this.logs.group.arn,
      moreSecrets: props.database === undefined ? [] : [props.database.secretArn],
    });
    this.instance = this.addInstance(props);
    const attachment = this.attachData();
    this.addSwitch(attachment);
    new AwsAgentVmAlarms(this, "Alarms", { spec: this.spec, instance: this.instance });
    const { governance, enabled } = this.spec;
    new AwsHeartbeatAlarm(this, "Heartbeat", { governance, logGroup: this.logs.group, enabled });
  }

  get backupArns(): readonly string[] {
    return [this.dataVolume.arn];
  }

  /** Every machine at AWS stands in a zone. */
  private get zone(): string {
    return this.spec.zone as string;
  }

  private addDataVolume(): EbsVolume {
    const production = this.spec.profile === "production";
    return new EbsVolume(this, "Data", {
      availabilityZone: this.zone,
      size: this.spec.dataVolumeGiB,
      type: "gp3",
      encrypted: true,
      kmsKeyId: AwsKey.of(this).arn,
      finalSnapshot: production,
      tags: { Name: `${this.node.path}/data` },
      ...(production ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  private addSettings(database: IAwsPostgres | undefined): SsmParameter {
    const settings = machineSettings(this.spec, this.dataVolume.id, database === undefined ? undefined : databaseSettings(database));
    return new SsmParameter(this, "Settings", {
      name: physicalName(this, { kind: "parameter", prefix: "/governed-agents/", maxLength: MAX_PARAMETER_NAME }),
      description: `Settings of ${this.node.path}, without secrets`.slice(0, 1024),
      type: "SecureString",
      tier: "Intelligent-Tiering",
      keyId: AwsKey.of(this).arn,
      value: settingsValue(this.node.path, settings),
    });
  }

  private addInstance({ network, imageId, replaceable = false }: AwsAgentVmProps): Instance {
    const { spec } = this;
    const profile = new IamInstanceProfile(this, "Profile", {
      name: physicalName(this, { kind: "instance profile", maxLength: MAX_PROFILE }),
      role: this.role.name,
    });
    const instance = new Instance(this, "Resource", {
      ami: imageId ?? new DataAwsSsmParameter(this, "Image", { name: UBUNTU_IMAGE[spec.architecture] }).insecureValue,
      instanceType: INSTANCE_TYPE[spec.architecture][spec.size],
      availabilityZone: this.zone,
      subnetId: network.subnetIds(network.workloadTier)[network.zones.indexOf(this.zone)],
      associatePublicIpAddress: network.egress === "public-ip",
      vpcSecurityGroupIds: [this.firewall.securityGroup.id],
      iamInstanceProfile: profile.name,
      disableApiTermination: spec.profile === "production" && !replaceable,
      ebsOptimized: true,
      monitoring: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1, instanceMetadataTags: "disabled" },
      maintenanceOptions: { autoRecovery: "default" },
      creditSpecification: CPU_CREDITS[spec.architecture][spec.size],
      rootBlockDevice: { encrypted: true, kmsKeyId: AwsKey.of(this).arn, volumeType: "gp3", volumeSize: spec.rootVolumeGiB },
      userDataBase64: userData(this.node.path, spec, {
        settings: this.settings.nameInput as string,
        logGroup: this.logs.group.nameInput as string,
      }),
      userDataReplaceOnChange: true,
      tags: { Name: this.node.path },
      lifecycle: imageId === undefined ? { ignoreChanges: ["ami"] } : undefined,
    });
    this.acknowledgeChoices(instance, network, replaceable);
    return instance;
  }

  /** What follows from the choices of the user, so that reports say why. */
  private acknowledgeChoices(instance: Instance, network: IAwsNetwork, replaceable: boolean): void {
    if (network.egress === "public-ip") {
      acknowledge(instance, "machine-not-public", 'egress "public-ip": the address is for outgoing traffic, and no rule lets anyone in');
    }
    if (replaceable) acknowledge(instance, "machine-deletion-protected", "replaceable: the data is on a volume of its own, which is kept");
    else acknowledgeSandbox(instance, this.spec.profile, ["machine-deletion-protected"]);
  }

  private attachData(): VolumeAttachment {
    return new VolumeAttachment(this, "DataAttachment", {
      deviceName: "/dev/sdf",
      instanceId: this.instance.id,
      volumeId: this.dataVolume.id,
      stopInstanceBeforeDetaching: true,
    });
  }

  /** The kill switch: a stopped machine, whose role is denied everything in case somebody starts it. */
  private addSwitch(attachment: VolumeAttachment): void {
    new Ec2InstanceState(this, "State", {
      instanceId: this.instance.id,
      state: this.spec.enabled ? "running" : "stopped",
      dependsOn: [attachment],
    });
    if (!this.spec.enabled) denyAll(this, "Stopped", this.role);
  }
}

type Own = Pick<AwsAgentVmProps, "network" | "database" | "egress" | "imageId" | "replaceable">;

const OWN_PROPS: ProviderProps<Own> = {
  network: (check) => check.required("network", "the network that the machine is for"),
  database: () => undefined,
  egress: () => undefined,
  imageId: (check) => void check.tryText("imageId", { ...AMI_ID, tokens: true }),
  replaceable: (check) => void check.flag("replaceable", false),
};

const DEFAULT_EGRESS = {
  internet443: { port: 443, peer: "internet", description: "Models, software, governance and AWS services" },
  packages80: { port: 80, peer: "internet", description: "Package mirrors of Ubuntu, which sign their packages" },
} as const;

function databaseSettings(database: IAwsPostgres): DatabaseSettings {
  return { environment: databaseAddress(database), secret: database.secretArn };
}
