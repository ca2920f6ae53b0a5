import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { synthApp } from "cdktf-governed-agents/testing";
import { balancerRouteContract } from "../contracts/balancer-route";
import { allOf, API, balanced, onlyOf, synthWith, type Routes } from "./balanced";
import { awsFacts, awsSynth, resourcesOf } from "./support";

describe("AwsBalancerRoute", () => {
  balancerRouteContract({
    build: (stack) => {
      const { balancer, targets } = balanced(stack);
      return (id, route) => balancer.addRoute(stack, id, { ...route, targets });
    },
    facts: awsFacts,
  });

  test("targets are reached by address, over HTTPS, and a changed port makes a new group before the old one goes", () => {
    const group = (port: number) => onlyOf(synthWith({}, { Api: { ...API, port } }), "aws_lb_target_group");
    expect(group(8443)).toMatchObject({ target_type: "ip", protocol: "HTTPS", port: 8443, lifecycle: { create_before_destroy: true } });
    expect(group(8443).name).not.toBe(group(8444).name);
    expect(String(group(8443).name).length).toBeLessThanOrEqual(32);
  });

  test("a canary has two groups, and the deployment decides where the rule leads", () => {
    let made: ReturnType<typeof balanced> | undefined;
    const result = awsSynth((stack) => (made = balanced(stack, {}, { Api: { ...API, canary: true } })));
    expect(allOf(result, "aws_lb_target_group")).toHaveLength(2);
    expect(onlyOf(result, "aws_lb_listener_rule").lifecycle).toEqual({
      ignore_changes: ["action"],
      replace_triggered_by: [expect.stringMatching(/^aws_lb_target_group\.Api_Targets_\w+\.arn$/)],
    });
    expect(made?.routes[0]?.canaryTargetGroup).toBeDefined();
    expect(made?.routes[0]?.testListenerArn).toBeUndefined();
  });

  test("a canary is tested on a listener of its own when the balancer has one", () => {
    const testListener = { port: 8443, allowFrom: { office: { cidr: "192.0.2.0/24" } } };
    const result = synthWith({ testListener }, { Api: { ...API, canary: true }, Docs: { paths: ["/docs/*"], port: 8443 } });
    const rules = allOf(result, "aws_lb_listener_rule").filter((rule) => String(rule.listener_arn).includes("Front_Test"));
    expect(rules).toHaveLength(1);
    expect(
      allOf(result, "aws_lb_listener")
        .map((listener) => listener.port)
        .sort(),
    ).toEqual([443, 8443]);
  });

  test("two routes to the same targets and port open the way once, whichever comes first", () => {
    const openings = (routes: Routes) => {
      const result = synthWith({}, routes);
      return [resourcesOf(result, "aws_vpc_security_group_egress_rule"), resourcesOf(result, "aws_vpc_security_group_ingress_rule")];
    };
    const docs = { paths: ["/docs/*"], port: 8443 };
    expect(Object.keys(openings({ Api: API, Docs: docs })[0] ?? {})).toHaveLength(1);
    expect(openings({ Api: API, Docs: docs })).toEqual(openings({ Docs: docs, Api: API }));
    expect(openings({ Api: API, Docs: docs })).toEqual(openings({ Api: API }));
  });

  test("what a service waits for is the rule", () => {
    awsSynth((stack) => {
      const [route] = balanced(stack, {}, { Api: API }).routes;
      expect(route?.dependable).toBe(route?.rule);
    });
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    [
      "two routes with one priority",
      (stack) => balanced(stack, {}, { Api: { ...API, priority: 7 }, Docs: { paths: ["/docs"], port: 1, priority: 7 } }),
    ],
    ["two routes for the same requests", (stack) => balanced(stack, {}, { Api: API, Again: { ...API, priority: 9 } })],
    ["a host without certificate", (stack) => balanced(stack, {}, { Api: { ...API, hosts: ["chat.acme.dev"] } })],
    [
      "a drain shorter than WebSocket needs",
      (stack) => balanced(stack, { websocket: true }, { Api: { ...API, deregistrationDelaySeconds: 30 } }),
    ],
    ["no targets and no port", (stack) => balanced(stack).balancer.addRoute(stack, "Api", { paths: ["/api"] } as never)],
  ])("fails on %s", (_name, build) => {
    expect(() => awsSynth(build)).toThrowErrorMatchingSnapshot();
  });

  test("fails in another stack than the balancer's", () => {
    const build = () =>
      synthApp((app) => {
        const [first, second] = ["first", "second"].map((id) => {
          const stack = new TerraformStack(app, id);
          new AwsProvider(stack, "aws", { region: "us-east-1" });
          return stack;
        }) as [TerraformStack, TerraformStack];
        const { balancer, targets } = balanced(first);
        balancer.addRoute(second, "Api", { ...API, targets });
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "second/Api: 1 problem
       - scope: got "second/Api", want a scope in the stack of first/Front: balancer and targets open to each other"
    `);
  });
});
