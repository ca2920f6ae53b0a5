import { createHash } from "node:crypto";
import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { ReservedIp } from "@cdktf/provider-digitalocean/lib/reserved-ip";
import { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { acknowledge } from "../../policy/acknowledge";
import { databaseAddress, machineSettings, type DatabaseSettings } from "../../runtime/machine";
import type { AgentUnitProps } from "../../spec/agent-unit";
import { agentVmSpec, type AgentVmProps, type AgentVmSpec } from "../../spec/agent-vm";
import { Hidden, isToken, type Check, type KeysOf } from "../../spec/check";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallRuleProps } from "../../spec/firewall";
import type { IDigitalOceanBackupSource } from "../backup/backup-source";
import { DigitalOceanFirewall, type DigitalOceanPeer } from "../network/firewall";
import type { IDigitalOceanNetwork } from "../network/network";
import { readDatabaseUser } from "../postgres/database-user";
import type { IDigitalOceanPostgres } from "../postgres/postgres";
import { DigitalOceanAgentVmAlarms } from "./agent-vm-alarms";
import { agentVmLimits, DROPLET_SIZE, FIELD, IMAGE, LACKS, UBUNTU_IMAGE, type DigitalOceanAgentVmLacking } from "./agent-vm-limits";
import { userData } from "./agent-vm-machine";

/** Longest names: of a volume as the provider's documentation says, of a droplet as the label of a host name. Read 2026-11-21. */
const MAX_VOLUME = 64;
const MAX_DROPLET = 63;

/** A value that is known only after apply, as the engine writes it into text. */
const REFERENCE = /\$\{TfToken\[[^\]]*\]\}/g;

/** Long enough for services to end; a machine that has not shut down by then makes the deletion fail. */
const SHUTDOWN = "10m";

/** Where the machine gets its secrets, and what lets it in the first time. */
export interface SecretExchange {
  /** A server that speaks the API of HashiCorp Vault or OpenBao, as https URL without path. */
  readonly url: string;
  /**
   * A token that opens the vault once, and only for minutes: a wrapped, renewable token whose policy reads this agent's secrets and
   * nothing else, as `vault token create -policy=assistant -period=24h -wrap-ttl=15m` makes it. Make it right before the deployment that
   * makes the machine, and give it as sensitive variable; later deployments ignore its value, so an empty one will do then.
   */
  readonly wrappedToken: string;
}

export interface DigitalOceanAgentVmProps extends Omit<AgentVmProps, DigitalOceanAgentVmLacking | "architecture" | "units"> {
  /** The network it is for; it needs a way out to the internet. */
  readonly network: IDigitalOceanNetwork;
  /**
   * DigitalOcean has no arm64 droplets.
   * @default "amd64"
   */
  readonly architecture?: "amd64";
  /** What runs, by name: each becomes a systemd service `agent-<name>`. A change replaces the machine. */
  readonly units: Readonly<Record<string, Omit<AgentUnitProps, "machineIdentity">>>;
  /** Where the machine gets the reporting key and other secrets: a droplet has no identity of its own that a store would know. */
  readonly secretExchange: SecretExchange;
  /**
   * A database that the agent may use: its units get `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`,
   * `DATABASE_PASSWORD` and `PGSSLMODE`, and the firewalls of both are opened for each other.
   * @default - none
   */
  readonly database?: IDigitalOceanPostgres;
  /**
   * The user of the database that the agent is: one of its `users`, not the administrator.
   * @default - "app", which a database has by default
   */
  readonly databaseUser?: string;
  /**
   * Where the password of that user is in the vault, such as `secret/data/memory#password`. DigitalOcean makes it: put it there once
   * the database is made, because what stands in user data is no secret.
   * @default - none; needed with `database`
   */
  readonly databasePassword?: string;
  /**
   * Where the machine may connect to, by rule name, instead of the default. It needs 443 to where its secrets, software and governance
   * are, 80 to the package mirrors of Ubuntu, which sign what they hand out, 53 to DigitalOcean's resolvers and 123 for the time.
   * @default - ports 443 and 80 of the internet, 53 of the resolvers, 123 of the internet
   */
  readonly egress?: Readonly<Record<string, FirewallRuleProps<DigitalOceanPeer>>>;
  /**
   * Slug or number of an image made from Ubuntu 24.04. A new one replaces the machine.
   * @default "ubuntu-24-04-x64" in its build of the day when the machine is made
   */
  readonly imageId?: string;
  /**
   * Whether the machine is also reached at an address that outlives it. What it sends still comes from the droplet's own address.
   * Nothing may connect to either.
   * @default false
   */
  readonly reservedIp?: boolean;
  /**
   * An https URL that answers while the agent's heartbeats arrive, and fails when they don't, such as a page of the governance collector:
   * DigitalOcean cannot count heartbeats, and asks this address instead.
   * @default - none: the alarm on missing heartbeats is the governance's own
   */
  readonly livenessUrl?: string;
}

