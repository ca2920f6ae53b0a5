/** Whether a value of the final JSON is an expression that is known only when Terraform runs. */
export function isExpression(value: unknown): boolean {
  return typeof value === "string" && /[$%]\{/.test(value);
}

/** A number of the final JSON, which may be written as text; `unknown` when it is an expression. */
export function numberOf(value: unknown): number | undefined | "unknown" {
  if (value === undefined || value === null || value === "") return undefined;
  if (isExpression(value)) return "unknown";
  const number = Number(value);
  return Number.isNaN(number) ? "unknown" : number;
}

/** Text of the final JSON; `undefined` when there is none, and when it is an expression. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && !isExpression(value) ? value : undefined;
}

/** Whether a value of the final JSON says yes. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
