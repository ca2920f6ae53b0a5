/** Minutes of a month of 730 hours. */
export const MINUTES_OF_MONTH = 43_800;

/** A minute of Linux with 2 x64 CPUs, in thousandths of a USD. Source: lib/cost/book/github.json, price list of 2026-01-01. */
const MILLI_USD_A_MINUTE = 6;

/** What minutes cost, in USD with cents. */
export function monthlyUsd(minutes: number): string {
  return ((minutes * MILLI_USD_A_MINUTE) / 1000).toFixed(2);
}

/** What is always on, with its monthly cost: the smallest of each, as their own documentation gives it. */
export const ALTERNATIVES =
  "a DigitalOceanAgentService (12.00 USD a month), an AwsAgentService (14.42), an OciAgentVm (23.23), a DigitalOceanAgentVm (26.00) or an AwsAgentVm (31.83; prices of 2024-01 to 2026-09)";

const NOT_ALWAYS = `Actions runs jobs that end after 6 hours, and a month without a pause would be ${MINUTES_OF_MONTH} minutes, ${monthlyUsd(MINUTES_OF_MONTH)} USD; take ${ALTERNATIVES}`;

/** What an agent that is always there has and a job has not, each with the reason. */
export const LACKS = {
  alwaysOn: NOT_ALWAYS,
  replicas: `no copies wait for work; ${NOT_ALWAYS}`,
  port: "a job of Actions has no address at which anybody reaches it",
  route: "a job of Actions has no address at which anybody reaches it",
  healthCommand: "a run that fails ends; nothing replaces it",
  database: "runs have no way into a private network; give the address as variable and the password as secret",
  egress: "Actions does not limit outgoing connections",
};