/**
 * One droplet that runs an agent's programs as sandboxed services, with no way in from the network.
 *
 * Creates `digitalocean_droplet` with firewall and tag, `digitalocean_volume` for the data, monitor alerts, and `terraform_data` that
 * replaces the droplet when its first start changes; `digitalocean_reserved_ip`, `digitalocean_uptime_check` and `digitalocean_uptime_alert`
 * when asked. All that the machine is told is in its user data, so every change of units, packages, environment, bundle, tools and
 * references to secrets replaces it, and the plan says so; values of secrets are taken up within ten minutes. What has to last is on the
 * data volume.
 * Secrets never pass through Terraform: user data holds a wrapped token that works once and for minutes. The machine unwraps it at its first
 * start and keeps the token that was in it, renewed every ten minutes, where only root can read it. Whoever reads user data later finds a
 * token that is used up; if someone was faster, the machine's own attempt fails and its heartbeats never begin. A machine that was off
 * for longer than the token's period needs a new one, so: a replacement (`terraform apply -replace`).
 * The kill switch `enabled: false` deletes the droplet, because DigitalOcean's provider cannot stop one; the data volume, the firewall and
 * a reserved address stay. Coming back takes a new wrapped token. The token ends with its period, at once when it is revoked in the vault.
 * Cost of the defaults (2026-09, the same in every region): 26.00 USD a month: 24.00 for the small droplet, 2.00 for 20 GiB of volume;
 * 50.00 with "medium", 98.00 with "large"; a reserved address 5.00 while no droplet has it.
 * Not covered: logs outside the machine, a way in for people (there is no session manager, and the password of root is locked), backups of
 * the system volume, IPv6, a private-only droplet: each has a public address, which the firewall closes.
 */
export class DigitalOceanAgentVm extends Construct implements IDigitalOceanBackupSource {
  /** The machine after defaults and checks. */
  readonly spec: AgentVmSpec;
  /** The underlying droplet; with `enabled: false` there are none of it. */
  readonly droplet: Droplet;
  /** The volume at `/var/lib/agent`, which outlives the droplet. */
  readonly dataVolume: Volume;
  /** Where the machine may connect to. Nobody may connect to it. */
  readonly firewall: DigitalOceanFirewall;
  /** The address that outlives the machine, when it was asked for. */
  readonly reservedIp?: ReservedIp;

  constructor(scope: Construct, id: string, props: DigitalOceanAgentVmProps) {
    super(scope, id);
    const own: Checked = {};
    this.spec = agentVmSpec(props, specContext<Own, AgentVmProps>(this, ownProps(props, own), LACKS), agentVmLimits(props?.network));
    const { agentId } = this.spec.governance;
    claimAgent(this, agentId);
    addLabels(this, { agentId });
    this.firewall = new DigitalOceanFirewall(this, "Firewall", { egress: props.egress ?? DEFAULT_EGRESS });
    props.database?.allowFrom(this.firewall);
    this.dataVolume = this.addDataVolume(props.network);
    this.droplet = this.addDroplet(props, own.database);
    if (props.reservedIp === true) this.reservedIp = this.addReservedIp(props.network);
    new DigitalOceanAgentVmAlarms(this, "Alarms", { spec: this.spec, tag: this.firewall.tag, livenessUrl: props.livenessUrl });
  }

  /** With the data volume, so that a policy refuses what it would leave out; for the system volume alone, name `droplet`. */
  get backupResources(): readonly TerraformResource[] {
    return [this.droplet, this.dataVolume];
  }

