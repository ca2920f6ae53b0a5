import { isToken, type Check } from "./check";
import type { IBalanced } from "./load-balancer";

/** A host name in lower case with two labels or more. */
export const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** Longest host name that DNS has. */
const MAX_HOST = 253;

/** Whether a value is the literal name of a host. */
export function isHostName(value: unknown): value is string {
  return typeof value === "string" && !isToken(value) && HOST_NAME.test(value) && value.length <= MAX_HOST;
}

/** Whether a host is a domain or lies below it. */
export function isWithinDomain(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Labels that a host has below a domain: none for the domain itself. */
export function labelsBelow(host: string, domain: string): number {
  return host === domain ? 0 : host.slice(0, -domain.length - 1).split(".").length;
}

/** A domain, and how deep hosts below it have a certificate. */
export interface HostPlace {
  /** Name of the domain; undefined when it was refused already. */
  readonly domain: string | undefined;
  /** Most labels below the domain for which there is a certificate. */
  readonly maxLabels: number;
  /** What gives deeper hosts a certificate. */
  readonly deeper: string;
}

/** Checks that a host can be served in a domain; problems are named `prop`. */
export function checkHost<P extends object>(check: Check<P>, prop: string, host: unknown, place: HostPlace): void {
  if (!isHostName(host)) {
    check.issue(prop, host, 'a host name in lower case such as "api.acme.dev"', isToken(host) ? "give a literal" : undefined);
  } else if (place.domain !== undefined && !isWithinDomain(host, place.domain)) {
    check.issue(prop, host, `a host in the zone "${place.domain}"`, "name a host of this zone, or give the zone that it is in");
  } else if (place.domain !== undefined && labelsBelow(host, place.domain) > place.maxLabels) {
    const want = `a host at most ${place.maxLabels} label below "${place.domain}", which is as deep as the zone's certificate goes`;
    check.issue(prop, host, want, place.deeper);
  }
}

/** Where something leads: an address, a host, or what is reached by name. */
export type Destination = string | IBalanced;

/** The address or host name of a destination. */
export function hostOf(to: unknown): unknown {
  return typeof to === "object" && to !== null && "hostname" in to ? to.hostname : to;
}

const PRIVATE =
  /^(10\.|127\.|0\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|f[cd]|fe[89ab])/i;

/** Whether only its own network reaches an IP address. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.test(address);
}
