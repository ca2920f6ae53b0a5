import { D1Database } from "@cdktf/provider-cloudflare/lib/d1-database";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { KeysOf } from "../../spec/check";
import { openCheck, PROFILES, specContext, type CommonProps, type SpecContext } from "../../spec/context";
import type { SqliteSpec } from "../../spec/sqlite";
import { checkAccount, checkPlace, type CloudflarePlaceProps } from "./place";

/** Names are kept this short: the API and the provider 5.14.0 say nothing of a longest one, and Workers have names of this length. */
const MAX_NAME = 63;

export interface CloudflareDatabaseProps extends CommonProps, CloudflarePlaceProps {
  /** The account that it is in: 32 hexadecimal digits. */
  readonly accountId: string;
  /**
   * Whether copies near to readers answer them. They may be behind: a Worker has to read in a session (`withSession`) to see its own writes.
   * @default false
   */
  readonly readReplicas?: boolean;
}

const KNOWN = {
  profile: true,
  accountId: true,
  location: true,
  jurisdiction: true,
  readReplicas: true,
} satisfies KeysOf<CloudflareDatabaseProps>;

/**
 * A D1 database: SQLite that Workers reach through a binding, charged by what is read, written and held.
 *
 * Creates `cloudflare_d1_database`; in production Terraform cannot destroy it.
 * Cost: nothing while it stands idle. On Workers Paid (5 USD a month) 25 billion rows read, 50 million rows written and 5 GB a month are
 * included once for an account; prices of what is beyond are not in the price book, because the source of D1's has no date.
 * It can always be brought back to any minute of the last 30 days on Workers Paid, 7 on Free (Time Travel): in place, which overwrites what is
 * there, and by `wrangler d1 time-travel restore`, since Terraform has nothing for it. No copy outlives the database: whoever deletes it
 * deletes its history. It holds 10 GB at most (500 MB on Free), and place, name and account cannot change without losing it.
 * Not PostgreSQL: for that, bind the database of another provider by Hyperdrive. Not covered: tables and migrations, which `wrangler d1
 * migrations` applies, exports to a bucket, and tags, which D1 does not have.
 * @see https://developers.cloudflare.com/d1/reference/time-travel/
 */
export class CloudflareDatabase extends Construct {
  /** The database after defaults and checks. */
  readonly spec: SqliteSpec;
  /** The underlying database. */
  readonly database: D1Database;

  /** @throws IntentError when a prop is malformed. */
  constructor(scope: Construct, id: string, props: CloudflareDatabaseProps) {
    super(scope, id);
    this.spec = databaseSpec(props, specContext(this));
    this.database = new D1Database(this, "Resource", {
      accountId: props.accountId,
      jurisdiction: props.jurisdiction,
      name: physicalName(this, { kind: "D1 database", maxLength: MAX_NAME }),
      primaryLocationHint: props.location,
      readReplication: { mode: this.spec.readReplicas ? "auto" : "disabled" },
      lifecycle: { preventDestroy: this.spec.profile === "production" },
    });
  }

  /** What a Worker's binding asks for. */
  get databaseId(): string {
    return this.database.id;
  }
}

function databaseSpec(props: CloudflareDatabaseProps, context: SpecContext): SqliteSpec {
  const check = openCheck<CloudflareDatabaseProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  checkAccount(check);
  checkPlace(check, props ?? {});
  const readReplicas = check.flag("readReplicas", false);
  return check.done({ profile, readReplicas, ...(props?.jurisdiction !== undefined && { jurisdiction: props.jurisdiction }) });
}
