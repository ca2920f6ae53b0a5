import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { providerLiteral } from "../../once";
import { acknowledge } from "../../policy/acknowledge";
import { databaseAddress, machineSettings, type DatabaseSettings } from "../../runtime/machine";
import { agentVmSpec, type AgentVmProps, type AgentVmSpec } from "../../spec/agent-vm";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallRuleProps } from "../../spec/firewall";
import type { IOciBackupSource } from "../backup/backup-source";
import { checkVolumeProtection, volumeProtection, type OciVolumeProtection } from "../backup/volume-protection";
import { CoreInstance, type CoreInstanceAgentConfig } from "../bindings/core-instance";
import { CoreVolume } from "../bindings/core-volume";
import { CoreVolumeAttachment } from "../bindings/core-volume-attachment";
import { compartmentOf } from "../compartment";
import { OciKey } from "../key";
import { OciFirewall } from "../network/firewall";
import type { IOciNetwork } from "../network/network";
import { readDatabaseUser } from "../postgres/database-user";
import type { IOciPostgres } from "../postgres/postgres";
import { OciAgentVmAccess } from "./agent-vm-access";
import { OciAgentVmAlarms } from "./agent-vm-alarms";
import { checkBastion, OciAgentVmBastion, type BastionProps } from "./agent-vm-bastion";
import {
  agentVmLimits,
  checkCandidates,
  defaultCandidates,
  IMAGE_ID,
  shapeConfig,
  SHAPES,
  TENANCY_ID,
  type OciCandidate,
} from "./agent-vm-limits";
import { DATA_DEVICE, machineMetadata } from "./agent-vm-machine";

/** Longest display name. Source: LaunchInstanceDetails and CreateVolumeDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 255;

/** Longest name of a client among the rules of a database, as our firewalls take them. */
const MAX_RULE = 63;

/** The balanced kind of volume, in performance units a GB. */
const BALANCED = "10";

export interface OciAgentVmProps extends Omit<AgentVmProps, "zone"> {
  /** The network it is for; it needs a way out to the internet. */
  readonly network: IOciNetwork;
  /**
   * OCID of an image of Ubuntu 24.04 for the region and architecture; find it at https://docs.oracle.com/en-us/iaas/images/, or with
   * `oci compute image list --operating-system "Canonical Ubuntu" --operating-system-version 24.04 --shape VM.Standard.A1.Flex`.
   * It stays until another one is given, which replaces what is on the system volume.
   */
  readonly imageId: string;
  /**
   * Where the machine may stand, in the order of preference: availability domains with shapes. Whether there is room is known to OCI
   * alone, and only when it is asked for: after "Out of host capacity" deploy again with the next `candidate`.
   * @default - each availability domain of the network with VM.Standard.A1.Flex, or VM.Standard.E5.Flex for amd64
   */
  readonly candidates?: readonly OciCandidate[];
  /**
   * Which of the candidates is taken, counted from 0. Another one replaces the machine, and in another availability domain its data volume
   * as well, which `prevent_destroy` refuses in production.
   * @default 0
   */
  readonly candidate?: number;
  /**
   * OCID of the tenancy, in which the machine's identity is told apart from others.
   * @default - the tenancy of the stack's provider
   */
  readonly tenancyId?: string;
  /**
   * How the data volume is protected beside its backups: by the stack's key, or by a replica in another region, since OCI replicates no volume
   * that has a customer key. A replica costs .0255 USD a GB and month there, and transfer.
   * @default { encryption: "customer-key" }
   */
  readonly dataVolume?: OciVolumeProtection;
  /**
   * A database that the agent may use: its units get `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`,
   * `DATABASE_PASSWORD` and `PGSSLMODE`, and the firewalls of both are opened for each other.
   * @default - none
   */
  readonly database?: IOciPostgres;
  /**
   * The user of the database whose password its secret is.
   * @default - the administrator of an `OciPostgres`; none for a database that is managed elsewhere
   */
  readonly databaseUser?: string;
  /**
   * Where the machine may connect to, by rule name, instead of the default. It needs 443 to OCI's services, to where its software and its
   * governance are, and 80 to the package mirrors of Ubuntu, which speak http only and sign what they hand out.
   * @default - ports 443 and 80 of the internet
   */
  readonly egress?: Readonly<Record<string, FirewallRuleProps<OciFirewall>>>;
  /**
   * A way in for people: a bastion of OCI in front of ssh, which is off without it. To add or remove it replaces the machine.
   * @default - none
   */
  readonly bastion?: BastionProps;
}

