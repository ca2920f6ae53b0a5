import { github, GithubRepository } from "cdktf-governed-agents/github";
import type { ProviderPrices } from "../../lib/cost/rule";
import { providerSchema } from "../schema/provider-schema";
import { costs, gaps, ghEstimate, type Resources } from "./price-support";
import { ghSynth } from "./support";

const prices = github.prices as ProviderPrices;

const repository = (attributes: object, beside: Resources = {}): Resources => ({
  github_repository: { R: { name: "atlas", ...attributes } },
  ...beside,
});
const minutes = (count: number) => {
  const quantities = { low: count, expected: count, high: count };
  return { usage: { declared: { "github_repository.R": { workflowMinutes: quantities } } } };
};
const PRIVATE = { visibility: "private" };

/** Sums by hand: 0.006 USD for a minute of Linux with two cores. */
describe("what GitHub charges", () => {
  test.each<[string, Resources, number, Readonly<Record<string, string>>]>([
    ["a private repository without runs", repository(PRIVATE), 0, {}],
    ["a thousand minutes", repository(PRIVATE), 1000, { "minutes of workflows": "6" }],
    ["an agent that never sleeps: 730 hours", repository({ private: true }), 43_800, { "minutes of workflows": "262.8" }],
    ["a public repository", repository({}), 43_800, {}],
    [
      "one whose workflows are off",
      repository(PRIVATE, { github_actions_repository_permissions: { P: { repository: "atlas", enabled: false } } }),
      1000,
      {},
    ],
  ])("%s", (_name, resources, count, expected) => {
    const made = ghEstimate(resources, minutes(count));
    expect(costs(made)).toEqual(expected);
    expect(gaps(made)).toEqual([]);
  });

  test("minutes of the account are taken off when they are named only", () => {
    const net = ghEstimate(repository(PRIVATE), { ...minutes(43_800), allowances: ["Actions minutes"] }).totals;
    expect(JSON.stringify(net)).toContain("250.8");
    expect(JSON.stringify(ghEstimate(repository(PRIVATE), minutes(43_800)).totals)).not.toContain("250.8");
  });

  test.each<[string, Resources, readonly string[]]>([
    ["a seat", { github_membership: { M: { username: "ada" } } }, ["quantity-unknown-at-synth: seat"]],
    [
      "scans of a private repository",
      repository({ ...PRIVATE, security_and_analysis: { secret_scanning: { status: "enabled" } } }),
      ["price-missing: security scans"],
    ],
    ["a larger runner", { github_actions_hosted_runner: { H: { size: "4-core" } } }, ["price-missing: larger runners"]],
  ])("has no price for %s, and says so", (_name, resources, expected) => {
    expect(gaps(ghEstimate(resources))).toEqual(expected);
  });

  test("a governed repository costs nothing by itself", () => {
    const made = ghEstimate(
      ghSynth((stack) => {
        const environments = { production: { withoutReviewersBecause: "the plan has no reviewers" } };
        new GithubRepository(stack, "Atlas", { plan: "team", purpose: "vault", environments, variables: { A: "1" } });
      }).json.resource,
    );
    expect([costs(made), gaps(made)]).toEqual([{}, []]);
  });
});

describe("the prices", () => {
  test("say of every type of the provider what it costs, or that it is free, and only one of the two", () => {
    const types = Object.keys(providerSchema("github")?.resource_schemas ?? {});
    expect([...Object.keys(prices.rules), ...Object.keys(prices.free)].sort()).toEqual(types.sort());
  });
});
