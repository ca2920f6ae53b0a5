import { Repository } from "@cdktf/provider-github/lib/repository";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { govern, type Governance, type LabelSet, type Manifest } from "cdktf-governed-agents";
import { github } from "cdktf-governed-agents/github";
import fc from "fast-check";
import { isLabelTopic } from "../../lib/github/labels";
import { LABEL_KEYS, MANAGED_BY } from "../../lib/labels";
import { anyCharacter } from "../characters";
import { labels, only } from "../governed";
import { providerSchema } from "../schema/provider-schema";
import { ghSynth } from "./support";

/** The labels of a governed stack, as GitHub has them. */
const topics = [
  "project--atlas",
  "environment--production",
  "cost-center--r-and-d",
  "owner--research--40acme--2edev",
  "governance-id--gov-7",
  "governance-endpoint--https--3a--2f--2fgovernance",
  "governance-endpoint-2----2eacme--2edev",
  "managed-by--cdktf-governed-agents",
];

/** What a topic may be, by the Terraform provider. */
const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/;

function governed(build: (stack: TerraformStack) => unknown) {
  let governance: Governance | undefined;
  const result = ghSynth((stack) => {
    build(stack);
    governance = govern(stack, { providers: [github], labels });
  });
  return { ...result, manifest: governance?.manifest as Manifest };
}

describe("labels as GitHub topics", () => {
  const full: LabelSet = { ...labels, agentId: "researcher", layer: "core", dataClass: "personal", managedBy: MANAGED_BY };

  test("come back unchanged, whatever they say, in topics that GitHub takes", () => {
    // Each fits into two topics, so that ten of them fit into the twenty of a repository.
    const value = fc.oneof(fc.string({ unit: anyCharacter, maxLength: 2 }), fc.stringMatching(/^[a-z0-9]{0,40}$/));
    const record = Object.fromEntries(LABEL_KEYS.map((key) => [key, value]));
    fc.assert(
      fc.property(fc.record(record) as fc.Arbitrary<LabelSet>, (set) => {
        const encoded = github.labels.encode(set, "research");
        expect(github.labels.decode({ ...encoded, foreign: "x" })).toEqual(set);
        expect(Object.entries(encoded).filter(([key, text]) => !TOPIC.test(`${key}--${text}`))).toEqual([]);
      }),
    );
  });

  test("go on in the next topic when they are too long for one", () => {
    const encoded = github.labels.encode({ ...full, governanceEndpoint: "https://governance.acme.dev/v1/agents" }, "research");
    expect(Object.keys(encoded).filter((key) => key.startsWith("governance-endpoint"))).toHaveLength(3);
    expect(github.labels.decode(encoded).governanceEndpoint).toBe("https://governance.acme.dev/v1/agents");
  });

  test("are known from topics of the user", () => {
    expect(topics.every(isLabelTopic)).toBe(true);
    expect(["project", "project-management", "team--blue", "owner-two--x"].some(isLabelTopic)).toBe(false);
  });

  test("fail rather than be cut or changed", () => {
    const wrong = { ...full, owner: `x${"\ud800"}`, project: "Ä".repeat(60) };
    expect(() => github.labels.encode(wrong, "research")).toThrowErrorMatchingInlineSnapshot(`
     "research labels: 2 problems
       - owner: got "x\\ud800", want text of whole Unicode characters
       - labels: got {"project":"ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ","environment":"production","costCenter":"r-and-d","owner":"x\\ud800","governanceId":"gov-7","governanceEndpoint":"https://go..., want labels that fit into 20 topics of 50 characters (GitHub limit); they take 25; make the longest shorter: every byte but a to z, 0 to 9 and "-" between them counts four"
    `);
  });

  test("are carried by repositories and by nothing else", () => {
    const types = Object.keys(providerSchema("github")?.resource_schemas ?? {});
    expect(types.filter((type) => github.labels.carrierOf(type) !== undefined)).toEqual(["github_repository", "github_repository_topics"]);
  });
});

describe("a governed stack on GitHub", () => {
  test("has the labels beside the topics of its repositories, and wins where both say something of one key", () => {
    const result = governed((stack) => new Repository(stack, "Vault", { name: "vault", topics: ["notes", "project--apollo"] }));
    expect(only(result, "github_repository").topics).toEqual(["notes", ...topics]);
    expect(result.manifest.resources).toMatchObject([{ labelStatus: "conflict", conflicts: { project: "apollo" } }]);
  });

  test("carries its labels", () => {
    const result = governed((stack) => new Repository(stack, "Vault", { name: "vault" }));
    expect(result.manifest.resources).toMatchObject([{ labelStatus: "labelled" }]);
  });

  test("fails on topics that GitHub would refuse", () => {
    const many = Array.from({ length: 13 }, (_, at) => `t${at}`);
    const tagged = (given: string[]) => () => governed((stack) => new Repository(stack, "Vault", { name: "vault", topics: given }));
    expect(tagged(["a.b", "-x", "x".repeat(51)])).toThrowErrorMatchingInlineSnapshot(`
     "test/Vault: 3 problems
       - topics: got "a.b", want a topic of 1 to 50 of a-z, 0-9 and "-", not starting with "-" (GitHub limit)
       - topics: got "-x", want a topic of 1 to 50 of a-z, 0-9 and "-", not starting with "-" (GitHub limit)
       - topics: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", want a topic of 1 to 50 of a-z, 0-9 and "-", not starting with "-" (GitHub limit)"
    `);
    expect(tagged(many)).toThrowErrorMatchingInlineSnapshot(`
     "test/Vault: 1 problem
       - topics: got ["t0","t1","t2","t3","t4","t5","t6","t7","t8","t9","t10","t11","t12"], want at most 12 topics beside the labels"
    `);
    const late = () =>
      governed((stack) => {
        const more = new TerraformVariable(stack, "more", { type: "list(string)" });
        new Repository(stack, "Vault", { name: "vault", topics: more.listValue });
      });
    expect(late).toThrowErrorMatchingInlineSnapshot(`
     "test/Vault: 1 problem
       - topics: got a value known only after apply, want literals: labels are counted together with them"
    `);
  });
});
