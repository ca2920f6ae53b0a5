import { defineRule, holds } from "../rule";

export const containerImagePinned = defineRule({
  id: "container-image-pinned",
  pack: "regulated",
  severity: "medium",
  title: "An image is named by its digest.",
  why: "Another program than the one that was reviewed can run under the same tag.",
  fix: "name the image as name@sha256:digest",
  references: { asi: ["ASI04"], nist: ["MAP"] },
  kinds: ["container"],
  check: ({ pinned }) => holds(pinned, "an image by tag", "an image by digest"),
});
