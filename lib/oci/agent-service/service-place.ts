import type { Construct } from "constructs";
import { providerLiteral } from "../../once";
import { AGENT_CONTAINERS, type AgentServiceSpec } from "../../spec/agent-service";
import type { Check } from "../../spec/check";
import type { ProviderProps } from "../../spec/context";
import { readSecrets } from "../../spec/environment";
import type { FirewallRuleProps } from "../../spec/firewall";
import { refuseOther } from "../../spec/surrounding";
import { readHttpHealth, type HttpHealthSpec } from "../../spec/http-health";
import type { OciBalancerRouteProps } from "../load-balancer/balancer-route";
import { OciLoadBalancer } from "../load-balancer/load-balancer";
import type { OciFirewall } from "../network/firewall";
import { readDatabaseUser } from "../postgres/database-user";
import { SECRET_OCID } from "../secret";
import type { OciAgentServiceProps } from "./agent-service";

/** A route to the agent: see the props of a route. The port is that of the service. */
export interface OciServiceRouteProps extends Omit<OciBalancerRouteProps, "port" | "targets"> {
  /** The load balancer. */
  readonly balancer: OciLoadBalancer;
}

/** The props that OCI adds to the neutral ones. */
export type Own = Required<
  Pick<OciAgentServiceProps, "network" | "secretFiles" | "health" | "tenancyId" | "database" | "databaseUser" | "balancer">
>;

/** The same, after defaults and checks. */
export interface OwnSpec {
  /** References to the secrets that are files, by name. */
  readonly secretFiles: Readonly<Record<string, string>>;
  /** Absent when the port is only asked for connections. */
  readonly health?: HttpHealthSpec;
  /** Absent without a database. */
  readonly databaseUser?: string;
}

type Writable<T> = { -readonly [K in keyof T]?: T[K] };

const TENANCY = {
  pattern: /^ocid1\.tenancy\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/,
  want: 'the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample", because dynamic groups belong to it',
};

/** Checks of the props that OCI adds; what they come to is left in `own`. */
export function ownProps(scope: Construct, props: OciAgentServiceProps, own: Writable<OwnSpec>): ProviderProps<Own> {
  return {
    network: (check) => {
      const network = props?.network;
      if (typeof network?.subnetId !== "function")
        refuseOther(check, "network", network, "the network that it runs in, such as an OciNetwork");
      else if (network.availabilityDomains.length === 0) refuseOther(check, "network", network, "a network with availability domains");
    },
    secretFiles: (check) => {
      const files = props?.secretFiles;
      own.secretFiles = readSecrets(check, files, SECRET_OCID, undefined, "secretFiles");
      for (const name of Object.keys(files ?? {})) {
        if (props.environment?.[fileVariable(name)] === undefined) continue;
        check.issue(
          `secretFiles.${name}`,
          name,
          `a name whose variable ${fileVariable(name)} is not in environment`,
          "remove one of the two",
        );
      }
    },
    health: (check) => void (own.health = readHealth(check, props)),
    tenancyId: (check) => void (tenancyOf(scope, props) ?? check.text("tenancyId", { ...TENANCY, tokens: true })),
    database: (check) => {
      const database = props?.database;
      if (database !== undefined && typeof database?.allowFrom !== "function")
        refuseOther(check, "database", database, "a database such as an OciPostgres");
    },
    databaseUser: (check) => void (own.databaseUser = readDatabaseUser(check, props)),
    balancer: (check) => {
      const balancer = props?.balancer;
      if (balancer === undefined || balancer?.balancer instanceof OciLoadBalancer) return;
      refuseOther(check, "balancer", balancer, "{ balancer } with an OciLoadBalancer, and the props of a route");
    },
  };
}

function readHealth(check: Check<Pick<Own, "health">>, props: OciAgentServiceProps): HttpHealthSpec | undefined {
  if (props?.health !== undefined && props.port === undefined) check.issue("health", props.health, "nothing without port", "give port too");
  return readHttpHealth(check, "health", props?.health);
}

/** The tenancy when it is known without the prop. */
export function tenancyOf(scope: Construct, props: OciAgentServiceProps): string | undefined {
  return props?.tenancyId === undefined ? providerLiteral(scope, "oci", "tenancyOcid") : undefined;
}

/** The variable with the path of a secret's file. */
export function fileVariable(name: string): string {
  return `${name}_FILE`;
}

/** What sidecars lack, by the name of the prop in messages. */
export function sidecarLacks(props: OciAgentServiceProps, reasons: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(props?.sidecars ?? {}).filter((name) => !(AGENT_CONTAINERS as readonly string[]).includes(name));
  return Object.fromEntries(
    names.flatMap((name) => Object.entries(reasons).map(([prop, reason]) => [`sidecars.${name}.${prop}`, reason] as const)),
  );
}

type Rules = Readonly<Record<string, FirewallRuleProps<OciFirewall>>>;

/** Where the agent may connect to, as rules of its firewall. Its secrets come from the vault: without the internet through the service gateway. */
export function egressRules(props: OciAgentServiceProps, spec: AgentServiceSpec): Rules {
  const https = { port: 443, protocol: "tcp" } as const;
  const services = props.network.oracleServices;
  const vault: Rules =
    services === undefined
      ? {}
      : {
          oracleServices: {
            ...https,
            peer: { prefixList: services },
            description: "Vault and registry of OCI, through the service gateway",
          },
        };
  switch (spec.egress) {
    case "network443":
      return { network443: { ...https, peer: { cidr: props.network.cidr }, description: "HTTPS inside the network" }, ...vault };
    case "rules":
      return { ...vault, ...(props.egress as Rules) };
    default:
      return {
        internet443: { ...https, peer: "internet", description: "Images, vault, governance endpoint and the APIs of language models" },
      };
  }
}
