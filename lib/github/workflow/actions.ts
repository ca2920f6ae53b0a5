/** An action of the marketplace, pinned to one commit: tags can be moved to other code at any time. */
export interface PinnedAction {
  /** `owner/name`, or `owner/name/path`. */
  readonly action: string;
  /** The full SHA of the commit: 40 hex digits. */
  readonly sha: string;
  /** The version that the commit is, for people. */
  readonly version: string;
}

/** The actions that generated workflows use. Commits: those of the tags in the actions' repositories, read 2026-11-21. */
export const ACTIONS = {
  checkout: { action: "actions/checkout", sha: "3d3c42e5aac5ba805825da76410c181273ba90b1", version: "v7.0.1" },
  setupNode: { action: "actions/setup-node", sha: "820762786026740c76f36085b0efc47a31fe5020", version: "v7.0.0" },
  uploadArtifact: { action: "actions/upload-artifact", sha: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", version: "v7.0.0" },
  downloadArtifact: { action: "actions/download-artifact", sha: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", version: "v8.0.1" },
  setupTerraform: { action: "hashicorp/setup-terraform", sha: "dfe3c3f87815947d99a8997f908cb6525fc44e9e", version: "v4.0.1" },
  awsCredentials: {
    action: "aws-actions/configure-aws-credentials",
    sha: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    version: "v6.2.3",
  },
} satisfies Record<string, PinnedAction>;

/** Other commits of the actions that generated workflows use. */
export type ActionPins = Partial<Record<keyof typeof ACTIONS, PinnedAction>>;
