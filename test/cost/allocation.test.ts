import fc from "fast-check";
import { allocate } from "../../lib/cost/allocation";
import { estimate, type Estimate } from "../../lib/cost/estimate";
import type { EstimateOptions } from "../../lib/cost/estimate-options";
import { parseUsd, sum } from "../../lib/cost/money";
import { acme, AS_OF, inventoryOf, oneOf, type AcmeProps } from "./support";

const ROWS = [{ sku: "red", usd: "7.30" }];

function estimated(resources: Parameters<typeof inventoryOf>[0], props: AcmeProps, options: Partial<EstimateOptions> = {}): Estimate {
  return estimate(inventoryOf(resources), [acme({ rows: ROWS, ...props })], { asOf: AS_OF, ...options });
}

describe("cost by label", () => {
  const rules = { acme_red: oneOf("red"), acme_untaggable: oneOf("red") };

  test("what carries no labels belongs where everything around it agrees, and is shared otherwise", () => {
    const { lines } = estimated(
      {
        acme_red: {
          A: { path: "s/Fleet/A/Vm", tags: { agentId: "a", owner: "ada" } },
          B: { path: "s/Fleet/B/Vm", tags: { agentId: "b", owner: "ada" } },
        },
        acme_untaggable: { Disk: { path: "s/Fleet/A/Disk" }, Net: { path: "s/Fleet/Net" }, Deep: { path: "s/Fleet/B/Deep/Deeper/X" } },
      },
      { rules },
      { labels: { project: "p", owner: "bob" } },
    );
    expect(Object.fromEntries(lines.map(({ address, labels }) => [address, labels]))).toEqual({
      "acme_red.A": { agentId: "a", owner: "ada", project: "p" },
      "acme_red.B": { agentId: "b", owner: "ada", project: "p" },
      "acme_untaggable.Disk": { agentId: "a", owner: "ada", project: "p" },
      "acme_untaggable.Net": { owner: "ada", project: "p" },
      "acme_untaggable.Deep": { agentId: "b", owner: "ada", project: "p" },
    });
    expect(allocate(lines).agentId).toEqual([
      { value: "a", exactUsd: "14.6", usd: "14.60" },
      { value: "b", exactUsd: "14.6", usd: "14.60" },
      { value: null, exactUsd: "7.3", usd: "7.30" },
    ]);
  });

  test("the caller may know better", () => {
    const { lines } = estimated(
      { acme_red: { A: { tags: { owner: "ada" } } } },
      { rules },
      { labelsOf: () => ({ owner: "eve", layer: "core" }) },
    );
    expect(lines[0]?.labels).toEqual({ owner: "eve", layer: "core" });
  });

  test("shares add up to the total, exactly and in cents", () => {
    const owner = fc.constantFrom("a", "b", "c", undefined);
    const thing = fc.record({ owner, micro: fc.nat(3_000_000) });
    fc.assert(
      fc.property(fc.array(thing, { minLength: 1, maxLength: 30 }), (things) => {
        const red = Object.fromEntries(things.map(({ owner: name, micro }, index) => [`T${index}`, { micro, tags: { owner: name } }]));
        const made = estimated(
          { acme_red: red },
          {
            rows: [{ sku: "red", usd: "0.000001" }],
            rules: { acme_red: (resource, ...rest) => oneOf("red", resource.attributes.micro as number)(resource, ...rest) },
          },
        );
        const exact = sum(made.lines.map((line) => parseUsd(line.usd.high)));
        for (const shares of Object.values(allocate(made.lines))) {
          expect(sum(shares.map((share) => parseUsd(share.exactUsd)))).toBe(exact);
          expect(sum(shares.map((share) => parseUsd(share.usd)))).toBe(parseUsd(made.totals?.gross.high as string));
        }
      }),
      { numRuns: 50 },
    );
  });
});
