import { defineRule, holds } from "../rule";

export const machineMetadataTokens = defineRule({
  id: "machine-metadata-tokens",
  pack: "baseline",
  severity: "high",
  title: "The metadata service of a machine asks for a session token.",
  why: "A request that an agent is tricked into can fetch the credentials of its machine.",
  fix: "require tokens of version 2 of the metadata service",
  references: { asi: ["ASI03", "ASI05"], nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ metadataTokens }) => holds(metadataTokens, "answers without a token", "tokens required"),
});
