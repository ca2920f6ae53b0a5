import type { TerraformStack } from "cdktf";
import { OciAgentService, OciLoadBalancer, OciNetwork, OciPostgres, type OciAgentServiceProps } from "cdktf-governed-agents/oci";
import type { Synthesized } from "cdktf-governed-agents/testing";
import * as fc from "fast-check";
import type { TerraformJson } from "../../lib/facts/inventory";
import { containerInstanceLimits } from "../../lib/oci/agent-service/container-instances";
import type { FlexibleShapes } from "../../lib/spec/shape";
import { agentServiceContract, PINNED, type ContractContainer } from "../contracts/agent-service";
import { COMPARTMENT, ociFacts, ociSynth, resourcesOf } from "./support";

const KEY = "ocid1.vaultsecret.oc1.iad.aaaakey";
const OTHER = "ocid1.vaultsecret.oc1.iad.aaaallm";
const TENANCY = "ocid1.tenancy.oc1..aaaaexample";

const PROPS = {
  image: PINNED,
  replicas: 1,
  tenancyId: TENANCY,
  governance: { endpoint: "https://governance.acme.dev", agentId: "researcher", governanceId: "gov-7", keySecret: KEY },
} satisfies Partial<OciAgentServiceProps>;

/** A network that is managed elsewhere: nothing of it is in the stack, so that a synth is quick. */
const NETWORK = OciNetwork.fromAttributes({
  vcnId: "ocid1.vcn.oc1.iad.aaaaexample",
  cidr: "10.20.0.0/16",
  egress: "nat-gateway",
  availabilityDomains: ["Uocm:US-ASHBURN-AD-1", "Uocm:US-ASHBURN-AD-2"],
  oracleServices: "all-iad-services-in-oracle-services-network",
  subnetIds: { public: "ocid1.subnet.oc1.iad.public", private: "ocid1.subnet.oc1.iad.private" },
});

const BALANCER = {
  domain: "api.acme.dev",
  certificateId: "ocid1.certificate.oc1.iad.amaaaaexample",
  bandwidth: { maxMbps: 10 },
} as const;

const service = (stack: TerraformStack, props: Partial<OciAgentServiceProps> = {}) =>
  new OciAgentService(stack, "Agent", { ...PROPS, network: NETWORK, ...props });

interface RawContainer {
  readonly [key: string]: unknown;
  readonly display_name: string;
  readonly environment_variables: Readonly<Record<string, string>>;
  readonly security_context: { readonly run_as_user: number; readonly is_root_file_system_readonly: boolean };
}

const TYPE = "oci_container_instances_container_instance";

function rawContainers(json: TerraformJson): readonly RawContainer[] {
  const [instance] = Object.values(json.resource?.[TYPE] ?? {});
  return instance?.containers as RawContainer[];
}

function containers(json: TerraformJson): readonly ContractContainer[] {
  return rawContainers(json).map(({ display_name: name, environment_variables, security_context }) => {
    const { SECRET_FILES = "{}", ...environment } = environment_variables;
    const { run_as_user: user, is_root_file_system_readonly: readOnlyRoot } = security_context;
    return { name, environment, secrets: JSON.parse(SECRET_FILES) as Record<string, string>, readOnlyRoot, user: String(user) };
  });
}

