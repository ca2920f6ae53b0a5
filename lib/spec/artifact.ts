import { isToken, type Check, type KeysOf } from "./check";

/** An archive of software: `.tar`, `.tar.gz`, `.tar.xz` or whatever else `tar` opens on its own. */
export interface ArtifactProps {
  /** Where it is: an https URL, or an object of the provider's storage. */
  readonly url: string;
  /** SHA-256 of the archive, 64 hex digits in lower case. What has another digest is never unpacked. */
  readonly sha256: string;
  /**
   * Leading folders of the archive's paths that are left out, 0 to 5.
   * @default 0
   */
  readonly stripComponents?: number;
}

export interface ArtifactSpec {
  readonly url: string;
  readonly sha256: string;
  readonly stripComponents: number;
}

/** Where a provider can fetch archives from. */
export interface ArtifactSource {
  readonly pattern: RegExp;
  readonly want: string;
}

const KNOWN = { url: true, sha256: true, stripComponents: true } satisfies KeysOf<ArtifactProps>;

/** Reads one archive; problems are named `<prop>.url` and so on. */
export function readArtifact<P extends object>(parent: Check<P>, prop: string, props: ArtifactProps, source: ArtifactSource): ArtifactSpec {
  const check = parent.nested<ArtifactProps>(prop, props, KNOWN);
  const url = check.text("url", { ...source, tokens: true });
  if (isToken(url) && !/^[a-z0-9]+:\/\//.test(url)) check.issue("url", url, `${source.want}, whose beginning is a literal`);
  return {
    url,
    sha256: check.text("sha256", { pattern: /^[0-9a-f]{64}$/, want: "64 hex digits in lower case", fix: "take it from sha256sum" }),
    stripComponents: check.integer("stripComponents", { min: 0, max: 5, default: 0 }),
  };
}
