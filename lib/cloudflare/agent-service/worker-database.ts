import { HyperdriveConfig, type HyperdriveConfigOrigin } from "@cdktf/provider-cloudflare/lib/hyperdrive-config";
import type { Construct } from "constructs";
import ipaddr from "ipaddr.js";
import { physicalName } from "../../names";
import { Hidden, isToken, type Check, type KeysOf } from "../../spec/check";
import type { IPostgres } from "../../spec/postgres";
import { referenceText } from "../../spec/reference";

/** The public host name of a tunnel that leads to the database, and the service token that its Access application asks for. */
export interface DatabaseTunnelProps {
  readonly hostname: string;
  /** Id of the service token. */
  readonly accessClientId: string;
  /** Secret of the service token: a sensitive Terraform variable or attribute. */
  readonly accessClientSecret: string;
}

/** A PostgreSQL database of any provider, reached through a connection pool of Hyperdrive. */
export interface WorkerDatabaseProps {
  /** The database. */
  readonly postgres: IPostgres;
  /** The user that the agent is: not the administrator. */
  readonly user: string;
  /** The user's password: a sensitive Terraform variable or attribute. Hyperdrive keeps it, and so does the Terraform state. */
  readonly password: string;
  /**
   * The way to a database that has no public address.
   * @default - none: the database is reached at its own address
   */
  readonly tunnel?: DatabaseTunnelProps;
  /**
   * Whether answers to queries are kept for a minute: an agent may then read what is no longer true.
   * @default false
   */
  readonly cached?: boolean;
}

export interface WorkerDatabaseSpec {
  /** Where Hyperdrive connects to: the database itself, or the tunnel. */
  readonly host: string;
  /** Absent through a tunnel, which knows it. */
  readonly port?: string;
  readonly name: string;
  readonly user: string;
  readonly tunnelled: boolean;
  readonly cached: boolean;
}

const KNOWN = { postgres: true, user: true, password: true, tunnel: true, cached: true } satisfies KeysOf<WorkerDatabaseProps>;
const TUNNEL = { hostname: true, accessClientId: true, accessClientSecret: true } satisfies KeysOf<DatabaseTunnelProps>;

/** Longest name of a configuration. Source: https://developers.cloudflare.com/hyperdrive/platform/limits/, read 2026-11-21. */
const MAX_NAME = 63;

/** Reads one entry of the prop `databases`; problems are named `databases.<NAME>.<prop>`. */
export function readDatabase<P extends object>(
  parent: Check<P>,
  scope: Construct,
  name: string,
  props: WorkerDatabaseProps,
): WorkerDatabaseSpec {
  const check = parent.nested<WorkerDatabaseProps>(`databases.${name}`, props, KNOWN);
  check.required("postgres", "a database");
  const postgres = (props?.postgres ?? {}) as Partial<IPostgres>;
  const tunnelled = props?.tunnel !== undefined;
  if (!tunnelled && isPrivate(postgres)) {
    check.issue(
      "tunnel",
      undefined,
      "a tunnel: the database has a private address only, which Hyperdrive cannot reach",
      "give the tunnel that leads to it",
    );
  }
  checkReference(check, "password", props?.password);
  const tunnel = tunnelled ? check.nested<DatabaseTunnelProps>("tunnel", props.tunnel as DatabaseTunnelProps, TUNNEL) : undefined;
  tunnel?.text("accessClientId", { want: "the id of a service token", tokens: true });
  if (tunnel !== undefined) checkReference(tunnel, "accessClientSecret", props.tunnel?.accessClientSecret);
  const hostname = tunnel?.text("hostname", { pattern: /^[a-z0-9.-]+\.[a-z]{2,}$/, want: "a host name", tokens: true });
  return {
    host: hostname ?? referenceText(scope, postgres.endpoint),
    port: tunnelled ? undefined : referenceText(scope, postgres.port),
    name: referenceText(scope, postgres.databaseName),
    user: check.text("user", { pattern: /^[A-Za-z_][\w-]{0,62}$/, want: "the name of a user of the database" }),
    tunnelled,
    cached: check.flag("cached", false),
  };
}

/** Whether a database says that it is private, or its address does. */
function isPrivate(postgres: Partial<IPostgres> & { readonly spec?: { readonly exposure?: string } }): boolean {
  const { endpoint, spec } = postgres;
  if (spec?.exposure !== undefined) return spec.exposure === "private";
  return typeof endpoint === "string" && ipaddr.isValid(endpoint) && ipaddr.parse(endpoint).range() !== "unicast";
}

function checkReference<P extends object>(check: Check<P>, prop: keyof P & string, value: unknown): void {
  if (typeof value === "string" && isToken(value) && /^\$\{[^}]*\}$/.test(value)) return;
  const got = typeof value === "string" ? new Hidden("text that may hold a secret (hidden)") : value;
  check.issue(prop, got, "a sensitive Terraform variable or attribute", "give a TerraformVariable with sensitive: true");
}

/** The pool of connections that the Worker uses. */
export function hyperdrive(
  scope: Construct,
  id: string,
  accountId: string,
  props: WorkerDatabaseProps,
  spec: WorkerDatabaseSpec,
): HyperdriveConfig {
  const config = new HyperdriveConfig(scope, id, {
    accountId,
    name: physicalName(scope, { kind: "Hyperdrive configuration", maxLength: MAX_NAME, suffix: id }),
    origin: originOf(props, spec),
    caching: { disabled: !spec.cached },
  });
  return config;
}

function originOf({ postgres, user, password, tunnel }: WorkerDatabaseProps, { host }: WorkerDatabaseSpec): HyperdriveConfigOrigin {
  const origin = { scheme: "postgresql", database: postgres.databaseName, user, password };
  if (tunnel === undefined) return { ...origin, host: postgres.endpoint, port: postgres.port };
  return { ...origin, host, accessClientId: tunnel.accessClientId, accessClientSecret: tunnel.accessClientSecret };
}
