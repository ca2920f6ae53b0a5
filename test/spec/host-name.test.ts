import fc from "fast-check";
import { Check, type IntentError } from "../../lib/spec/check";
import { checkHost, hostOf, isHostName, isPrivateAddress, isWithinDomain, labelsBelow } from "../../lib/spec/host-name";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const domain = fc.tuple(label, label).map(([name, top]) => `${name}.${top}x`);

describe("host names", () => {
  test.each([
    ["acme.dev", true],
    ["a-b.acme.dev", true],
    ["xn--bcher-kva.example", true],
    ["acme", false],
    ["Acme.dev", false],
    ["*.acme.dev", false],
    ["-a.acme.dev", false],
    ["acme.dev.", false],
    ["https://acme.dev", false],
    ["10.0.0.1", false],
    [`${"a.".repeat(126)}dev`, false],
    ["${cloudflare_zone.Net.name}", false],
    [undefined, false],
  ])("%s: %s", (host, fits) => {
    expect(isHostName(host)).toBe(fits);
  });

  test("a host lies in the domains that it ends with, by whole labels", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), domain, (below, zone) => {
        const host = [...below, zone].join(".");
        expect(isWithinDomain(host, zone)).toBe(true);
        expect(labelsBelow(host, zone)).toBe(below.length);
        expect(isWithinDomain(`other${zone}`, zone)).toBe(false);
        expect(isWithinDomain(zone, `a.${zone}`)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test("private addresses are known", () => {
    const inside = [
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.1",
      "192.168.1.1",
      "100.64.0.1",
      "127.0.0.1",
      "169.254.1.1",
      "fd00::1",
      "fe80::1",
      "::1",
    ];
    const outside = ["198.51.100.7", "172.32.0.1", "100.128.0.1", "11.0.0.1", "2001:db8::1"];
    expect([inside.map(isPrivateAddress), outside.map(isPrivateAddress)]).toEqual([inside.map(() => true), outside.map(() => false)]);
  });

  test("what is reached by name goes by it", () => {
    const given = [{ hostname: "a.acme.dev" }, "b.acme.dev", undefined, {}];
    expect(given.map(hostOf)).toEqual(["a.acme.dev", "b.acme.dev", undefined, {}]);
  });

  const problem = (host: unknown, place = { domain: "acme.dev", maxLabels: 1, deeper: "pay" }) => {
    const check = new Check("Front", { host }, ["host"]);
    checkHost(check, "host", host, place);
    try {
      return check.done(undefined);
    } catch (error) {
      return (error as IntentError).issues[0]?.want;
    }
  };

  test("a host has to be in the domain, and not deeper than its certificate", () => {
    expect([problem("acme.dev"), problem("a.acme.dev")]).toEqual([undefined, undefined]);
    expect(problem("a.b.acme.dev")).toContain("at most 1 label below");
    expect(problem("a.b.acme.dev", { domain: "acme.dev", maxLabels: Infinity, deeper: "" })).toBeUndefined();
    expect(problem("badacme.dev")).toBe('a host in the zone "acme.dev"');
    expect(problem("A.acme.dev")).toContain("a host name in lower case");
  });
});
