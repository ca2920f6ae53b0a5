/**
 * Ends a run before the agent starts when the workflow has had more runs in this month, in UTC, than it may have. It asks the API with the
 * job's own token; a run whose number cannot be known ends too.
 * Source: https://docs.github.com/en/rest/actions/workflow-runs (list workflow runs for a workflow), read 2026-11-21.
 */
export const RUN_LIMIT_SCRIPT = `"use strict";
const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_WORKFLOW_REF, GH_TOKEN, RUNS_PER_MONTH } = process.env;
const file = GITHUB_WORKFLOW_REF.split("@")[0].split("/").pop();
const since = encodeURIComponent(">=" + new Date().toISOString().slice(0, 7) + "-01");
const url = GITHUB_API_URL + "/repos/" + GITHUB_REPOSITORY + "/actions/workflows/" + file + "/runs?per_page=1&created=" + since;
const headers = { accept: "application/vnd.github+json", authorization: "Bearer " + GH_TOKEN, "user-agent": "governed-agent" };
const stop = (reason) => {
  console.log("::error::" + reason);
  process.exitCode = 1;
};
fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(10000) })
  .then(async (response) => {
    if (!response.ok) return stop("the number of runs is not known: status " + response.status);
    const { total_count: runs } = await response.json();
    if (!(runs <= Number(RUNS_PER_MONTH))) stop("run " + runs + " of this month; the agent may have " + RUNS_PER_MONTH);
  })
  .catch((error) => stop("the number of runs is not known: " + (error.cause?.code ?? error.name)));
`;
