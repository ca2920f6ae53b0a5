import { defineRule, holds } from "../rule";

export const machineMetadataHops = defineRule({
  id: "machine-metadata-hops",
  pack: "baseline",
  severity: "medium",
  title: "Answers of the metadata service stay on the machine.",
  why: "Containers on the machine can take on its identity.",
  fix: "set the hop limit of the metadata service to 1",
  references: { asi: ["ASI03", "ASI05"], nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ metadataHops }) => (metadataHops === "unknown" ? metadataHops : holds(metadataHops <= 1, `${metadataHops} hops`, "1 hop")),
});
