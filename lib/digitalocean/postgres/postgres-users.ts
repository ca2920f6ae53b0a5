import { DatabaseConnectionPool } from "@cdktf/provider-digitalocean/lib/database-connection-pool";
import { DatabaseUser } from "@cdktf/provider-digitalocean/lib/database-user";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Check, KeysOf } from "../../spec/check";
import type { PostgresSize } from "../../spec/postgres";
import { connectionsOf, MAX_POOLS, PLAN_SIZES } from "./postgres-limits";

/** When a connection of a pool goes back to it. */
export type PoolMode = "session" | "transaction" | "statement";

/** Connections that clients share. */
export interface PostgresPoolProps {
  /** Connections to the database that the pool holds: 1 or more. All pools of a cluster share 25 for each GiB of memory, less 3. */
  readonly size: number;
  /**
   * When a client gives its connection back.
   * @default "transaction"
   */
  readonly mode?: PoolMode;
  /**
   * The user whose connections it holds: one of `users`.
   * @default - the first of `users`
   */
  readonly user?: string;
}

export interface PostgresUsersProps {
  /**
   * Names of users beside the administrator: lower case letters, digits, - and _. DigitalOcean makes their passwords; the state holds them.
   * @default ["app"]
   */
  readonly users?: readonly string[];
  /**
   * Connection pools of the database, by name: 3 to 63 lower case letters, digits, - and _.
   * @default {}
   */
  readonly pools?: Readonly<Record<string, PostgresPoolProps>>;
}

export const DEFAULT_USERS: readonly string[] = ["app"];

const USER = /^[a-z][a-z0-9_-]{0,62}$/;
/** Source: digitalocean/database/resource_database_connection_pool.go of provider 2.71.0 (3 to 63 characters), read 2026-11-21. */
const POOL = /^[a-z][a-z0-9_-]{2,62}$/;
const RESERVED_USERS = ["doadmin", "postgres", "_dodb"];
const MODES = ["session", "transaction", "statement"] as const satisfies readonly PoolMode[];
const KNOWN_POOL = { size: true, mode: true, user: true } satisfies KeysOf<PostgresPoolProps>;

export function checkUsers(check: Check<Pick<PostgresUsersProps, "users">>): void {
  const users = check.list<string>("users", 'a list of names such as ["app"]', DEFAULT_USERS);
  for (const user of users) {
    if (typeof user !== "string" || !USER.test(user))
      check.issue("users", user, "1 to 63 of a to z, 0 to 9, - and _, starting with a letter");
    else if (RESERVED_USERS.includes(user)) check.issue("users", user, `a name other than ${RESERVED_USERS.join(", ")}`);
  }
  if (new Set(users).size !== users.length) check.issue("users", users, "every name once");
}

/** Checks the pools as a whole too: together they may not take more connections than the plan has. */
export function checkPools(check: Check<Pick<PostgresUsersProps, "pools">>, props: PostgresUsersProps & { readonly size?: unknown }): void {
  const pools = Object.entries(props?.pools ?? {});
  const sizes = pools.map(([name, pool]) => checkPool(check, name, pool, props?.users ?? DEFAULT_USERS));
  const { size } = props ?? {};
  if (pools.length > MAX_POOLS) check.issue("pools", pools.length, `${MAX_POOLS} pools at most (DigitalOcean Managed PostgreSQL)`);
  if (typeof size !== "string" || !Object.hasOwn(PLAN_SIZES, size)) return;
  const most = connectionsOf(size as PostgresSize);
  const total = sizes.reduce((sum, one) => sum + one, 0);
  if (total > most) {
    const want = `${most} connections at most in all pools with size "${size}" (DigitalOcean Managed PostgreSQL)`;
    check.issue("pools", total, want, "make pools smaller; or choose a larger size");
  }
}

function checkPool(
  parent: Check<Pick<PostgresUsersProps, "pools">>,
  name: string,
  pool: PostgresPoolProps,
  users: readonly string[],
): number {
  if (!POOL.test(name)) parent.issue("pools", name, "pool names of 3 to 63 of a to z, 0 to 9, - and _, starting with a letter");
  const check = parent.nested<PostgresPoolProps>(`pools.${name}`, pool, KNOWN_POOL);
  check.oneOf("mode", MODES, "transaction");
  if (pool?.user !== undefined) check.oneOf("user", users);
  return check.integer("size", { min: 1, max: Infinity });
}

/** The users of a cluster, by name. */
export function addUsers(scope: Construct, clusterId: string, users: readonly string[]): Readonly<Record<string, DatabaseUser>> {
  return Object.fromEntries(users.map((name) => [name, new DatabaseUser(scope, `User-${name}`, { clusterId, name })]));
}

export interface PoolParts {
  readonly clusterId: string;
  readonly databaseName: string;
  readonly users: Readonly<Record<string, DatabaseUser>>;
  /** What has to be there first. */
  readonly database: ITerraformDependable;
}

/** The pools of a cluster, by name. */
export function addPools(
  scope: Construct,
  pools: Readonly<Record<string, PostgresPoolProps>>,
  { clusterId, database, databaseName, users }: PoolParts,
): Readonly<Record<string, DatabaseConnectionPool>> {
  const entries = Object.entries(pools).map(([name, { mode = "transaction", size, user = Object.keys(users)[0] }]) => {
    const owner = user === undefined ? undefined : users[user]?.name;
    const config = { clusterId, name, mode, size, dbName: databaseName, user: owner, dependsOn: [database] };
    return [name, new DatabaseConnectionPool(scope, `Pool-${name}`, config)] as const;
  });
  return Object.fromEntries(entries);
}
