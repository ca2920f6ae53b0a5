import { type Check, Hidden } from "./check";
import { HANDLINGS, type PasswordHandling, type PostgresProps } from "./postgres";
import type { PostgresLimits } from "./postgres-limits";
import { readStart } from "./start-time";
import { readTimeWindow, windowsOverlap } from "./time-window";

type Checked = Check<PostgresProps>;

/** Longest name in PostgreSQL. Source: PostgreSQL documentation, "Identifiers and Key Words", read 2026-11-21. */
const MAX_NAME = 63;
const MAX_VERSION = 2_147_483_647;

export function checkPassword(check: Checked, props: PostgresProps, readReplicas: number, limits: PostgresLimits) {
  const passwordVersion = () => check.integer("passwordVersion", { min: 1, max: MAX_VERSION, default: 1 });
  const only = limits.password;
  if (only !== undefined) return { password: only, passwordVersion: check.unlessLacking("passwordVersion", passwordVersion) };
  const manageable = readReplicas === 0 || limits.managedPasswordWithReplicas === true;
  const password = readHandling(check, props, manageable ? "managed" : "write-only");
  if (password === "managed" && !manageable) {
    const want = `"write-only" with read replicas: they can't have a managed password (${limits.source})`;
    check.issue("password", password, want, "leave password out; or set readReplicas to 0");
  }
  if (password === "managed") {
    refuse(check, props, "passwordVersion", "write-only");
    return { password, passwordRotationDays: check.integer("passwordRotationDays", { min: 1, max: 90, default: 7 }) };
  }
  refuse(check, props, "passwordRotationDays", "managed");
  return { password, passwordVersion: passwordVersion() };
}

/** Whoever gives a password here must not find it in a message. */
function readHandling(check: Checked, props: PostgresProps, fallback: PasswordHandling): PasswordHandling {
  const given: unknown = props?.password ?? fallback;
  const handling = HANDLINGS.find((known) => known === given);
  if (handling === undefined) {
    const want = `one of ${HANDLINGS.map((word) => `"${word}"`).join(", ")}`;
    check.issue("password", new Hidden("something else (hidden)"), want, "leave it out: the password is made and stored as a secret");
  }
  return handling ?? fallback;
}

function refuse(check: Checked, props: PostgresProps, prop: keyof PostgresProps, handling: PasswordHandling): void {
  if (props?.[prop] === undefined) return;
  check.issue(prop, props[prop], `nothing unless password is "${handling}"`, `remove ${prop}`);
}

export function checkNames(check: Checked, limits: PostgresLimits) {
  const name = (prop: "databaseName" | "adminName", maxLength: number, fallback: string, refused: readonly string[]) => {
    const want = `1 to ${maxLength} letters, digits and _, starting with a letter (${limits.source})`;
    const value = check.text(prop, { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, want, maxLength, default: fallback });
    if (refused.includes(value.toLowerCase())) check.issue(prop, value, `a name other than ${refused.join(", ")}`, "choose another name");
    return value;
  };
  const { maxAdminName = MAX_NAME, refusedAdminNames = [], refusedDatabaseNames = [] } = limits;
  return {
    databaseName: check.unlessLacking("databaseName", () => name("databaseName", MAX_NAME, "app", refusedDatabaseNames)),
    adminName: check.unlessLacking("adminName", () => name("adminName", maxAdminName, "dbadmin", refusedAdminNames)),
  };
}

export function checkWindows(check: Checked, limits: PostgresLimits) {
  const { source, windowMinutes } = limits;
  if (windowMinutes === undefined) return checkStarts(check, source);
  const rules = { minMinutes: windowMinutes, source };
  const backup = readTimeWindow(check, "backupWindow", { ...rules, default: "00:30-01:30" });
  const maintenance = readTimeWindow(check, "maintenanceWindow", { ...rules, weekly: true, default: "Sunday 02:00-04:00" });
  if (backup.window !== undefined && maintenance.window !== undefined && windowsOverlap(backup.window, maintenance.window)) {
    const want = `a time outside of maintenanceWindow ${JSON.stringify(maintenance.text)} (${source})`;
    check.issue("backupWindow", backup.text, want, "move one of the two");
  }
  return { backupWindow: backup.text, maintenanceWindow: maintenance.text };
}

function checkStarts(check: Checked, source: string) {
  return {
    backupWindow: check.unlessLacking("backupWindow", () => readStart(check, "backupWindow", { source, default: "00:00" })),
    maintenanceWindow: readStart(check, "maintenanceWindow", { source, weekly: true, default: "Sunday 02:00" }),
  };
}

export function checkLogRetention(check: Checked, { logRetentionDays: known = [] }: PostgresLimits): number {
  const days = check.integer("logRetentionDays", { min: 1, max: 3653, default: 365 });
  if (!known.includes(days)) check.issue("logRetentionDays", days, `one of ${known.join(", ")}`);
  return days;
}
