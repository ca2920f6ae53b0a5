import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { TotalTls } from "@cdktf/provider-cloudflare/lib/total-tls";
import { Zone } from "@cdktf/provider-cloudflare/lib/zone";
import { ZoneDnssec } from "@cdktf/provider-cloudflare/lib/zone-dnssec";
import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { Construct } from "constructs";
import { claimName } from "../../names";
import { specContext, type ProviderProps } from "../../spec/context";
import { zoneSpec, type ZoneProps, type ZoneSpec } from "../../spec/zone";
import { CLOUDFLARE_ID, depthOf, PLANS, type CloudflarePlan, type CloudflareZoneAttributes, type ICloudflareZone } from "../zone";

/**
 * Authorities that Cloudflare gets certificates from, as they stand in CAA records.
 * Source: https://developers.cloudflare.com/ssl/edge-certificates/caa-records/, read 2026-11-21.
 */
const AUTHORITIES = ["letsencrypt.org", "pki.goog; cansignhttpexchanges=yes", "ssl.com", "sectigo.com"] as const;

/** Comment of a record on the Free plan. Source: https://developers.cloudflare.com/dns/manage-dns-records/reference/record-attributes/#availability, read 2026-11-21. */
const MAX_COMMENT = 100;

/** Automatic: what a proxied record always has. */
const AUTOMATIC_TTL = 1;
const EXPOSED_TTL = 300;

const SECONDS_PER_DAY = 86_400;

export interface CloudflareNetworkProps extends ZoneProps {
  /** Id of the Cloudflare account. */
  readonly accountId: string;
  /**
   * Id of a zone that exists already: its settings and records are managed here, the zone itself is not.
   * @default - the zone is made here; point the domain's name servers to `nameServers` afterwards
   */
  readonly zoneId?: string;
  /**
   * What the zone is paid for. Nothing is bought here: it decides what is accepted.
   * @default "free"
   */
  readonly plan?: CloudflarePlan;
  /**
   * Whether Total TLS issues certificates for hosts deeper than one label; needs Advanced Certificate Manager, which is paid for.
   * @default false
   */
  readonly totalTls?: boolean;
}

/**
 * A domain at Cloudflare's edge with safe settings: TLS 1.2 or newer with 1.3, HTTPS always, HSTS, targets reached by verified TLS only, DNSSEC,
 * CAA, WebSocket on, 0-RTT and development mode off, records proxied.
 *
 * Creates `cloudflare_zone` (unless it exists), `cloudflare_zone_setting`, `cloudflare_zone_dnssec`, `cloudflare_dns_record` and with `totalTls`
 * a `cloudflare_total_tls`. In production Terraform refuses to destroy the zone and its DNSSEC.
 * Cost of the defaults (2026-11-21): none on the Free plan; the price book has no row of the other plans and of Advanced Certificate Manager.
 * Not covered: address ranges, subnets, egress and flow logs, which an edge has not; what hosts lead to has to bring a certificate that is trusted
 * (of a public authority, or of Cloudflare's Origin CA); mail and TXT records; a zone whose DNS is elsewhere. DNSSEC works once `dsRecord`
 * is at the registrar; take it away there, and wait a day, before the zone is given up.
 * Settings and Total TLS stay as they are when Terraform destroys them, which it says itself: the provider cannot take them back.
 */
export class CloudflareNetwork extends Construct implements ICloudflareZone {
  /** A zone that is managed elsewhere. */
  static fromAttributes(attributes: CloudflareZoneAttributes): ICloudflareZone {
    return { plan: "free", totalTls: false, ...attributes };
  }

  /** The zone after defaults and checks. */
  readonly spec: ZoneSpec;
  /** The underlying zone, when it is made here. */
  readonly zone?: Zone;
  /** The underlying DNSSEC. */
  readonly dnssec: ZoneDnssec;
  readonly accountId: string;
  readonly zoneId: string;
  readonly plan: CloudflarePlan;

