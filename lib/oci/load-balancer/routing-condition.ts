const HOST = "http.request.headers[(i 'Host')]";
const PATH = "http.request.url.path";

/**
 * Hosts and paths in OCI's routing language: whole hosts and paths, beginnings of paths, and ends of both. Hosts in any case.
 * Source: https://docs.oracle.com/iaas/Content/Balance/Concepts/routing_policy_conditions.htm, read 2026-11-21; the form for ends of
 * hosts is that of OCI's own Kubernetes ingress controller.
 */
export function routingCondition(hosts: readonly string[], paths: readonly string[]): string {
  const groups = [hosts.map(hostCondition), paths.map(pathCondition)].filter((group) => group.length > 0);
  return `all(${groups.map((group) => (group.length === 1 ? group[0] : `any(${group.join(", ")})`)).join(", ")})`;
}

/** The same, read back. */
export function readRoutingCondition(condition: string): { hosts: string[]; paths: string[] } {
  return { hosts: patterns(condition, HOST_TERM), paths: patterns(condition, PATH_TERM) };
}

function hostCondition(host: string): string {
  return host.startsWith("*") ? `${HOST}[0] ew (i '${host.slice(1)}')` : `${HOST} eq (i '${host}')`;
}

function pathCondition(path: string): string {
  if (path.startsWith("*")) return `${PATH} ew '${path.slice(1)}'`;
  return path.endsWith("*") ? `${PATH} sw '${path.slice(0, -1)}'` : `${PATH} eq '${path}'`;
}

const HOST_TERM = /headers\[\(i 'Host'\)\](?:\[0\])? (eq|ew) \(i '([^']*)'\)/g;
const PATH_TERM = /url\.path (eq|sw|ew) '([^']*)'/g;

function patterns(condition: string, term: RegExp): string[] {
  const wild = { eq: (value: string) => value, sw: (value: string) => `${value}*`, ew: (value: string) => `*${value}` };
  return [...condition.matchAll(term)].map(([, operator, value]) => wild[operator as keyof typeof wild](value as string));
}
