import { Lazy } from "cdktf";
import { Check } from "../../lib/spec/check";
import { governanceEnvironment, readGovernance, type GovernanceProps } from "../../lib/spec/governance";

const PROPS: GovernanceProps = {
  endpoint: "https://governance.acme.dev",
  agentId: "researcher",
  governanceId: "gov-7",
  keySecret: "arn:secret",
};

const read = (props: Partial<GovernanceProps>) => {
  const check = new Check("stack/Agent", {}, []);
  return check.done(readGovernance(check, { ...PROPS, ...props }, { pattern: /^arn:/, want: "the ARN of a secret" }));
};

describe("readGovernance", () => {
  test("gives the contract that every runtime hands to the agent", () => {
    expect(governanceEnvironment(read({}))).toEqual({
      GOVERNANCE_ENDPOINT: "https://governance.acme.dev",
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "researcher",
      GOVERNANCE_KEY_FILE: "/run/governance/key",
      GOVERNANCE_HEARTBEAT_SECONDS: "30",
    });
  });

  test("takes a reference that is known only after apply", () => {
    const keySecret = Lazy.stringValue({ produce: () => "arn:secret" });
    expect(read({ keySecret }).keySecret).toBe(keySecret);
  });

  test.each<[string, Partial<GovernanceProps>]>([
    ["an http endpoint", { endpoint: "http://governance.acme.dev" }],
    ["an endpoint with credentials", { endpoint: "https://user:pass@governance.acme.dev" }],
    ["an endpoint with a query", { endpoint: "https://governance.acme.dev?key=1" }],
    ["no endpoint", { endpoint: undefined }],
    ["an agent id with blanks", { agentId: "my agent" }],
    ["an agent id that is too long", { agentId: "a".repeat(65) }],
    ["an empty governance id", { governanceId: "" }],
    ["an agent id known only after apply", { agentId: Lazy.stringValue({ produce: () => "a" }) }],
    ["a key instead of a reference", { keySecret: "sk-live" }],
    ["heartbeats too often", { heartbeatSeconds: 1 }],
    ["a fraction of a heartbeat", { missedHeartbeats: 2.5 }],
    ["an unknown prop", { interval: 3 } as never],
  ])("fails on %s", (_name, props) => {
    expect(() => read(props)).toThrowErrorMatchingSnapshot();
  });
});
