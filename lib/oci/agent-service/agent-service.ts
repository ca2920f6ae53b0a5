import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { acknowledge } from "../../policy/acknowledge";
import { agentServiceSpec, type AgentServiceProps, type WholeAgentServiceSpec } from "../../spec/agent-service";
import type { SidecarProps } from "../../spec/container";
import { placeOf } from "../../spec/surrounding";
import { specContext, type Lacks } from "../../spec/context";
import type { HttpHealthProps } from "../../spec/http-health";
import type { Size } from "../../spec/shape";
import { ContainerInstancesContainerInstance } from "../bindings/container-instances-container-instance";
import type { IdentityDynamicGroup } from "../bindings/identity-dynamic-group";
import type { IdentityPolicy } from "../bindings/identity-policy";
import { compartmentOf } from "../compartment";
import type { OciBalancerRoute } from "../load-balancer/balancer-route";
import { OciFirewall } from "../network/firewall";
import type { IOciNetwork } from "../network/network";
import type { IOciPostgres } from "../postgres/postgres";
import { containerInstanceLimits, SHAPES, INNER_REGISTRY } from "./container-instances";
import { addServiceAlarms } from "./service-alarms";
import { containers, secretFiles, volumes } from "./service-containers";
import { addIdentity, addPolicy, addPullers, readSecrets } from "./service-identity";
import { egressRules, ownProps, sidecarLacks, tenancyOf, type OciServiceRouteProps, type Own, type OwnSpec } from "./service-place";

/** Longest display name, and longest name of a firewall rule. Source: CreateContainerInstanceDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 255;
const MAX_RULE = 63;

/** Fault domains of every availability domain. Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm, read 2026-11-21. */
const FAULT_DOMAINS = 3;

/** Seconds from the signal to end until the end. */
const SHUTDOWN_SECONDS = "30";

type Lacking = "secrets" | "healthCommand" | "ephemeralStorageGiB" | "rollout" | "logRetentionDays";
type SidecarLacking = "secrets" | "healthCommand" | "essential";

const NO_ENVIRONMENT = "container instances put no secrets into the environment (use secretFiles)";
const NO_COMMANDS = "container instances ask over HTTP or TCP only (use health)";

const LACKS = {
  secrets: NO_ENVIRONMENT,
  healthCommand: NO_COMMANDS,
  ephemeralStorageGiB: "every container instance has 15 GB",
  rollout: "Terraform replaces container instances itself: all new copies first, then all old ones go",
  logRetentionDays: "OCI keeps the last lines of a container only, and sends them nowhere",
} satisfies Record<Lacking, string> & Lacks<AgentServiceProps>;

const SIDECAR_LACKS = {
  secrets: "container instances put no secrets into the environment",
  healthCommand: "container instances ask over HTTP or TCP only",
  essential: "a container that stops is started again, and the others go on",
} satisfies Record<SidecarLacking, string>;

export interface OciAgentServiceProps extends Omit<AgentServiceProps<OciFirewall>, Lacking | "replicas" | "sidecars"> {
  /** The network it runs in. */
  readonly network: IOciNetwork;
  /** Copies that run, 1 to 50: OCI does not scale container instances by load. They are spread over availability and fault domains. */
  readonly replicas: number;
  /**
   * CPU and memory of each copy on arm64: small 1 vCPU and 1 GiB, medium 1 and 2, large 2 and 4; on amd64, where an OCPU is two vCPUs,
   * small 2 and 1, medium 2 and 2, large 2 and 4.
   * @default "small"
   */
  readonly size?: Size;
  /**
   * Containers beside the agent, by name. Their shares are taken from the size; the agent has the rest.
   * @default {}
   */
  readonly sidecars?: Readonly<Record<string, Omit<SidecarProps, SidecarLacking>>>;
  /**
   * Secrets that the agent reads from files: the OCID of a secret in the service's compartment for each name. `LLM_KEY` is the file
   * `/run/secrets/LLM_KEY`, which the variable `LLM_KEY_FILE` names too. Files are in memory, and follow the vault within five minutes.
   * @default {}
   */
  readonly secretFiles?: Readonly<Record<string, string>>;
  /**
   * A request to `port` that tells whether the agent is healthy; when it is not, its container is started again.
   * @default - it is healthy when it takes connections on the port
   */
  readonly health?: HttpHealthProps;
  /**
   * OCID of the tenancy, in which dynamic groups have to be made: the one under "Tenancy details" of the console.
   * @default - that of the provider, when it is a literal there
   */
  readonly tenancyId?: string;
  /**
   * A database that the agent may use: it gets `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`, `PGSSLMODE` and, as path of a
   * file, `DATABASE_PASSWORD_FILE`.
   * @default - none
   */
  readonly database?: IOciPostgres;
  /**
   * The user of the database whose password its secret is.
   * @default - the administrator of an OciPostgres
   */
  readonly databaseUser?: string;
  /**
   * A load balancer that leads requests for some hosts or paths to `port`.
   * @default - none: nobody can connect to the agent
   */
  readonly balancer?: OciServiceRouteProps;
}