  private addDataVolume(network: IDigitalOceanNetwork): Volume {
    return new Volume(this, "Data", {
      name: physicalName(this, { kind: "volume", maxLength: MAX_VOLUME, suffix: "Data" }),
      region: network.region,
      size: this.spec.dataVolumeGiB,
      ...(this.spec.profile === "production" ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  private addDroplet({ network, imageId, secretExchange }: DigitalOceanAgentVmProps, database: DatabaseSettings | undefined): Droplet {
    const { path } = this.node;
    const settings = machineSettings(this.spec, this.dataVolume.nameInput as string, database);
    const text = (wrappedToken: string) => userData(path, this.spec, { settings, vault: secretExchange.url, wrappedToken });
    const droplet = new Droplet(this, "Resource", {
      name: physicalName(this, { kind: "droplet", maxLength: MAX_DROPLET }),
      count: this.spec.enabled ? undefined : 0,
      image: imageId ?? UBUNTU_IMAGE,
      size: DROPLET_SIZE[this.spec.size],
      region: network.region,
      vpcUuid: network.vpcId,
      ipv6: false,
      monitoring: true,
      dropletAgent: false,
      gracefulShutdown: true,
      timeouts: { delete: SHUTDOWN },
      volumeIds: [this.dataVolume.id],
      tags: [this.firewall.tag],
      userData: text(secretExchange.wrappedToken),
      lifecycle: { ignoreChanges: ["user_data"], replaceTriggeredBy: [this.addFirstStart(text("given once"))] },
    });
    acknowledge(droplet, "machine-deletion-protected", "replaceable: the data is on a volume of its own");
    return droplet;
  }

  /** The token in the user data is another one each time: only what is around it replaces the machine. */
  private addFirstStart(text: string): string {
    const later = text.match(REFERENCE)?.join("\n");
    const digest = createHash("sha256").update(text.replace(REFERENCE, "")).digest("hex");
    // The engine's own class of this type runs Terraform at every synth, to read its version.
    const firstStart = new TerraformResource(this, "FirstStart", { terraformResourceType: "terraform_data" });
    firstStart.addOverride("triggers_replace", { digest, later });
    return `${firstStart.terraformResourceType}.${firstStart.friendlyUniqueId}`;
  }

  private addReservedIp(network: IDigitalOceanNetwork): ReservedIp {
    const dropletId = this.spec.enabled ? (this.droplet.id as unknown as number) : undefined;
    return new ReservedIp(this, "Address", { region: network.region, dropletId });
  }
}

type Own = Pick<
  DigitalOceanAgentVmProps,
  "network" | "secretExchange" | "database" | "databaseUser" | "databasePassword" | "egress" | "imageId" | "reservedIp" | "livenessUrl"
>;

/** What the checks of the own props come to. */
interface Checked {
  database?: DatabaseSettings;
}

const KNOWN_EXCHANGE = { url: true, wrappedToken: true } satisfies KeysOf<SecretExchange>;

/** The checks of the provider's own props. */
function ownProps(props: DigitalOceanAgentVmProps, own: Checked): ProviderProps<Own> {
  return {
    network: (check) => check.required("network", "the network that the machine is for"),
    secretExchange: (check) => checkExchange(check, props?.secretExchange),
    database: (check) => void (own.database = readDatabase(check, props)),
    databaseUser: () => undefined,
    databasePassword: () => undefined,
    egress: () => undefined,
    imageId: (check) => void check.tryText("imageId", { ...IMAGE, tokens: true }),
    reservedIp: (check) => void check.flag("reservedIp", false),
    livenessUrl: (check) => void check.tryText("livenessUrl", { pattern: /^https:\/\/[^\s"']+$/, want: "an https URL" }),
  };
}

function readDatabase<P extends Own>(check: Check<P>, props: P | undefined): DatabaseSettings | undefined {
  const user = readDatabaseUser(check as never, props);
  const { database, databasePassword } = props ?? {};
  if (database !== undefined) {
    const password = (check as unknown as Check<Own>).text("databasePassword", FIELD);
    return { environment: { ...databaseAddress(database), DATABASE_USER: user as string }, password };
  }
  if (databasePassword !== undefined) {
    (check as unknown as Check<Own>).issue("databasePassword", databasePassword, "nothing without database", "give database too");
  }
  return undefined;
}

function checkExchange<P extends object>(parent: Check<P>, given: SecretExchange): void {
  const check = parent.nested<SecretExchange>("secretExchange", given, KNOWN_EXCHANGE);
  check.text("url", { pattern: /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/, want: "an https URL without path" });
  const token: unknown = given?.wrappedToken;
  if (typeof token === "string" && isToken(token)) return;
  const got = typeof token === "string" ? new Hidden("a literal (hidden, because it may be a secret)") : token;
  const fix = 'use new TerraformVariable(stack, "WrappedToken", { sensitive: true })';
  check.issue("wrappedToken", got, "the wrapped token as sensitive variable", fix);
}

/** DigitalOcean's firewalls see the questions to its resolvers too. Source: https://docs.digitalocean.com/products/networking/dns/, read 2026-11-21. */
const DEFAULT_EGRESS = {
  internet443: { port: 443, peer: "internet", description: "Models, software, governance and secrets" },
  packages80: { port: 80, peer: "internet", description: "Package mirrors of Ubuntu, which sign their packages" },
  names53: { port: 53, protocol: "udp", peer: { cidr: "67.207.67.2/31" }, description: "Resolvers of DigitalOcean" },
  longNames53: { port: 53, peer: { cidr: "67.207.67.2/31" }, description: "Resolvers of DigitalOcean, long answers" },
  time123: { port: 123, protocol: "udp", peer: "internet", description: "Time servers of Ubuntu" },
} as const;
