import { Construct } from "constructs";
import { physicalName } from "../../names";
import { type Check, type KeysOf } from "../../spec/check";
import { tryRange } from "../../spec/cidr";
import { BastionBastion } from "../bindings/bastion-bastion";
import { compartmentOf } from "../compartment";
import type { OciFirewall } from "../network/firewall";

/** Longest name, of letters and digits. Source: CreateBastionDetails in the OCI API reference, read 2026-11-21. */
const MAX_NAME = 255;

/** Seconds after which a session ends. */
const SESSION_SECONDS = 3600;

export interface BastionProps {
  /** Ranges of IPv4 addresses from which people may open sessions, such as `198.51.100.7/32`; never the whole internet. */
  readonly clientCidrs: readonly string[];
}

export interface OciAgentVmBastionProps extends BastionProps {
  /** Id of the subnet the machine is in. */
  readonly subnetId: string;
  /** The firewall of the machine. */
  readonly firewall: OciFirewall;
}

/**
 * Lets people with permission of OCI open sessions of an hour on the machine, as `operator` with a key for each session.
 *
 * Creates `oci_bastion_bastion`, and a rule for port 22 from its one address. No cost.
 */
export class OciAgentVmBastion extends Construct {
  /** The underlying bastion. */
  readonly bastion: BastionBastion;

  constructor(scope: Construct, id: string, { clientCidrs, subnetId, firewall }: OciAgentVmBastionProps) {
    super(scope, id);
    this.bastion = new BastionBastion(this, "Resource", {
      bastionType: "STANDARD",
      compartmentId: compartmentOf(this),
      name: physicalName(this, { kind: "bastion", maxLength: MAX_NAME, separator: "" }),
      targetSubnetId: subnetId,
      clientCidrBlockAllowList: [...clientCidrs],
      maxSessionTtlInSeconds: SESSION_SECONDS,
    });
    const cidr = `${this.bastion.privateEndpointIpAddress}/32`;
    firewall.addIngress("bastion22", { port: 22, peer: { cidr }, description: "Sessions of people through the bastion" });
  }
}

/** Reads the prop `bastion`; problems are named `bastion.clientCidrs`. */
export function checkBastion<P extends object>(parent: Check<P>, given: BastionProps | undefined): void {
  if (given === undefined) return;
  const check = parent.nested<BastionProps>("bastion", given, { clientCidrs: true } satisfies KeysOf<BastionProps>);
  const want = 'ranges of IPv4 addresses such as "198.51.100.7/32", and not the whole internet';
  const cidrs = check.list<string>("clientCidrs", want);
  if (cidrs.length === 0 && Array.isArray(given?.clientCidrs)) check.issue("clientCidrs", cidrs, want);
  for (const cidr of cidrs) {
    if (tryRange(String(cidr)) === undefined || /\/0$/.test(String(cidr))) check.issue("clientCidrs", cidr, want);
  }
}
