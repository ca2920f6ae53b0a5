import type { ContainerPosture } from "../../facts/posture-compute";
import type { Known, PostureReader } from "../../facts/posture";
import { asList, block, given, isExpression, secretNames, type Attributes } from "../../facts/values";

/** An app: the platform keeps the last working deployment when a new one fails, and no container has an address of its own. */
export const readApp: PostureReader = ({ address, path, attributes }) => {
  const { spec } = attributes;
  if (isExpression(spec)) return [];
  const parts = (name: string) => asList(block(spec)[name]) as readonly Attributes[];
  const shared = parts("env");
  return [
    { kind: "service", address, path, publicAddress: false, latestPlatform: true, rollback: true, shell: true },
    ...[...parts("service"), ...parts("worker"), ...parts("job")].map((part) => ({ ...container(part, shared), address, path })),
  ];
};

/** App Platform gives containers no privileges, and keeps what they print. */
function container(part: Attributes, shared: readonly Attributes[]): Omit<ContainerPosture, "address" | "path"> {
  return {
    kind: "container",
    name: String(part.name),
    privileged: false,
    readOnlyRoot: false,
    unprivilegedUser: false,
    logged: true,
    pinned: given(block(part.image).digest),
    secretsInEnvironment: secretsIn(part.env, shared),
  };
}

/** What DigitalOcean writes for a secret that it has encrypted already: only it can read that. */
const ENCRYPTED = /^EV\[/;

/** Variables that hold a secret in the code: by what they look like, or because they are said to be secret and have their value here. */
function secretsIn(own: unknown, shared: readonly Attributes[]): Known<readonly string[]> {
  if (isExpression(own)) return "unknown";
  const variables = [...(asList(own) as readonly Attributes[]), ...shared].filter(({ value }) => given(value) && !isExpression(value));
  const open = variables.filter(({ value }) => !ENCRYPTED.test(String(value)));
  const secret = open.filter(({ type }) => type === "SECRET").map(({ key }) => String(key));
  return [...new Set([...secret, ...secretNames(open.map(({ key, value }) => [String(key), value] as const))])];
}
