import { defineRule, holds } from "../rule";

export const containerUnprivilegedUser = defineRule({
  id: "container-unprivileged-user",
  pack: "regulated",
  severity: "medium",
  title: "A container runs as a user that is not root.",
  why: "Root in a container is one hole away from root on the host.",
  fix: "name a user in the definition",
  references: { asi: ["ASI05"], nist: ["MANAGE"] },
  kinds: ["container"],
  check: ({ unprivilegedUser }) => holds(unprivilegedUser, "root, or the default of the image", "a user that is not root"),
});
