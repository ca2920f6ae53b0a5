import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  DigitalOceanAgentService,
  DigitalOceanAlarms,
  DigitalOceanNetwork,
  DigitalOceanPostgres,
  type DigitalOceanAgentServiceProps,
} from "cdktf-governed-agents/digitalocean";
import type { TerraformJson } from "../../lib/facts/inventory";
import { agentServiceContract, PINNED, type ContractContainer } from "../contracts/agent-service";
import { doFacts, doSynth, resourcesOf } from "./support";

const KEY = "EV[1:ZxCvBnM1234567890:AbCdEf/+123=]";
const OTHER = "EV[1:qWeRtY0987654321:GhIjKl/+456=]";

const PROPS = {
  image: PINNED,
  command: ["node", "main.js"],
  replicas: { min: 1, max: 1 },
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: KEY },
} satisfies Partial<DigitalOceanAgentServiceProps>;

/** A network that is managed elsewhere: nothing of it is in the stack, so that a synth is quick. */
const NETWORK = DigitalOceanNetwork.fromAttributes({
  vpcId: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  region: "fra1",
  cidr: "10.20.0.0/16",
  egress: "none",
});

const service = (stack: TerraformStack, props: Partial<DigitalOceanAgentServiceProps> = {}) =>
  new DigitalOceanAgentService(stack, "Agent", { ...PROPS, network: NETWORK, ...props });

interface RawApp {
  readonly [key: string]: unknown;
  readonly service?: readonly RawComponent[];
  readonly worker?: readonly RawComponent[];
}

interface RawComponent {
  readonly [key: string]: unknown;
  readonly name: string;
  readonly env: readonly { readonly key: string; readonly value: string; readonly type: string; readonly scope: string }[];
}

function appOf(json: TerraformJson): RawApp {
  const [app] = Object.values(json.resource?.digitalocean_app ?? {});
  const { spec } = app as unknown as { spec: RawApp };
  return spec;
}

function componentOf(app: RawApp): RawComponent {
  return [...(app.service ?? []), ...(app.worker ?? [])][0] as RawComponent;
}

function containers(json: TerraformJson): readonly ContractContainer[] {
  const { name, env } = componentOf(appOf(json));
  const of = (type: string) => Object.fromEntries(env.filter((entry) => entry.type === type).map(({ key, value }) => [key, value]));
  return [{ name, environment: of("GENERAL"), secrets: of("SECRET"), readOnlyRoot: false, user: "" }];
}

const app = (props: Partial<DigitalOceanAgentServiceProps> = {}) => appOf(doSynth((stack) => service(stack, props)).json);

