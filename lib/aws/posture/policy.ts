import { asList, type Inventory } from "../../facts/inventory";
import type { Known } from "../../facts/posture";
import { all, isExpression, some, type Attributes } from "./values";

/** One statement of a policy, whichever way it was written. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** What it is about everything but. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** Who it is for; `*` is anyone. */
  readonly principals: readonly string[];
  readonly principalTypes: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

const DOCUMENT = /^\$\{data\.aws_iam_policy_document\.([A-Za-z0-9_-]+)\.(?:minified_)?json\}$/;

/** The statements of a policy: a document of the same stack, or JSON text. `unknown` for everything else. */
export function statementsOf(policy: unknown, inventory: Inventory): Known<readonly Statement[]> {
  if (typeof policy !== "string") return policy === undefined || policy === null ? [] : "unknown";
  const id = DOCUMENT.exec(policy)?.[1];
  if (id !== undefined) return documentStatements(id, inventory);
  try {
    const { Statement: statements } = JSON.parse(policy) as { Statement?: unknown };
    return asList(statements).map((statement) => jsonStatement(statement as Attributes));
  } catch {
    return "unknown";
  }
}

function documentStatements(id: string, inventory: Inventory): Known<readonly Statement[]> {
  const documents = (inventory.json.data as Record<string, Record<string, Attributes>> | undefined)?.aws_iam_policy_document;
  const document = documents?.[id];
  if (document === undefined) return "unknown";
  if (document.source_policy_documents !== undefined || document.override_policy_documents !== undefined) return "unknown";
  return asList(document.statement).map((statement) => blockStatement(statement as Attributes));
}

function blockStatement(statement: Attributes): Statement {
  const principals = asList(statement.principals) as readonly Attributes[];
  return {
    allows: (statement.effect ?? "Allow") === "Allow",
    actions: texts(statement.actions),
    notActions: texts(statement.not_actions),
    resources: texts(statement.resources),
    principals: principals.flatMap(({ identifiers }) => texts(identifiers)),
    principalTypes: principals.map(({ type }) => String(type)),
    conditions: (asList(statement.condition) as readonly Attributes[]).map(({ test, variable, values }) => ({
      test: String(test),
      variable: String(variable),
      values: texts(values),
    })),
  };
}

function jsonStatement(statement: Attributes): Statement {
  const principal = statement.Principal;
  const byType = typeof principal === "string" ? { "*": principal } : ((principal ?? {}) as Attributes);
  const conditions = Object.entries((statement.Condition ?? {}) as Record<string, Attributes>);
  return {
    allows: statement.Effect === "Allow",
    actions: texts(statement.Action),
    notActions: texts(statement.NotAction),
    resources: texts(statement.Resource),
    principals: Object.values(byType).flatMap(texts),
    principalTypes: Object.keys(byType),
    conditions: conditions.flatMap(([test, variables]) =>
      Object.entries(variables).map(([variable, values]) => ({ test, variable, values: texts(values) })),
    ),
  };
}

function texts(value: unknown): readonly string[] {
  return asList(value).map(String);
}

/** Conditions that leave only callers of a known account, organization, network or source. */
const BINDING =
  /^(aws:(source(account|arn|orgid|orgpaths|owner|vpc|vpce|ip)|principal(account|arn|orgid|orgpaths)|calledvia)|kms:(calleraccount|viaservice)|sns:endpoint|s3:.*account)$/i;

/** Whether a policy lets anyone in. */
export function isPublic(policy: unknown, inventory: Inventory): Known<boolean> {
  const statements = statementsOf(policy, inventory);
  if (statements === "unknown") return statements;
  return statements.some(
    ({ allows, principals, conditions }) =>
      allows && principals.includes("*") && !conditions.some(({ test, variable, values }) => binds(test, variable, values)),
  );
}

function binds(test: string, variable: string, values: readonly string[]): boolean {
  return (
    BINDING.test(variable) &&
    /(Equals|Like|IpAddress)/.test(test) &&
    !test.startsWith("Not") &&
    !/Not(Equals|Like|IpAddress)/.test(test) &&
    !values.some((value) => value === "*" || value === "0.0.0.0/0")
  );
}

/** Whether a policy denies everything that comes without TLS. */
export function refusesPlainText(policy: unknown, inventory: Inventory): Known<boolean> {
  const statements = statementsOf(policy, inventory);
  if (statements === "unknown") return statements;
  return statements.some(
    ({ allows, principals, conditions }) =>
      !allows &&
      principals.includes("*") &&
      conditions.some(
        ({ test, variable, values }) =>
          /^Bool/.test(test) && variable.toLowerCase() === "aws:securetransport" && values.some((value) => value === "false"),
      ),
  );
}

/** Whether a policy allows everything on everything. */
export function allowsEverything(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ allows, actions, resources }) => allows && resources.includes("*") && actions.some((one) => /^\*(:\*)?$/.test(one)),
  );
}

/** What only reads: broad reads are common and harmless next to broad writes. */
const READING = /^[a-z0-9-]+:(Get|List|Describe|Batch(Get|Check)|Query|Scan|View|Read|Search|Lookup|Head)[A-Za-z]*\*?$/;

/** Services whose every action sends or reads measurements, and nothing else. */
const HARMLESS = /^(cloudwatch:PutMetricData|xray:Put.*|ec2messages:.*|ssmmessages:.*|ecr:GetAuthorizationToken|sts:GetCallerIdentity)$/;

/** Actions by wildcard that change things anywhere, without a condition. */
export function broadWritesOf(statements: readonly Statement[]): readonly string[] {
  const broad = statements.filter(({ allows, resources, conditions }) => allows && resources.includes("*") && conditions.length === 0);
  const wildcards = broad.flatMap(({ actions }) =>
    actions.filter((action) => action.includes("*") && !READING.test(action) && !HARMLESS.test(action)),
  );
  return [
    ...new Set([...wildcards, ...broad.flatMap(({ notActions }) => (notActions.length > 0 ? [`all but ${notActions.join(", ")}`] : []))]),
  ];
}

/** Whether callers that come with a token of another platform are bound to a subject. */
export function subjectsNamed(statements: readonly Statement[]): Known<boolean> {
  const federated = statements.filter(
    ({ allows, actions, principalTypes }) =>
      allows && principalTypes.includes("Federated") && actions.some((action) => /AssumeRoleWithWebIdentity|^\*$|^sts:\*$/.test(action)),
  );
  return all(federated.map(({ conditions }) => some(conditions.map(namesSubject))));
}

function namesSubject({ test, variable, values }: Condition): Known<boolean> {
  if (!/:sub$/i.test(variable) || !/^(ForAnyValue:)?String(Equals|Like)/.test(test)) return false;
  if (values.some((value) => /^[*?:]*$/.test(value))) return false;
  return values.some(isExpression) ? "unknown" : values.every((value) => !/^repo:\*/.test(value) && !/^repo:[^:]*\*[^:]*:/.test(value));
}