/**
 * One instance that runs an agent's programs as sandboxed services, with no way in from the network but a bastion when it is asked for.
 *
 * Creates `oci_core_instance` with network security group, `oci_core_volume` for the data, a dynamic group with policy, and alarms; both
 * volumes are encrypted with the stack's key, at rest and on the way. Units, packages and what else is in the user data replace the
 * instance when they change, and the plan says so; environment, secrets, bundle and tools are in the rest of the metadata, change in place
 * and are taken up within ten minutes by a restart of the units. What has to last is on the data volume.
 * Cost of the defaults (price list of 2024-01-19, all regions, before free allowances): 23.23 USD a month: 18.98 for the small A1 instance,
 * 4.25 for 100 GB of volumes; 42.21 with "medium", 80.17 with "large". Of A1, 2 OCPUs and 12 GB of a tenancy are free (2026-06-15), and
 * 200 GB of volumes.
 * Precondition: a tenancy that pays as it goes. In one that has only free resources OCI stops an A1 instance that is idle for 7 days (CPU,
 * network and memory below 20 %), as a quiet agent is; nothing here keeps it busy on purpose.
 * Not covered: capacity (see `candidates`), logs outside the machine, a replica of the system volume, images of other systems, a way in for
 * people without `bastion`, who have the serial console.
 */
export class OciAgentVm extends Construct implements IOciBackupSource {
  /** The machine after defaults and checks. */
  readonly spec: AgentVmSpec;
  /** The underlying instance. */
  readonly instance: CoreInstance;
  /** The volume at `/var/lib/agent`, which outlives the instance. */
  readonly dataVolume: CoreVolume;
  /** What the machine may do as itself. */
  readonly access: OciAgentVmAccess;
  /** Where the machine may connect to. Nobody may connect to it. */
  readonly firewall: OciFirewall;
  /** The way in for people, when it was asked for. */
  readonly bastion?: OciAgentVmBastion;

  constructor(scope: Construct, id: string, props: OciAgentVmProps) {
    super(scope, id);
    const place = placeOf(props);
    const tenancyId = props?.tenancyId ?? providerLiteral(this, "oci", "tenancyOcid");
    const own: Checked = {};
    this.spec = agentVmSpec(props, specContext<Own>(this, ownProps(props, tenancyId, own)), agentVmLimits(props?.network, place));
    const { agentId } = this.spec.governance;
    claimAgent(this, agentId);
    addLabels(this, { agentId });
    this.firewall = new OciFirewall(this, "Firewall", { network: props.network, egress: props.egress ?? DEFAULT_EGRESS });
    props.database?.allowFrom(this.firewall, physicalName(this, { kind: "firewall rule", maxLength: MAX_RULE }));
    this.dataVolume = this.addDataVolume(props.dataVolume);
    this.instance = this.addInstance(props, place as OciCandidate, own.databaseUser);
    this.attachData();
    if (props.bastion !== undefined) this.bastion = this.addBastion(props.network, props.bastion);
    this.access = new OciAgentVmAccess(this, "Access", {
      spec: this.spec,
      instance: this.instance,
      tenancyId: tenancyId as string,
      moreSecrets: props.database === undefined ? [] : [props.database.secretId],
    });
    new OciAgentVmAlarms(this, "Alarms", { spec: this.spec, instance: this.instance });
  }

  get backupIds(): readonly string[] {
    return [this.instance.bootVolumeId, this.dataVolume.id];
  }

