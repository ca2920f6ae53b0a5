import { App, type AppSpec, type AppSpecService } from "@cdktf/provider-digitalocean/lib/app";
import { Construct } from "constructs";
import { claimAgent } from "../../agents";
import { addLabels } from "../../labels";
import { physicalName } from "../../names";
import { agentServiceSpec, type AgentServiceProps, type AgentServiceSpec } from "../../spec/agent-service";
import type { ContainerSpec } from "../../spec/container";
import { specContext, type Lacks } from "../../spec/context";
import type { HttpHealthSpec } from "../../spec/http-health";
import type { ReplicasProps } from "../../spec/replicas";
import type { Size } from "../../spec/shape";
import type { IDigitalOceanNetwork } from "../network/network";
import type { IDigitalOceanPostgres } from "../postgres/postgres";
import type { AppCpu } from "./app-platform";
import { serviceAlarms } from "./service-alarms";
import { component, databaseComponent } from "./service-containers";
import { limitsOf, ownProps, placeOf, type AppRouteProps, type Own, type OwnSpec } from "./service-place";

/** Longest name of an app. Source: digitalocean_app in the provider's source, read 2026-11-21. */
const MAX_NAME = 32;

type Lacking = "sidecars" | "reporter" | "user" | "healthCommand" | "ephemeralStorageGiB" | "egress" | "logRetentionDays";

const LACKS = {
  sidecars: "App Platform runs no containers that share files or a network side by side",
  reporter: "App Platform has no containers beside the agent: the reporter runs in the agent's own",
  user: "App Platform runs an image as the user that it names",
  healthCommand: "App Platform asks over HTTP only (use route.health)",
  ephemeralStorageGiB: "every copy on App Platform has 2 GiB",
  egress: "App Platform does not limit outgoing connections",
  logRetentionDays: "App Platform does not say for how long it keeps logs",
  "replicas.memoryPercent": "App Platform scales by CPU only",
} satisfies Record<Lacking, string> & Lacks<AgentServiceProps> & Record<string, string>;

export interface DigitalOceanAgentServiceProps extends Omit<
  AgentServiceProps,
  Lacking | "replicas" | "command" | "architecture" | "rollout"
> {
  /** The network that it joins: it decides the region, and leads to databases and droplets there. */
  readonly network: IDigitalOceanNetwork;
  /**
   * What runs in the image, in full: the reporter starts it, and cannot know what the image would do by itself. The image needs Node 20 or
   * newer as `node` for the reporter.
   */
  readonly command: readonly string[];
  /** How many copies run; with different limits they are scaled by CPU, which needs `cpu: "dedicated"`. 1 to 250. */
  readonly replicas: Omit<ReplicasProps, "memoryPercent">;
  /**
   * CPU and memory of each copy: small 1 vCPU and 1 GiB, medium 1 and 2, large 2 and 4.
   * @default "small"
   */
  readonly size?: Size;
  /**
   * Whether the CPUs are shared with other customers; dedicated ones cost about three times as much, and only they can be scaled.
   * @default "shared"
   */
  readonly cpu?: AppCpu;
  /**
   * App Platform has no other.
   * @default "amd64"
   */
  readonly architecture?: "amd64";
  /**
   * App Platform starts the new version beside the old one, which stays when the new one fails; it does not split traffic between them.
   * @default "rolling"
   */
  readonly rollout?: "rolling";
  /**
   * A database that the agent may use: it gets `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`, `DATABASE_USER`, `DATABASE_PASSWORD` and `PGSSLMODE`.
   * @default - none
   */
  readonly database?: IDigitalOceanPostgres;
  /**
   * The user of the database that the agent is: one of its `users`, not the administrator.
   * @default - "app", which a database has by default
   */
  readonly databaseUser?: string;
  /**
   * Whether connections to the internet come from addresses of this app alone, so that others can let them in; it costs extra.
   * @default false
   */
  readonly dedicatedEgress?: boolean;
  /**
   * Lets the whole internet reach `port`.
   * @default - none: nobody can connect to the agent
   */
  readonly route?: AppRouteProps;
}

export interface DigitalOceanAgentServiceSpec
  extends Omit<AgentServiceSpec, "profile" | Exclude<Lacking, "user" | "healthCommand">>, OwnSpec {
  readonly agent: ContainerSpec & { readonly command: readonly string[] };
  /** Copies that run when it is enabled. */
  readonly copies: { readonly min: number; readonly max: number };
}