describe("DigitalOceanAgentService", () => {
  agentServiceContract({
    secrets: [KEY, OTHER],
    base: { command: PROPS.command, replicas: PROPS.replicas },
    lacks: {
      sidecars: {},
      reporter: { image: PINNED },
      user: "1000",
      healthCommand: { command: ["true"] },
      ephemeralStorageGiB: 4,
      egress: "internet443",
      logRetentionDays: 30,
    },
    cases: [
      ["scaling", { cpu: "dedicated", replicas: { min: 2, max: 20, cpuPercent: 60 } }],
      ["scaling, switched off", { cpu: "dedicated", replicas: { min: 2, max: 20 }, enabled: false }],
      ["several copies", { replicas: { min: 3, max: 3 } }],
      ["an image of Docker Hub", { profile: "sandbox", image: "docker.io/library/node:24" }],
      ["an image of the account's registry", { image: `registry.digitalocean.com/agent@sha256:${"ab".repeat(32)}` }],
      ["dedicated egress", { dedicatedEgress: true }],
      ["a route", { port: 8080, route: {} }],
      [
        "a route by domain with a health check",
        { port: 8080, route: { domain: "agent.acme.dev", zone: "acme.dev", path: "/api", health: { path: "/healthz", startSeconds: 10 } } },
      ],
    ],
    growth: [
      ["scaling", { cpu: "dedicated", replicas: { min: 2, max: 9 } }],
      ["a route", { port: 8080, route: { domain: "agent.acme.dev" } }],
    ],
    holders: { secret: "agent", key: "agent" },
    others: [],
    keyFile: "/tmp/governance/key",
    build: (stack, id, props) => new DigitalOceanAgentService(stack, id, { ...(props as DigitalOceanAgentServiceProps), network: NETWORK }),
    facts: doFacts,
    synth: (build) => doSynth(build).json,
    containers,
  });

  test("without a port it is a worker in the network's region and network, and nobody can connect", () => {
    const found = app();
    expect(found).toMatchObject({ region: "fra", vpc: [{ id: NETWORK.vpcId }], egress: [{ type: "AUTOASSIGN" }] });
    expect(found.worker).toHaveLength(1);
    expect(found).not.toHaveProperty("service");
    expect(found).not.toHaveProperty("ingress");
  });

  test("with a route the agent is a service behind App Platform's TLS, for its domain alone", () => {
    const found = app({ port: 8080, route: { domain: "agent.acme.dev", zone: "acme.dev", path: "/api", health: { path: "/healthz" } } });
    expect(found.service).toMatchObject([{ http_port: 8080, health_check: { http_path: "/healthz", failure_threshold: 3 } }]);
    expect(found.domain).toEqual([{ name: "agent.acme.dev", type: "PRIMARY", zone: "acme.dev" }]);
    expect(found.ingress).toEqual({
      rule: [
        {
          match: { path: { prefix: "/api" }, authority: { exact: "agent.acme.dev" } },
          component: { name: "agent", preserve_path_prefix: true },
        },
      ],
    });
  });

  test("with a port and no route only the app itself can connect", () => {
    const found = app({ port: 8443 });
    expect(found.service).toMatchObject([{ internal_ports: [8443] }]);
    expect(componentOf(found)).not.toHaveProperty("http_port");
    expect(found).not.toHaveProperty("ingress");
  });

  test("secrets are encrypted, come from variables, and are there at run time only", () => {
    const found = appOf(
      doSynth((stack) => {
        const token = new TerraformVariable(stack, "LlmKey", { sensitive: true }).stringValue;
        const login = new TerraformVariable(stack, "Registry", { sensitive: true }).stringValue;
        service(stack, { secrets: { LLM_KEY: token }, registrySecret: login });
      }).json,
    );
    const { env, image } = componentOf(found);
    expect(env).toContainEqual({ key: "LLM_KEY", value: "${var.LlmKey}", scope: "RUN_TIME", type: "SECRET" });
    expect(env.map(({ scope }) => scope)).toEqual(env.map(() => "RUN_TIME"));
    expect(image).toMatchObject({
      registry_type: "GHCR",
      registry: "acme",
      repository: "researcher",
      digest: `sha256:${"ab".repeat(32)}`,
      registry_credentials: "${var.Registry}",
    });
  });

  test("the kill switch archives the app and silences its alarms", () => {
    const found = app({ enabled: false });
    expect(found.maintenance).toEqual({ enabled: true, archive: true });
    const alerts = [...(found.alert as { disabled: boolean }[]), ...(componentOf(found).alert as { disabled: boolean }[])];
    expect(alerts).toHaveLength(4);
    expect(alerts.every(({ disabled }) => disabled)).toBe(true);
  });

  test("alerts say what goes wrong, to the stack's targets", () => {
    const found = appOf(
      doSynth((stack) => {
        DigitalOceanAlarms.of(stack).addEmail("oncall@acme.dev");
        service(stack, { cpu: "dedicated", replicas: { min: 1, max: 3 }, port: 8080, route: { domain: "agent.acme.dev" } });
      }).json,
    );
    const rules = (alerts: unknown) => (alerts as { rule: string }[]).map(({ rule }) => rule);
    expect(rules(found.alert)).toEqual(["DEPLOYMENT_FAILED", "DOMAIN_FAILED", "AUTOSCALE_FAILED"]);
    expect(rules(componentOf(found).alert)).toEqual(["CPU_UTILIZATION", "MEM_UTILIZATION", "RESTART_COUNT"]);
    expect(found.alert).toContainEqual({ rule: "DEPLOYMENT_FAILED", disabled: false, destinations: { emails: ["oncall@acme.dev"] } });
  });

  test("a database is attached, lets the app in, and its password is in the description of no app", () => {
    let spec: unknown;
    const build = (stack: TerraformStack) => {
      const network = new DigitalOceanNetwork(stack, "Network", { cidr: "10.20.0.0/16", region: "fra1", egress: "none" });
      const database = new DigitalOceanPostgres(stack, "Memory", { network, version: "16", size: "small", storageGiB: 30 });
      DigitalOceanAlarms.of(stack).addEmail("oncall@acme.dev");
      spec = service(stack, { network, database }).spec;
    };
    const tf = doSynth(build);
    const found = appOf(tf.json);
    const env = Object.fromEntries(componentOf(found).env.map(({ key, value }) => [key, value]));
    expect(env).toMatchObject({ DATABASE_PASSWORD: "$${database.PASSWORD}", DATABASE_USER: "$${database.USERNAME}", PGSSLMODE: "require" });
    expect(env.DATABASE_HOST).toMatch(/private_host\}$/);
    expect(found.database).toMatchObject([{ name: "database", engine: "PG", production: true, db_user: "app" }]);
    const [firewall] = Object.values(resourcesOf(tf, "digitalocean_database_firewall"));
    expect(firewall?.rule).toContainEqual({ type: "app", value: expect.stringMatching(/digitalocean_app\..*\.id/) });
    expect(doFacts(build).find(({ kind }) => kind === "agent-service")?.spec).toEqual(spec);
  });

  test("fails on what App Platform does not have", () => {
    const build = (props: object) => () => doSynth((stack) => service(stack, props as never));
    expect(
      build({
        network: { ...NETWORK, region: "sfo2" },
        image: `quay.io/acme/agent@sha256:${"ab".repeat(32)}`,
        replicas: { min: 1, max: 4, memoryPercent: 70 },
        architecture: "arm64",
        rollout: { canary: { percent: 10, minutes: 5 } },
        route: { domain: "Agent", zone: "acme.dev", health: { path: "healthz", intervalSeconds: 5, timeoutSeconds: 9 } },
        database: {},
        databaseUser: "doadmin",
        secrets: { LLM_KEY: "sk-live-abcdef" },
        registrySecret: "me:token",
        command: undefined,
        vcpu: 3,
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 17 problems
       - network: got "sfo2", want a network in a region of App Platform: ams3, blr1, fra1, lon1, nyc1, nyc3, sfo3, sgp1, syd1, tor1; put the network into one of these regions
       - command: got nothing, want what runs in the image, such as ["node", "main.js"]: the reporter starts it
       - cpu: got "shared", want "dedicated" when replicas.max is above replicas.min: App Platform scales copies with dedicated CPUs only; set it, at about three times the price, or make min and max equal
       - database: got something else, want a database such as a DigitalOceanPostgres
       - databaseUser: got "doadmin", want a user of the database that is no administrator
       - route.domain: got "Agent", want a host name in lower case, such as "agent.example.com"
       - route.zone: got "acme.dev", want a zone that Agent is in
       - route.health.timeoutSeconds: got 9, want less than intervalSeconds (5); lower it, or raise the interval
       - route.health.path: got "healthz", want a path that starts with "/", such as "/healthz"
       - replicas.memoryPercent: got 70, want nothing: App Platform scales by CPU only; remove it
       - vcpu: got 3, want one of 1, 2 (App Platform sizes with shared CPUs)
       - image: got "quay.io/acme/agent@sha256:abababababababababababababababababababababababababababababababab", want "ghcr.io/<owner>/<repository>", "docker.io/<owner>/<repository>" or "registry.digitalocean.com/<repository>" with a tag or a digest, not both; App Platform pulls from these registries only
       - secrets.LLM_KEY: got text that may hold a secret (hidden), want a sensitive Terraform variable or attribute, or what App Platform shows as encrypted value, "EV[1:...:...]"; store it as a secret and give its reference
       - port: got nothing, want the port on which the agent listens for the load balancer
       - architecture: got "arm64", want one of "amd64"; did you mean "amd64"?
       - registrySecret: got text that may hold a secret (hidden), want a sensitive Terraform variable or attribute, or what App Platform shows as encrypted value, "EV[1:...:...]"
       - rollout: got {"canary":{"percent":10,"minutes":5}}, want "rolling": the provider does not split the traffic between versions"
    `);
    expect(build({ memoryMiB: 512, replicas: { min: 2, max: 2 } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 2 problems
       - replicas.min: got 2, want a whole number, 1 to 1 (App Platform's basic tier runs one copy of apps-s-1vcpu-0.5gb; the next size has no such limit)
       - replicas.max: got 2, want a whole number, 1 to 1 (App Platform's basic tier runs one copy of apps-s-1vcpu-0.5gb; the next size has no such limit)"
    `);
    expect(build({ cpu: "dedicated", replicas: { min: 1, max: 251 } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - replicas.max: got 251, want a whole number, 1 to 250 (App Platform limit of containers)"
    `);
    expect(build({ replicas: { min: 2, max: 2, cpuPercent: 50 } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - replicas.cpuPercent: got 50, want nothing while min and max are equal (2); remove it, or raise max"
    `);
    expect(build({ image: `registry.digitalocean.com/acme/agent@sha256:${"ab".repeat(32)}` })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - image: got "registry.digitalocean.com/acme/agent@sha256:abababababababababababababababababababababababababababababababab", want "ghcr.io/<owner>/<repository>", "docker.io/<owner>/<repository>" or "registry.digitalocean.com/<repository>" with a tag or a digest, not both; App Platform pulls from these registries only"
    `);
    expect(build({ secrets: { GOVERNANCE_KEY: KEY }, databaseUser: "app" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 2 problems
       - databaseUser: got "app", want nothing without database; give database too
       - secrets.GOVERNANCE_KEY: got "GOVERNANCE_KEY", want a name that the governance contract does not set; set it through the prop governance"
    `);
  });

  test("fails on what App Platform lacks, with the reason", () => {
    const lacking = {
      sidecars: {},
      reporter: {},
      user: "1",
      healthCommand: {},
      ephemeralStorageGiB: 1,
      egress: "internet443",
      logRetentionDays: 1,
    };
    expect(() => doSynth((stack) => service(stack, lacking as never))).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 7 problems
       - sidecars: got {}, want nothing: App Platform runs no containers that share files or a network side by side; remove it
       - reporter: got {}, want nothing: App Platform has no containers beside the agent: the reporter runs in the agent's own; remove it
       - user: got "1", want nothing: App Platform runs an image as the user that it names; remove it
       - healthCommand: got {}, want nothing: App Platform asks over HTTP only (use route.health); remove it
       - ephemeralStorageGiB: got 1, want nothing: every copy on App Platform has 2 GiB; remove it
       - egress: got "internet443", want nothing: App Platform does not limit outgoing connections; remove it
       - logRetentionDays: got 1, want nothing: App Platform does not say for how long it keeps logs; remove it"
    `);
  });
});
