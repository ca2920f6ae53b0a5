import { Lazy } from "cdktf";
import { Check } from "../../lib/spec/check";
import { looksSecret, readEnvironment, readSecrets } from "../../lib/spec/environment";

const REFERENCE = { pattern: /^arn:/, want: "the ARN of a secret" };

const read = (environment: Record<string, string>, secrets: Record<string, string> = {}) => {
  const check = new Check("stack/Agent", {}, []);
  return check.done({ plain: readEnvironment(check, environment), secret: readSecrets(check, secrets, REFERENCE, environment) });
};

describe("readEnvironment", () => {
  test("takes plain values, and references to secrets", () => {
    const later = Lazy.stringValue({ produce: () => "later" });
    expect(read({ LOG_LEVEL: "info", QUEUE_URL: later }, { API_KEY: "arn:a", DB_PASSWORD: later })).toEqual({
      plain: { LOG_LEVEL: "info", QUEUE_URL: later },
      secret: { API_KEY: "arn:a", DB_PASSWORD: later },
    });
  });

  test.each([
    ["OPENAI_API_KEY", "x"],
    ["GITHUB_TOKEN", "x"],
    ["CLIENT_SECRET", "x"],
    ["DB_PASSWORD", "x"],
    ["password", "x"],
    ["ID", "AKIAIOSFODNN7EXAMPLE"],
    ["ID", `ghp_${"a".repeat(36)}`],
    ["ID", `sk-${"a".repeat(24)}`],
    ["ID", "-----BEGIN RSA PRIVATE KEY-----"],
    ["URL", "postgres://user:pass@host/db"],
    ["ID", `eyJ${"a".repeat(12)}.${"b".repeat(12)}.${"c".repeat(12)}`],
  ])("%s=%s looks like a secret, and its value is not printed", (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
    expect(() => read({ [name]: value })).toThrow(
      `stack/Agent: 1 problem\n  - environment.${name}: got something that looks like a secret, want no secret in plain text; store it as a secret and give its reference as secrets.${name}`,
    );
  });

  test.each([
    ["KEYBOARD", "x"],
    ["TOKENIZER", "bpe"],
    ["MONKEY", "x"],
    ["ENDPOINT", "https://api.acme.dev/v1"],
  ])("%s=%s does not", (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });

  test("fails with every problem at once", () => {
    const environment = { "1A": "x", AGENT_ID: "me", LONG: "x".repeat(5000), BOTH: "x", COUNT: 3 as never };
    const secrets = { BOTH: "arn:a", API_KEY: "sk-plain", "A-B": "arn:a", NONE: undefined as never };
    expect(() => read(environment, secrets)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Agent: 8 problems
       - environment.1A: got "1A", want a name of letters, digits and _, not starting with a digit
       - environment.AGENT_ID: got "me", want a name that the governance contract does not set; set it through the prop governance
       - environment.LONG: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., want text of at most 4096 characters
       - environment.COUNT: got 3, want text of at most 4096 characters
       - secrets.BOTH: got "BOTH", want a name that is not in environment too; remove one of the two
       - secrets.API_KEY: got text that may hold a secret (hidden), want the ARN of a secret; store it as a secret and give its reference
       - secrets.A-B: got "A-B", want a name of letters, digits and _, not starting with a digit
       - secrets.NONE: got nothing, want the ARN of a secret; store it as a secret and give its reference"
    `);
  });
});
