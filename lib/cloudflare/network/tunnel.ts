import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { ZeroTrustTunnelCloudflared } from "@cdktf/provider-cloudflare/lib/zero-trust-tunnel-cloudflared";
import {
  ZeroTrustTunnelCloudflaredConfigA,
  type ZeroTrustTunnelCloudflaredConfigConfigIngress,
} from "@cdktf/provider-cloudflare/lib/zero-trust-tunnel-cloudflared-config";
import { Construct } from "constructs";
import { claimName, physicalName } from "../../names";
import type { AgentUnitProps } from "../../spec/agent-unit";
import type { Check } from "../../spec/check";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallRuleProps } from "../../spec/firewall";
import { tunnelSpec, type ITunnel, type TunnelProps, type TunnelSpec } from "../../spec/tunnel";
import { CloudflareAccess } from "./access";
import { checkZone, hostsIn, type ICloudflareZone } from "../zone";

/**
 * Where a tunnel connects to.
 * Source: https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/configure-tunnels/tunnel-with-firewall/, read 2026-11-21;
 * the page lists single addresses, all of them in these two ranges.
 */
const EDGE = { region1: "198.41.192.0/24", region2: "198.41.200.0/24" } as const;
const EDGE_PORT = 7844;

/** Where the machine's end gets the keys that Access signs with. Source: the same page. */
const TEAM = { team1: "104.19.194.29/32", team2: "104.19.195.29/32" } as const;

/** Where the bundle of an agent is unpacked to. */
const PROGRAM = "/opt/agent/cloudflared";

/** Enough for cloudflared, and little enough to leave the machine to the agent. */
const MEMORY_MIB = 256;

const MAX_NAME = 63;
const AUTOMATIC_TTL = 1;

/** Who is let through a tunnel. */
export interface CloudflareTunnelAccess {
  /** The gate in front of the tunnel's host, for all of its paths. */
  readonly application: CloudflareAccess;
  /** The team's name in Zero Trust: what stands before `.cloudflareaccess.com`. */
  readonly teamName: string;
}

export interface CloudflareTunnelProps extends TunnelProps<CloudflareTunnelAccess> {
  /** The zone that the host is in. */
  readonly zone: ICloudflareZone;
}

/**
 * A tunnel to a machine anywhere, which connects outward itself: no inbound port, no public address.
 *
 * Creates `cloudflare_zero_trust_tunnel_cloudflared` (managed at Cloudflare), its `cloudflare_zero_trust_tunnel_cloudflared_config` and a
 * `cloudflare_dns_record`. Whatever is asked for under another name is answered with 404.
 * Cost (2026-11-21): the price book has no row of tunnels; seats of Access are paid for apart.
 * The token that the machine needs is neither an input nor in Terraform's state: Cloudflare makes it with the tunnel. Once the tunnel is there,
 * fetch it (`cloudflared tunnel token <id>`, or GET .../cfd_tunnel/<id>/token), put it into the secret store of the machine's provider, and give the
 * machine its reference: `secrets: { [tunnel.tokenVariable]: reference }`. Until then the unit restarts. All units of the machine see it.
 * Not covered: the program itself (put it into the machine's bundle; `unit` says where it is looked for), more than one service per tunnel,
 * private networks (WARP). The configuration goes with the tunnel, and not before it. Whoever has the token can answer for the host: rotate it at Cloudflare when the machine may have lost it.
 */
export class CloudflareTunnel extends Construct implements ITunnel {
  /** The tunnel after defaults and checks. */
  readonly spec: TunnelSpec;
  /** The underlying tunnel. */
  readonly tunnel: ZeroTrustTunnelCloudflared;
  /** The underlying configuration. */
  readonly config: ZeroTrustTunnelCloudflaredConfigA;
  readonly tokenVariable = "TUNNEL_TOKEN";

  constructor(scope: Construct, id: string, props: CloudflareTunnelProps) {
    super(scope, id);
    this.spec = tunnelSpec(props, specContext<Own>(this, ownProps(props)), {
      place: hostsIn(props?.zone),
      protects: protectedBy(props?.access?.application),
    });
    const { accountId, zoneId } = props.zone;
    this.tunnel = new ZeroTrustTunnelCloudflared(this, "Resource", {
      accountId,
      name: physicalName(this, { kind: "tunnel", maxLength: MAX_NAME }),
      configSrc: "cloudflare",
    });
    this.config = new ZeroTrustTunnelCloudflaredConfigA(this, "Config", {
      accountId,
      tunnelId: this.tunnel.id,
      config: { ingress: [this.ingress(props.access), { service: "http_status:404" }] },
    });
    new DnsRecord(this, "Record", {
      zoneId,
      name: claimName(this, { kind: "host" }, this.spec.host, "host"),
      type: "CNAME",
      content: this.address,
      proxied: true,
      ttl: AUTOMATIC_TTL,
    });
  }

  get hostname(): string {
    return this.spec.host;
  }

  get tunnelId(): string {
    return this.tunnel.id;
  }

  /** Where Cloudflare finds the tunnel; nobody else can connect to it. */
  get address(): string {
    return `${this.tunnel.id}.cfargotunnel.com`;
  }

  get egress(): Readonly<Record<string, FirewallRuleProps<never>>> {
    const rules = Object.entries(EDGE).flatMap(([region, cidr]) =>
      (["tcp", "udp"] as const).map((protocol): [string, FirewallRuleProps<never>] => [
        `tunnel-${region}-${protocol}`,
        { port: EDGE_PORT, protocol, peer: { cidr }, description: "Tunnel to Cloudflare" },
      ]),
    );
    const keys = Object.entries(this.spec.exposure === "private" ? TEAM : {}).map(([name, cidr]): [string, FirewallRuleProps<never>] => [
      `tunnel-${name}`,
      { port: 443, peer: { cidr }, description: "Keys of Cloudflare Access" },
    ]);
    return Object.fromEntries([...rules, ...keys]);
  }

  unit(program: string = PROGRAM): AgentUnitProps {
    return { command: [program, "tunnel", "--no-autoupdate", "run"], memoryMaxMiB: MEMORY_MIB };
  }

  private ingress(access: CloudflareTunnelAccess | undefined): ZeroTrustTunnelCloudflaredConfigConfigIngress {
    const { host, port, protocol } = this.spec;
    const gate = access && { required: true, teamName: access.teamName, audTag: [access.application.audience] };
    const unverified = protocol === "https" ? true : undefined;
    return {
      hostname: host,
      service: `${protocol}://localhost:${port}`,
      originRequest: gate === undefined && unverified === undefined ? undefined : { access: gate, noTlsVerify: unverified },
    };
  }
}

function protectedBy(application: unknown) {
  return application instanceof CloudflareAccess ? { host: application.spec.host, whole: application.spec.path === undefined } : undefined;
}

type Own = Pick<CloudflareTunnelProps, "zone">;

function ownProps(props: CloudflareTunnelProps): ProviderProps<Own> {
  return {
    zone: (check) => {
      checkZone(check, props?.zone);
      checkTeam(check, props?.access);
    },
  };
}

function checkTeam(parent: Check<Own>, access: CloudflareTunnelAccess | undefined): void {
  if (!(access?.application instanceof CloudflareAccess)) return;
  const check = parent.nested<CloudflareTunnelAccess>("access", access, { application: true, teamName: true });
  check.text("teamName", { pattern: /^[a-z0-9][a-z0-9-]{0,62}$/, want: "what stands before .cloudflareaccess.com" });
}
