import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { readRoutingCondition, routingCondition } from "../../lib/oci/load-balancer/routing-condition";
import { balancerRouteContract } from "../contracts/balancer-route";
import { allOf, API, balanced, onlyOf, synthWith, type Routes } from "./balanced";
import { ociFacts, ociSynth, resourcesOf } from "./support";

const AUTHORITY = "ocid1.cabundle.oc1.iad.amaaaaexample";
const rulesOf = (routes: Routes) =>
  onlyOf(synthWith({}, routes), "oci_load_balancer_load_balancer_routing_policy").rules as { name: string; condition: string }[];
const setOf = (routes: Routes) =>
  allOf(synthWith({}, routes), "oci_load_balancer_backend_set").find((set) => set.name !== "nowhere") as Record<string, unknown>;

describe("OciBalancerRoute", () => {
  balancerRouteContract({
    build: (stack) => {
      const { balancer, targets } = balanced(stack);
      return (id, route) => balancer.addRoute(stack, id, { ...route, targets } as never);
    },
    facts: ociFacts,
    lacks: ["canary", "deregistrationDelaySeconds", "healthCheck.healthyCount"],
  });

  test("targets are reached over TLS, whose certificates are checked when their authorities are named", () => {
    expect(setOf({ Api: API })).toMatchObject({
      policy: "LEAST_CONNECTIONS",
      ssl_configuration: { protocols: ["TLSv1.2", "TLSv1.3"], verify_peer_certificate: false },
      health_checker: { protocol: "HTTP", port: 8443, url_path: "/healthz", return_code: 200, interval_ms: 15_000, retries: 3 },
    });
    expect(setOf({ Api: { ...API, authorityIds: [AUTHORITY] } })).toMatchObject({
      ssl_configuration: { verify_peer_certificate: true, verify_depth: 3, trusted_certificate_authority_ids: [AUTHORITY] },
    });
    expect(setOf({ Api: { ...API, protocol: "http" } }).ssl_configuration).toBeUndefined();
  });

  test("a client stays with its target only when asked", () => {
    expect(setOf({ Api: API }).lb_cookie_session_persistence_configuration).toBeUndefined();
    expect(setOf({ Api: { ...API, sticky: true } })).toMatchObject({
      lb_cookie_session_persistence_configuration: { is_secure: true, is_http_only: true, max_age_in_seconds: 86_400 },
    });
  });

  test("all routes are one ordered list, the more specific ones first, whatever order they were added in", () => {
    const routes: Routes = {
      Rest: { port: 8443 },
      Api: API,
      Chat: { hosts: ["chat.acme.dev", "*.acme.dev"], paths: ["/ws", "*.json"], port: 8444 },
    };
    const rules = rulesOf(routes);
    expect(rules.map(({ condition }) => condition)).toMatchInlineSnapshot(`
     [
       "all(any(http.request.headers[(i 'Host')] eq (i 'chat.acme.dev'), http.request.headers[(i 'Host')][0] ew (i '.acme.dev')), any(http.request.url.path eq '/ws', http.request.url.path ew '.json'))",
       "all(http.request.url.path sw '/api/')",
       "all(http.request.url.path sw '/')",
     ]
    `);
    expect(rulesOf(Object.fromEntries(Object.entries(routes).reverse()))).toEqual(rules);
    for (const { name } of rules) expect(name).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
    const listener = allOf(synthWith({}, routes), "oci_load_balancer_listener").find(({ port }) => port === 443);
    expect(listener?.routing_policy_name).toMatch(/Front_Routing_\w+\.name\}$/);
    const policy = onlyOf(synthWith({}, routes), "oci_load_balancer_load_balancer_routing_policy");
    expect(policy.load_balancer_id).toMatch(/^\$\{oci_load_balancer_load_balancer\.Front_\w+\.id\}$/);
  });

  test("a balancer without routes has no routing policy", () => {
    const result = synthWith();
    expect(allOf(result, "oci_load_balancer_load_balancer_routing_policy")).toEqual([]);
    expect(allOf(result, "oci_load_balancer_listener")[0]?.routing_policy_name).toBeUndefined();
  });

  test("conditions say what was asked for, whatever hosts and paths", () => {
    const host = fc.stringMatching(/^(\*\.)?[a-z0-9]{1,8}\.[a-z]{2,5}$/);
    const path = fc.stringMatching(/^(\/[A-Za-z0-9_.$~@:+&/-]{0,12}\*?|\*[A-Za-z0-9.]{1,8})$/);
    fc.assert(
      fc.property(fc.array(host, { maxLength: 3 }), fc.array(path, { minLength: 1, maxLength: 3 }), (hosts, paths) => {
        expect(readRoutingCondition(routingCondition(hosts, paths))).toEqual({ hosts, paths });
      }),
    );
  });

  test("targets are added by address, on the port of the route, and come and go alone", () => {
    const build = (targets: Readonly<Record<string, string>>) =>
      ociSynth((stack) => {
        const [route] = balanced(stack, {}, { Api: API }).routes;
        for (const [id, address] of Object.entries(targets)) route?.addBackend(id, address);
        expect(route?.dependable).toBe(route?.backendSet);
      });
    const one = resourcesOf(build({ A: "10.20.1.4" }), "oci_load_balancer_backend");
    const two = resourcesOf(build({ B: "10.20.1.5", A: "10.20.1.4" }), "oci_load_balancer_backend");
    expect(Object.values(one)).toMatchObject([{ ip_address: "10.20.1.4", port: 8443 }]);
    expect(two).toMatchObject(one);
    expect(Object.keys(two)).toHaveLength(2);
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    [
      "patterns that OCI cannot match",
      (stack) => balanced(stack, {}, { Api: { hosts: ["api.*.dev"], paths: ["/a/*/b", "/x?"], port: 1 } }),
    ],
    [
      "authorities without TLS, and something that is none",
      (stack) => balanced(stack, {}, { Api: { ...API, protocol: "http", authorityIds: ["ocid1.certificate.oc1.iad.x"] } }),
    ],
    ["no targets and no port", (stack) => balanced(stack).balancer.addRoute(stack, "Api", { paths: ["/api"] } as never)],
    ["too many hosts and paths", (stack) => balanced(stack, {}, { Api: { paths: ["/a", "/b", "/c", "/d", "/e", "/f"], port: 1 } })],
  ])("fails on %s", (_name, build) => {
    expect(() => ociSynth(build)).toThrowErrorMatchingSnapshot();
  });
});
