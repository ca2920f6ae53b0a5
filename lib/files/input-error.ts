/** A file, or another thing given from outside, that can't be used: what it is, what was found, what is wanted and what to do. */
export class InputError extends Error {
  constructor(
    /** The file as the user named it. */
    public readonly file: string,
    public readonly got: string,
    public readonly want: string,
    /** The next step, when `want` alone does not say it. */
    public readonly fix?: string,
  ) {
    super(`${file}: got ${got}, want ${want}${fix === undefined ? "" : `; ${fix}`}`);
    this.name = "InputError";
  }
}
