import type { ManifestFact } from "../manifest";
import { scopeOf, type Flow } from "./flow";

/** Where backups are a setting of what is backed up, they still are another node. */
export function backupId({ path, address, spec: { sources = [] } }: Pick<ManifestFact, "path" | "address" | "spec">): string {
  return (sources as readonly string[]).includes(address) ? `${scopeOf(path)} backups` : scopeOf(path);
}

/** What a plan of backups copies, and to where. */
export function addBackup(flow: Flow, { path, address, spec }: ManifestFact, paths: ReadonlyMap<string, string>): void {
  const backup = backupId({ path, address, spec });
  const { sources = [], schedules = [] } = spec as { sources?: readonly string[]; schedules?: readonly BackupLike[] };
  const names = schedules.map(({ name }) => name).join(", ");
  for (const source of sources) {
    const scopes = ancestors(paths.get(source) ?? source);
    const known = scopes.find((scope) => flow.has(scope));
    const from = known ?? flow.add({ id: source, column: "services", kind: "backed-up data", title: source, detail: "backed-up data" });
    flow.connect({ from, to: backup, kind: "backup", label: names });
  }
  for (const region of new Set(schedules.flatMap(({ copies = [] }) => copies.map((copy) => copy.region)))) {
    const to = flow.add({
      id: `copy ${region}`,
      column: "copies",
      kind: "copy",
      title: `Copy in ${region}`,
      detail: "backups in another region",
    });
    flow.connect({ from: backup, to, kind: "backup", label: "copy" });
  }
}

interface BackupLike {
  readonly name: string;
  readonly copies?: readonly { readonly region: string }[];
}

/** A path and all that hold it, the innermost first. */
function ancestors(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}
