import type { BudgetVerdict } from "../../lib/cost/budget";
import { checkBudget } from "../../lib/cost/budget";
import type { Estimate } from "../../lib/cost/estimate";
import type { EstimateLine } from "../../lib/cost/line";
import { totalsOf } from "../../lib/cost/totals";
import { IDLE } from "../../lib/cost/usage";
import type { Finding, Severity } from "../../lib/policy/finding";
import type { Manifest, ManifestAgent, ManifestFact, ManifestRecovery, ManifestResource } from "../../lib/report/manifest";
import { policySection } from "../../lib/report/policy-section";

/** The day of all synthetic manifests. */
export const AS_OF = "2026-11-21";

export interface SyntheticProps {
  readonly stack?: string;
  readonly agents: number;
  readonly resources: number;
  /** Whether cost, budgets, policy and recovery are there. @default true */
  readonly sections?: boolean;
  /** @default 1 */
  readonly owners?: number;
  /** Monthly cap in USD. @default - what it costs and a tenth more */
  readonly capUsd?: number;
}

const LABELS = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

const TYPES = ["acme_service", "acme_log_group", "acme_role", "acme_secret", "acme_alarm", "acme_firewall", "acme_rule", "acme_disk"];

/** A manifest as a stack with so many agents and resources would write it: always the same for the same numbers. */
export function syntheticManifest(props: SyntheticProps): Manifest {
  const { stack = "agents", agents, resources, sections = true } = props;
  const agentIds = Array.from({ length: agents }, (_, index) => `agent-${String(index + 1).padStart(4, "0")}`);
  const list = Array.from({ length: resources }, (_, index) => resourceAt(stack, index, agentIds));
  const count = (status: string) => list.filter(({ labelStatus }) => labelStatus === status).length;
  const [labelled, untaggable, conflict] = [count("labelled"), count("untaggable"), count("conflict")];
  return {
    manifestVersion: 1,
    stack,
    providers: ["acme"],
    labels: LABELS,
    coverage: {
      resources,
      labelled,
      untaggable,
      conflict,
      ungoverned: 0,
      ratio: resources === 0 ? 1 : labelled / resources,
      ratioOfTaggable: labelled + conflict === 0 ? 1 : labelled / (labelled + conflict),
    },
    agents: agentIds.map((agentId) => agentOf(stack, agentId)),
    resources: list,
    facts: factsOf(stack, agentIds),
    ...(sections ? sectionsOf(props, stack, list, agentIds) : {}),
  };
}

