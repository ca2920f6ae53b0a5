import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import type { Provider } from "../../lib/provider";
import type { RecoveryProps } from "../../lib/recovery";
import {
  computed,
  documented,
  judge,
  MechanismTable,
  recoverySpec,
  UNPUBLISHED,
  type Alternative,
  type MechanismUse,
  type RecoveryJudgement,
  type RecoveryOptions,
  type Stateful,
} from "../../lib/recovery";

/** The day that all these tests are about. */
export const AS_OF = "2026-11-21";

const here = { source: "https://acme.example/recovery", date: AS_OF };

/** Mechanisms like those that vendors sell, with the figures that they publish. */
export const MECHANISMS = new MechanismTable({
  standby: { title: "standby", scopes: ["instance", "zone"], rpo: documented(0), rto: documented(2), ...here },
  pointInTime: { title: "point in time", scopes: ["instance", "zone", "operator-error"], rpo: documented(5), rto: UNPUBLISHED, ...here },
  hourly: { title: "hourly backup", scopes: ["instance", "zone", "operator-error"], rpo: computed(120), rto: UNPUBLISHED, ...here },
  daily: { title: "daily backup", scopes: ["instance", "zone", "operator-error"], rpo: computed(28 * 60), rto: UNPUBLISHED, ...here },
  follower: { title: "follower in another region", scopes: ["region"], rpo: documented(1 / 60), rto: UNPUBLISHED, ...here },
  twoRegions: { title: "commit in two regions", scopes: ["region"], rpo: documented(0), rto: documented(1), synchronous: true, ...here },
  pretended: { title: "copy that claims zero", scopes: ["region"], rpo: documented(0), rto: documented(1), ...here },
  lagging: { title: "replica", scopes: ["region"], rpo: UNPUBLISHED, rto: documented(1), ...here },
  git: { title: "push", scopes: ["instance", "zone", "region", "operator-error"], rpo: computed(6), rto: UNPUBLISHED, ...here },
});

export type Known = keyof typeof MECHANISMS.rows;

export interface Thing {
  /** @default "stack/Db" */
  readonly path?: string;
  readonly has?: readonly MechanismUse[];
  readonly could?: readonly Alternative[];
  readonly notes?: readonly string[];
}

/** A thing of the made-up provider. */
export function thing(address: string, { path = "stack/Db", has = [], could = [], notes }: Thing): Stateful {
  return { address, path, what: "database", mechanisms: has, alternatives: () => could, notes };
}

export function uses(...ids: readonly Known[]): readonly MechanismUse[] {
  return ids.map((id) => MECHANISMS.use(id));
}

/** An inventory with one resource for each thing, and the provider that reads them. */
export function worldOf(things: readonly Stateful[]): { inventory: Inventory; provider: Provider } {
  const resource = { acme_store: Object.fromEntries(things.map(({ address }) => [address.split(".")[1] as string, {}])) };
  const byAddress = new Map(things.map((entry) => [entry.address, entry]));
  const provider: Provider = {
    name: "acme",
    readers: {},
    labels: { encode: () => ({}), decode: (tags) => tags, carrierOf: () => undefined },
    recovery: { acme_store: ({ address }) => byAddress.get(address) },
  };
  return { inventory: new Inventory({ resource } as TerraformJson), provider };
}

/** Judges the target for everything in `stack`. */
export function judged(
  things: readonly Stateful[],
  target: RecoveryProps,
  options: Partial<RecoveryOptions> & { readonly path?: string } = {},
): RecoveryJudgement {
  const { inventory, provider } = worldOf(things);
  const { path = "stack", ...more } = options;
  return judge(inventory, [provider], [recoverySpec(target, path, AS_OF)], { asOf: AS_OF, ...more });
}
