import type { Manifest, ManifestFact } from "../manifest";
import { addAttachments } from "./attachments";
import { addBackup } from "./backups";
import { addFirewall } from "./firewalls";
import { Flow, scopeOf, type Topology } from "./flow";
import { nodeOf } from "./nodes";
import { addRequests } from "./requests";

/** The flow of data in a stack, from its facts. */
export function topologyOf({ facts, resources }: Pick<Manifest, "facts" | "resources">): Topology {
  const flow = new Flow();
  const things = facts.flatMap((fact) => nodeOf(fact) ?? []);
  for (const thing of things) flow.add(thing);
  for (const fact of facts) {
    if (fact.kind === "firewall") addFirewall(flow, fact, things);
    addReporting(flow, fact);
  }
  addRequests(flow, facts, things);
  addAttachments(flow, facts);
  const backups = facts.filter(({ kind }) => kind === "backup");
  if (backups.length > 0) {
    const paths = new Map(resources.map(({ address, path }) => [address, path]));
    for (const backup of backups) addBackup(flow, backup, paths);
  }
  return flow.grouped();
}

function addReporting(flow: Flow, { path, spec }: ManifestFact): void {
  const { endpoint, heartbeatSeconds } = (spec.governance ?? {}) as { endpoint?: string; heartbeatSeconds?: number };
  if (endpoint === undefined || heartbeatSeconds === undefined) return;
  const title = endpoint.replace(/^https:\/\//, "");
  const to = flow.add({
    id: `governance ${endpoint}`,
    column: "services",
    kind: "governance endpoint",
    title,
    detail: "governance endpoint",
  });
  flow.connect({ from: scopeOf(path), to, kind: "report", label: `every ${heartbeatSeconds} s` });
}
