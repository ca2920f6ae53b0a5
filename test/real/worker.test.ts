import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare, type MiniflareOptions } from "miniflare";
import {
  AGENTS_BINDING,
  generatedModules,
  migrationModule,
  MODULES,
  REPORTER_CLASS,
  ROLL_CALL,
  ROLL_CALL_GROUP,
} from "../../lib/cloudflare/agent-service/worker-modules";

import { say } from "./support/tools";

interface Settings {
  readonly enabled?: boolean;
  /** Seconds between heartbeats; below what a service allows, so that a test does not wait. */
  readonly seconds?: string;
  /** Where objects are kept over a restart. */
  readonly persist?: string;
  /** Whether the Worker as a whole is the agent. */
  readonly single?: boolean;
  /** Agents called at one turn. */
  readonly group?: number;
}

interface Beat {
  readonly at: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A collector on loopback that remembers what it is told and answers what it is set to. */
async function collector() {
  const beats: Beat[] = [];
  const state = { status: 202 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      beats.push({
        at: Date.now(),
        path: String(request.url),
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Beat["body"],
      });
      response.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agents = () => [...new Set(beats.map(({ body }) => String(body.agentId)))].sort();
  return { beats, state, url, agents, close: () => new Promise((resolve) => server.close(resolve)) };
}

const AGENT = `
import { DurableObject } from "cloudflare:workers";
export class Researcher extends DurableObject {
  async remember(value) { await this.ctx.storage.put("value", value); }
  async recall() { return { value: await this.ctx.storage.get("value"), rang: await this.ctx.storage.get("rang"), alarm: await this.ctx.storage.getAlarm() }; }
  async wake(milliseconds) { await this.ctx.storage.setAlarm(Date.now() + milliseconds); }
  async stumble(times) { await this.ctx.storage.put("stumbles", times); }
  async sqlite() { return this.ctx.storage.sql.exec("SELECT 1 AS one").one().one === 1; }
  async alarm() {
    const stumbles = (await this.ctx.storage.get("stumbles")) ?? 0;
    if (stumbles > 0) { await this.ctx.storage.put("stumbles", stumbles - 1); throw new Error("stumbled"); }
    await this.ctx.storage.put("rang", ((await this.ctx.storage.get("rang")) ?? 0) + 1);
  }
  async forget() { await this.ctx.storage.deleteAll(); }
}
export class Memory extends DurableObject {
  async wake(milliseconds) { await this.ctx.storage.setAlarm(Date.now() + milliseconds); }
  async alarm() { await this.ctx.storage.put("rang", true); }
  async rang() { return await this.ctx.storage.get("rang"); }
}
export default {
  async fetch(request, env) {
    const [, space, name, method, value] = new URL(request.url).pathname.split("/");
    if (!space) return new Response("agent");
    const object = env[space].get(env[space].idFromName(name));
    return Response.json({ result: (await object[method](value && Number(value))) ?? null });
  },
};
`;

/** A Worker as the construct deploys it. */
function worker(
  endpoint: string,
  ids: readonly string[],
  { enabled = true, seconds = "0.4", persist, single = false, group = ROLL_CALL_GROUP }: Settings = {},
): MiniflareOptions {
  const modules = generatedModules({
    agentClass: single ? undefined : "Researcher",
    agentIds: ids,
    classes: single ? ["Researcher", "Memory"] : ["Memory"],
    sharesRollCall: false,
  });
  const entry = String(modules[MODULES.entry]).replace(`"group":${ROLL_CALL_GROUP}`, `"group":${group}`);
  return {
    modules: Object.entries({ ...modules, [MODULES.entry]: entry, [MODULES.agent]: AGENT }).map(([path, contents]) => ({
      type: "ESModule" as const,
      path,
      contents,
    })),
    modulesRoot: "/",
    compatibilityDate: "2026-03-01",
    durableObjectsPersist: persist ?? false,
    durableObjects: {
      [AGENTS_BINDING]: { className: single ? REPORTER_CLASS : "Researcher", useSQLite: true },
      MEMORY: { className: "Memory", useSQLite: true },
      REPORTER: { className: REPORTER_CLASS, useSQLite: true },
    },
    bindings: {
      GOVERNANCE_ENDPOINT: endpoint,
      GOVERNANCE_ID: "gov-7",
      GOVERNANCE_KEY: "test-key",
      GOVERNANCE_HEARTBEAT_SECONDS: seconds,
      GOVERNANCE_ENABLED: String(enabled),
    },
  };
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(holds: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not come true within ${seconds} s`);
    await sleep(50);
  }
}

type Scheduled = (event: { readonly cron: string; readonly scheduledTime?: Date }) => Promise<{ readonly outcome: string }>;

const scheduledOf = (worker: unknown) => (worker as { readonly scheduled: Scheduled }).scheduled;

/** Calls the roll, as the schedule does every five minutes. */
async function called(mf: Miniflare, turn = 0): Promise<void> {
  await scheduledOf(await mf.getWorker())({ cron: ROLL_CALL, scheduledTime: new Date(turn * 300_000) });
}

/** A namespace as a test outside of the Worker sees it. */
interface Namespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(url: string): Promise<{ readonly status: number }>; recall?(): Promise<unknown> };
}

async function ask(mf: Miniflare, path: string): Promise<unknown> {
  const response = await mf.dispatchFetch(`http://agent.example/${path}`);
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return ((await response.json()) as { readonly result: unknown }).result;
}

/** Whether workerd starts here: it has no build for every platform. */
async function workerdProblem(): Promise<string | undefined> {
  const mf = new Miniflare({ modules: true, script: "export default { fetch: () => new Response() };", compatibilityDate: "2026-03-01" });
  try {
    await mf.ready;
    return undefined;
  } catch (error) {
    return `workerd does not start: ${(error as Error).message}`;
  } finally {
    await mf.dispose().catch(() => undefined);
  }
}

describe("the governance of a Worker, in workerd", () => {
  const ids = ["researcher-1", "researcher-2", "researcher-3"];
  const running: { dispose(): Promise<unknown> }[] = [];
  let problem: string | undefined;

  beforeAll(async () => {
    problem = await workerdProblem();
    if (problem !== undefined) say(problem);
  }, 30_000);

  afterEach(async () => {
    for (const one of running.splice(0)) await one.dispose();
  });

  async function start(options: { readonly ids?: readonly string[]; readonly status?: number } & Settings = {}) {
    const sink = await collector();
    sink.state.status = options.status ?? 202;
    const mf = new Miniflare(worker(sink.url, options.ids ?? ids, options));
    running.push(mf, { dispose: () => sink.close() });
    await mf.ready;
    return { sink, mf };
  }

  const check = (name: string, run: () => Promise<void>) => test(name, async () => (problem === undefined ? run() : undefined), 30_000);

  check("after the roll call every agent reports for itself, again and again, with the body and headers of the contract", async () => {
    const { sink, mf } = await start();
    expect(sink.beats).toEqual([]);
    await called(mf);
    await until(() => ids.every((id) => sink.beats.filter(({ body }) => body.agentId === id).length >= 3));
    expect(sink.agents()).toEqual(ids);
    const [first] = sink.beats as [Beat];
    expect(first.path).toBe("/api/v1/agents/heartbeat");
    expect(first.headers).toMatchObject({
      authorization: "Bearer test-key",
      "content-type": "application/json",
      "x-agent-id": first.body.agentId,
      "x-governance-id": "gov-7",
    });
    expect(Object.keys(first.body)).toEqual(["agentId", "status", "uptime", "lastActivity"]);
    expect(first.body).toMatchObject({ status: "active", uptime: 0, lastActivity: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    const times = sink.beats.filter(({ body }) => body.agentId === ids[0]).map(({ at }) => at);
    expect((times[2] as number) - (times[0] as number)).toBeGreaterThan(300);
  });

  check("each agent has an object with storage of its own, and who is not in the roster has none", async () => {
    const { mf, sink } = await start();
    await ask(mf, `${AGENTS_BINDING}/researcher-1/remember/7`);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).toMatchObject({ value: 7 });
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-2/recall`)).not.toHaveProperty("value");
    await expect(ask(mf, `${AGENTS_BINDING}/stranger/recall`)).rejects.toThrow("500");
    await until(() => sink.beats.length >= 4);
    expect(sink.agents()).toEqual(["researcher-1", "researcher-2"]);
  });

  check("the agent's own alarm rings once beside the heartbeats, and survives that everything is deleted", async () => {
    const { mf, sink } = await start();
    await ask(mf, `${AGENTS_BINDING}/researcher-1/wake/900`);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).toMatchObject({ alarm: expect.any(Number) as number });
    await until(async () => ((await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)) as { rang?: number }).rang === 1);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).toMatchObject({ rang: 1, alarm: null });
    await ask(mf, `${AGENTS_BINDING}/researcher-1/forget`);
    const before = sink.beats.length;
    await until(() => sink.beats.length >= before + 2);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).not.toHaveProperty("rang");
  });

  check("an alarm of the agent that throws comes again", async () => {
    const { mf } = await start();
    await ask(mf, `${AGENTS_BINDING}/researcher-1/stumble/1`);
    await ask(mf, `${AGENTS_BINDING}/researcher-1/wake/50`);
    await until(async () => ((await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)) as { rang?: number }).rang === 1);
  });

  check("when the collector fails it is asked again sooner than usual, and the usual pause comes back with it", async () => {
    const { mf, sink } = await start({ ids: ["researcher-1"], status: 503, seconds: "4" });
    await called(mf);
    await until(() => sink.beats.length >= 3, 8);
    sink.state.status = 202;
    const failed = sink.beats.length;
    await until(() => sink.beats.length > failed, 6);
    const last = sink.beats.length;
    await sleep(2000);
    expect(sink.beats.length).toBe(last);
  });

  for (const status of [401, 410]) {
    check(`an answer of ${status} ends the heartbeats for long`, async () => {
      const { mf, sink } = await start({ ids: ["researcher-1"], status });
      await called(mf);
      await until(() => sink.beats.length === 1);
      await sleep(1500);
      expect(sink.beats).toHaveLength(1);
    });
  }

  check("switched off nothing answers, no alarm rings any more, and switched on again everything is as it was", async () => {
    const persist = mkdtempSync(join(tmpdir(), "objects-"));
    running.push({ dispose: () => Promise.resolve(rmSync(persist, { recursive: true })) });
    const { mf, sink } = await start({ persist });
    await ask(mf, `${AGENTS_BINDING}/researcher-1/remember/7`);
    await ask(mf, `${AGENTS_BINDING}/researcher-1/wake/1000`);
    await ask(mf, "MEMORY/one/wake/1000");
    await until(() => sink.beats.length >= 2);

    await mf.setOptions(worker(sink.url, ids, { persist, enabled: false }));
    await sleep(300);
    const before = sink.beats.length;
    expect((await mf.dispatchFetch("http://agent.example/")).status).toBe(503);
    const { [AGENTS_BINDING]: agents } = await mf.getBindings<Record<string, Namespace>>();
    const object = (agents as Namespace).get((agents as Namespace).idFromName("researcher-1"));
    expect((await object.fetch("http://object/")).status).toBe(503);
    await expect((async () => object.recall?.())()).rejects.toThrow(/recall/);
    await called(mf);
    await sleep(1500);
    expect(sink.beats).toHaveLength(before);

    await mf.setOptions(worker(sink.url, ids, { persist }));
    await called(mf);
    await until(() => sink.beats.length >= before + 3);
    await until(async () => ((await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)) as { rang?: number }).rang === 1);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).toMatchObject({ value: 7 });
    await until(async () => (await ask(mf, "MEMORY/one/rang")) === true);
  });

  check("a Worker that is one agent reports too, and its script has its own schedule", async () => {
    const { mf, sink } = await start({ ids: ["researcher"], single: true });
    await called(mf);
    await until(() => sink.beats.length >= 2);
    expect(sink.agents()).toEqual(["researcher"]);
    expect(await (await mf.dispatchFetch("http://agent.example/")).text()).toBe("agent");
    expect(await scheduledOf(await mf.getWorker())({ cron: "0 9 * * *" })).toMatchObject({ outcome: "ok" });
  });

  check("a long roll is called in groups, one at each turn", async () => {
    const all = Array.from({ length: 50 }, (_, index) => `researcher-${index + 1}`);
    const { mf, sink } = await start({ ids: all, seconds: "300", group: 20 });
    await called(mf, 1);
    await until(() => sink.beats.length >= 20);
    expect(sink.agents()).toEqual(all.slice(20, 40).sort());
    for (const turn of [2, 3]) await called(mf, turn);
    await until(() => sink.beats.length >= all.length);
    expect(sink.agents()).toEqual([...all].sort());
    expect(sink.beats).toHaveLength(all.length);
  });

  check("the version of a migration brings its classes with SQLite, and the agent's version finds them", async () => {
    const persist = mkdtempSync(join(tmpdir(), "objects-"));
    running.push({ dispose: () => Promise.resolve(rmSync(persist, { recursive: true })) });
    const { mf, sink } = await start({ persist });
    await ask(mf, `${AGENTS_BINDING}/researcher-1/remember/7`);
    const options = worker(sink.url, ids, { persist });
    const contents = migrationModule([REPORTER_CLASS, "Researcher", "Memory"]);
    await mf.setOptions({ ...options, modules: [{ type: "ESModule", path: MODULES.entry, contents }] } as MiniflareOptions);
    expect((await mf.dispatchFetch("http://agent.example/")).status).toBe(503);
    await mf.setOptions(options);
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/recall`)).toMatchObject({ value: 7 });
    expect(await ask(mf, `${AGENTS_BINDING}/researcher-1/sqlite`)).toBe(true);
  });
});
