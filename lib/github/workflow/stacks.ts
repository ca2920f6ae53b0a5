import { Hidden, isToken, type Check, type KeysOf } from "../../spec/check";
import type { Project } from "./project";
import type { Step } from "./workflow";

/** Which stacks are planned, with which credentials. */
export interface StacksProps {
  /** Names of the stacks in the order in which they are planned and applied. */
  readonly stacks: readonly string[];
  /**
   * Takes the role that the environment's variables AWS_ROLE_ARN and AWS_REGION name, without a key.
   * @default true
   */
  readonly aws?: boolean;
  /**
   * Credentials of providers that know no identity of a run, such as `{ CLOUDFLARE_API_TOKEN: "CLOUDFLARE_API_TOKEN" }`: environment variables, each with
   * the name of the secret that holds it.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * The file with the approvals of what a plan may lose.
   * @default - none: nothing that holds data may be lost
   */
  readonly approvals?: string;
  /**
   * Version of Terraform, exact.
   * @default "1.11.4"
   */
  readonly terraform?: string;
}

export interface Stacks {
  readonly names: readonly string[];
  readonly aws: boolean;
  readonly secrets: Readonly<Record<string, string>>;
  readonly approvals?: string;
  readonly terraform: string;
}

export const STACKS_PROPS = { stacks: true, aws: true, secrets: true, approvals: true, terraform: true } satisfies KeysOf<StacksProps>;

const STACK = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const VARIABLE = /^[A-Z_][A-Z0-9_]{0,99}$/;
export const SECRET = /^(?!GITHUB_)[A-Z_][A-Z0-9_]{0,254}$/;
const PATH = { pattern: /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/, want: "a path inside the repository" };

/** Reads which stacks are planned. */
export function readStacks(check: Check<StacksProps>, props: StacksProps): Stacks {
  const want = "names of stacks in the order in which they are applied";
  const names = check.list<string>("stacks", want);
  if (props?.stacks !== undefined && names.length === 0) check.issue("stacks", names, want);
  for (const [index, name] of names.entries()) {
    if (isToken(name) || typeof name !== "string" || !STACK.test(name)) check.issue("stacks", name, want);
    else if (names.indexOf(name) !== index) check.issue("stacks", name, "every stack once");
  }
  return {
    names,
    aws: check.flag("aws", true),
    secrets: readSecretNames(check as Check<object>, "secrets", props?.secrets),
    approvals: check.tryText("approvals", PATH),
    terraform: check.text("terraform", {
      pattern: /^1\.\d{1,2}\.\d{1,2}$/,
      want: 'an exact version of Terraform, such as "1.11.4"',
      default: "1.11.4",
    }),
  };
}

/** Reads environment variables that come from secrets, each with the name of the secret; problems are named `<prop>.<NAME>`. */
export function readSecretNames(
  check: Check<object>,
  prop: string,
  secrets: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  for (const [name, secret] of Object.entries(secrets)) {
    if (!VARIABLE.test(name)) check.issue(`${prop}.${name}`, name, 'a name of upper case letters, digits and "_"');
    if (typeof secret !== "string" || !SECRET.test(secret)) {
      const fix = "store the value as secret of the repository or environment and give its name";
      const got = typeof secret === "string" ? new Hidden("text that may hold a secret (hidden)") : secret;
      check.issue(`${prop}.${name}`, got, SECRET_WANT, fix);
    }
  }
  return { ...secrets };
}

/** What a reference to a secret is at GitHub. */
export const SECRET_WANT = "the name of an Actions secret: upper case letters, digits and _, not starting with a digit or GITHUB_";

/** References to secrets, as a workflow writes them. */
export function secretEnvironment(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, `\${{ secrets.${secret} }}`]));
}

/** Credentials and Terraform, then a plan of every stack that loses no data unasked. */
export function planSteps(project: Project, stacks: Stacks, apply = false): Step[] {
  const env = Object.keys(stacks.secrets).length === 0 ? undefined : secretEnvironment(stacks.secrets);
  return [
    ...credentialSteps(project, stacks),
    ...stacks.names.flatMap((name): Step[] => [
      { name: `Plan ${name}`, env, run: planScript(name) },
      { name: `Guard ${name}`, run: guardScript(name, stacks) },
      ...(apply ? [{ name: `Apply ${name}`, env, run: `${TERRAFORM(name)} apply -input=false -lock-timeout=5m plan.bin` }] : []),
    ]),
  ];
}

function credentialSteps({ actions }: Project, { aws, terraform }: Stacks): Step[] {
  const credentials: Step = {
    name: "Take the role",
    uses: actions.awsCredentials,
    with: { "role-to-assume": "${{ vars.AWS_ROLE_ARN }}", "aws-region": "${{ vars.AWS_REGION }}", "mask-aws-account-id": true },
  };
  const setup: Step = {
    name: "Set up Terraform",
    uses: actions.setupTerraform,
    with: { terraform_version: terraform, terraform_wrapper: false },
  };
  return [...(aws ? [credentials] : []), setup];
}

const TERRAFORM = (stack: string) => `terraform -chdir=cdktf.out/stacks/${stack}`;

function planScript(stack: string): string {
  return `${TERRAFORM(stack)} init -input=false\n${TERRAFORM(stack)} plan -input=false -lock-timeout=5m -out=plan.bin\n`;
}

function guardScript(stack: string, { approvals }: Stacks): string {
  const option = approvals === undefined ? "" : ` --approvals ${approvals}`;
  return `${TERRAFORM(stack)} show -json plan.bin | npx governed-agents plan-guard -${option}\n`;
}
