import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { balancerRouteSpec, type BalancerRouteLimits, type BalancerRouteProps, type BalancerRouteSpec } from "../../spec/balancer-route";
import type { HealthCheckProps } from "../../spec/balancer-target";
import { isToken } from "../../spec/check";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";
import { addAlarm } from "../alarms";
import { LoadBalancerBackend } from "../bindings/load-balancer-backend";
import { LoadBalancerBackendSet } from "../bindings/load-balancer-backend-set";
import type { OciFirewall } from "../network/firewall";
import { TLS } from "./tls";

/** Longest name of a backend set. Source: CreateBackendSetDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 32;

/** How long a client stays with its target when the route is sticky: one day. */
const STICKY = { cookieName: "X-Oracle-OCI-Route", isHttpOnly: true, isSecure: true, maxAgeInSeconds: 86_400 } as const;

/** Certificates between a target's own and that of its authority. */
const VERIFY_DEPTH = 3;

const AUTHORITY = /^ocid1\.(certificateauthority|cabundle)\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/;
const AUTHORITY_WANT = 'OCIDs of certificate authorities or CA bundles, such as "ocid1.cabundle.oc1.iad.amaaaaexample"';

type Lacking = "deregistrationDelaySeconds" | "canary";
type Lackable = BalancerRouteProps & { readonly "healthCheck.healthyCount"?: never };

const LACKS = {
  deregistrationDelaySeconds: "an OCI load balancer has no setting for how long a backend that leaves keeps its connections",
  canary: "OCI moves no traffic between sets of targets",
  "healthCheck.healthyCount": "OCI counts good answers like bad ones: unhealthyCount is for both",
} satisfies Record<Lacking, string> & Lacks<Lackable>;

export interface OciBalancerRouteProps extends Omit<BalancerRouteProps, Lacking | "healthCheck"> {
  /** The firewall of the targets; the balancer is let in on the port. */
  readonly targets: OciFirewall;
  /** Good is an answer with status 200. @default - see its props */
  readonly healthCheck?: Omit<HealthCheckProps, "healthyCount">;
  /**
   * OCIDs of certificate authorities or CA bundles that the certificates of targets have to come from; with `https` only.
   * @default [] - the certificates of targets are not checked
   */
  readonly authorityIds?: readonly string[];
}

/** What a route has to know of its balancer. */
export interface RouteHost {
  readonly limits: BalancerRouteLimits;
  readonly loadBalancerId: string;
  /** Reserves priority, hosts and paths, and opens the way to the targets. */
  admit(route: Construct, spec: BalancerRouteSpec, targets: OciFirewall): void;
}

/**
 * Requests for some hosts and paths, led to a set of targets.
 *
 * Creates `oci_load_balancer_backend_set`, a rule in the routing policy of the balancer, firewall rules in both directions, an alarm, and
 * `oci_load_balancer_backend` for each target. No cost.
 * Not covered, because OCI has none: a drain time, canaries, an own count for targets that recover.
 */
export class OciBalancerRoute extends Construct {
  /** The route after defaults and checks. */
  readonly spec: BalancerRouteSpec;
  /** The underlying set of targets. */
  readonly backendSet: LoadBalancerBackendSet;
  private readonly loadBalancerId: string;

  constructor(scope: Construct, id: string, host: RouteHost, props: OciBalancerRouteProps) {
    super(scope, id);
    this.spec = balancerRouteSpec(props, specContext<Own, Lackable>(this, ownProps(props), LACKS), host.limits);
    this.loadBalancerId = host.loadBalancerId;
    host.admit(this, this.spec, props.targets);
    this.backendSet = this.addBackendSet(props.authorityIds ?? []);
    this.addTargetAlarm();
  }

  /** What a service has to wait for before its targets can be added. */
  get dependable(): ITerraformDependable {
    return this.backendSet;
  }

  /** Adds a target by its private address, on the port of the route. */
  addBackend(id: string, ipAddress: string): LoadBalancerBackend {
    return new LoadBalancerBackend(this, `Backend-${id}`, {
      loadBalancerId: this.loadBalancerId,
      backendsetName: this.backendSet.name,
      ipAddress,
      port: this.spec.port,
    });
  }

  private addBackendSet(authorityIds: readonly string[]): LoadBalancerBackendSet {
    const { healthCheck, port, protocol, sticky } = this.spec;
    return new LoadBalancerBackendSet(this, "Resource", {
      loadBalancerId: this.loadBalancerId,
      name: physicalName(this, { kind: "backend set", maxLength: MAX_NAME }),
      policy: "LEAST_CONNECTIONS",
      healthChecker: {
        protocol: "HTTP",
        port,
        urlPath: healthCheck.path,
        returnCode: 200,
        intervalMs: healthCheck.intervalSeconds * 1000,
        timeoutInMillis: healthCheck.timeoutSeconds * 1000,
        retries: healthCheck.unhealthyCount,
        isForcePlainText: false,
      },
      sslConfiguration: protocol === "https" ? { ...TLS["1.2"], ...verification(authorityIds) } : undefined,
      lbCookieSessionPersistenceConfiguration: sticky ? STICKY : undefined,
    });
  }

  private addTargetAlarm(): void {
    addAlarm(this, "UnhealthyTargets", {
      body: `Targets of ${this.node.path} fail their health check at ${this.spec.healthCheck.path}`,
      namespace: "oci_lbaas",
      query: `UnHealthyBackendServers[1m]{resourceId = "${this.loadBalancerId}", backendSetName = "${this.backendSet.name}"}.max() > 0`,
      pendingMinutes: 3,
    });
  }
}

function verification(authorityIds: readonly string[]) {
  if (authorityIds.length === 0) return { verifyPeerCertificate: false };
  return { verifyPeerCertificate: true, verifyDepth: VERIFY_DEPTH, trustedCertificateAuthorityIds: [...authorityIds] };
}

type Own = Required<Pick<OciBalancerRouteProps, "targets" | "authorityIds">>;

function ownProps(props: OciBalancerRouteProps): ProviderProps<Own> {
  return {
    targets: (check) => check.required("targets", "the firewall of the targets"),
    authorityIds: (check) => {
      const ids = check.list<string>("authorityIds", AUTHORITY_WANT, []);
      for (const id of ids) {
        if (!isToken(id) && !AUTHORITY.test(id)) check.issue("authorityIds", id, AUTHORITY_WANT);
      }
      if (ids.length > 0 && props?.protocol === "http") {
        check.issue("authorityIds", ids, 'none with protocol "http"', 'leave protocol at "https"');
      }
    },
  };
}
