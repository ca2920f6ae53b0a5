import type { WorkerVersionBindings } from "@cdktf/provider-cloudflare/lib/worker-version";
import { Hidden, type Check, type KeysOf } from "../../spec/check";
import { readEnvironment } from "../../spec/environment";
import { RESERVED_ENVIRONMENT } from "../../spec/governance";
import { CLASS_NAME } from "./worker-migrations";

/** A Durable Object namespace. */
export interface DurableObjectBinding {
  /** Name of the class. */
  readonly class: string;
  /**
   * Name of the Worker that has the class.
   * @default - this one: a migration has to create it
   */
  readonly worker?: string;
}

/** A namespace of Workers KV. It is eventually consistent and has no backups, so that nothing may be kept in it that is nowhere else. */
export interface KvBinding {
  readonly namespaceId: string;
  /** What is in it: copies of what is elsewhere, or settings that are written from elsewhere. */
  readonly holds: "cache" | "configuration";
}

export interface R2Binding {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Where its data has to stay.
   * @default - anywhere
   */
  readonly jurisdiction?: "eu" | "fedramp";
}

export interface D1Binding {
  readonly databaseId: string;
}

export interface QueueBinding {
  /** Name of the queue that messages are sent to. */
  readonly queue: string;
}

export interface ServiceBinding {
  /** Name of the Worker that is called. */
  readonly worker: string;
}

/** What the code reaches under names in its environment. */
export interface WorkerBindingsProps {
  /** Durable Object namespaces by name. @default {} */
  readonly durableObjects?: Readonly<Record<string, DurableObjectBinding>>;
  /** Namespaces of Workers KV by name. @default {} */
  readonly kv?: Readonly<Record<string, KvBinding>>;
  /** R2 buckets by name. @default {} */
  readonly r2?: Readonly<Record<string, R2Binding>>;
  /** D1 databases by name. @default {} */
  readonly d1?: Readonly<Record<string, D1Binding>>;
  /** Queues to send to, by name. @default {} */
  readonly queues?: Readonly<Record<string, QueueBinding>>;
  /** Other Workers by name. @default {} */
  readonly services?: Readonly<Record<string, ServiceBinding>>;
  /** Plain environment variables. What looks like a secret is refused. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Secrets by name: "<id of the store>/<name of the secret>" of the Secrets Store, which the code reads with `await env.NAME.get()`; or a
   * sensitive Terraform variable or attribute, whose value is then in the Terraform state and is text in the code.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
}

const HOLDS = ["cache", "configuration"] as const satisfies readonly KvBinding["holds"][];

/** What Terraform says of them, every list present; plain and secret variables are apart. */
export type WorkerBindingsSpec = Required<Omit<WorkerBindingsProps, "kv" | "environment" | "secrets">> & {
  readonly kv: Readonly<Record<string, { readonly namespaceId: string }>>;
};

export const BINDING_PROPS = {
  durableObjects: true,
  kv: true,
  r2: true,
  d1: true,
  queues: true,
  services: true,
  environment: true,
  secrets: true,
} satisfies KeysOf<WorkerBindingsProps>;

/** A secret in the Secrets Store. */
export const STORE_SECRET = /^([0-9a-f]{32})\/([A-Za-z0-9_-]{1,255})$/;

/** A reference of Terraform and nothing around it, which would be a literal part. */
const EXPRESSION = /^\$\{[^}]*\}$/;

export const SECRET_WANT = '"<id of the store>/<name>" of a secret in the Secrets Store, or a sensitive Terraform variable';

/** The same for the reporting key. */
export const STORE_REFERENCE = { pattern: STORE_SECRET, want: SECRET_WANT };

/** Variables and secrets of one Worker. Source: https://developers.cloudflare.com/workers/platform/limits/, read 2026-11-21. */
const MAX_VARIABLES = 128;

const NAME = /^[A-Z][A-Z0-9_]{0,62}$/;

/** Names that the governance takes: of the contract, and of what it needs beside it. */
const reserved = (name: string) => (RESERVED_ENVIRONMENT as readonly string[]).includes(name) || name.startsWith("GOVERNANCE_");

/** Refuses names that are malformed, taken twice, or the governance's own. */
export function checkNames<P extends object>(
  check: Check<P>,
  groups: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>,
): void {
  const owners = new Map<string, string>();
  for (const [group, entries] of Object.entries(groups)) {
    for (const name of Object.keys(entries ?? {})) {
      const prop = `${group}.${name}`;
      const owner = owners.get(name);
      if (!NAME.test(name)) check.issue(prop, name, "a name in UPPER_SNAKE_CASE of at most 63 characters");
      else if (reserved(name)) {
        if (group !== "environment" || !(RESERVED_ENVIRONMENT as readonly string[]).includes(name))
          check.issue(prop, name, "a name that the governance does not take", "choose one that does not start with GOVERNANCE_");
      } else if (owner !== undefined)
        check.issue(prop, name, `a name that ${owner}.${name} does not have already`, "rename one of the two");
      owners.set(name, group);
    }
  }
  const variables = Object.keys({ ...groups.environment, ...groups.secrets }).length;
  if (variables > MAX_VARIABLES)
    check.issue("environment", `${variables} variables and secrets`, `at most ${MAX_VARIABLES} (Cloudflare Workers limit)`);
}

