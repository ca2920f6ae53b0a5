import type { AgentServicePlace } from "../../spec/agent-service";
import type { Check, KeysOf } from "../../spec/check";
import type { ProviderProps } from "../../spec/context";
import { readHttpHealth, type HttpHealthProps, type HttpHealthSpec } from "../../spec/http-health";
import { databaseOf, refuseOther } from "../../spec/surrounding";
import { readDatabaseUser } from "../postgres/database-user";
import type { DigitalOceanAgentServiceProps } from "./agent-service";
import { APP_NAMED_SIZES, APP_REGIONS, appLimits, slugOf, type AppCpu } from "./app-platform";

/** How the internet reaches the agent: App Platform's own load balancer, with TLS and a certificate that it keeps valid. */
export interface AppRouteProps {
  /**
   * Host name that leads to the agent.
   * @default - the name under ondigitalocean.app that App Platform makes
   */
  readonly domain?: string;
  /**
   * The zone at DigitalOcean DNS, in which App Platform makes the record of the domain.
   * @default - none: point the domain to the app yourself
   */
  readonly zone?: string;
  /**
   * Requests for this path and all below it.
   * @default "/"
   */
  readonly path?: string;
  /**
   * A request that tells whether a copy is healthy; a version that never is does not replace the old one.
   * @default - it is healthy when it takes connections on the port
   */
  readonly health?: HttpHealthProps;
}

export interface AppRouteSpec {
  readonly domain?: string;
  readonly zone?: string;
  readonly path: string;
  readonly health?: HttpHealthSpec;
}

/** The props that DigitalOcean adds to the neutral ones. */
export type Own = Pick<
  DigitalOceanAgentServiceProps,
  "network" | "command" | "cpu" | "database" | "databaseUser" | "dedicatedEgress" | "route"
>;

/** The same, after defaults and checks. */
export interface OwnSpec {
  readonly cpu: AppCpu;
  /** The region as App Platform names it. */
  readonly region: string;
  readonly dedicatedEgress: boolean;
  readonly route?: AppRouteSpec;
  /** Absent without a database. */
  readonly databaseUser?: string;
}

const ROUTE_PROPS = { domain: true, zone: true, path: true, health: true } satisfies KeysOf<AppRouteProps>;
const HOST = {
  pattern: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  want: 'a host name in lower case, such as "agent.example.com"',
};
const PATH = { pattern: /^\/[A-Za-z0-9._~/-]*$/, maxLength: 256, want: 'a path that starts with "/", such as "/api"' };
const CPUS = ["shared", "dedicated"] as const;

/** Checks of the props that DigitalOcean adds; what they come to is left in `own`. */
export function ownProps(props: DigitalOceanAgentServiceProps, own: { -readonly [K in keyof OwnSpec]?: OwnSpec[K] }): ProviderProps<Own> {
  return {
    network: (check) => void (own.region = readRegion(check, props?.network)),
    command: (check) => check.required("command", 'what runs in the image, such as ["node", "main.js"]: the reporter starts it'),
    cpu: (check) => void (own.cpu = readCpu(check, props)),
    database: (check) => {
      const database = props?.database;
      if (database !== undefined && typeof database?.allowApp !== "function")
        refuseOther(check, "database", database, "a database such as a DigitalOceanPostgres");
    },
    databaseUser: (check) => void (own.databaseUser = readDatabaseUser(check, props)),
    dedicatedEgress: (check) => void (own.dedicatedEgress = check.flag("dedicatedEgress", false)),
    route: (check) => void (own.route = readRoute(check, props?.route)),
  };
}

function readRegion(check: Check<Pick<Own, "network">>, network: Own["network"]): string {
  if (typeof network?.vpcId !== "string")
    refuseOther(check, "network", network, "the network that it runs in, such as a DigitalOceanNetwork");
  else if (APP_REGIONS[network.region] === undefined) {
    const want = `a network in a region of App Platform: ${Object.keys(APP_REGIONS).join(", ")}`;
    check.issue("network", network.region, want, "put the network into one of these regions");
  }
  return APP_REGIONS[network?.region] ?? "";
}

function readCpu(check: Check<Pick<Own, "cpu">>, props: DigitalOceanAgentServiceProps): AppCpu {
  const cpu = check.oneOf("cpu", CPUS, "shared");
  const { min, max } = props?.replicas ?? {};
  if (cpu === "shared" && Number.isInteger(max) && Number(max) > Number(min)) {
    const want = `"dedicated" when replicas.max is above replicas.min: App Platform scales copies with dedicated CPUs only`;
    check.issue("cpu", cpu, want, "set it, at about three times the price, or make min and max equal");
  }
  return cpu;
}

function readRoute(parent: Check<Pick<Own, "route">>, props: AppRouteProps | undefined): AppRouteSpec | undefined {
  if (props === undefined) return undefined;
  const check = parent.nested<AppRouteProps>("route", props, ROUTE_PROPS);
  const domain = check.tryText("domain", HOST);
  const zone = check.tryText("zone", HOST);
  if (zone !== undefined && domain === undefined) check.issue("zone", zone, "nothing without domain", "give domain too");
  else if (zone !== undefined && domain !== zone && !domain?.endsWith(`.${zone}`)) {
    check.issue("zone", zone, `a zone that ${domain} is in`);
  }
  return { domain, zone, path: check.text("path", { ...PATH, default: "/" }), health: readHttpHealth(check, "health", props?.health) };
}

/** What App Platform allows for these props; problems of the props are reported elsewhere. */
export function limitsOf(props: DigitalOceanAgentServiceProps): ReturnType<typeof appLimits> {
  const cpu = props?.cpu === "dedicated" ? "dedicated" : "shared";
  const size = APP_NAMED_SIZES[props?.size ?? "small"] ?? APP_NAMED_SIZES.small;
  return appLimits(cpu, slugOf(cpu, props?.vcpu ?? size.vcpu, props?.memoryMiB ?? size.memoryMiB));
}

/** What surrounds a service. */
export function placeOf(props: DigitalOceanAgentServiceProps): AgentServicePlace {
  return { internet: true, publicIp: false, balanced: props?.route !== undefined, database: databaseOf(props?.database) };
}
