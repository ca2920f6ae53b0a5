import { mermaidDiagram } from "../../lib/report/diagram";
import { reportHtml } from "../../lib/report/html";
import type { Manifest } from "../../lib/report/manifest";
import { syntheticManifest } from "./support";

/** A report of one network, in the words of its provider. */
function withNetwork(spec: Record<string, unknown>): Manifest {
  const manifest = syntheticManifest({ agents: 1, resources: 10, owners: 1 });
  return { ...manifest, facts: manifest.facts.map((fact) => (fact.kind === "network" ? { ...fact, spec } : fact)) };
}

describe("networks in the report", () => {
  test("subnets that span all zones stand in one column", () => {
    const subnets = [
      { tier: "public", cidr: "10.20.0.0/18" },
      { tier: "private", cidr: "10.20.64.0/18" },
    ];
    const manifest = withNetwork({ cidr: "10.20.0.0/16", egress: "nat-gateway", tiers: ["public", "private"], subnets });
    expect(mermaidDiagram([manifest])).toMatch(/subgraph \S+\["all zones"\]\n[\s\S]*private<br\/>10\.20\.64\.0\/18/);
    const page = reportHtml([manifest]);
    expect(page).toContain("2 subnets: public all zones 10.20.0.0/18; private all zones 10.20.64.0/18");
    expect(page.match(/class="subnet subnet-/g)).toHaveLength(2);
    expect(page).not.toContain("undefined");
  });

  test("a network without subnets is its range and its way to the internet", () => {
    const manifest = withNetwork({ cidr: "10.20.0.0/16", egress: "public-ip", region: "here-1" });
    expect(mermaidDiagram([manifest])).toContain("10.20.0.0/16, egress public-ip");
    const page = reportHtml([manifest]);
    expect(page).toContain("Network, 10.20.0.0/16, egress public-ip");
    expect(page).not.toContain('class="subnet subnet-');
    expect(page).not.toMatch(/undefined|NaN/);
  });
});