/**
 * An agent that runs on App Platform, reports to its governance, and can be switched off.
 *
 * Creates `digitalocean_app` with one component: a service when it has a port, else a worker. Cost of the defaults (small, shared CPUs):
 * 12 USD a month for each copy in all regions (price list of 2025-09-25); 34 with dedicated CPUs. Dedicated egress costs extra, and has no
 * price in the book.
 * App Platform has no files to mount and no containers side by side, so a small script in the agent's own container writes the reporting
 * key to GOVERNANCE_KEY_FILE, starts the agent without the key in its environment, and sends heartbeats while the agent's process runs.
 * So a heartbeat says that the process runs and that the container reaches the governance; agent and reporter share user and files, and an agent
 * that is taken over can send them too. DigitalOcean cannot count heartbeats: the governance's collector raises the alarm.
 * Secrets come from sensitive Terraform variables or attributes and are in the state; DigitalOcean encrypts them for the app, and the provider
 * then shows a change at every plan until the encrypted value, "EV[1:...]", is given instead.
 * Switched off it is archived: no copy runs and none is charged, dedicated egress and databases are.
 * Not covered: liveness checks, minimum TLS version and logs to other places (the provider has no attribute for the first two, `app` takes the
 * third), a read-only root file system, identities at DigitalOcean (apps have none), limits on outgoing connections.
 */
export class DigitalOceanAgentService extends Construct {
  /** The service after defaults and checks. */
  readonly spec: DigitalOceanAgentServiceSpec;
  /** The underlying app. */
  readonly app: App;

  constructor(scope: Construct, id: string, props: DigitalOceanAgentServiceProps) {
    super(scope, id);
    this.spec = this.readSpec(props);
    const { agentId } = this.spec.governance;
    claimAgent(this, agentId);
    addLabels(this, { agentId });
    this.app = new App(this, "Resource", { spec: this.appSpec(props) });
    props.database?.allowApp(this.app.id);
  }

  /** The address at which the internet reaches it; empty without a route. */
  get url(): string {
    return this.app.liveUrl;
  }

  private readSpec(props: DigitalOceanAgentServiceProps): DigitalOceanAgentServiceSpec {
    const own: { -readonly [K in keyof OwnSpec]?: OwnSpec[K] } = {};
    const providerProps = ownProps(props, own);
    const context = specContext<Own>(this, providerProps, LACKS as never);
    const spec = { ...agentServiceSpec(props as AgentServiceProps, context, limitsOf(props), placeOf(props)), profile: undefined };
    const { min, max } = props.replicas;
    return { ...spec, ...(own as OwnSpec), agent: { ...spec.agent, command: props.command }, copies: { min, max } };
  }

  private appSpec({ network, database }: DigitalOceanAgentServiceProps): AppSpec {
    const { spec } = this;
    const alarms = serviceAlarms(this, spec);
    const agent = { ...component(spec, database), alert: alarms.component };
    return {
      name: physicalName(this, { kind: "app", maxLength: MAX_NAME }),
      region: spec.region,
      vpc: [{ id: network.vpcId }],
      egress: [{ type: spec.dedicatedEgress ? "DEDICATED_IP" : "AUTOASSIGN" }],
      alert: alarms.app,
      database: database && [databaseComponent(spec, database)],
      maintenance: spec.enabled ? undefined : { enabled: true, archive: true },
      ...(spec.agent.port === undefined ? { worker: [agent] } : { service: [{ ...agent, ...listening(spec) }] }),
      ...routing(spec),
    };
  }
}

/** Without a route the port is open to nobody but the app itself. */
function listening({ agent, route }: DigitalOceanAgentServiceSpec): Partial<AppSpecService> {
  if (route === undefined) return { internalPorts: [agent.port as number] };
  return { httpPort: agent.port, healthCheck: route.health && healthCheck(route.health) };
}

function healthCheck(health: HttpHealthSpec): AppSpecService["healthCheck"] {
  return {
    httpPath: health.path,
    initialDelaySeconds: health.startSeconds,
    periodSeconds: health.intervalSeconds,
    timeoutSeconds: health.timeoutSeconds,
    successThreshold: 1,
    failureThreshold: health.unhealthyCount,
  };
}

function routing({ route }: DigitalOceanAgentServiceSpec): Partial<AppSpec> {
  if (route === undefined) return {};
  const { domain, zone, path } = route;
  const match = { path: { prefix: path }, authority: domain === undefined ? undefined : { exact: domain } };
  return {
    domain: domain === undefined ? undefined : [{ name: domain, type: "PRIMARY", zone }],
    ingress: { rule: [{ match, component: { name: "agent", preservePathPrefix: true } }] },
  };
}