export interface OciAgentServiceSpec extends Omit<WholeAgentServiceSpec, "profile" | "rollout" | "logRetentionDays">, OwnSpec {
  /** Copies that run when it is enabled. */
  readonly copies: number;
}

/**
 * An agent that runs in container instances without machines to look after, reports to its governance, and can be switched off.
 *
 * Creates `oci_container_instances_container_instance` for each copy, spread over availability and fault domains, a firewall, a dynamic group with
 * a policy, three alarms, and a backend for each copy when a load balancer leads to it. Cost of the defaults (small, arm64): 8.40 USD a
 * month for each copy in all regions (price list of 2024-01-19: .01 an OCPU-hour, .0015 a GB-hour); amd64 19.35.
 * Container instances rather than an instance pool: an agent waits for language models most of the time, so that load scales it little, and a
 * pool would need an image of its own, an operating system to patch and a container runtime that reads the secrets as the machine does.
 * Container "governance-key" reads the secrets with the identity of the instance, into memory; all others have no identity, and the agent one
 * only once it is allowed something. All containers start at once: an agent that does not find a file yet waits, or ends and is started
 * again. A new version replaces all copies, new ones first. Switched off the copies are stopped and not charged, and what let them read secrets
 * is gone. Root file systems are read-only; `/tmp` is writable and lost with the copy.
 * Not covered: scaling by load, canaries, logs (OCI keeps the last lines of a container and sends them nowhere, so that nothing at OCI can
 * count heartbeats: the governance's collector raises that alarm), commands as health checks.
 */
export class OciAgentService extends Construct {
  /** The service after defaults and checks. */
  readonly spec: OciAgentServiceSpec;
  /** The underlying container instances, one for each copy. */
  readonly instances: readonly ContainerInstancesContainerInstance[];
  /** Where it may connect to, and who may connect. */
  readonly firewall: OciFirewall;
  /** The agent's own identity at OCI; `allow` adds to it. */
  readonly identity: IdentityDynamicGroup;
  /** The route of the load balancer, when there is one. */
  readonly route?: OciBalancerRoute;
  private readonly name: string;
  private readonly allowed: string[] = [];

  constructor(scope: Construct, id: string, props: OciAgentServiceProps) {
    super(scope, id);
    this.spec = this.readSpec(props);
    const { enabled, governance, registrySecret } = this.spec;
    claimAgent(this, governance.agentId);
    addLabels(this, { agentId: governance.agentId });
    this.name = physicalName(this, { kind: "container instance", maxLength: MAX_NAME });
    this.firewall = new OciFirewall(this, "Firewall", { network: props.network, egress: egressRules(props, this.spec) });
    props.database?.allowFrom(this.firewall, physicalName(this, { kind: "firewall rule", maxLength: MAX_RULE }));
    const tenancyId = tenancyOf(this, props) ?? (props.tenancyId as string);
    const pullers = registrySecret === undefined ? undefined : addPullers(this, tenancyId, registrySecret);
    this.instances = Array.from({ length: this.spec.copies }, (_, index) => this.addCopy(index, props, pullers));
    const ids = this.instances.map((instance) => instance.id);
    this.identity = addIdentity(this, tenancyId, governance.agentId, ids);
    if (enabled) {
      const secrets = Object.values(secretFiles(this.spec, props.database));
      const statement = readSecrets(this.identity.name, compartmentOf(this), secrets);
      addPolicy(this, "ReadSecrets", `Lets agent ${governance.agentId} read its secrets`, [statement]);
    }
    addServiceAlarms(this, this.spec, this.name);
    this.route = this.tryRoute(props);
  }