  private addDataVolume(protection: OciVolumeProtection | undefined): CoreVolume {
    const key = OciKey.of(this);
    const policy = key.allow("Volumes", "service blockstorage");
    return new CoreVolume(this, "Data", {
      compartmentId: compartmentOf(this),
      availabilityDomain: this.spec.zone as string,
      displayName: physicalName(this, { kind: "volume", maxLength: MAX_NAME, suffix: "Data" }),
      sizeInGbs: String(this.spec.dataVolumeGiB),
      vpusPerGb: BALANCED,
      dependsOn: [policy],
      ...volumeProtection(protection, key.keyId),
      ...(this.spec.profile === "production" ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  private addInstance(props: OciAgentVmProps, { shape, availabilityDomain }: OciCandidate, databaseUser?: string): CoreInstance {
    const { network, imageId, bastion, database } = props;
    const { spec } = this;
    const settings = machineSettings(spec, DATA_DEVICE, database && databaseSettings(database, databaseUser as string));
    const displayName = physicalName(this, { kind: "instance", maxLength: MAX_NAME });
    const instance = new CoreInstance(this, "Resource", {
      compartmentId: compartmentOf(this),
      availabilityDomain,
      displayName,
      shape,
      shapeConfig: shapeConfig(shape, spec.size),
      state: spec.enabled ? "RUNNING" : "STOPPED",
      createVnicDetails: {
        subnetId: network.subnetId(network.workloadTier),
        assignPublicIp: String(network.egress === "public-ip"),
        nsgIds: [this.firewall.securityGroup.id],
      },
      sourceDetails: {
        sourceType: "image",
        sourceId: imageId,
        bootVolumeSizeInGbs: String(spec.rootVolumeGiB),
        bootVolumeVpusPerGb: BALANCED,
        kmsKeyId: OciKey.of(this).keyId,
      },
      metadata: machineMetadata(this.node.path, spec, settings, bastion && network.cidr),
      agentConfig: agentConfig(bastion !== undefined),
      dependsOn: [OciKey.of(this).allow("Volumes", "service blockstorage")],
      ...HARDENED,
      ...(SHAPES[shape].architecture === "amd64" ? SECURE_BOOT : {}),
    });
    this.say(instance, network, shape);
    return instance;
  }

  /** What follows from the choices of the user, so that reports say why. */
  private say(instance: CoreInstance, network: IOciNetwork, shape: string): void {
    if (network.egress === "public-ip") {
      acknowledge(instance, "machine-not-public", 'egress "public-ip": the address is for outgoing traffic, and no rule lets anyone in');
    }
    acknowledge(instance, "machine-deletion-protected", "replaceable: the data is on a volume of its own");
    if (shape !== "VM.Standard.A1.Flex") return;
    Annotations.of(this).addInfo("needs a tenancy that pays as it goes: in a free one OCI stops an A1 instance that is idle for 7 days");
  }

  private addBastion(network: IOciNetwork, { clientCidrs }: BastionProps): OciAgentVmBastion {
    const subnetId = network.subnetId(network.workloadTier) as string;
    return new OciAgentVmBastion(this, "Bastion", { clientCidrs, subnetId, firewall: this.firewall });
  }

  private attachData(): CoreVolumeAttachment {
    return new CoreVolumeAttachment(this, "DataAttachment", {
      attachmentType: "paravirtualized",
      instanceId: this.instance.id,
      volumeId: this.dataVolume.id,
      device: DATA_DEVICE,
      isPvEncryptionInTransitEnabled: true,
    });
  }
}

/** What every instance has, whatever is asked for. */
const HARDENED = {
  isPvEncryptionInTransitEnabled: true,
  launchOptions: { isPvEncryptionInTransitEnabled: true, isConsistentVolumeNamingEnabled: true, networkType: "PARAVIRTUALIZED" },
  instanceOptions: { areLegacyImdsEndpointsDisabled: true },
  availabilityConfig: { isLiveMigrationPreferred: true, recoveryAction: "RESTORE_INSTANCE" },
};

/** The agent of OCI measures; it manages nothing but the keys of sessions that come through a bastion. */
function agentConfig(bastion: boolean): CoreInstanceAgentConfig {
  const plugins = ["Compute Instance Monitoring", ...(bastion ? ["Bastion"] : [])];
  const pluginsConfig = plugins.map((name) => ({ name, desiredState: "ENABLED" }));
  return { isMonitoringDisabled: false, isManagementDisabled: !bastion, pluginsConfig };
}

/**
 * Secure Boot alone, one of the combinations that virtual machines may have. The provider knows no platform type for A1.
 * Source: https://docs.oracle.com/en-us/iaas/Content/Compute/References/shielded-instances.htm, read 2026-11-21.
 */
const SECURE_BOOT = {
  platformConfig: {
    type: "AMD_VM",
    isSecureBootEnabled: true,
    isMeasuredBootEnabled: false,
    isTrustedPlatformModuleEnabled: false,
  },
};

type Own = Pick<
  OciAgentVmProps,
  "network" | "imageId" | "candidates" | "candidate" | "tenancyId" | "dataVolume" | "database" | "databaseUser" | "egress" | "bastion"
>;

/** What the checks of the own props come to. */
interface Checked {
  databaseUser?: string;
}

function databaseSettings(database: IOciPostgres, user: string): DatabaseSettings {
  return { environment: { ...databaseAddress(database), DATABASE_USER: user }, password: database.secretId };
}

function placeOf(props: OciAgentVmProps | undefined): OciCandidate | undefined {
  const candidates: unknown = props?.candidates ?? defaultCandidates(props?.network, props?.architecture);
  return Array.isArray(candidates) ? (candidates as OciCandidate[])[props?.candidate ?? 0] : undefined;
}

/** The checks of the provider's own props. */
function ownProps(props: OciAgentVmProps, tenancyId: string | undefined, own: Checked): ProviderProps<Own> {
  return {
    network: (check) => check.required("network", "the network that the machine is for"),
    imageId: (check) => void check.text("imageId", { ...IMAGE_ID, tokens: true }),
    candidates: (check) => checkCandidates(check as never, props?.network, props?.architecture),
    candidate: () => undefined,
    tenancyId: (check) => {
      const fix = "give it here, or as tenancyOcid of the provider";
      if (tenancyId === undefined) check.issue("tenancyId", undefined, TENANCY_ID.want, fix);
      else void check.tryText("tenancyId", { ...TENANCY_ID, tokens: true });
    },
    dataVolume: (check) => checkVolumeProtection(check as never, "dataVolume", props?.dataVolume),
    database: () => undefined,
    databaseUser: (check) => void (own.databaseUser = readDatabaseUser(check, props)),
    egress: () => undefined,
    bastion: (check) => checkBastion(check, props?.bastion),
  };
}

const DEFAULT_EGRESS = {
  internet443: { port: 443, peer: "internet", description: "Models, software, governance and OCI services" },
  packages80: { port: 80, peer: "internet", description: "Package mirrors of Ubuntu, which sign their packages" },
} as const;
