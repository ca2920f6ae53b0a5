/**
 * The governance of a Worker, as a module that is deployed beside the agent's own. It runs on workerd and imports nothing else.
 *
 * `governed` wraps a Durable Object class. Each object of an agent class sends heartbeats to
 * `POST <GOVERNANCE_ENDPOINT>/api/v1/agents/heartbeat` from its alarm, under its own id, for as long as it is in the roster. An object has
 * one alarm only, so the agent's own alarm is kept beside it under the key "governance" of its storage. A heartbeat is made anew every time,
 * never repeated: after a failure that may pass it comes earlier, with growing pauses. A key that is refused is asked for again after five minutes.
 * 410 ends the heartbeats until the next roll call.
 *
 * Switched off (`GOVERNANCE_ENABLED` is anything but "true") no code of the agent answers: requests get 503, messages go back to their
 * queue, objects have no methods, and no alarm is set again. An alarm of the agent's own that was due then comes when it is switched on.
 */
export const GOVERNANCE_MODULE = `import { DurableObject, WorkerEntrypoint, env } from "cloudflare:workers";

const ENABLED = env.GOVERNANCE_ENABLED === "true";
const INTERVAL = Number(env.GOVERNANCE_HEARTBEAT_SECONDS) * 1000;
const LONGEST_PAUSE = 300000;
const RECORD = "governance";

const off = () => new Response("switched off", { status: 503, headers: { "cache-control": "no-store", "retry-after": "300" } });
const jittered = (milliseconds) => Math.round(milliseconds * (0.9 + Math.random() * 0.2));

/** Sends one heartbeat. Gives the milliseconds until the next when they are not the usual ones, and Infinity when there is to be none. */
async function beat(agentId, record) {
  const log = (outcome, detail) =>
    console.log(JSON.stringify({ event: "governance.heartbeat", outcome, agentId, at: new Date().toISOString(), ...detail }));
  try {
    const now = Date.now();
    const key = typeof env.GOVERNANCE_KEY === "string" ? env.GOVERNANCE_KEY : await env.GOVERNANCE_KEY.get();
    const response = await fetch(env.GOVERNANCE_ENDPOINT.replace(/[/]$/, "") + "/api/v1/agents/heartbeat", {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(10000),
      headers: {
        authorization: "Bearer " + key,
        "content-type": "application/json",
        "x-agent-id": agentId,
        "x-governance-id": env.GOVERNANCE_ID,
      },
      body: JSON.stringify({
        agentId,
        status: "active",
        uptime: Math.round((now - record.since) / 1000),
        lastActivity: new Date(now).toISOString(),
      }),
    });
    await response.body?.cancel();
    log(response.ok || response.status === 409 ? "delivered" : "refused", { status: response.status });
    if (response.status === 410) return { pause: Infinity };
    if (response.status === 401 || response.status === 403) return { pause: LONGEST_PAUSE };
    if (![429, 502, 503, 504].includes(response.status)) return {};
    const asked = Number(response.headers.get("retry-after")) * 1000;
    return { failed: true, pause: asked > 0 ? Math.min(asked, LONGEST_PAUSE) : undefined };
  } catch (error) {
    log("failed", { reason: error.name });
    return { failed: true };
  }
}

/** Pause after some failures in a row: 1 s, 2 s, 4 s and so on up to the interval, of which a random part is waited. */
const backoff = (failures) => Math.round(Math.max(500, Math.random() * Math.min(INTERVAL, 1000 * 2 ** (failures - 1))));

/** What is done beside one object of an agent. */
class Watch {
  constructor(ctx, agents) {
    this.ctx = ctx;
    this.agents = agents;
    const { storage } = ctx;
    this.storage = Object.fromEntries(
      ["get", "put", "setAlarm", "getAlarm", "deleteAlarm", "deleteAll", "transaction"].map((name) => [name, storage[name].bind(storage)]),
    );
    const alarms = {
      setAlarm: (time) => this.setOwnAlarm(Math.round(Number(time))),
      getAlarm: async () => (await this.record()).own ?? null,
      deleteAlarm: () => this.setOwnAlarm(undefined),
    };
    Object.assign(storage, alarms, {
      deleteAll: (options) => this.deleteAll(options),
      transaction: (work) => this.storage.transaction((transaction) => work(Object.assign(transaction, alarms))),
    });
  }

  async record() {
    return (await this.storage.get(RECORD)) ?? {};
  }

  /** When the next heartbeat is due: the object's alarm, unless an alarm of the agent's own comes first. */
  async due(record) {
    return record.own === undefined ? ((await this.storage.getAlarm()) ?? undefined) : record.due;
  }

  /** Whole milliseconds in the future only: the runtime cuts fractions, and forgets an alarm for the moment at which one is ringing. */
  async arm(record, own, due) {
    if (own !== undefined || record.own !== undefined) await this.storage.put(RECORD, { ...record, own, due });
    const first = Math.min(own ?? Infinity, due ?? Infinity);
    if (first === Infinity) await this.storage.deleteAlarm();
    else await this.storage.setAlarm(Math.max(first, Date.now() + 1));
  }

  async setOwnAlarm(own) {
    const record = await this.record();
    await this.arm({ ...record, tries: undefined }, own, await this.due(record));
  }

  async deleteAll(options) {
    const { agentId, since } = await this.record();
    const due = await this.storage.getAlarm();
    await this.storage.deleteAll(options);
    await this.storage.put(RECORD, { agentId, since });
    await this.storage.setAlarm(due ?? Date.now() + 1);
  }

  /** Sees to it that the object is an agent of the roster and that its alarm is set. */
  async start() {
    let record = await this.record();
    const agentId = record.agentId ?? this.ctx.id.name ?? this.agents.idOf(this.ctx.id.toString());
    if (!this.agents.has(agentId)) throw new Error("governance: this object is no agent of the roster");
    if (record.since === undefined) await this.storage.put(RECORD, (record = { ...record, agentId, since: Date.now() }));
    if ((await this.storage.getAlarm()) === null) await this.arm(record, record.own, Date.now());
  }

  async alarm(info, ring) {
    const record = await this.record();
    const now = Date.now();
    if (record.own === undefined || (record.due ?? Infinity) <= now) await this.report(record, now + jittered(INTERVAL));
    const after = await this.record();
    if (after.own !== undefined && after.own <= now) await this.ring(info, ring);
    else if (after.own !== undefined) await this.arm(after, after.own, after.due);
  }

  /** The next alarm is set first, so that there is one whatever happens. */
  async report(record, next) {
    await this.arm(record, record.own, next);
    const { failed, pause } = await beat(record.agentId, record);
    const failures = failed ? (record.failures ?? 0) + 1 : undefined;
    if (failures === record.failures && pause === undefined) return;
    const now = await this.record();
    const changed = { ...now, failures };
    await this.storage.put(RECORD, changed);
    const wait = pause ?? (failed ? backoff(failures) : undefined);
    if (wait !== undefined) await this.arm(changed, changed.own, wait === Infinity ? undefined : Date.now() + wait);
  }

  /** The agent's own alarm; when it throws it comes again, six times at most. */
  async ring(info, ring) {
    const record = await this.record();
    await this.arm({ ...record, tries: undefined }, undefined, await this.due(record));
    const tries = record.tries ?? 0;
    try {
      await ring?.({ ...info, retryCount: tries, isRetry: tries > 0 });
    } catch (error) {
      console.error(error);
      const after = await this.record();
      if (tries >= 6 || after.own !== undefined) return;
      await this.arm({ ...after, tries: tries + 1 }, Date.now() + 2000 * 2 ** tries, await this.due(after));
    }
  }
}

/** What takes the place of every class while the agent is switched off. */
class Stopped extends DurableObject {
  fetch() {
    return off();
  }

  async alarm() {
    const record = (await this.ctx.storage.get(RECORD)) ?? {};
    const own = record.agentId === undefined ? Date.now() : record.own;
    await this.ctx.storage.put(RECORD, { ...record, own, since: undefined });
  }
}

/** The agents of a class: their ids, and which object is whose. An object does not always know its own name. */
export function roster(namespace, ids) {
  const known = new Set(ids);
  let owners;
  const idOf = (object) => (owners ??= new Map(ids.map((id) => [namespace.idFromName(id).toString(), id]))).get(object);
  return { ids, namespace, idOf, has: (id) => known.has(id) };
}

/** A class whose objects are agents. */
export function governed(Base, agents) {
  if (!ENABLED) return class extends Stopped {};
  return class extends Base {
    #watch;

    constructor(ctx, bindings) {
      const watch = new Watch(ctx, agents);
      super(ctx, bindings);
      this.#watch = watch;
      ctx.blockConcurrencyWhile(() => watch.start());
    }

    alarm(info) {
      return this.#watch.alarm(info, super.alarm && ((own) => super.alarm(own)));
    }

    governanceStart() {
      return this.#watch.start();
    }
  };
}

/** A class whose objects are no agents, but are switched off with them. */
export function switched(Base) {
  if (!ENABLED) return class extends Stopped {};
  return class extends Base {
    constructor(ctx, bindings) {
      super(ctx, bindings);
      ctx.blockConcurrencyWhile(async () => {
        const { own } = (await ctx.storage.get(RECORD)) ?? {};
        if (own === undefined) return;
        if ((await ctx.storage.getAlarm()) === null) await ctx.storage.setAlarm(own);
        await ctx.storage.delete(RECORD);
      });
    }
  };
}

/** Heartbeats for an agent that is no class of its own. */
class Agent extends DurableObject {}
export { Agent };

const TICK = 300000;

/** Starts what is not awake: every five minutes a group of the agents. */
async function rollCall({ ids, namespace }, time, group) {
  const groups = Math.ceil(ids.length / group);
  const turn = Math.floor(time / TICK) % groups;
  const called = ids.slice(turn * group, (turn + 1) * group);
  const outcomes = await Promise.allSettled(called.map((id) => namespace.get(namespace.idFromName(id)).governanceStart()));
  const failed = outcomes.filter(({ status }) => status === "rejected").length;
  console.log(JSON.stringify({ event: "governance.roll-call", called: called.length, failed }));
}

/** What the Worker exports by default: what the agent's script does, with the roll call, or nothing at all. */
export function governedDefault(script, agents, { cron, group, own }) {
  if (!ENABLED) {
    return {
      fetch: off,
      scheduled() {},
      queue: (batch) => batch.retryAll({ delaySeconds: 300 }),
      email: (message) => message.setReject("switched off"),
    };
  }
  const call = async (controller, scheduled) => {
    if (controller.cron === cron) await rollCall(agents, controller.scheduledTime, group);
    if (controller.cron !== cron || own) await scheduled?.();
  };
  if (typeof script !== "function") {
    return { ...script, scheduled: (controller, ...rest) => call(controller, () => script.scheduled?.(controller, ...rest)) };
  }
  return class extends script {
    scheduled(controller) {
      return call(controller, () => super.scheduled?.(controller));
    }
  };
}
`;
