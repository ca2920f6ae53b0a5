import type { Known, PostureOf } from "./posture";

/** A domain as the edge in front of its hosts treats it. */
export interface EdgeZonePosture extends PostureOf<"edge-zone"> {
  /** Whether TLS 1.3 is spoken. */
  readonly tls13: Known<boolean>;
  /** Whether targets are reached by TLS only, with a certificate that is checked. */
  readonly targetVerified: Known<boolean>;
  /** Days for which browsers use HTTPS only, for all hosts of the domain; 0 when they are not told. */
  readonly hstsDays: Known<number>;
  /** Whether answers about its names are signed. */
  readonly signed: Known<boolean>;
  /** Whether it is said who may issue certificates for it. */
  readonly authoritiesNamed: Known<boolean>;
  /** Whether requests are held against the OWASP rules. */
  readonly owaspRules: Known<boolean>;
  /** Whether the edge is passed by for development. */
  readonly developmentMode: Known<boolean>;
}

/** A name that leads to an address or another name. */
export interface EdgeRecordPosture extends PostureOf<"edge-record"> {
  /** Whether requests go through the edge, which hides the target's address. */
  readonly proxied: Known<boolean>;
}
