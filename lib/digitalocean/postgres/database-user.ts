import type { Check } from "../../spec/check";
import type { IDigitalOceanPostgres } from "./postgres";
import { DEFAULT_USERS } from "./postgres-users";

const USER = { pattern: /^(?!doadmin$|postgres$)[a-z][a-z0-9_-]{0,62}$/, want: "a user of the database that is no administrator" };

/** The user of `database` that an agent is; nobody without a database. */
export function readDatabaseUser(
  check: Check<{ databaseUser?: string }>,
  props: { readonly database?: IDigitalOceanPostgres; readonly databaseUser?: string } | undefined,
): string | undefined {
  if (props?.database !== undefined) return check.text("databaseUser", { ...USER, default: DEFAULT_USERS[0] });
  if (props?.databaseUser !== undefined) check.issue("databaseUser", props.databaseUser, "nothing without database", "give database too");
  return undefined;
}