describe("OciAgentService", () => {
  agentServiceContract({
    secrets: [KEY, OTHER],
    base: { replicas: PROPS.replicas },
    lacks: {
      secrets: { LLM_KEY: OTHER },
      healthCommand: { command: ["true"] },
      ephemeralStorageGiB: 30,
      rollout: "rolling",
      logRetentionDays: 30,
    },
    cases: [
      ["another architecture", { architecture: "amd64", vcpu: 4, memoryMiB: 8192, replicas: 3 }],
      ["several copies, switched off", { replicas: 4, enabled: false }],
      ["a health check", { port: 8443, health: { path: "/healthz", intervalSeconds: 10, startSeconds: 0 } }],
      ["a user without group", { user: "2000" }],
    ],
    growth: [
      ["more copies", { replicas: 5 }],
      ["a sidecar", { sidecars: { cache: { image: PINNED, vcpu: 0.125, memoryMiB: 128 } } }],
    ],
    secretProps: { secretFiles: { LLM_KEY: OTHER } },
    holders: { secret: "governance-key", key: "governance-key" },
    build: (stack, id, props) =>
      new OciAgentService(stack, id, { ...(props as unknown as OciAgentServiceProps), network: NETWORK, tenancyId: TENANCY }),
    facts: ociFacts,
    synth: (build) => ociSynth(build).json,
    containers,
  });

  const only = (tf: Synthesized, type: string) => Object.values(resourcesOf(tf, type))[0] as Record<string, unknown>;

  test("copies are spread over availability domains first, then over fault domains, without public addresses", () => {
    const tf = ociSynth((stack) => service(stack, { replicas: 5 }));
    const places = Object.values(resourcesOf(tf, TYPE)).map((copy) => [copy.availability_domain, copy.fault_domain]);
    expect(places).toEqual([
      ["Uocm:US-ASHBURN-AD-1", "FAULT-DOMAIN-1"],
      ["Uocm:US-ASHBURN-AD-2", "FAULT-DOMAIN-1"],
      ["Uocm:US-ASHBURN-AD-1", "FAULT-DOMAIN-2"],
      ["Uocm:US-ASHBURN-AD-2", "FAULT-DOMAIN-2"],
      ["Uocm:US-ASHBURN-AD-1", "FAULT-DOMAIN-3"],
    ]);
    expect(only(tf, TYPE)).toMatchObject({
      compartment_id: COMPARTMENT,
      shape: "CI.Standard.A1.Flex",
      shape_config: { ocpus: 1, memory_in_gbs: 1 },
      container_restart_policy: "ALWAYS",
      state: "ACTIVE",
      vnics: [{ subnet_id: "ocid1.subnet.oc1.iad.private", is_public_ip_assigned: false }],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("an OCPU is two vCPUs of amd64", () => {
    const tf = ociSynth((stack) => service(stack, { architecture: "amd64", vcpu: 4, memoryMiB: 8192 }));
    expect(only(tf, TYPE)).toMatchObject({ shape: "CI.Standard.E4.Flex", shape_config: { ocpus: 2, memory_in_gbs: 8 } });
  });

  test("no container has a capability, and none but the reader of the vault has an identity until the agent is allowed something", () => {
    const without = (allowed: boolean) => {
      const tf = ociSynth((stack) => {
        const agent = service(stack, {
          secretFiles: { LLM_KEY: OTHER },
          sidecars: { cache: { image: PINNED, vcpu: 0.25, memoryMiB: 256 } },
        });
        if (allowed) agent.allow("Objects", [`read objects in compartment id ${COMPARTMENT}`]);
      });
      return { tf, all: rawContainers(tf.json) };
    };
    const { tf, all } = without(false);
    expect(all.map((container) => [container.display_name, container.is_resource_principal_disabled])).toEqual([
      ["agent", true],
      ["cache", true],
      ["governance-key", false],
      ["reporter", true],
    ]);
    for (const { security_context } of all) expect(security_context).toMatchObject({ capabilities: { drop_capabilities: ["ALL"] } });
    expect(only(tf, TYPE).volumes).toMatchObject([
      { name: "governance", backing_store: "MEMORY" },
      { name: "secrets", backing_store: "MEMORY" },
      { name: "tmp-agent" },
      { name: "tmp-cache" },
    ]);
    const other = without(true);
    expect(other.all[0]).toMatchObject({ display_name: "agent", is_resource_principal_disabled: false });
    const policies = Object.values(resourcesOf(other.tf, "oci_identity_policy")).flatMap(({ statements }) => statements as string[]);
    expect(policies).toContainEqual(expect.stringMatching(/^Allow dynamic-group \$\{.*\.name\} to read objects in compartment id ocid1/));
  });

  test("the identity is that of these copies alone, and reads these secrets alone", () => {
    const tf = ociSynth((stack) => service(stack, { replicas: 2, secretFiles: { LLM_KEY: OTHER } }));
    const group = only(tf, "oci_identity_dynamic_group");
    expect(group.compartment_id).toBe(TENANCY);
    expect(group.matching_rule).toMatch(/^Any \{resource\.id = '\$\{.*Copy1.*\.id\}', resource\.id = '\$\{.*Copy2.*\.id\}'\}$/);
    expect(only(tf, "oci_identity_policy").statements).toEqual([
      expect.stringMatching(
        new RegExp(
          `to read secret-bundles in compartment id ${COMPARTMENT} where any {target.secret.id = '${KEY}', target.secret.id = '${OTHER}'}$`,
        ),
      ),
    ]);
  });

  test("the registry's secret is read by those who pull, before there is a copy", () => {
    const tf = ociSynth((stack) => service(stack, { registrySecret: OTHER }));
    expect(only(tf, TYPE)).toMatchObject({
      image_pull_secrets: [{ secret_type: "VAULT", secret_id: OTHER, registry_endpoint: "ghcr.io" }],
      depends_on: [expect.stringMatching(/^oci_identity_policy\..*PullImages/)],
    });
  });

  test("the kill switch stops the copies, takes away what they may do, and silences the alarms", () => {
    const tf = ociSynth((stack) => service(stack, { enabled: false }).allow("Objects", ["read objects in tenancy"]));
    expect(only(tf, TYPE).state).toBe("INACTIVE");
    expect(resourcesOf(tf, "oci_identity_policy")).toEqual({});
    const alarms = Object.values(resourcesOf(tf, "oci_monitoring_alarm"));
    expect(alarms).toHaveLength(3);
    expect(alarms.every((alarm) => alarm.is_enabled === false)).toBe(true);
  });

  test("a load balancer leads to each copy, and a database lets them in", () => {
    let spec: unknown;
    const build = (stack: TerraformStack) => {
      const database = OciPostgres.fromAttributes(stack, "Memory", {
        endpoint: "10.20.9.9",
        databaseName: "memory",
        secretId: "ocid1.vaultsecret.oc1.iad.aaaadb",
        securityGroupId: "ocid1.networksecuritygroup.oc1.iad.aaaadb",
        cidr: "10.20.9.0/24",
      });
      const balancer = new OciLoadBalancer(stack, "Balancer", { network: NETWORK, ...BALANCER });
      spec = service(stack, {
        database,
        databaseUser: "agent",
        replicas: 2,
        port: 8443,
        balancer: { balancer, paths: ["/api/*"] },
      }).spec;
    };
    const tf = ociSynth(build);
    const backends = Object.values(resourcesOf(tf, "oci_load_balancer_backend"));
    expect(backends.map(({ ip_address, port }) => [/Copy\d.*private_ip/.test(String(ip_address)), port])).toEqual([
      [true, 8443],
      [true, 8443],
    ]);
    const [agent] = rawContainers(tf.json);
    expect(agent?.environment_variables).toMatchObject({
      DATABASE_HOST: "10.20.9.9",
      DATABASE_USER: "agent",
      DATABASE_PASSWORD_FILE: "/run/secrets/DATABASE_PASSWORD",
      PGSSLMODE: "require",
    });
    expect(agent?.environment_variables).not.toHaveProperty("DATABASE_PASSWORD");
    const fact = ociFacts(build).find(({ kind }) => kind === "agent-service");
    expect(fact?.spec).toEqual(spec);
    expect(spec).toMatchObject({ database: "10.20.9.9", balanced: true, databaseUser: "agent" });
  });

  test("without a way to the internet only the network and the services of OCI are reached, with images from OCI", () => {
    const image = `iad.ocir.io/acme/agents/researcher@sha256:${"ab".repeat(32)}`;
    const closed = { network: { ...NETWORK, egress: "none" as const }, image };
    const tf = ociSynth((stack) => service(stack, { ...closed, reporter: { image } }));
    const rules = Object.values(resourcesOf(tf, "oci_core_network_security_group_security_rule"));
    expect(rules.map(({ destination }) => destination)).toEqual(["10.20.0.0/16", NETWORK.oracleServices]);
    expect(() => ociSynth((stack) => service(stack, closed))).toThrow("want an image in a registry of OCI");
  });

  test("fails on what container instances do not have", () => {
    const build = (props: object) => () => ociSynth((stack) => service(stack, props as never));
    expect(
      build({
        network: {},
        tenancyId: "ocid1.compartment.oc1..aaaa",
        replicas: { min: 1, max: 4 },
        architecture: "amd64",
        vcpu: 3,
        secretFiles: { "LLM KEY": OTHER, GOVERNANCE_KEY: OTHER, DB: "hunter2-password" },
        registrySecret: "me:token",
        health: { path: "healthz" },
        database: {},
        balancer: {},
        sidecars: { cache: { image: PINNED, vcpu: 0.1, memoryMiB: 4, essential: true, secrets: { A: OTHER } } },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 18 problems
       - network: got something else, want the network that it runs in, such as an OciNetwork
       - secretFiles.LLM KEY: got "LLM KEY", want a name of letters, digits and _, not starting with a digit
       - secretFiles.GOVERNANCE_KEY: got "GOVERNANCE_KEY", want a name that the governance contract does not set; set it through the prop governance
       - secretFiles.DB: got text that may hold a secret (hidden), want the OCID of a secret in a vault, such as "ocid1.vaultsecret.oc1.iad.aaaaexample"; store it as a secret and give its reference
       - health: got {"path":"healthz"}, want nothing without port; give port too
       - health.path: got "healthz", want a path that starts with "/", such as "/healthz"
       - tenancyId: got "ocid1.compartment.oc1..aaaa", want the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample", because dynamic groups belong to it
       - database: got something else, want a database such as an OciPostgres
       - databaseUser: got nothing, want the user of the database whose password its secret is
       - balancer: got something else, want { balancer } with an OciLoadBalancer, and the props of a route
       - replicas: got {"min":1,"max":4}, want a whole number, 1 to 50 (OCI container instances do not scale by load; each copy is a resource of its own)
       - vcpu: got 3, want 2 to 128 in steps of 2 (OCI CI.Standard.E4.Flex: an OCPU is two vCPUs)
       - sidecars.cache.essential: got true, want nothing: a container that stops is started again, and the others go on; remove it
       - sidecars.cache.secrets: got {"A":"ocid1.vaultsecret.oc1.iad.aaaallm"}, want nothing: container instances put no secrets into the environment; remove it
       - sidecars.cache.vcpu: got 0.1, want a share of CPUs in steps of 1/1024, such as 0.25
       - sidecars.cache.memoryMiB: got 4, want a whole number, 6 to 122880
       - port: got nothing, want the port on which the agent listens for the load balancer
       - registrySecret: got text that may hold a secret (hidden), want the OCID of a secret in a vault, such as "ocid1.vaultsecret.oc1.iad.aaaaexample""
    `);
    expect(build({ vcpu: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - vcpu: got 0.5, want 1 to 76 in steps of 1 (OCI CI.Standard.A1.Flex)"
    `);
    expect(build({ vcpu: 2, memoryMiB: 200 * 1024 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - memoryMiB: got 204800, want 2048 to 131072 in steps of 1024 with 2 vCPU (OCI CI.Standard.A1.Flex); the next one that fits is 131072"
    `);
    expect(build({ vcpu: 4, memoryMiB: 3000 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 1 problem
       - memoryMiB: got 3000, want 4096 to 262144 in steps of 1024 with 4 vCPU (OCI CI.Standard.A1.Flex); the next one that fits is 4096"
    `);
    expect(build({ replicas: 51, tenancyId: undefined })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 2 problems
       - tenancyId: got nothing, want the OCID of the tenancy, such as "ocid1.tenancy.oc1..aaaaexample", because dynamic groups belong to it
       - replicas: got 51, want a whole number, 1 to 50 (OCI container instances do not scale by load; each copy is a resource of its own)"
    `);
    expect(build({ databaseUser: "agent", secretFiles: { A: OTHER }, environment: { A_FILE: "/x" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 2 problems
       - secretFiles.A: got "A", want a name whose variable A_FILE is not in environment; remove one of the two
       - databaseUser: got "agent", want nothing without database; give database too"
    `);
  });

  test("any shape that OCI has is taken, and any other is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 600 }), (vcpu, gib) => {
        const { memoryMiB, vcpu: cpus } = containerInstanceLimits("arm64").shapes as FlexibleShapes;
        const { min, max } = memoryMiB(vcpu);
        const fits = vcpu <= cpus.max && gib * 1024 >= min && gib * 1024 <= max;
        expect(fits).toBe(vcpu <= 76 && gib >= vcpu && gib <= Math.min(488, 64 * vcpu));
      }),
    );
  });

  test("fails on what container instances lack, with the reason", () => {
    const lacking = { secrets: {}, healthCommand: {}, ephemeralStorageGiB: 1, rollout: "rolling", logRetentionDays: 1 };
    expect(() => ociSynth((stack) => service(stack, lacking as never))).toThrowErrorMatchingInlineSnapshot(`
     "test/Agent: 5 problems
       - secrets: got {}, want nothing: container instances put no secrets into the environment (use secretFiles); remove it
       - healthCommand: got {}, want nothing: container instances ask over HTTP or TCP only (use health); remove it
       - ephemeralStorageGiB: got 1, want nothing: every container instance has 15 GB; remove it
       - rollout: got "rolling", want nothing: Terraform replaces container instances itself: all new copies first, then all old ones go; remove it
       - logRetentionDays: got 1, want nothing: OCI keeps the last lines of a container only, and sends them nowhere; remove it"
    `);
  });
});
