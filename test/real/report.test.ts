import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { mermaidDiagram } from "../../lib/report/diagram";
import type { Manifest } from "../../lib/report/manifest";
import { writeReport } from "../../lib/report/write-report";
import { HOSTILE, hostileManifest } from "../report/hostile";
import { syntheticManifest } from "../report/support";
import { findTool, notChecked, say } from "./support/tools";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const MERMAID = require.resolve("@mermaid-js/tiny/dist/mermaid.tiny.js");

const REPORTS: Record<string, readonly Manifest[]> = {
  nothing: [],
  "a bare stack without agents": [syntheticManifest({ agents: 0, resources: 0, sections: false })],
  "30 agents in three stacks": [
    syntheticManifest({ stack: "research", agents: 4, resources: 120, owners: 4 }),
    syntheticManifest({ stack: "platform", agents: 30, resources: 900, owners: 4, capUsd: 2000 }),
    syntheticManifest({ stack: "bare", agents: 2, resources: 40, sections: false }),
  ],
  "1,250 agents and 31,000 resources": [syntheticManifest({ stack: "city", agents: 1250, resources: 31000, owners: 20 })],
};

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe("the report in Chromium", () => {
  const executablePath = findTool("chromium") ?? findTool("google-chrome");
  if (executablePath === undefined) return notChecked("Chromium is not installed: nobody looked at the report");
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a report and notes everything that the browser complains about or asks the network for. */
  async function open(manifests: readonly Manifest[], options: { width?: number; dark?: boolean; title?: string } = {}) {
    const { html } = writeReport(join(folder, "out"), manifests, { title: options.title });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.dark === true ? "dark" : "light",
      bypassCSP: false,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => request.url().startsWith("file:") || complaints.push(`request ${request.url()}`));
    const started = Date.now();
    await page.goto(pathToFileURL(html).href);
    return { page, complaints, opened: Date.now() - started, size: statSync(html).size, close: () => context.close() };
  }

  const shown = (page: Page) => page.locator("#shown").textContent();

  describe.each(Object.entries(REPORTS))("of %s", (_, manifests) => {
    test.each([
      ["desktop, light", {}],
      ["phone, dark", { width: 390, dark: true }],
    ])("has nothing serious against it for readers with disabilities: %s", async (__, options) => {
      const { page, complaints, close } = await open(manifests, options);
      await page.evaluate(`document.querySelectorAll("details").forEach((details) => (details.open = true))`);
      expect(complaints).toEqual([]);
      const overflow = await page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`);
      expect(overflow).toBeLessThanOrEqual(0);
      // Axe runs as a debugger would: the policy of the page lets no other script in, which is why nothing was complained about.
      await page.evaluate(`${axe}; undefined`);
      const { violations } = (await page.evaluate(`axe.run()`)) as AxeResult;
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await close();
    });
  });

  test("31,000 resources are filtered, sorted and turned by keyboard without freezing", async () => {
    const { page, complaints, opened, size, close } = await open(REPORTS["1,250 agents and 31,000 resources"] ?? []);
    expect(size).toBeLessThan(15e6);
    expect(opened).toBeLessThan(5000);
    expect(await shown(page)).toBe("31,000 resources");
    const busy = async (act: () => Promise<unknown>, until: RegExp): Promise<number> => {
      const started = Date.now();
      await act();
      await page.locator("#shown").filter({ hasText: until }).waitFor();
      return Date.now() - started;
    };
    const filtered = await busy(() => page.locator("#filter").fill("agent-0042 acme_disk"), /^[1-9]\d? of 31,000 resources$/);
    await page.locator("#filter").fill("");
    const narrowed = await busy(() => page.locator("#status").selectOption({ label: "conflict" }), /^31 of 31,000 resources$/);
    await page.locator("#status").selectOption({ label: "all" });
    const sorted = await busy(async () => {
      await page.locator(".sort", { hasText: "USD a month" }).focus();
      await page.keyboard.press("Enter");
    }, /^31,000 resources$/);
    const amounts = await page.locator("#rows td.number").allTextContents();
    const numbers = amounts.map((text) => Number(text.replaceAll(",", "")));
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
    await page.locator("#later").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#page").textContent()).toBe("Page 2 of 620");
    expect(await page.locator("#rows tr").count()).toBe(50);
    say(
      `31,000 resources: ${(size / 1e6).toFixed(1)} MB, opened in ${opened} ms, filtered ${filtered}, narrowed ${narrowed}, sorted ${sorted} ms`,
    );
    expect(Math.max(filtered, narrowed, sorted)).toBeLessThan(2000);
    expect(complaints).toEqual([]);
    await close();
  });

  test("hostile names run nothing", async () => {
    const { page, complaints, close } = await open(HOSTILE.map(hostileManifest), { title: HOSTILE.join(" ") });
    await page.locator("#filter").fill("script");
    await page.waitForTimeout(300);
    expect(complaints).toEqual([]);
    expect(await page.locator("img, iframe, object, embed").count()).toBe(0);
    await close();
  });

  test("prints every folded part, on paper in light colours", async () => {
    const { page, close } = await open(REPORTS["30 agents in three stacks"] ?? [], { dark: true });
    await page.emulateMedia({ media: "print" });
    const background = await page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    expect(background).toBe("rgb(255, 255, 255)");
    expect((await page.pdf()).byteLength).toBeGreaterThan(20_000);
    await close();
  });

  test("without a script the first resources and everything else are there", async () => {
    const { html } = writeReport(join(folder, "out"), REPORTS["30 agents in three stacks"] ?? []);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(html).href);
    expect(await page.locator("#rows tr").count()).toBe(50);
    expect(await page.locator("#controls").isVisible()).toBe(false);
    expect(await page.locator("noscript").textContent()).toContain("the first 50 of 1,060 resources");
    await context.close();
  });

  test("the diagram is Mermaid that renders, with hostile names as text", async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent("<!doctype html><title>diagram</title>");
    await page.addScriptTag({ path: MERMAID });
    const texts = [...Object.values(REPORTS), ...HOSTILE.map((hostile) => [hostileManifest(hostile)])].map(mermaidDiagram);
    for (const [index, text] of texts.entries()) {
      await page.evaluate(`mermaid.initialize({ startOnLoad: false, securityLevel: "strict" })`);
      const render = `mermaid.render("diagram${index}", ${JSON.stringify(text)}).then(({ svg }) => void (document.body.innerHTML = svg))`;
      await page.evaluate(render);
      expect(await page.locator("svg .node").count()).toBeGreaterThanOrEqual(text.includes("subgraph") ? 1 : 0);
      expect(await page.locator("body").locator("img, script, a[href], [onmouseover], iframe").count()).toBe(0);
      expect(await page.getByText("Syntax error").count()).toBe(0);
    }
    expect(asked.filter((url) => !url.startsWith("file:") && url !== "about:blank")).toEqual([]);
    await page.close();
  });
});
