/** A workflow of a repository's automation, as file. */
export interface WorkflowSpec {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  readonly branch: string;
  readonly path: string;
  /** What the file says, as data. */
  readonly document: Readonly<Record<string, unknown>>;
}
