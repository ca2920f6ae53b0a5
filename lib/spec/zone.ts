import { isIP } from "node:net";
import type { Check, KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import { checkHost, hostOf, HOST_NAME, isHostName, isPrivateAddress, type Destination, type HostPlace } from "./host-name";

/** How long browsers remember to use HTTPS only. */
export interface HstsProps {
  /**
   * Days for which browsers remember it, 180 to 730.
   * @default 365
   */
  readonly maxAgeDays?: number;
  /**
   * Whether it holds for every host of the domain.
   * @default true
   */
  readonly includeSubdomains?: boolean;
  /**
   * Whether browsers may ship with it; hard to take back. Needs 365 days and all hosts.
   * @default false
   */
  readonly preload?: boolean;
}

/** Where a host of the zone leads. */
export interface ZoneRecordProps {
  /** An IP address, a host name, or a construct that is reached by name. */
  readonly to: Destination;
  /**
   * Why clients reach the target itself, and not through the provider's network: its address is then public, and nothing filters requests.
   * @default - requests go through the network
   */
  readonly exposed?: string;
}

export interface ZoneProps extends CommonProps {
  /** Name of the zone, such as `acme.dev`. */
  readonly domain: string;
  /**
   * Oldest TLS that clients may speak; 1.3 is always spoken.
   * @default "1.2"
   */
  readonly minTlsVersion?: "1.2" | "1.3";
  /** @default - 365 days, for all hosts, without preload */
  readonly hsts?: HstsProps;
  /**
   * Who may issue certificates for the domain, as in a CAA record.
   * @default - the authorities that the provider uses itself
   */
  readonly certificateAuthorities?: readonly string[];
  /**
   * Where hosts lead, by host name.
   * @default {}
   */
  readonly records?: Readonly<Record<string, ZoneRecordProps>>;
}

export interface HstsSpec {
  readonly maxAgeDays: number;
  readonly includeSubdomains: boolean;
  readonly preload: boolean;
}

export interface ZoneRecordSpec {
  readonly type: "A" | "AAAA" | "CNAME";
  readonly target: string;
  /** Whether requests go through the provider's network. */
  readonly proxied: boolean;
}

/** A domain as its DNS and its edge treat it. */
export interface ZoneSpec {
  readonly profile: Profile;
  readonly domain: string;
  /** Whether the zone is made here or was there before. */
  readonly created: boolean;
  readonly minTlsVersion: "1.2" | "1.3";
  readonly tls13: boolean;
  /** Whether targets are reached by TLS only, and their certificates are checked. */
  readonly targetVerified: boolean;
  readonly redirectHttp: boolean;
  readonly hsts?: HstsSpec;
  readonly dnssec: boolean;
  readonly certificateAuthorities: readonly string[];
  /** Whether hosts deeper than one label get a certificate. */
  readonly deepCertificates: boolean;
  /** Whether caches and the like are bypassed, as for debugging. */
  readonly developmentMode: boolean;
  readonly records: Readonly<Record<string, ZoneRecordSpec>>;
}

/** What the provider does by itself, and what is known of the zone. */
export interface ZoneLimits {
  readonly created: boolean;
  readonly deepCertificates: boolean;
  /** Authorities that the provider gets certificates from. */
  readonly certificateAuthorities: readonly string[];
  readonly place: Omit<HostPlace, "domain">;
  /** Longest comment of a record. */
  readonly maxReason: number;
}

export const ZONE_PROPS = {
  profile: true,
  domain: true,
  minTlsVersion: true,
  hsts: true,
  certificateAuthorities: true,
  records: true,
} satisfies KeysOf<ZoneProps>;

const KNOWN_HSTS = { maxAgeDays: true, includeSubdomains: true, preload: true } satisfies KeysOf<HstsProps>;
const KNOWN_RECORD = { to: true, exposed: true } satisfies KeysOf<ZoneRecordProps>;

/** Least days for which browsers take a domain into their own list. Source: https://hstspreload.org/, read 2026-11-21. */
const PRELOAD_DAYS = 365;

/** An authority as it stands in a CAA record, with parameters. */
const AUTHORITY = /^([a-z0-9-]+\.)+[a-z]{2,}(; ?[a-z]+=[A-Za-z0-9]+)*$/;

const MAX_AUTHORITIES = 10;

/**
 * The zone after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function zoneSpec(props: ZoneProps, context: SpecContext, limits: ZoneLimits): ZoneSpec {
  const check = openCheck<ZoneProps>(props, ZONE_PROPS, context);
  const want = 'the name of the zone in lower case, such as "acme.dev"';
  const domain = check.text("domain", { pattern: HOST_NAME, want, maxLength: 253 });
  return check.done({
    profile: check.oneOf("profile", PROFILES, context.profile),
    domain,
    created: limits.created,
    minTlsVersion: check.oneOf("minTlsVersion", ["1.2", "1.3"] as const, "1.2"),
    tls13: true,
    targetVerified: true,
    redirectHttp: true,
    hsts: readHsts(check, props?.hsts),
    dnssec: true,
    certificateAuthorities: readAuthorities(check, limits),
    deepCertificates: limits.deepCertificates,
    developmentMode: false,
    records: readRecords(check, props, domain, limits),
  });
}

function readHsts(parent: Check<ZoneProps>, props: HstsProps = {}): HstsSpec {
  const check = parent.nested<HstsProps>("hsts", props, KNOWN_HSTS);
  const maxAgeDays = check.integer("maxAgeDays", { min: 180, max: 730, default: 365 });
  const includeSubdomains = check.flag("includeSubdomains", true);
  const preload = check.flag("preload", false);
  if (preload && (maxAgeDays < PRELOAD_DAYS || !includeSubdomains)) {
    const want = `false, or maxAgeDays of ${PRELOAD_DAYS} or more with includeSubdomains (hstspreload.org)`;
    check.issue("preload", preload, want);
  }
  return { maxAgeDays, includeSubdomains, preload };
}

function readAuthorities(check: Check<ZoneProps>, limits: ZoneLimits): readonly string[] {
  const want = `1 to ${MAX_AUTHORITIES} certificate authorities such as "letsencrypt.org"`;
  const authorities = check.list<string>("certificateAuthorities", want, limits.certificateAuthorities);
  if (authorities.length === 0 || authorities.length > MAX_AUTHORITIES) {
    check.issue("certificateAuthorities", authorities, want, "without one, every authority may issue");
  }
  for (const one of authorities) {
    if (!AUTHORITY.test(one)) check.issue("certificateAuthorities", one, want);
  }
  const hosts = authorities.map((one) => String(one).split(";")[0]);
  if (new Set(hosts).size !== hosts.length) check.issue("certificateAuthorities", authorities, "every authority once");
  return [...authorities].sort();
}

function readRecords(
  parent: Check<ZoneProps>,
  props: ZoneProps,
  domain: string,
  limits: ZoneLimits,
): Readonly<Record<string, ZoneRecordSpec>> {
  const place = { ...limits.place, domain: isHostName(domain) ? domain : undefined };
  return Object.fromEntries(
    Object.entries(props?.records ?? {}).map(([host, record]): [string, ZoneRecordSpec] => {
      const check = parent.nested<ZoneRecordProps>(`records.${host}`, record, KNOWN_RECORD);
      const want = `why the target's address may be public, in words of at most ${limits.maxReason} characters`;
      const reason = check.tryText("exposed", { pattern: /\S\s+\S/, maxLength: limits.maxReason, want });
      const deepest = reason === undefined ? place.maxLabels : Infinity;
      checkHost(check, "", host, { ...place, maxLabels: deepest });
      return [host, { ...readTarget(check, hostOf(record?.to), host), proxied: reason === undefined }];
    }),
  );
}

function readTarget(check: Check<ZoneRecordProps>, to: unknown, host: string): Pick<ZoneRecordSpec, "type" | "target"> {
  const version = typeof to === "string" ? isIP(to) : 0;
  if (version !== 0 && isPrivateAddress(to as string)) {
    check.issue("to", to, "an address that the internet reaches", "put a tunnel in front of it");
  }
  if (version !== 0) return { type: version === 4 ? "A" : "AAAA", target: to as string };
  if (!isHostName(to)) check.issue("to", to, "an IP address, a host name, or a construct with a hostname");
  else if (to === host) check.issue("to", to, "another host than the record's own");
  return { type: "CNAME", target: String(to) };
}