function nameOf(agentId: string): string {
  return agentId.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function resourceAt(stack: string, index: number, agentIds: readonly string[]): ManifestResource {
  const type = TYPES[index % TYPES.length] as string;
  const agentId = agentIds.length === 0 ? undefined : agentIds[Math.floor(index / TYPES.length) % agentIds.length];
  const owner = agentId === undefined ? "Network" : nameOf(agentId);
  const place = {
    address: `${type}.${owner}_${index.toString(16).padStart(8, "0").toUpperCase()}`,
    path: `${stack}/${owner}/Part${index}`,
  };
  if (index % 997 === 996) return { ...place, labelStatus: "conflict", conflicts: { owner: "somebody-else" } };
  return { ...place, labelStatus: index % 4 === 3 ? "untaggable" : "labelled" };
}

function agentOf(stack: string, agentId: string): ManifestAgent {
  const { governanceEndpoint: endpoint, governanceId } = LABELS;
  const place = { address: `acme_service.${nameOf(agentId)}`, path: `${stack}/${nameOf(agentId)}/Resource` };
  return { kind: "agent-service", ...place, endpoint, agentId, governanceId, heartbeatSeconds: 30, missedHeartbeats: 3 };
}

function factsOf(stack: string, agentIds: readonly string[]): ManifestFact[] {
  const zones = ["here-1a", "here-1b"];
  const tiers = ["public", "private", "isolated"];
  const subnets = tiers.flatMap((tier, row) => zones.map((zone, at) => ({ tier, zone, cidr: `10.20.${64 * row + 8 * at}.0/21` })));
  const fact = (kind: ManifestFact["kind"], name: string, spec: ManifestFact["spec"]): ManifestFact => ({
    kind,
    address: `acme_${kind.replaceAll("-", "_")}.${name.replaceAll("/", "_")}`,
    path: `${stack}/${name}/Resource`,
    spec,
  });
  const rule = (direction: string, port: number, peer: unknown) => ({ direction, protocol: "tcp", fromPort: port, toPort: port, peer });
  const own = (name: string) => ({ firewall: `${stack}/${name}/Firewall` });
  const agents = agentIds.flatMap((agentId, index) => [
    fact("agent-service", nameOf(agentId), {
      replicas: { min: 1, max: 2 + (index % 3) },
      governance: { endpoint: LABELS.governanceEndpoint, agentId, heartbeatSeconds: 30 },
    }),
    fact("firewall", `${nameOf(agentId)}/Firewall`, {
      rules: [
        rule("egress", 443, "internet"),
        rule("egress", 5433, own("Memory")),
        ...(index % 3 === 0 ? [rule("ingress", 8443, own("Front"))] : []),
      ],
    }),
  ]);
  if (agentIds.length === 0) return [];
  return [
    fact("network", "Network", { cidr: "10.20.0.0/16", egress: "nat-gateway-per-zone", zones, tiers, subnets }),
    fact("load-balancer", "Front", { domain: "agents.acme.dev" }),
    fact("firewall", "Front/Firewall", { rules: [rule("ingress", 443, "internet"), rule("ingress", 80, "internet")] }),
    fact("postgres", "Memory", { version: "16", zones: 2 }),
    fact("backup", "Backups", {
      sources: ["acme_postgres.Memory"],
      schedules: [
        { name: "daily", copies: [{ region: "far-away-1" }] },
        { name: "monthly", copies: [] },
      ],
    }),
    ...agents,
  ];
}

function sectionsOf(props: SyntheticProps, stack: string, resources: readonly ManifestResource[], agentIds: readonly string[]) {
  const cost = estimateOf(props, resources, agentIds);
  const cap = props.capUsd ?? Math.ceil(Number(cost.totals?.gross.high ?? 0) * 1.1);
  const budgets: BudgetVerdict[] = [checkBudget(cost, { usdPerMonth: cap })];
  const findings = resources.flatMap((resource, index) => findingAt(resource, index));
  const rules = RULES.map(({ id, severity, title, why }) => ({ id, severity: severity as Severity, title, why }));
  const tallies = Object.fromEntries(rules.map(({ id }) => [id, { pass: 12, fail: 1, unknown: 0, acknowledged: 0 }]));
  return {
    cost,
    budgets,
    policy: policySection(["baseline"], { asOf: AS_OF, findings, rules: tallies }, rules),
    recovery: recoveryOf(stack),
  };
}

function estimateOf({ owners = 1 }: SyntheticProps, resources: readonly ManifestResource[], agentIds: readonly string[]): Estimate {
  const lines = resources.flatMap(({ address, path }, index): EstimateLine[] => {
    if (index % 3 !== 0) return [];
    const cents = 37 + ((index * 7919) % 1613);
    const agentId = index % 5 === 0 ? undefined : agentIds[Math.floor(index / TYPES.length) % agentIds.length];
    const usd = (part: number) => ((cents * part) / 100).toFixed(2);
    return [
      {
        address,
        path,
        type: address.split(".")[0] as string,
        labels: { ...LABELS, owner: index % owners === 0 ? LABELS.owner : `team-${index % owners}@acme.dev`, agentId },
        provider: "acme",
        kind: index % 2 === 0 ? "fixed" : "usage-assumed",
        meter: "hours",
        service: "Things",
        sku: "thing",
        region: "here",
        unit: "hour",
        quantity: { low: "730", expected: "730", high: "1460" },
        basis: "1 x 730 h",
        unitUsd: "0.01",
        usd: { low: usd(0.5), expected: usd(1), high: usd(2) },
        priceId: "acme/things/thing/here/hour",
        priceDate: "2026-11-19",
        grade: "A",
        source: "https://acme.example/prices",
      },
    ];
  });
  return {
    estimateVersion: 1,
    asOf: AS_OF,
    currency: "USD",
    books: [{ provider: "acme", bookVersion: "2026-11-19", asOf: "2026-11-19" }],
    usage: IDLE,
    lines,
    gaps: [],
    free: { acme_role: 4 },
    totals: totalsOf(lines),
    complete: true,
    priceDates: { oldest: "2026-11-19", newest: "2026-11-19" },
    notCovered: ["taxes", "support plans", "what models charge for tokens"],
  };
}

export const RULES = [
  {
    id: "firewall-world-only-https",
    severity: "critical",
    title: "The internet reaches nothing but HTTPS",
    why: "every open port is tried by everybody, all the time",
    fix: "name the peer, or put a load balancer before it",
  },
  {
    id: "database-encrypted",
    severity: "high",
    title: "Databases are encrypted",
    why: "a copy of the disk is a copy of the data",
    fix: "set encrypted to true",
  },
  {
    id: "log-retention",
    severity: "medium",
    title: "Logs are kept for a year",
    why: "attacks are found after months",
    fix: "set logRetentionDays to 365",
  },
  {
    id: "alarm-rings",
    severity: "low",
    title: "Alarms ring somewhere",
    why: "an alarm that nobody hears is none",
    fix: "add a target to the alarm",
  },
] as const;

function findingAt({ address, path }: ManifestResource, index: number): Finding[] {
  if (index % 23 !== 5) return [];
  const { id, severity, fix } = RULES[Math.floor(index / 23) % RULES.length] as (typeof RULES)[number];
  const finding = { ruleId: id, severity, address, path, observed: "it is not so", expected: "it to be so", fix };
  if (index % 5 === 1) return [{ ...finding, status: "unknown" }];
  if (index % 5 !== 2) return [{ ...finding, status: "fail" }];
  return [
    { ...finding, status: "acknowledged", acknowledgement: { scope: path, reason: "a test stack without data", expires: "2027-01-31" } },
  ];
}

function recoveryOf(stack: string): ManifestRecovery {
  const target = { rpoMinutes: 60, rtoMinutes: 240 };
  const address = "acme_postgres.Memory";
  return {
    verdicts: [
      {
        path: stack,
        scope: "instance",
        status: "ok",
        target,
        address,
        mechanism: "standby in another zone",
        rpoMinutes: 0,
        rtoMinutes: 2,
        reason: "the standby takes over (documented)",
      },
      {
        path: stack,
        scope: "zone",
        status: "ok",
        target,
        address,
        mechanism: "standby in another zone",
        rpoMinutes: 0,
        rtoMinutes: 2,
        reason: "the standby takes over (documented)",
      },
      {
        path: stack,
        scope: "operator-error",
        status: "unproven",
        target,
        address,
        mechanism: "restore to a point in time",
        rpoMinutes: 5,
        rtoMinutes: null,
        reason: "a restore takes a time that nobody has published",
      },
      {
        path: stack,
        scope: "region",
        status: "infeasible",
        target,
        address,
        mechanism: "copy in another region",
        rpoMinutes: 1500,
        rtoMinutes: null,
        reason: "the copy may lose 25 h, more than 60 minutes",
        nearest: { mechanism: "replica in another region", usdPerMonth: "31.20" },
      },
    ],
    uncovered: [{ address: "acme_disk.Scratch", path: `${stack}/Scratch`, why: "no mechanism is there for a wrong write or delete" }],
  };
}