  /** Private addresses of the copies. */
  get privateIps(): readonly string[] {
    return this.instances.map((instance) => instance.vnics.get(0).privateIp);
  }

  /**
   * Lets the agent do something at OCI, unless it is switched off.
   * @param name becomes part of a resource id
   * @param permissions what stands behind "to" in a statement of a policy, such as "read objects in compartment id ocid1.compartment.oc1..aaaaexample"
   */
  allow(name: string, permissions: readonly string[]): void {
    this.allowed.push(name);
    if (!this.spec.enabled) return;
    const statements = permissions.map((permission) => `Allow dynamic-group ${this.identity.name} to ${permission}`);
    addPolicy(this, `Allow-${name}`, `Lets agent ${this.spec.governance.agentId}: ${name}`, statements);
  }

  private readSpec(props: OciAgentServiceProps): OciAgentServiceSpec {
    const own: { -readonly [K in keyof OwnSpec]?: OwnSpec[K] } = {};
    const lacks = { ...LACKS, ...sidecarLacks(props, SIDECAR_LACKS) };
    const context = specContext<Own>(this, ownProps(this, props, own), lacks);
    const limits = containerInstanceLimits(props?.architecture === "amd64" ? "amd64" : "arm64");
    const spec = agentServiceSpec(props as never, context, limits, placeOf(props, INNER_REGISTRY)) as WholeAgentServiceSpec;
    return { ...spec, ...(own as OwnSpec), profile: undefined, copies: props.replicas } as OciAgentServiceSpec;
  }

  /** A copy's place depends on its number alone, so that more copies never move one. */
  private addCopy(index: number, props: OciAgentServiceProps, pullers?: IdentityPolicy): ContainerInstancesContainerInstance {
    const { spec } = this;
    const { network, database } = props;
    const domains = network.availabilityDomains;
    const shape = SHAPES[spec.architecture];
    const instance = new ContainerInstancesContainerInstance(this, `Copy${index + 1}`, {
      compartmentId: compartmentOf(this),
      displayName: this.name,
      availabilityDomain: domains[index % domains.length] as string,
      faultDomain: `FAULT-DOMAIN-${(Math.floor(index / domains.length) % FAULT_DOMAINS) + 1}`,
      state: spec.enabled ? "ACTIVE" : "INACTIVE",
      shape: shape.name,
      shapeConfig: { ocpus: spec.vcpu / shape.vcpuPerOcpu, memoryInGbs: spec.memoryMiB / 1024 },
      containerRestartPolicy: "ALWAYS",
      gracefulShutdownTimeoutInSeconds: SHUTDOWN_SECONDS,
      vnics: [
        {
          subnetId: network.subnetId(network.workloadTier) as string,
          nsgIds: [this.firewall.securityGroup.id],
          isPublicIpAssigned: spec.publicIp,
        },
      ],
      containers: containers(spec, { database, withoutIdentity: Lazy.anyValue({ produce: () => this.allowed.length === 0 }) }),
      volumes: volumes(spec),
      imagePullSecrets: pullSecrets(spec),
      dependsOn: pullers && [pullers],
      lifecycle: { createBeforeDestroy: true },
    });
    if (spec.publicIp)
      acknowledge(
        instance,
        "service-not-public",
        'egress "public-ip": the address is for outgoing traffic; the firewall lets only the balancer in',
      );
    return instance;
  }

  private tryRoute({ balancer: given }: OciAgentServiceProps): OciBalancerRoute | undefined {
    if (given === undefined) return undefined;
    const { balancer, ...props } = given;
    const route = balancer.addRoute(this, "Route", { ...props, port: this.spec.agent.port as number, targets: this.firewall });
    this.privateIps.forEach((ip, index) => route.addBackend(`Copy${index + 1}`, ip));
    return route;
  }
}

/** Sign-in to the registry of the agent's image. */
function pullSecrets({ agent, registrySecret }: OciAgentServiceSpec) {
  if (registrySecret === undefined) return undefined;
  const [host = ""] = agent.image.split("/");
  return [{ secretType: "VAULT", secretId: registrySecret, registryEndpoint: /[.:]/.test(host) ? host : "docker.io" }];
}
