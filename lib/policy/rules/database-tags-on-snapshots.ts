import { defineRule, holds } from "../rule";

export const databaseTagsOnSnapshots = defineRule({
  id: "database-tags-on-snapshots",
  pack: "baseline",
  severity: "low",
  title: "Snapshots of a database carry its labels.",
  why: "Nobody knows whose snapshots they are and what they cost.",
  fix: "copy tags to snapshots",
  references: { nist: ["MAP"] },
  kinds: ["database"],
  check: ({ tagsOnSnapshots }) => holds(tagsOnSnapshots, "snapshots without labels", "labels copied to snapshots"),
});
