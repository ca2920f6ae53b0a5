import { isToken, type Check } from "./check";
import type { Profile } from "./context";

/** A container image: registry, path, and a tag, a digest or both. Source: OCI distribution specification 1.1, read 2026-11-21. */
const IMAGE =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

const DIGEST = /@sha256:[a-f0-9]{64}$/;

/** Which images a place can run. */
export interface ImageRules {
  readonly profile: Profile;
  /** Set when only some registries can be reached: what their images look like. */
  readonly registry?: { readonly pattern: RegExp; readonly want: string; readonly fix: string };
}

/**
 * Checks one image. In production it has to be pinned by digest: a tag can be moved to other code at any time.
 * A value known only after apply is fine when the digest behind it is a literal, or in the sandbox profile.
 */
export function readImage<P extends object>(check: Check<P>, prop: keyof P & string, image: unknown, rules: ImageRules): string {
  if (typeof image !== "string" || (!isToken(image) && !IMAGE.test(image))) {
    check.issue(prop, image, 'a container image such as "ghcr.io/acme/agent@sha256:<64 hex digits>"');
    return "";
  }
  if (rules.profile === "production" && !DIGEST.test(image)) {
    const fix = 'take the digest from your build, because a tag can be moved to other code; or set profile "sandbox"';
    check.issue(prop, image, 'an image that ends with a literal "@sha256:<64 hex digits>" when profile is "production"', fix);
  }
  if (rules.registry !== undefined && !isToken(image) && !rules.registry.pattern.test(image)) {
    check.issue(prop, image, rules.registry.want, rules.registry.fix);
  }
  return image;
}
