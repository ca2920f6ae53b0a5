import { createHash } from "node:crypto";
import { reportHtml } from "../../lib/report/html";
import { html, Html } from "../../lib/report/html/markup";
import type { Manifest } from "../../lib/report/manifest";
import { HOSTILE, hostileManifest } from "./hostile";
import { syntheticManifest } from "./support";

/** What a reader sees, without markup and with single blanks. */
const textOf = (page: string) =>
  page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

const elementsOf = (page: string) => [...page.matchAll(/<([a-z]+)/g)].map(([, name]) => name).sort();

describe("a template", () => {
  test("escapes what is put in, leaves markup alone, and drops what is absent", () => {
    const inner = html`<b>${"<&>"}</b>`;
    expect(html`<p title="${`"'`}">${inner}${[inner, 1]}${undefined}${false}</p>`.text).toBe(
      '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</p>',
    );
    expect(html`${new Html("<i>")}${"a\u0000\u202Eb\uD800"}`.text).toBe("<i>a\uFFFD\uFFFDb\uFFFD");
  });
});

describe("the report", () => {
  const manifest = syntheticManifest({ agents: 30, resources: 900, owners: 4 });
  const page = reportHtml([manifest]);

  test("loads nothing, and lets only its own style and script run", () => {
    expect(page).not.toMatch(/\s(src|href)="(?!#)/);
    expect(page).not.toMatch(/\sstyle=|\son[a-z]+=|@import|url\((?!#)/);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
    const digestOf = (name: string) => {
      const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; style-src ${digestOf("style")}; script-src ${digestOf("script")}; base-uri 'none'; form-action 'none'`,
    );
  });

  test("is the same for the same manifests, and no id is there twice", () => {
    expect(reportHtml([manifest])).toBe(page);
    const ids = [...reportHtml([manifest, syntheticManifest({ stack: "other", agents: 2, resources: 9 })]).matchAll(/\sid="([^"]+)"/g)];
    expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
  });

  test("shows cost against its cap, labels, findings and recovery", () => {
    const text = textOf(page);
    const [budget] = manifest.budgets ?? [];
    expect(text).toContain(`of at most ${Number(budget?.capUsd).toLocaleString("en", { minimumFractionDigits: 2 })} USD for the stack`);
    expect(text).toContain("100.0 % 675 of 675 resources that can carry labels do; 225 cannot");
    expect(text).toContain("2 of 4 targets met");
    expect(text).toContain("To fix: name the peer, or put a load balancer before it.");
    expect(text).toContain("Nearest that would do: replica in another region (31.20 USD a month)");
    expect(text).toContain("Prices are of 2026-11-19.");
    expect(text).toContain("What the estimate does not cover taxes support plans");
  });

  test("shares of a chart add up to the total", () => {
    const [, owners = ""] = /By owner, expected USD a month([\s\S]*?)<\/table>/.exec(page) ?? [];
    const cents = [...owners.matchAll(/class="number">([\d,.]+)</g)].map(([, usd = ""]) =>
      Math.round(Number(usd.replaceAll(",", "")) * 100),
    );
    expect(cents.length).toBeGreaterThan(2);
    expect(cents.reduce((total, one) => total + one, 0)).toBe(Math.round(Number(manifest.cost?.totals?.gross.expected) * 100));
  });

  test("what was not asked for is said to be not checked, without a number", () => {
    const text = textOf(reportHtml([syntheticManifest({ agents: 2, resources: 20, sections: false })]));
    expect(text).toContain("not estimated No estimate was asked for, and no cap is promised.");
    expect(text).toContain("No rules were applied to this stack: nothing is said here about how safe it is.");
    expect(text).toContain("No recovery target is set for this stack");
    expect(text).toContain("Cost was not estimated, so the last column is empty.");
    expect(text).not.toMatch(/\b0\.00\b|none open|targets? met/);
  });

  test("a budget that fails for want of prices says so", () => {
    const line = manifest.cost?.lines[0];
    const gap = { ...place(manifest), labels: {}, reason: "price-missing" as const, detail: "no price of it" };
    const [verdict] = manifest.budgets ?? [];
    const failed = { ...verdict, verdict: "fail", problems: [{ kind: "price-missing", text: "price-missing it", addresses: [] }] };
    const damaged = { ...manifest, cost: { ...manifest.cost, gaps: [gap], complete: false }, budgets: [failed] } as unknown as Manifest;
    const text = textOf(reportHtml([damaged]));
    expect(line).toBeDefined();
    expect(text).toContain("not met because not everything has a price to rely on");
    expect(text).toContain("without 1 thing that no price is known for");
    expect(text).toContain("agent-0001 labelled no price");
  });

  test("of no stacks says what to do", () => {
    expect(textOf(reportHtml([]))).toContain("No governed stack was found. Call govern on a stack and synthesize again.");
  });

  test("shows what changed since an earlier manifest", () => {
    const before = syntheticManifest({ agents: 30, resources: 880, owners: 4 });
    const text = textOf(reportHtml([manifest], { previous: [before] }));
    expect(text).toContain("Addresses: 20 added, 0 removed");
    expect(text).toMatch(/Cost: \+[\d,.]+ USD a month/);
    expect(textOf(reportHtml([manifest], { previous: [manifest] }))).toContain("Nothing changed in cost, findings, labels or addresses.");
    expect(textOf(reportHtml([manifest], { previous: [] }))).toContain("This stack is new.");
  });

  test("many agents become one place in the picture", () => {
    expect(page).toContain("30 agent services");
    expect(reportHtml([syntheticManifest({ agents: 4, resources: 20 })])).toContain(">Agent-0004<");
  });

  test.each(HOSTILE)("%j adds no element and no attribute", (hostile) => {
    const harmless = reportHtml([hostileManifest("x".repeat(hostile.length))], { title: "x".repeat(hostile.length) });
    const attacked = reportHtml([hostileManifest(hostile)], { title: hostile });
    const counted = (text: string) => elementsOf(text).filter((name) => name !== "title");
    expect(counted(attacked.replace(/<script type[\s\S]*?<\/script>/, ""))).toEqual(
      counted(harmless.replace(/<script type[\s\S]*?<\/script>/, "")),
    );
    expect(attacked).not.toMatch(/<img|<script>alert/);
    const data = /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(attacked)?.[1] ?? "";
    expect((JSON.parse(data) as { rows: unknown[] }).rows).toHaveLength(60);
  });

  test("31,000 resources fit into 15 MB, and few of them are rows before a script runs", () => {
    const large = reportHtml([syntheticManifest({ stack: "city", agents: 1250, resources: 31000, owners: 20 })]);
    expect(Buffer.byteLength(large)).toBeLessThan(15e6);
    expect(large.match(/<tr/g)?.length).toBeLessThan(400);
  });
});

function place({ resources: [resource] }: Manifest) {
  return { address: "acme_role.Agent-0001_00000002", path: resource?.path ?? "", type: "acme_role" };
}
