import type { Check } from "../../spec/check";
import { OciPostgres, type IOciPostgres } from "./postgres";

const USER = { pattern: /^[a-z_][a-z0-9_]{0,62}$/, want: "the user of the database whose password its secret is" };

/** The user whose password the secret of `database` is: the administrator of a database of ours, a given one elsewhere, nobody without one. */
export function readDatabaseUser(
  check: Check<{ databaseUser?: string }>,
  props: { readonly database?: IOciPostgres; readonly databaseUser?: string } | undefined,
): string | undefined {
  const { database, databaseUser } = props ?? {};
  if (database instanceof OciPostgres) return check.text("databaseUser", { ...USER, default: database.spec.adminName });
  if (database !== undefined) return check.text("databaseUser", USER);
  if (databaseUser !== undefined) check.issue("databaseUser", databaseUser, "nothing without database", "give database too");
  return undefined;
}
