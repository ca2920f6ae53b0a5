/** Processor architecture, in the words of container images and Linux distributions. */
export type Architecture = "arm64" | "amd64";

export const ARCHITECTURES = ["arm64", "amd64"] as const satisfies readonly Architecture[];
