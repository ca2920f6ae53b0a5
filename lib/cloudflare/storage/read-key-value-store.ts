import type { Reader } from "../../facts/inventory";

/** A namespace of Workers KV is a cache, whatever is put into it. */
export const readKeyValueStore: Reader = ({ address, path }) => [{ kind: "cache", address, path, spec: { consistency: "eventual" } }];