  constructor(scope: Construct, id: string, props: CloudflareNetworkProps) {
    super(scope, id);
    this.spec = zoneSpec(props, specContext<Own>(this, OWN_PROPS), {
      created: props?.zoneId === undefined,
      deepCertificates: props?.totalTls === true,
      certificateAuthorities: AUTHORITIES,
      place: depthOf(props?.totalTls),
      maxReason: MAX_COMMENT,
    });
    this.accountId = props.accountId;
    this.plan = props.plan ?? "free";
    claimName(this, { kind: "zone" }, this.spec.domain, "domain");
    if (this.spec.created) this.zone = this.addZone();
    this.zoneId = this.zone?.id ?? (props.zoneId as string);
    this.dnssec = new ZoneDnssec(this, "Dnssec", { zoneId: this.zoneId, status: "active", lifecycle: this.lifecycle });
    for (const [child, [settingId, value]] of Object.entries(settingsOf(this.spec))) this.addSetting(child, settingId, value);
    if (this.spec.deepCertificates) new TotalTls(this, "TotalTls", { zoneId: this.zoneId, enabled: true });
    for (const authority of this.spec.certificateAuthorities) this.addAuthority(authority);
    for (const host of Object.keys(this.spec.records)) this.addRecord(host, props.records?.[host]?.exposed);
  }

  get zoneName(): string {
    return this.spec.domain;
  }

  get totalTls(): boolean {
    return this.spec.deepCertificates;
  }

  /** What the registrar has to be told once the zone is made; empty for one that existed. */
  get nameServers(): readonly string[] {
    return this.zone?.nameServers ?? [];
  }

  /** What the registrar has to be told for DNSSEC to work. */
  get dsRecord(): string {
    return this.dnssec.ds;
  }

  private get lifecycle() {
    return { preventDestroy: this.spec.profile === "production" };
  }

  private addZone(): Zone {
    return new Zone(this, "Resource", {
      name: this.spec.domain,
      account: { id: this.accountId },
      type: "full",
      lifecycle: this.lifecycle,
    });
  }

  /** The binding takes objects only; the provider wants most values as text. */
  private addSetting(child: string, settingId: string, value: unknown): void {
    const setting = new ZoneSetting(this, child, { zoneId: this.zoneId, settingId, value: {} });
    setting.addOverride("value", value);
  }

  private addAuthority(value: string): void {
    for (const tag of ["issue", "issuewild"]) {
      const record = new DnsRecord(this, `Caa-${tag}-${String(value.split(";")[0])}`, {
        zoneId: this.zoneId,
        name: this.spec.domain,
        type: "CAA",
        ttl: AUTOMATIC_TTL,
        data: { tag, value },
      });
      record.addOverride("data.flags", "0");
    }
  }

  private addRecord(host: string, reason: string | undefined): void {
    const { type, target, proxied } = this.spec.records[host] as ZoneSpec["records"][string];
    claimName(this, { kind: "host", suffix: host }, host, `records.${host}`);
    new DnsRecord(this, `Record-${host}`, {
      zoneId: this.zoneId,
      name: host,
      type,
      content: target,
      proxied,
      ttl: proxied ? AUTOMATIC_TTL : EXPOSED_TTL,
      comment: reason,
    });
  }
}

/** Settings by child id. Names and values: https://developers.cloudflare.com/api/resources/zones/subresources/settings/, read 2026-11-21. */
function settingsOf({ minTlsVersion, hsts }: ZoneSpec): Readonly<Record<string, readonly [string, unknown]>> {
  return {
    MinTls: ["min_tls_version", minTlsVersion],
    Tls13: ["tls_1_3", "on"],
    Ssl: ["ssl", "strict"],
    AlwaysHttps: ["always_use_https", "on"],
    HttpsRewrites: ["automatic_https_rewrites", "on"],
    Hsts: [
      "security_header",
      {
        strict_transport_security: {
          enabled: hsts !== undefined,
          max_age: (hsts?.maxAgeDays ?? 0) * SECONDS_PER_DAY,
          include_subdomains: hsts?.includeSubdomains === true,
          preload: hsts?.preload === true,
          nosniff: true,
        },
      },
    ],
    WebSockets: ["websockets", "on"],
    EarlyData: ["0rtt", "off"],
    DevelopmentMode: ["development_mode", "off"],
  };
}

type Own = Pick<CloudflareNetworkProps, "accountId" | "zoneId" | "plan" | "totalTls">;

const OWN_PROPS: ProviderProps<Own> = {
  accountId: (check) => void check.text("accountId", CLOUDFLARE_ID),
  zoneId: (check) => void check.tryText("zoneId", CLOUDFLARE_ID),
  plan: (check) => void check.oneOf("plan", PLANS, "free"),
  totalTls: (check) => void check.flag("totalTls", false),
};
