/**
 * The engine takes the whole stack of every token, and jest maps each of its frames to its source: half of the suite's time.
 * Nothing reads these stacks, which are no errors; only jest does when it writes an inline snapshot, which `UPDATE=1` lets it.
 */
const mapped = Error.prepareStackTrace;
if (process.env.UPDATE !== "1") {
  Error.prepareStackTrace = (error, frames) => (error instanceof Error && mapped !== undefined ? mapped(error, frames) : "");
}
