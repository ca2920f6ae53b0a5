import type { PostureReader } from "../../facts/posture";
import { asList, block, given, isExpression, secretNames } from "../../facts/values";

/** What runs of a Worker: a version of it, or a script with everything in one. */
export const readVersion: PostureReader = ({ address, path, attributes }) => {
  const bindings = asList(attributes.bindings).map((binding) => block(binding));
  const plain = bindings.filter(({ type }) => type === "plain_text").map(({ name, text }): [string, unknown] => [String(name), text]);
  return [
    {
      kind: "function",
      address,
      path,
      concurrency: -1,
      deadLetters: "unknown",
      traced: "unknown",
      environmentCustomerKey: false,
      secretsInEnvironment: isExpression(attributes.bindings) ? "unknown" : secretNames(plain),
      codeSigned: false,
      runtimeSupported: given(attributes.compatibility_date) ? true : "unknown",
    },
  ];
};

/** A notification: alerts of Cloudflare know nothing of agents. */
export const readNotification: PostureReader = ({ address, path, attributes }) => {
  const told = Object.values(block(attributes.mechanisms)).some(given);
  const rings = attributes.enabled === false ? false : told;
  return [{ kind: "alarm", address, path, rings, heartbeat: false, silenceRings: "unknown" }];
};
