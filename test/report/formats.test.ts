import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { changeBetween } from "../../lib/report/change";
import { mermaidDiagram } from "../../lib/report/diagram";
import type { Manifest } from "../../lib/report/manifest";
import { reportMarkdown } from "../../lib/report/markdown";
import { publicSpec } from "../../lib/report/public-spec";
import { reportSarif } from "../../lib/report/sarif";
import { topologyOf } from "../../lib/report/topology/topology";
import { HOSTILE, hostileManifest } from "./hostile";
import { syntheticManifest } from "./support";

const small = syntheticManifest({ agents: 4, resources: 60 });

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly (Record<string, unknown> & { ruleIndex: number; ruleId: string })[];
    },
  ];
}

describe("SARIF", () => {
  const { $schema, id, ...schema } = JSON.parse(
    readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(schema);

  test("is valid by the official schema, with and without findings, and with hostile names", () => {
    expect([$schema, id]).toEqual([expect.stringContaining("draft-04"), expect.stringContaining("sarif-2.1.0")]);
    const bare = syntheticManifest({ agents: 0, resources: 0, sections: false });
    for (const manifests of [[], [bare], [small], HOSTILE.map(hostileManifest)]) {
      validate(JSON.parse(JSON.stringify(reportSarif(manifests))));
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate({ version: "2.1.0", runs: [{ results: [{}] }] })).toBe(false);
  });

  test("has every finding with its rule, place and fingerprint", () => {
    const [run] = (reportSarif([syntheticManifest({ agents: 4, resources: 600 })]) as Sarif).runs;
    const { findings = [] } = syntheticManifest({ agents: 4, resources: 600 }).policy ?? {};
    expect(run.results).toHaveLength(findings.length);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    const prints = run.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  });

  test("what is undecided is open, what is acknowledged is suppressed with its reason", () => {
    const all = syntheticManifest({ agents: 4, resources: 600 });
    const [run] = (reportSarif([all]) as Sarif).runs;
    const by = (status: string) => run.results.filter((_, index) => all.policy?.findings[index]?.status === status);
    for (const result of by("unknown")) expect(result).toMatchObject({ kind: "open", level: "none" });
    for (const result of by("acknowledged"))
      expect(result.suppressions).toEqual([{ kind: "external", status: "accepted", justification: "a test stack without data" }]);
    for (const result of by("fail")) expect(result).not.toHaveProperty("suppressions");
    expect([by("unknown").length, by("acknowledged").length, by("fail").length].every((length) => length > 0)).toBe(true);
  });
});

describe("Markdown", () => {
  test("is a table with details folded below it, and says what changed", () => {
    const before = syntheticManifest({ agents: 4, resources: 50 });
    expect(reportMarkdown([small], { previous: [before] })).toMatchSnapshot();
  });

  test("says what is not checked, what is new and what is gone", () => {
    const bare = syntheticManifest({ stack: "bare", agents: 1, resources: 9, sections: false });
    const text = reportMarkdown([bare], { previous: [small] });
    expect(text).toContain("| bare (new) | not estimated | 100.0 % | not checked | not promised |");
    expect(text).toContain("Stack **agents** is gone, with 60 resources.");
    expect(reportMarkdown([])).toContain("No governed stack was found.");
  });

  test.each(HOSTILE)("%j stays text in one row", (hostile) => {
    const text = reportMarkdown([hostileManifest(hostile)], { title: hostile });
    const rows = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| stack"));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.replaceAll("\\|", "").match(/\|/g)).toHaveLength(6);
    expect(text.replace(/`+[^`\n]*`+/g, "")).not.toMatch(/<(?!\/?(details|summary)>)/);
    expect(rows[0]).not.toMatch(/@everyone/);
  });

  test("stays below what a comment may have", () => {
    const one = syntheticManifest({ agents: 1, resources: 400 });
    const many = Array.from({ length: 300 }, (_, index) => ({ ...one, stack: `stack-${index}` }));
    const text = reportMarkdown(many);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("And 200 more stacks.");
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length as number);
  });
});

describe("a change", () => {
  test("is exact in cents, and the same findings and addresses are no change", () => {
    const before = syntheticManifest({ agents: 4, resources: 57 });
    const { cost, added, removed } = changeBetween(small, before);
    const sum = (manifest: Manifest) => Math.round(Number(manifest.cost?.totals?.gross.expected) * 100);
    expect(cost?.cents).toBe(BigInt(sum(small) - sum(before)));
    expect([added.length, removed.length]).toEqual([3, 0]);
    expect(changeBetween(small, small)).toMatchObject({
      newFindings: [],
      goneFindings: [],
      added: [],
      removed: [],
      cost: { cents: 0n, notes: [] },
    });
  });

  test("names what makes two totals hard to compare", () => {
    const cost = { ...small.cost, books: [{ provider: "acme", bookVersion: "older", asOf: "2026-01-01" }] };
    expect(changeBetween(small, { ...small, cost } as Manifest).cost?.notes).toEqual([
      "prices differ too: acme older before, acme 2026-11-19 now",
    ]);
  });
});

describe("the diagram", () => {
  test("shows who may connect, who reports and what is copied where", () => {
    const { nodes, edges } = topologyOf(small);
    const title = new Map(nodes.map((node) => [node.id, node.title]));
    const ways = edges.map(({ from, to, kind, label }) => `${title.get(from)} -${kind}-> ${title.get(to)} (${label})`);
    expect(ways).toEqual(
      expect.arrayContaining([
        "Internet -open-> Front (443, 80)",
        "Front -open-> Agent-0001 (8443)",
        "Agent-0001 -open-> Memory (5433)",
        "Agent-0001 -open-> Internet (443)",
        "Agent-0001 -report-> governance.acme.dev (every 30 s)",
        "Backups -backup-> Copy in far-away-1 (copy)",
      ]),
    );
  });

  test("of a thousand agents is as small as of ten", () => {
    expect(topologyOf(syntheticManifest({ agents: 1000, resources: 10 })).nodes).toHaveLength(
      topologyOf(syntheticManifest({ agents: 10, resources: 10 })).nodes.length,
    );
  });

  test("is Mermaid in which no name is markup", () => {
    expect(mermaidDiagram([small])).toMatchSnapshot();
    for (const hostile of HOSTILE) {
      const lines = mermaidDiagram([hostileManifest(hostile)])
        .trimEnd()
        .split("\n");
      const known = /^ *(flowchart LR|end|subgraph s\w+\["[^"]*"\]|s\w+\["[^"]*"\]|s\w+ (-->|-\.->|==>)\|"[^"]*"\| s\w+)$/;
      expect(lines.filter((line) => !known.test(line))).toEqual([]);
    }
  });
});

test("facts in the manifest carry no secrets, references to them or environments", () => {
  const spec = {
    agent: { image: "i", secrets: { KEY: "arn:secret" }, environment: { A: "b" } },
    sidecars: { one: { secrets: { KEY: "arn:secret" }, image: "j" } },
    list: [{ registrySecret: "arn:secret", port: 1 }],
    governance: { keySecret: "arn:secret", agentId: "a" },
  };
  expect(publicSpec(spec)).toEqual({
    agent: { image: "i" },
    sidecars: { one: { image: "j" } },
    list: [{ port: 1 }],
    governance: { agentId: "a" },
  });
});
