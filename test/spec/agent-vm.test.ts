import { Lazy } from "cdktf";
import fc from "fast-check";
import { agentVmSpec, AGENT_VM_SIZES, type AgentVmLimits, type AgentVmProps } from "../../lib/spec/agent-vm";
import type { SpecContext } from "../../lib/spec/context";
import { formatMaintenanceWindow, tryMaintenanceWindow, WEEKDAYS } from "../../lib/spec/maintenance-window";

const CONTEXT: SpecContext = { path: "stack/Vm", profile: "production" };
const REFERENCE = { pattern: /^ref:[a-z]+$/, want: 'a reference such as "ref:name"' };
const LIMITS: AgentVmLimits = {
  zones: ["zone-a", "zone-b"],
  wayOut: true,
  volumeGiB: { min: 1, max: 1000, source: "the provider's limit" },
  leastRootGiB: 8,
  secret: REFERENCE,
  keySecret: REFERENCE,
  artifact: { pattern: /^https:\/\/\S+$/, want: "an https URL" },
};
const COMMAND = ["/usr/bin/node", "/opt/agent/main.js"];
const BASE: AgentVmProps = {
  size: "small",
  units: { main: { command: COMMAND } },
  governance: { endpoint: "https://governance.acme.dev", agentId: "assistant", governanceId: "gov-7", keySecret: "ref:key" },
};
const LATER = Lazy.stringValue({ produce: () => "later" });

const spec = (props: Record<string, unknown> = {}, limits: Partial<AgentVmLimits> = {}) =>
  agentVmSpec({ ...BASE, ...props } as AgentVmProps, CONTEXT, { ...LIMITS, ...limits });
const fails = (props: Record<string, unknown>, limits: Partial<AgentVmLimits> = {}) => expect(() => spec(props, limits));

