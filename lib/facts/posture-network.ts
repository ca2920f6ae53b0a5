import type { Known, PostureOf } from "./posture";

/** A private network. */
export interface VirtualNetworkPosture extends PostureOf<"virtual-network"> {
  readonly flowLogged: Known<boolean>;
  /** Whether the firewall that things get by default lets nothing through. */
  readonly defaultFirewallClosed: Known<boolean>;
}

/** A part of a network. */
export interface SubnetPosture extends PostureOf<"subnet"> {
  /** Whether machines in it get a public address without asking. */
  readonly automaticPublicAddress: Known<boolean>;
}

/** A named set of firewall rules. */
export interface FirewallGroupPosture extends PostureOf<"firewall-group"> {
  readonly described: Known<boolean>;
}

/** One rule of a firewall. */
export interface FirewallRulePosture extends PostureOf<"firewall-rule"> {
  readonly direction: "ingress" | "egress";
  /** `any`, or the protocol's name. */
  readonly protocol: Known<string>;
  /** 0 to 65535 for all ports. */
  readonly fromPort: Known<number>;
  readonly toPort: Known<number>;
  /** Whether the other end is the whole internet. */
  readonly world: Known<boolean>;
  readonly described: Known<boolean>;
}

/** A load balancer. */
export interface BalancerPosture extends PostureOf<"balancer"> {
  readonly public: Known<boolean>;
  /** Whether it understands HTTP; what only passes packets on has no web settings. */
  readonly web: Known<boolean>;
  readonly accessLogged: Known<boolean>;
  readonly dropsInvalidHeaders: Known<boolean>;
  /** Whether requests that servers could read in two ways are refused. */
  readonly refusesAmbiguousRequests: Known<boolean>;
  readonly deletionProtected: Known<boolean>;
  readonly zones: Known<number>;
  readonly webFirewall: Known<boolean>;
  /** Whether the network was chosen that it is in; not there where there is no default network to slip into. */
  readonly networkChosen?: Known<boolean>;
}

/** What a load balancer listens on. */
export interface ListenerPosture extends PostureOf<"listener"> {
  readonly encrypted: Known<boolean>;
  /** Whether it does nothing but send callers to the encrypted entry. */
  readonly redirects: Known<boolean>;
  /** The oldest TLS version it speaks: 1.2 is written as 1.2. */
  readonly minimumTls: Known<number>;
  /** Whether only strong ciphers are spoken; not there where the version decides that. */
  readonly strongCiphers?: Known<boolean>;
}

/** What a load balancer sends requests to. */
export interface TargetGroupPosture extends PostureOf<"target-group"> {
  readonly encrypted: Known<boolean>;
  readonly healthChecked: Known<boolean>;
}

/** A filter of web requests. */
export interface WebFirewallPosture extends PostureOf<"web-firewall"> {
  /** Whether requests that are known to be attacks are blocked, such as Log4j look-ups. */
  readonly blocksKnownAttacks: Known<boolean>;
  readonly limitsRate: Known<boolean>;
  readonly logged: Known<boolean>;
}

/** A certificate that the platform makes. */
export interface CertificatePosture extends PostureOf<"certificate"> {
  /** Whether a new one is there before the old one is removed. */
  readonly replacedBeforeDestroyed: Known<boolean>;
  /** Whether it can renew itself, because it was validated by a record. */
  readonly renewsItself: Known<boolean>;
}
