import type { ManifestFact } from "../manifest";
import { scopeOf, WORLD_OUT, type Flow } from "./flow";

const AGENTS: ReadonlySet<ManifestFact["kind"]> = new Set(["agent-service", "agent-vm", "serverless-agent", "job-agent"]);

/** What agents are attached to, and what nothing keeps them from, where no firewall says so. */
export function addAttachments(flow: Flow, facts: readonly ManifestFact[]): void {
  const firewalled = new Set(facts.flatMap(({ kind, path }) => (kind === "firewall" ? [scopeOf(path)] : [])));
  for (const fact of facts.filter(({ kind }) => AGENTS.has(kind))) {
    const from = scopeOf(fact.path);
    const unsaid = attachments(fact, facts, flow).filter(({ to }) => flow.has(to) && !flow.connects(from, to));
    for (const { to, label } of unsaid) flow.connect({ from, to, kind: "use", label });
    if (!firewalled.has(from) && runs(fact)) flow.connect({ from, to: flow.add(WORLD_OUT), kind: "open", label: "any" });
  }
}

function runs({ spec: { enabled, replicas } }: ManifestFact): boolean {
  return enabled !== false && (replicas as { max?: number } | undefined)?.max !== 0;
}

interface Attachment {
  readonly to: string;
  readonly label: string;
}

function attachments({ spec }: ManifestFact, facts: readonly ManifestFact[], flow: Flow): readonly Attachment[] {
  const { database, databases = {}, bindings = {} } = spec as Attached;
  const own = typeof database === "string" ? [{ to: scopeOf(database), label: "database" }] : [];
  const bound = Object.values(bindings).flatMap((group) => Object.entries(group));
  const referred = bound.flatMap(([label, value]) => {
    const text = JSON.stringify(value);
    return facts.filter(({ address }) => text.includes(`\${${address}.`)).map(({ path }) => ({ to: scopeOf(path), label }));
  });
  const elsewhere = Object.entries(databases).map(([label, value]) => ({ to: remote(flow, label, value), label }));
  return [...own, ...referred, ...elsewhere];
}

/** A database that this stack does not have. */
function remote(flow: Flow, name: string, { host = "", tunnelled }: RemoteDatabase): string {
  const title = host.includes("${") ? name : host;
  const detail = tunnelled ? "database, by tunnel" : "database";
  return flow.add({ id: `database ${title}`, column: "services", kind: "remote database", title, detail });
}

interface RemoteDatabase {
  readonly host?: string;
  readonly tunnelled?: boolean;
}

interface Attached {
  /** Path of the construct. */
  readonly database?: unknown;
  readonly databases?: Readonly<Record<string, RemoteDatabase>>;
  readonly bindings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
