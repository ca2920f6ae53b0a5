import { github, GithubRepository } from "cdktf-governed-agents/github";
import { statefulResources } from "../../lib/change/stateful";
import { Inventory } from "../../lib/facts/inventory";
import { isJudged, type ProviderRecovery } from "../../lib/recovery/stateful";
import { providerSchema } from "../schema/provider-schema";
import { ghSynth } from "./support";

const recovery = github.recovery as ProviderRecovery;

function judgedOf(build: Parameters<typeof ghSynth>[0]) {
  const inventory = new Inventory(ghSynth(build).json);
  return inventory.resources.flatMap((resource) => {
    const found = recovery[resource.type]?.(resource, inventory);
    return found !== undefined && isJudged(found) ? [found] : [];
  });
}

describe("how data survives on GitHub", () => {
  test("a history that nobody can rewrite loses nothing by a wrong change, and nothing more is promised", () => {
    const [found] = judgedOf((stack) => new GithubRepository(stack, "Atlas", { plan: "team" }));
    expect(found?.mechanisms).toMatchObject([{ id: "history", scopes: ["operator-error"], rpo: { minutes: 0 }, rto: { minutes: null } }]);
    expect(found?.alternatives()).toEqual([]);
  });

  test("without rules for the default branch nothing is promised, and the rules are the way out", () => {
    const [found] = judgedOf((stack) => new GithubRepository(stack, "Atlas", { plan: "free", profile: "sandbox" }));
    expect(found?.mechanisms).toEqual([]);
    expect(found?.alternatives()).toMatchObject([{ use: { id: "history" } }]);
  });

  test("the lock holds what would be made anew", () => {
    const inventory = new Inventory(ghSynth((stack) => new GithubRepository(stack, "Atlas", { plan: "team" })).json);
    expect(statefulResources(inventory, [github])).toMatchObject([{ type: "github_repository", properties: {} }]);
  });

  test("every type and attribute is one of the provider", () => {
    const schemas = providerSchema("github")?.resource_schemas ?? {};
    expect(Object.keys(recovery).filter((type) => schemas[type] === undefined)).toEqual([]);
    for (const [type, { properties }] of Object.entries(github.stateful ?? {}))
      expect(properties.filter((name) => schemas[type]?.block.attributes?.[name] === undefined)).toEqual([]);
  });
});
