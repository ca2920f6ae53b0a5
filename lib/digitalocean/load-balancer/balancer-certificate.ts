import { Certificate } from "@cdktf/provider-digitalocean/lib/certificate";
import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { physicalName } from "../../names";

/** DigitalOcean says which characters a name may have, and not how many: ours stay as short as the label of a host name. */
const MAX_NAME = 63;

export interface DigitalOceanBalancerCertificateProps {
  /** Names that it is for, all in domains that DigitalOcean manages. */
  readonly domains: readonly string[];
}

/**
 * A certificate of Let's Encrypt that DigitalOcean issues and renews. A balancer takes one certificate, so it is for all its names.
 *
 * Creates `digitalocean_certificate`. Other names make another certificate, under another name, before this one goes. No cost.
 */
export class DigitalOceanBalancerCertificate extends Construct {
  /** The underlying certificate. */
  readonly certificate: Certificate;

  constructor(scope: Construct, id: string, { domains }: DigitalOceanBalancerCertificateProps) {
    super(scope, id);
    const version = createHash("sha256").update(domains.join(" ")).digest("hex").slice(0, 8);
    this.certificate = new Certificate(this, "Resource", {
      name: physicalName(this, { kind: "certificate", maxLength: MAX_NAME, suffix: version }),
      type: "lets_encrypt",
      domains: [...domains],
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
