import * as fc from "fast-check";
import { agentServiceSpec, type AgentServiceLimits, type AgentServiceProps } from "../../lib/spec/agent-service";

const SECRET = { pattern: /^secret:[a-z-]+$/, want: 'a reference such as "secret:name"' };

const PROPS: AgentServiceProps = {
  image: `registry.acme.dev/agent@sha256:${"ab".repeat(32)}`,
  replicas: { min: 1, max: 4 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: "secret:key" },
};

/** Shapes in ranges, one architecture, no canaries and no scratch space to choose. */
const FEW: AgentServiceLimits = {
  shapes: { vcpu: { min: 2, max: 8, step: 2 }, memoryMiB: (vcpu) => ({ min: vcpu * 512, max: vcpu * 4096, step: 1024 }) },
  shapeSource: "the provider's sizes",
  sizes: { small: { vcpu: 2, memoryMiB: 1024 }, medium: { vcpu: 2, memoryMiB: 2048 }, large: { vcpu: 4, memoryMiB: 4096 } },
  replicas: { max: 5000, source: "the provider's quota" },
  architectures: ["amd64"],
  secret: SECRET,
  secretValue: SECRET,
};

const LACKS = {
  sidecars: "none",
  reporter: "none",
  user: "none",
  healthCommand: "none",
  secrets: "none",
  egress: "none",
  logRetentionDays: "none",
};

const few = (props: object, limits: Partial<AgentServiceLimits> = {}, lacks: Record<string, string> = LACKS) =>
  agentServiceSpec(
    { ...PROPS, ...props } as AgentServiceProps,
    { path: "test/Agent", profile: "production", lacks },
    { ...FEW, ...limits },
    { internet: true, publicIp: false, balanced: false },
  );

function refused(...given: Parameters<typeof few>): unknown {
  try {
    return few(...given);
  } catch (error) {
    return (error as Error).message.split("\n").slice(1).join("\n").replaceAll("  - ", "");
  }
}

describe("what a provider lacks", () => {
  test("is not in the spec, not even as a default", () => {
    const made = few({});
    expect(made).toMatchObject({ architecture: "amd64", vcpu: 2, memoryMiB: 1024, rollout: "rolling" });
    for (const prop of ["sidecars", "reporter", "egress", "logRetentionDays"] as const) expect(made[prop]).toBeUndefined();
    for (const prop of ["user", "healthCommand", "secrets"] as const) expect(made.agent[prop]).toBeUndefined();
  });

  test("is refused", () => {
    expect(refused({ architecture: "arm64", rollout: { canary: { percent: 10, minutes: 5 } } })).toMatchInlineSnapshot(`
     "architecture: got "arm64", want one of "amd64"; did you mean "amd64"?
     rollout: got {"canary":{"percent":10,"minutes":5}}, want "rolling": the provider does not split the traffic between versions"
    `);
  });

  test("any shape within the ranges is taken, and any other is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 40 }), (vcpu, gib) => {
        const fits = vcpu % 2 === 0 && vcpu <= 8 && gib * 1024 >= vcpu * 512 && gib <= vcpu * 4 && (gib * 1024 - vcpu * 512) % 1024 === 0;
        const result = refused({ vcpu, memoryMiB: gib * 1024 });
        expect(typeof result === "string" ? result : "taken").toMatch(
          fits ? /^taken$/ : /^(vcpu|memoryMiB): got \d+, want \d+ to \d+ in steps of \d+/,
        );
      }),
    );
    expect(refused({ vcpu: NaN })).toMatchInlineSnapshot(`"vcpu: got NaN, want 2 to 8 in steps of 2 (the provider's sizes)"`);
    expect(refused({ memoryMiB: NaN })).toMatchInlineSnapshot(
      `"memoryMiB: got NaN, want 1024 to 8192 in steps of 1024 with 2 vCPU (the provider's sizes); the next one that fits is 1024"`,
    );
  });

  test("copies scale between different limits, always, or never", () => {
    const between = { replicas: { max: 9, source: "the provider's quota", scales: "between" } } as const;
    expect(few({ replicas: { min: 2, max: 2 } }, between).replicas).toEqual({ min: 2, max: 2 });
    expect(few({ replicas: { min: 2, max: 3 } }, between).replicas).toEqual({ min: 2, max: 3, cpuPercent: 70 });
    expect(refused({ replicas: { min: 2, max: 2, cpuPercent: 50 } }, between)).toMatchInlineSnapshot(
      `"replicas.cpuPercent: got 50, want nothing while min and max are equal (2); remove it, or raise max"`,
    );
    const never = { replicas: { ...between.replicas, scales: "never" } } as const;
    expect(few({ replicas: 3 }, never).replicas).toEqual({ min: 3, max: 3 });
    expect(few({ replicas: 3, enabled: false }, never).replicas).toEqual({ min: 0, max: 0 });
    expect(refused({ replicas: { min: 1, max: 3 } }, never)).toMatchInlineSnapshot(
      `"replicas: got {"min":1,"max":3}, want a whole number, 1 to 9 (the provider's quota)"`,
    );
    expect(refused({ replicas: undefined }, never)).toMatchInlineSnapshot(
      `"replicas: got nothing, want a whole number, 1 to 9 (the provider's quota)"`,
    );
  });

  test("no secret takes the place of what the governance contract sets", () => {
    expect(
      refused(
        { secrets: { GOVERNANCE_KEY: "secret:mine", AGENT_ID: "secret:mine" } },
        { reporterImage: PROPS.image, logRetentionDays: [365] },
        {},
      ),
    ).toMatchInlineSnapshot(`
     "secrets.GOVERNANCE_KEY: got "GOVERNANCE_KEY", want a name that the governance contract does not set; set it through the prop governance
     secrets.AGENT_ID: got "AGENT_ID", want a name that the governance contract does not set; set it through the prop governance"
    `);
  });
});
