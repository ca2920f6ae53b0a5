import type { CalendarSpec } from "../../spec/backup-calendar";
import { SHORT_DAY, WEEKDAYS } from "../../spec/weekday";

/** The calendar as AWS schedule expression, in UTC. */
export function cronOf({ frequency, everyHours, at = "00:00", weekday = "Sunday", dayOfMonth = 1 }: CalendarSpec): string {
  const [hour, minute] = at.split(":").map(Number);
  const expressions = {
    hourly: `0 ${everyHours === 1 ? "*" : `0/${everyHours}`} * * ? *`,
    daily: `${minute} ${hour} * * ? *`,
    weekly: `${minute} ${hour} ? * ${SHORT_DAY[weekday]} *`,
    monthly: `${minute} ${hour} ${dayOfMonth} * ? *`,
  };
  return `cron(${expressions[frequency]})`;
}

/** The calendar that `cronOf` wrote. */
export function readCron(expression: string): CalendarSpec {
  const [minute = "", hour = "", dayOfMonth = "", , weekday = ""] = expression.slice("cron(".length, -1).split(" ");
  if (hour === "*" || hour.includes("/")) return { frequency: "hourly", everyHours: Number(hour.split("/")[1] ?? 1) };
  const at = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (dayOfMonth === "?") return { frequency: "weekly", at, weekday: WEEKDAYS.find((day) => SHORT_DAY[day] === weekday) };
  return dayOfMonth === "*" ? { frequency: "daily", at } : { frequency: "monthly", at, dayOfMonth: Number(dayOfMonth) };
}
