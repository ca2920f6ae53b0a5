import { DurableObject } from "cloudflare:workers";

/** One citizen: remembers what it was told, and answers with how much that is. */
export class Citizen extends DurableObject {
  async fetch(request) {
    const told = (await this.ctx.storage.get("told")) ?? 0;
    if (request.method === "POST") await this.ctx.storage.put("told", told + 1);
    return Response.json({ told });
  }
}

export default {
  /** `/citizens/<id>` leads to the object of that citizen; only the ids of the roster exist. */
  async fetch(request, env) {
    const [, id] = /^\/citizens\/([\w-]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (id === undefined) return new Response("no such place", { status: 404 });
    return env.GOVERNANCE_AGENTS.get(env.GOVERNANCE_AGENTS.idFromName(id)).fetch(request);
  },
};
