import { block, type Reader } from "../../facts/inventory";
import type { SqliteSpec } from "../../spec/sqlite";

/** A D1 database. */
export const readDatabase: Reader = ({ address, path, attributes }) => {
  const { jurisdiction } = attributes;
  const spec: SqliteSpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    readReplicas: block(attributes.read_replication).mode === "auto",
    ...(typeof jurisdiction === "string" && { jurisdiction }),
  };
  return [{ kind: "sqlite", address, path, spec }];
};
