import { Lazy, Token } from "cdktf";
import * as fc from "fast-check";
import {
  agentServiceSpec,
  type AgentServiceLimits,
  type AgentServicePlace,
  type AgentServiceProps,
  type AgentServiceSpec,
} from "../../lib/spec/agent-service";
import type { SpecContext } from "../../lib/spec/context";
import { SIZES } from "../../lib/spec/shape";

const SECRET = { pattern: /^secret:[a-z-]+$/, want: 'a reference such as "secret:name"' };
const PINNED = `registry.acme.dev/agent@sha256:${"ab".repeat(32)}`;

const LIMITS: AgentServiceLimits = {
  shapes: [
    { vcpu: 0.5, memoryMiB: [1024, 2048, 4096] },
    { vcpu: 1, memoryMiB: [2048, 4096] },
    { vcpu: 2, memoryMiB: [4096, 8192] },
  ],
  shapeSource: "the provider's sizes",
  replicas: { max: 5000, source: "the provider's quota" },
  canary: { maxMinutes: 2880, source: "the provider's quota" },
  ephemeralStorageGiB: { min: 21, max: 200, source: "the provider's scratch space" },
  logRetentionDays: [1, 30, 365],
  secret: SECRET,
  secretValue: SECRET,
  reporterImage: `node@sha256:${"cd".repeat(32)}`,
};

