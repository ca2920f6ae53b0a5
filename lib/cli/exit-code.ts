/** What the process ends with. */
export const EXIT = {
  /** Every promise that was looked at holds. */
  ok: 0,
  /** A promise is broken: a budget, a target, a rule, or data that would be lost. */
  broken: 1,
  /** The command was wrong, or what it was given can't be used. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