describe("agentVmSpec", () => {
  test("has these defaults", () => {
    expect(spec()).toMatchInlineSnapshot(`
     {
       "architecture": "arm64",
       "bundle": undefined,
       "dataVolumeGiB": 20,
       "enabled": true,
       "environment": {},
       "governance": {
         "agentId": "assistant",
         "endpoint": "https://governance.acme.dev",
         "governanceId": "gov-7",
         "heartbeatSeconds": 30,
         "keySecret": "ref:key",
         "missedHeartbeats": 3,
       },
       "maintenanceWindow": "Sunday 02:00-04:00",
       "packages": [
         "git",
       ],
       "profile": "production",
       "reporter": {
         "command": [
           "/usr/bin/node",
           "/usr/local/lib/machine/reporter.cjs",
         ],
       },
       "rootVolumeGiB": 20,
       "secrets": {},
       "size": "small",
       "tools": [
         "node",
       ],
       "units": {
         "main": {
           "command": [
             "/usr/bin/node",
             "/opt/agent/main.js",
           ],
           "environment": {},
           "machineIdentity": false,
           "memoryMaxMiB": 3584,
           "restartSeconds": 10,
         },
       },
       "zone": "zone-a",
     }
    `);
  });

  test("a unit may have at most the memory that the size leaves to the agent", () => {
    expect(AGENT_VM_SIZES.map((size) => spec({ size }).units.main?.memoryMaxMiB)).toEqual([3584, 7680, 15872]);
    fails({ units: { main: { command: COMMAND, memoryMaxMiB: 3585 } } }).toThrow(
      "units.main.memoryMaxMiB: got 3585, want a whole number, 64 to 3584 (what the size leaves to the agent)",
    );
  });

  test("values that are known after apply pass in environment, secrets and the place of a bundle", () => {
    const found = spec({
      environment: { QUEUE: LATER },
      secrets: { LLM: LATER },
      bundle: { url: `https://${LATER}/agent.tar.gz`, sha256: "a".repeat(64) },
      governance: { ...BASE.governance, keySecret: LATER },
    });
    expect(found.environment).toEqual({ QUEUE: LATER });
    expect(found.bundle?.url).toContain(LATER);
  });

  test("fails on unknown words, with what was meant", () => {
    fails({
      size: "smal",
      architecture: "x86",
      zone: "zone-c",
      tools: ["nodejs"],
      memory: 4,
      zones: ["zone-a"],
    }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 7 problems
       - memory: got 4, want no such prop; remove it; known props: profile, size, architecture, zone, units, bundle, tools, packages, dataVolumeGiB, rootVolumeGiB, environment, secrets, governance, reporter, maintenanceWindow, enabled
       - zones: got ["zone-a"], want no such prop; did you mean "zone"?
       - size: got "smal", want one of "small", "medium", "large"; did you mean "small"?
       - architecture: got "x86", want one of "arm64", "amd64"
       - zone: got "zone-c", want a zone of the network: "zone-a", "zone-b"; did you mean "zone-a"?
       - tools: got "nodejs", want one of "node", "python", "claude-code"; did you mean "node"?
       - tools: got ["nodejs"], want "node" among them, because the default reporter runs on it; add "node"; or give a reporter of your own"
    `);
  });

  test.each([
    ["no units", {}],
    ["a list", [{ command: COMMAND }]],
    ["too many", Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`unit-${index}`, { command: COMMAND }]))],
  ])("fails on %s", (_name, units) => {
    fails({ units }).toThrow(/ {2}- units: got .*, want 1 to 20 units by name/);
  });

  test("fails on every problem of every unit", () => {
    fails({
      units: {
        Main: { command: COMMAND },
        relative: { command: ["node", "main.js"] },
        shell: { command: "node main.js" },
        empty: { command: [] },
        lines: { command: ["/bin/echo", "a\nb"] },
        secret: { command: ["/bin/agent", "--key=sk-abcdefghijklmnopqrstuvwxyz"] },
        later: { command: ["/bin/agent", LATER], restartSeconds: 0.5, memoryMaxMiB: NaN, machineIdentity: "yes" },
        extra: { command: COMMAND, memory: 512, environment: { API_KEY: "hunter2", GOVERNANCE_ID: "gov-8" } },
      },
    }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 13 problems
       - units: got "Main", want names of 1 to 31 letters in lower case, digits and -, starting with a letter
       - units.relative.command: got "node", want a list that begins with a program's absolute path, such as ["/usr/bin/node", "/opt/agent/main.js"]
       - units.shell.command: got "node main.js", want a list that begins with a program's absolute path, such as ["/usr/bin/node", "/opt/agent/main.js"]
       - units.empty.command: got [], want a list that begins with a program's absolute path, such as ["/usr/bin/node", "/opt/agent/main.js"]
       - units.lines.command: got "a\\nb", want text without line breaks or other control characters
       - units.secret.command: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference in secrets
       - units.later.command: got a value known only after apply, want literal text; give the value as environment variable; those can be known after apply
       - units.later.memoryMaxMiB: got NaN, want a whole number, 64 to 3584 (what the size leaves to the agent)
       - units.later.restartSeconds: got 0.5, want a whole number, 1 to 600
       - units.later.machineIdentity: got "yes", want true or false
       - units.extra.memory: got 512, want no such prop; remove it; known props: command, environment, memoryMaxMiB, restartSeconds, machineIdentity
       - units.extra.environment.API_KEY: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.API_KEY
       - units.extra.environment.GOVERNANCE_ID: got "gov-8", want a name that the governance contract does not set; set it through the prop governance"
    `);
  });

  test("fails on sizes that are no whole numbers in range", () => {
    fails({ dataVolumeGiB: -1, rootVolumeGiB: 7 }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 2 problems
       - dataVolumeGiB: got -1, want a whole number, 1 to 1000 (the provider's limit)
       - rootVolumeGiB: got 7, want a whole number, 8 to 1000 (the provider's limit)"
    `);
    fails({ dataVolumeGiB: 10.5, rootVolumeGiB: 1001 }).toThrow("Vm: 2 problems");
    fails({ dataVolumeGiB: Number.NaN }).toThrow("dataVolumeGiB: got NaN");
  });

  test("fails on software that is not pinned, or there twice", () => {
    fails({
      bundle: { url: "http://artifacts.acme.dev/agent.tar.gz", sha256: "latest", stripComponents: 6 },
      tools: ["python", "python"],
      packages: ["git", "git", "Nope!", 7],
      reporter: undefined,
    }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 8 problems
       - bundle.url: got "http://artifacts.acme.dev/agent.tar.gz", want an https URL
       - bundle.sha256: got "latest", want 64 hex digits in lower case; take it from sha256sum
       - bundle.stripComponents: got 6, want a whole number, 0 to 5
       - tools: got ["python","python"], want every tool once
       - tools: got ["python","python"], want "node" among them, because the default reporter runs on it; add "node"; or give a reporter of your own
       - packages: got "Nope!", want names of packages such as "git" or "jq=1.7.1-3build1"
       - packages: got 7, want names of packages such as "git" or "jq=1.7.1-3build1"
       - packages: got ["git","git","Nope!",7], want every package once"
    `);
    fails({ tools: ["claude-code"] }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 1 problem
       - tools: got ["claude-code"], want "node" beside "claude-code", which is fetched with npm; add "node""
    `);
    fails({ packages: ["nodejs"] }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 1 problem
       - packages: got "nodejs", want one Node only: the tool "node" is there already; remove it"
    `);
    fails({ bundle: { url: LATER, sha256: LATER } }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 2 problems
       - bundle.url: got a value known only after apply, want an https URL, whose beginning is a literal
       - bundle.sha256: got a value known only after apply, want 64 hex digits in lower case; give a literal: this value decides what is created and has to be known at synth"
    `);
  });

  test("fails on governance that does not report safely", () => {
    fails({
      governance: {
        endpoint: "http://governance.acme.dev",
        agentId: "my agent",
        governanceId: "g".repeat(65),
        keySecret: "sk-key",
        heartbeatSeconds: 5,
      },
    }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 5 problems
       - governance.endpoint: got "http://governance.acme.dev", want an https URL without credentials, query or fragment
       - governance.agentId: got "my agent", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governance.governanceId: got "ggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", want an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit
       - governance.keySecret: got text that may hold a secret (hidden), want a reference such as "ref:name"; store the key as a secret and give its reference
       - governance.heartbeatSeconds: got 5, want a whole number, 10 to 300"
    `);
    fails({ governance: undefined }).toThrow("governance: got nothing, want an object");
  });

  test("fails on secrets in plain text and names that are in both", () => {
    fails({
      environment: { DB_PASSWORD: "hunter2", MODE: "a", URL: "postgres://me:secret@db/app" },
      secrets: { MODE: "ref:mode", LLM: "sk-abcdefghijklmnopqrstuvwxyz" },
    }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 4 problems
       - environment.DB_PASSWORD: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.DB_PASSWORD
       - environment.URL: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.URL
       - secrets.MODE: got "MODE", want a name that is not in environment too; remove one of the two
       - secrets.LLM: got text that may hold a secret (hidden), want a reference such as "ref:name"; store it as a secret and give its reference"
    `);
  });

  test.each(["Sunday", "Sun 02:00-04:00", "Sunday 04:00-02:00", "Sunday 02:00-02:20", "Sunday 02:00-04:00 UTC", "02:00-04:00", LATER])(
    "fails on the maintenance window %p",
    (maintenanceWindow) => {
      fails({ maintenanceWindow }).toThrow("maintenanceWindow: got");
    },
  );

  test("fails in a network without a way out", () => {
    fails({}, { wayOut: false }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 1 problem
       - network: got {"egress":"none"}, want a network with a way out, for updates, software and the governance endpoint; choose another egress of the network"
    `);
  });

  test("fails on values that are known after apply where a literal decides what is created", () => {
    fails({ size: LATER, zone: LATER, enabled: LATER, maintenanceWindow: LATER }).toThrowErrorMatchingInlineSnapshot(`
     "stack/Vm: 4 problems
       - size: got a value known only after apply, want one of "small", "medium", "large"; give a literal: this value decides what is created and has to be known at synth
       - zone: got a value known only after apply, want a zone of the network: "zone-a", "zone-b"; give a literal: this value decides what is created and has to be known at synth
       - maintenanceWindow: got a value known only after apply, want a day and hours in UTC such as "Sunday 02:00-04:00", 30 minutes or more, ending after they begin; give a literal: this value decides what is created and has to be known at synth
       - enabled: got a value known only after apply, want true or false; give a literal: this value decides what is created and has to be known at synth"
    `);
  });

  test("a window survives being written and read", () => {
    const window = fc.record({ day: fc.constantFrom(...WEEKDAYS), start: fc.nat(1438), length: fc.integer({ min: 1, max: 1439 }) });
    fc.assert(
      fc.property(window, ({ day, start, length }) => {
        const given = { day, start, end: Math.min(start + length, 1439) };
        expect(tryMaintenanceWindow(formatMaintenanceWindow(given))).toEqual(given);
      }),
    );
  });
});