const INNER = { pattern: /^inner\.dev\//, want: "an image of inner.dev: there is no way to the internet", fix: "copy it there" };
const PLACE: AgentServicePlace = { internet: true, publicIp: false, innerRegistry: INNER, balanced: false };

const PROPS: AgentServiceProps = {
  image: PINNED,
  replicas: { min: 1, max: 4 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: "secret:key" },
};

const context: SpecContext = { path: "test/Agent", profile: "production" };

function spec(props: object = {}, place: Partial<AgentServicePlace> = {}): AgentServiceSpec {
  return agentServiceSpec({ ...PROPS, ...props } as AgentServiceProps, context, LIMITS, { ...PLACE, ...place });
}

function message(props: object, place: Partial<AgentServicePlace> = {}): string {
  try {
    spec(props, place);
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

const line = (props: object, place: Partial<AgentServicePlace> = {}) =>
  message(props, place).split("\n").slice(1).join("\n").replaceAll("  - ", "");

describe("agentServiceSpec", () => {
  test("has defaults that run", () => {
    expect(spec()).toMatchInlineSnapshot(`
     {
       "agent": {
         "command": undefined,
         "environment": {},
         "healthCommand": undefined,
         "image": "registry.acme.dev/agent@sha256:abababababababababababababababababababababababababababababababab",
         "port": undefined,
         "secrets": {},
         "user": "1000:1000",
       },
       "architecture": "arm64",
       "balanced": false,
       "database": undefined,
       "egress": "internet443",
       "enabled": true,
       "ephemeralStorageGiB": undefined,
       "governance": {
         "agentId": "researcher",
         "endpoint": "https://governance.acme.dev",
         "governanceId": "gov-7",
         "heartbeatSeconds": 30,
         "keySecret": "secret:key",
         "missedHeartbeats": 3,
       },
       "logRetentionDays": 365,
       "memoryMiB": 1024,
       "profile": "production",
       "publicIp": false,
       "registrySecret": undefined,
       "replicas": {
         "cpuPercent": 70,
         "max": 4,
         "memoryPercent": undefined,
         "min": 1,
       },
       "reporter": {
         "command": undefined,
         "image": "node@sha256:cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
       },
       "rollout": "rolling",
       "sidecars": {},
       "vcpu": 0.5,
     }
    `);
  });

  test.each(Object.entries(SIZES))("size %s", (size, shape) => {
    expect(spec({ size })).toMatchObject(shape);
  });

  test("a network without a way to the internet closes the egress", () => {
    const inner = {
      image: PINNED.replace("registry.acme.dev", "inner.dev"),
      reporter: { image: PINNED.replace("registry.acme.dev", "inner.dev") },
    };
    expect(spec(inner, { internet: false }).egress).toBe("network443");
    expect(line({ ...inner, egress: "internet443" }, { internet: false })).toMatchInlineSnapshot(
      `"egress: got "internet443", want "network443" or named rules: the network has no way to the internet; choose another egress of the network"`,
    );
  });

  test("without a way to the internet the images have to come from inside", () => {
    expect(line({}, { internet: false })).toMatchInlineSnapshot(`
     "image: got "registry.acme.dev/agent@sha256:abababababababababababababababababababababababababababababababab", want an image of inner.dev: there is no way to the internet; copy it there
     reporter.image: got "node@sha256:cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", want an image of inner.dev: there is no way to the internet; copy it there"
    `);
  });

  test("the kill switch leaves no copy", () => {
    expect(spec({ enabled: false, replicas: { min: 2, max: 8, cpuPercent: 50 } }).replicas).toEqual({ min: 0, max: 0, cpuPercent: 50 });
  });

  test("a database brings TLS, and a stricter mode is kept", () => {
    expect(spec({}, { database: "test/Db" }).agent.environment).toEqual({ PGSSLMODE: "require" });
    expect(spec({ environment: { PGSSLMODE: "verify-full" } }, { database: "test/Db" }).agent.environment).toEqual({
      PGSSLMODE: "verify-full",
    });
  });

  test("fails with every problem at once", () => {
    const wrong = {
      image: "registry.acme.dev/agent:latest",
      size: "tiny",
      architecture: "arm",
      port: 0,
      user: "root",
      replicas: { min: 4, max: Infinity, cpuPercent: 95 },
      environment: { API_TOKEN: "x", LEVEL: 3, AGENT_ID: "me" },
      secrets: { "LLM KEY": "secret:llm", DB: "hunter2-password" },
      governance: {
        endpoint: "http://governance.acme.dev",
        agentId: "re searcher",
        governanceId: "g".repeat(65),
        keySecret: "sk-live-abc",
      },
      sidecars: { agent: { image: PINNED, vcpu: 0.25, memoryMiB: 256 } },
      ephemeralStorageGiB: 20,
      logRetentionDays: 31,
      rollout: { canary: { percent: 100, minutes: 0 } },
      enabled: "no",
      replica: 3,
    };
    expect(message(wrong)).toMatchInlineSnapshot(`
     "test/Agent: 24 problems
       - replica: got 3, want no such prop; did you mean "replicas"?
       - enabled: got "no", want true or false
       - replicas.max: got Infinity, want a finite number, 4 to 5000 (the provider's quota); choose the largest number that you are ready to pay for
       - replicas.cpuPercent: got 95, want a whole number, 10 to 90
       - size: got "tiny", want one of "small", "medium", "large"
       - sidecars: got "agent", want a name other than agent, reporter, governance-key; choose another name
       - image: got "registry.acme.dev/agent:latest", want an image that ends with a literal "@sha256:<64 hex digits>" when profile is "production"; take the digest from your build, because a tag can be moved to other code; or set profile "sandbox"
       - port: got 0, want a whole number, 1 to 65535
       - environment.API_TOKEN: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.API_TOKEN
       - environment.LEVEL: got 3, want text of at most 4096 characters
       - environment.AGENT_ID: got "me", want a name that the governance contract does not set; set it through the prop governance
       - secrets.LLM KEY: got "LLM KEY", want a name of letters, digits and _, not starting with a digit
       - secrets.DB: got text that may hold a secret (hidden), want a reference such as "secret:name"; store it as a secret and give its reference
       - user: got "root", want a user id that is not root, such as "1000" or "1000:1000"
       - architecture: got "arm", want one of "arm64", "amd64"
       - ephemeralStorageGiB: got 20, want a whole number, 21 to 200 (the provider's scratch space)
       - governance.endpoint: got "http://governance.acme.dev", want an https URL without credentials, query or fragment
       - governance.agentId: got "re searcher", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governance.governanceId: got "ggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governance.keySecret: got text that may hold a secret (hidden), want a reference such as "secret:name"; store the key as a secret and give its reference
       - rollout: got {"canary":{"percent":100,"minutes":0}}, want "rolling" without a load balancer, which splits the traffic; give balancer
       - rollout.canary.percent: got 100, want a whole number, 1 to 99
       - rollout.canary.minutes: got 0, want a whole number, 1 to 2880 (the provider's quota)
       - logRetentionDays: got 31, want one of 1, 30, 365"
    `);
  });
});

describe("replicas", () => {
  test.each<[string, object]>([
    ["no maximum", { min: 1 }],
    ["an infinite maximum", { min: 1, max: Infinity }],
    ["the word unlimited", { min: 1, max: "unlimited" }],
    ["minimum and maximum swapped", { min: 4, max: 1 }],
    ["no copy", { min: 0, max: 1 }],
    ["a part of a copy", { min: 1.5, max: 3 }],
    ["NaN", { min: NaN, max: NaN }],
    ["a negative number", { min: -1, max: 2 }],
    ["more than the provider runs", { min: 1, max: 5001 }],
    ["a value known only after apply", { min: Token.asNumber("${var.min}"), max: 3 }],
    ["a CPU target that never scales", { min: 1, max: 2, cpuPercent: 100 }],
    ["a prop of another library", { min: 1, max: 2, desired: 1 }],
  ])("fails on %s", (_name, replicas) => {
    expect(line({ replicas })).toMatchSnapshot();
  });

  test("any finite range is taken as it is, and any inverted one is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (min, max) => {
        if (min <= max) expect(spec({ replicas: { min, max } }).replicas).toMatchObject({ min, max });
        else expect(line({ replicas: { min, max } })).toContain(`replicas.max: got ${max}, want min (${min}) or more`);
      }),
      { numRuns: 50 },
    );
  });
});

