import { Construct } from "constructs";
import { isToken, type Check, type KeysOf } from "../../spec/check";

/** A zone of the account with its name, such as a `CloudflareNetwork`: a route or domain outside of it would never be reached. */
export interface WorkerZone {
  /** Id of the zone, or a reference to it. */
  readonly zoneId: string;
  /** Name of the zone, such as "acme.dev". */
  readonly zoneName: string;
}

/** Requests on hosts of a zone that the agent answers instead of the origin behind it. */
export interface WorkerRouteProps extends WorkerZone {
  /** Host and path, such as "acme.dev/agent/*"; "*" at the start of the host and at the end of the path only. */
  readonly pattern: string;
}

/** What Terraform says of them: it knows zones by their ids. */
export interface WorkerRouteSpec {
  readonly zoneId: string;
  readonly pattern: string;
}

export interface WorkerDomainSpec {
  readonly zoneId: string;
}

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const ZONE_ID = { pattern: /^[0-9a-f]{32}$/, want: "an id of 32 hex digits", tokens: true };
const NAME = /^[A-Za-z][A-Za-z0-9]{0,62}$/;

/** Reads the prop `routes`; problems are named `routes.<name>.<prop>`. */
export function readRoutes<P extends object>(
  parent: Check<P>,
  routes: Readonly<Record<string, WorkerRouteProps>>,
): Readonly<Record<string, WorkerRouteSpec>> {
  const known = { zoneId: true, zoneName: true, pattern: true } satisfies KeysOf<WorkerRouteProps>;
  return Object.fromEntries(
    Object.entries(routes).map(([name, props]): [string, WorkerRouteSpec] => {
      checkName(parent, `routes.${name}`, name);
      const check = parent.nested<WorkerRouteProps>(`routes.${name}`, props, known);
      const zone = readZone(check);
      const pattern = check.text("pattern", { want: 'a host and a path without scheme, such as "acme.dev/agent/*"' });
      checkPattern(check, pattern, zone.zoneName);
      return [name, { zoneId: zone.zoneId, pattern }];
    }),
  );
}

/** Reads the prop `domains`, by host name; problems are named `domains.<host>.<prop>`. */
export function readDomains<P extends object>(
  parent: Check<P>,
  domains: Readonly<Record<string, WorkerZone>>,
): Readonly<Record<string, WorkerDomainSpec>> {
  return Object.fromEntries(
    Object.entries(domains).map(([host, props]): [string, WorkerDomainSpec] => {
      const check = parent.nested<WorkerZone>(`domains.${host}`, idsOf(props), { zoneId: true, zoneName: true });
      const zone = readZone(check);
      if (!HOST.test(host)) check.issue("", host, 'a host name in lower case, such as "agent.acme.dev"');
      else if (!inZone(host, zone.zoneName)) check.issue("", host, `a host in the zone "${zone.zoneName}"`, "give the zone that it is in");
      return [host, { zoneId: zone.zoneId }];
    }),
  );
}

/** The zone of a construct, or what was given as one. */
function idsOf(zone: WorkerZone): WorkerZone {
  return Construct.isConstruct(zone) ? { zoneId: zone.zoneId, zoneName: zone.zoneName } : zone;
}

function readZone<P extends WorkerZone>(check: Check<P>): WorkerZone {
  const reader = check as unknown as Check<WorkerZone>;
  return {
    zoneId: reader.text("zoneId", ZONE_ID),
    zoneName: reader.text("zoneName", { pattern: HOST, want: 'the name of the zone in lower case, such as "acme.dev"' }),
  };
}

function checkName<P extends object>(check: Check<P>, prop: string, name: string): void {
  if (!NAME.test(name)) check.issue(prop, name, "a name of letters and digits, starting with a letter, of at most 63 characters");
}

/** What a pattern may look like. Source: https://developers.cloudflare.com/workers/configuration/routing/routes/, read 2026-11-21. */
function checkPattern(check: Check<WorkerRouteProps>, pattern: string, zone: string): void {
  if (isToken(pattern)) return;
  const [, host = "", path = ""] = /^([^/]*)(\/.*)?$/.exec(pattern) ?? [];
  const bare = host.replace(/^\*\.?/, "");
  if (/^[a-z]+:/i.test(pattern) || !HOST.test(bare) || /\*./.test(path) || /[?#]/.test(path)) {
    check.issue("pattern", pattern, 'a host and a path without scheme, such as "acme.dev/agent/*", with "*" at the ends only');
  } else if (!inZone(bare, zone)) {
    check.issue("pattern", pattern, `a host in the zone "${zone}"`, "give the zone that it is in");
  }
}

function inZone(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}
