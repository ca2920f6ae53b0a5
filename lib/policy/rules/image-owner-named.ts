import { defineRule, holds } from "../rule";

export const imageOwnerNamed = defineRule({
  id: "image-owner-named",
  pack: "baseline",
  severity: "high",
  title: "An image of a machine comes from a named owner.",
  why: "Anyone can publish an image with a matching name, and it is taken because it is newer.",
  fix: "name the owner of the image",
  references: { asi: ["ASI04"], nist: ["MAP"] },
  kinds: ["image-source"],
  check: ({ ownerNamed }) => holds(ownerNamed, "images of anyone", "images of named owners"),
});