describe("images", () => {
  test.each<[string, unknown]>([
    ["a tag", "registry.acme.dev/agent:v1"],
    ["no tag", "registry.acme.dev/agent"],
    ["a short digest", "registry.acme.dev/agent@sha256:abc"],
    ["capital letters in the path", `registry.acme.dev/Agent@sha256:${"ab".repeat(32)}`],
    ["nothing", undefined],
    ["a value known only after apply, without digest", Lazy.stringValue({ produce: () => "${ecr.url}" })],
  ])("fails in production on %s", (_name, image) => {
    expect(line({ image })).toMatchSnapshot();
  });

  test("a repository known only after apply is fine with a literal digest", () => {
    const image = `${Lazy.stringValue({ produce: () => "${ecr.url}" })}@sha256:${"ab".repeat(32)}`;
    expect(spec({ image }).agent.image).toBe(image);
  });

  test.each([PINNED, "agent", "acme/agent:1.2", "localhost:5000/acme/agent:v1", `acme/agent:v1@sha256:${"0".repeat(64)}`])(
    "sandbox takes %s",
    (image) => {
      expect(spec({ profile: "sandbox", image }).agent.image).toBe(image);
    },
  );
});

describe("shapes and sidecars", () => {
  const sidecar = { image: PINNED, vcpu: 0.25, memoryMiB: 256 };

  test.each<[string, object]>([
    ["CPUs that the provider does not have", { vcpu: 3 }],
    ["memory that does not go with the CPUs", { vcpu: 1, memoryMiB: 1024 }],
    ["memory between two steps", { vcpu: 1, memoryMiB: 3000 }],
    ["NaN", { vcpu: NaN }],
    ["sidecars that take all CPUs", { sidecars: { a: { ...sidecar, vcpu: 0.25 }, b: { ...sidecar, vcpu: 0.25 } } }],
    ["sidecars that leave no memory", { sidecars: { a: { ...sidecar, memoryMiB: 900 } } }],
    ["the name of a container that is there already", { sidecars: { reporter: sidecar } }],
    ["a malformed name", { sidecars: { My_Cache: sidecar } }],
    ["a sidecar by tag", { sidecars: { cache: { ...sidecar, image: "redis:7" } } }],
    ["a sidecar with a plain secret", { sidecars: { cache: { ...sidecar, environment: { REDIS_PASSWORD: "x" } } } }],
    ["a share that is no number", { sidecars: { cache: { ...sidecar, vcpu: "1" } } }],
  ])("fails on %s", (_name, props) => {
    expect(line(props)).toMatchSnapshot();
  });

  test("what fits is taken, what does not is refused: the agent always has 128 MiB left", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 1024 }), (memoryMiB) => {
        const problems = line({ sidecars: { cache: { ...sidecar, memoryMiB } } });
        expect(problems === "").toBe(memoryMiB + 128 + 128 <= 1024);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the rest", () => {
  test.each<[string, object, Partial<AgentServicePlace>]>([
    ["a canary without a load balancer", { rollout: { canary: { percent: 10, minutes: 60 } } }, {}],
    ["a canary for longer than the provider can", { rollout: { canary: { percent: 10, minutes: 3000 } } }, { balanced: true }],
    ["an unknown rollout", { rollout: "blue-green" }, {}],
    ["a load balancer without port", {}, { balanced: true }],
    ["a user that is root", { user: "0" }, {}],
    [
      "a health check that takes longer than its interval",
      { healthCommand: { command: ["x"], intervalSeconds: 10, timeoutSeconds: 10 } },
      {},
    ],
    ["a health check without command", { healthCommand: {} }, {}],
    ["an unknown egress", { egress: "all" }, {}],
    ["a rule with a name that is taken", { egress: { internet443: { port: 443, peer: "internet", description: "x" } } }, {}],
    [
      "names that the database sets",
      { environment: { DATABASE_HOST: "x" }, secrets: { DATABASE_PASSWORD: "secret:a" } },
      { database: "test/Db" },
    ],
    ["a database without TLS", { environment: { PGSSLMODE: "disable" } }, { database: "test/Db" }],
    ["a secret that is none", { registrySecret: "token-123" }, {}],
    ["a command that is a line", { command: "node main.js" }, {}],
  ])("fails on %s", (_name, props, place) => {
    expect(line({ ...(place.balanced && _name.startsWith("a canary") ? { port: 8443 } : {}), ...props }, place)).toMatchSnapshot();
  });
});
