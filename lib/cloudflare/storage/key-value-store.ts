import { WorkersKvNamespace } from "@cdktf/provider-cloudflare/lib/workers-kv-namespace";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { CacheSpec } from "../../spec/cache";
import { Check, type KeysOf } from "../../spec/check";
import { checkAccount } from "./place";

/** Titles are kept this short: the API and the provider 5.14.0 say nothing of a longest one. */
const MAX_TITLE = 63;

const HOLDS = ["cache", "configuration"] as const;

export interface CloudflareKeyValueStoreProps {
  /** The account that it is in: 32 hexadecimal digits. */
  readonly accountId: string;
  /** What is in it: copies of what is elsewhere, or settings that are written from elsewhere. Records have no place in it. */
  readonly holds: (typeof HOLDS)[number];
}

const KNOWN = { accountId: true, holds: true } satisfies KeysOf<CloudflareKeyValueStoreProps>;

const RECORDS =
  "Workers KV is eventually consistent and has no backups; records belong in CloudflareDatabase, a Durable Object or Postgres";

/**
 * A namespace of Workers KV: a cache that every place of Cloudflare reads fast, and never the only place where something is kept.
 *
 * Creates `cloudflare_workers_kv_namespace`. Terraform may destroy it at any time, in production too: what is in it can be written again.
 * Cost: nothing while it stands idle. On Workers Paid (5 USD a month) 10 million reads, a million each of writes, deletes and lists, and 1 GB
 * are included once for an account; prices of what is beyond are not in the price book, because the source of theirs has no date.
 * A write may take 60 seconds or more until other places see it, and two writes of one key in the same second do not both last.
 * Not covered: the keys and values, tags, and a place where the data has to stay, which Workers KV does not have.
 * @see https://developers.cloudflare.com/kv/concepts/how-kv-works/
 */
export class CloudflareKeyValueStore extends Construct {
  /** The store after checks. */
  readonly spec: CacheSpec = { consistency: "eventual" };
  /** The underlying namespace. */
  readonly namespace: WorkersKvNamespace;

  /** @throws IntentError when it is to hold records, or the account is malformed. */
  constructor(scope: Construct, id: string, props: CloudflareKeyValueStoreProps) {
    super(scope, id);
    const check = new Check<CloudflareKeyValueStoreProps>(this.node.path, props, KNOWN);
    checkAccount(check);
    check.oneOf("holds", HOLDS, undefined, RECORDS);
    const { accountId } = check.done(props);
    this.namespace = new WorkersKvNamespace(this, "Resource", {
      accountId,
      title: physicalName(this, { kind: "KV namespace", maxLength: MAX_TITLE }),
    });
  }

  /** What a Worker's binding asks for. */
  get namespaceId(): string {
    return this.namespace.id;
  }
}
