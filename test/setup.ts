/**
 * The engine takes the whole stack of every token, and jest maps each of its frames to its source: half of the suite's time.
 * Nothing reads these stacks, which are no errors.
 */
const mapped = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) => (error instanceof Error && mapped !== undefined ? mapped(error, frames) : "");
