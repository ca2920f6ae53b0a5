import type { Known } from "../facts/posture";
import { whenever, type Verdict } from "./rule";

/** What a firewall rule opens. */
export interface Opening {
  /** `any`, or the protocol's name. */
  readonly protocol: Known<string>;
  readonly fromPort: Known<number>;
  readonly toPort: Known<number>;
}

/** Judges a rule that lets the internet in; every other rule passes. */
export function worldIngress(direction: "ingress" | "egress", world: Known<boolean>, verdict: () => Verdict): Verdict {
  return direction === "ingress" ? whenever(world, verdict) : "pass";
}

/** Judges a rule that lets things out to the whole internet; every other rule passes. */
export function worldEgress(direction: "ingress" | "egress", world: Known<boolean>, verdict: () => Verdict): Verdict {
  return direction === "egress" ? whenever(world, verdict) : "pass";
}

/** Fails when one of the ports is open. */
export function opens({ protocol, fromPort, toPort }: Opening, ports: readonly number[]): Verdict {
  if (fromPort === "unknown" || toPort === "unknown" || protocol === "unknown") return "unknown";
  if (!["any", "tcp", "udp"].includes(protocol)) return "pass";
  const open = ports.filter((port) => port >= fromPort && port <= toPort);
  if (open.length === 0) return "pass";
  const observed = open.length > 3 ? `${range(fromPort, toPort)}, with ${open.length} ports for administration` : `port ${open.join(", ")}`;
  return { observed: `the internet may come in on ${observed}`, expected: "no port for administration" };
}

/** Fails unless TCP port 443, or UDP port 443 for HTTP/3, is all that is open. */
export function only443({ protocol, fromPort, toPort }: Opening): Verdict {
  if (fromPort === "unknown" || toPort === "unknown" || protocol === "unknown") return "unknown";
  if (["tcp", "udp"].includes(protocol) && fromPort === 443 && toPort === 443) return "pass";
  return { observed: `the internet may come in on ${protocol} ${range(fromPort, toPort)}`, expected: "port 443 only" };
}

/** Fails when every port is open. */
export function notAllPorts({ protocol, fromPort, toPort }: Opening): Verdict {
  if (protocol === "any") return { observed: "every protocol and port to the internet", expected: "named ports" };
  if (fromPort === "unknown" || toPort === "unknown" || protocol === "unknown") return "unknown";
  if (fromPort > 1 || toPort < 65535) return "pass";
  return { observed: `every ${protocol} port to the internet`, expected: "named ports" };
}

function range(fromPort: number, toPort: number): string {
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
}