/** Reads the props of bindings; problems are named `<prop>.<NAME>.<key>`. */
export function readBindings(check: Check<WorkerBindingsProps>, props: WorkerBindingsProps): WorkerBindingsSpec {
  const name = (want: string) => ({ pattern: /^[a-z0-9][a-z0-9_-]{0,62}$/i, want, tokens: true });
  const id = (want: string) => ({ pattern: /^[0-9a-f-]{32,36}$/, want, tokens: true });
  return {
    durableObjects: each(check, "durableObjects", props, ["class", "worker"], (one) => ({
      class: one.text("class", { pattern: CLASS_NAME, want: "the name of a class" }),
      worker: one.tryText("worker", name("the name of a Worker")),
    })),
    kv: each(check, "kv", props, ["namespaceId", "holds"], (one) => {
      (one as Check<KvBinding>).oneOf("holds", HOLDS, undefined, "Workers KV is eventually consistent and has no backups");
      return { namespaceId: one.text("namespaceId", id("the id of a namespace")) };
    }),
    r2: each(check, "r2", props, ["bucket", "jurisdiction"], (one, { jurisdiction }) => ({
      bucket: one.text("bucket", name("the name of a bucket")),
      jurisdiction: jurisdiction === undefined ? undefined : one.oneOf("jurisdiction", ["eu", "fedramp"] as const),
    })),
    d1: each(check, "d1", props, ["databaseId"], (one) => ({ databaseId: one.text("databaseId", id("the id of a database")) })),
    queues: each(check, "queues", props, ["queue"], (one) => ({ queue: one.text("queue", name("the name of a queue")) })),
    services: each(check, "services", props, ["worker"], (one) => ({ worker: one.text("worker", name("the name of a Worker")) })),
  };
}

type Group = keyof WorkerBindingsSpec;
type Of<G extends Group> = WorkerBindingsSpec[G][string];

function each<G extends Group>(
  check: Check<WorkerBindingsProps>,
  group: G,
  props: WorkerBindingsProps,
  known: readonly string[],
  read: (one: Check<Of<G>>, given: Of<G>) => Of<G>,
): Readonly<Record<string, Of<G>>> {
  const entries = Object.entries((props[group] ?? {}) as Readonly<Record<string, Of<G>>>);
  return Object.fromEntries(
    entries.map(([name, given]) => [name, read(check.nested<Of<G>>(`${group}.${name}`, given, known), given ?? ({} as Of<G>))]),
  );
}

/** Reads `environment` and `secrets`. */
export function readVariables(
  check: Check<WorkerBindingsProps>,
  { environment, secrets = {} }: WorkerBindingsProps,
): { readonly environment: Readonly<Record<string, string>>; readonly secrets: Readonly<Record<string, string>> } {
  for (const [name, value] of Object.entries(secrets)) checkSecret(check, `secrets.${name}`, value);
  return { environment: readEnvironment(check, environment), secrets };
}

/** Refuses a secret that is not a reference, without showing it. */
export function checkSecret<P extends object>(check: Check<P>, prop: string, value: unknown): void {
  if (typeof value === "string" && (STORE_SECRET.test(value) || EXPRESSION.test(value))) return;
  const got = typeof value === "string" ? new Hidden("text that may hold a secret (hidden)") : value;
  check.issue(prop, got, SECRET_WANT, "store it as a secret and give its reference");
}

/** A secret as binding: by reference where it is in a store. */
export function secretBinding(name: string, reference: string): WorkerVersionBindings {
  const [, storeId, secretName] = STORE_SECRET.exec(reference) ?? [];
  return storeId === undefined
    ? { name, type: "secret_text", text: reference }
    : { name, type: "secrets_store_secret", storeId, secretName };
}

/** The bindings as Terraform has them. */
export function bindingBlocks(spec: WorkerBindingsSpec): WorkerVersionBindings[] {
  const of = <G extends Group>(group: G, block: (one: Of<G>) => Omit<WorkerVersionBindings, "name">) =>
    Object.entries(spec[group] as Readonly<Record<string, Of<G>>>).map(([name, one]) => ({ name, ...block(one) }));
  return [
    ...of("durableObjects", (one) => ({ type: "durable_object_namespace", className: one.class, scriptName: one.worker })),
    ...of("kv", ({ namespaceId }) => ({ type: "kv_namespace", namespaceId })),
    ...of("r2", ({ bucket, jurisdiction }) => ({ type: "r2_bucket", bucketName: bucket, jurisdiction })),
    ...of("d1", ({ databaseId }) => ({ type: "d1", id: databaseId })),
    ...of("queues", ({ queue }) => ({ type: "queue", queueName: queue })),
    ...of("services", ({ worker }) => ({ type: "service", service: worker })),
  ];
}
