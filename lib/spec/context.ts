import type { Construct } from "constructs";
import { Check, IntentError, type KeysOf } from "./check";

/**
 * How much redundancy and deletion protection a construct gets. `sandbox` may be thrown away.
 * The profile never decides encryption, TLS or exposure.
 */
export type Profile = "production" | "sandbox";

export const PROFILES = ["production", "sandbox"] as const satisfies readonly Profile[];

/** Props that every construct takes. */
export interface CommonProps {
  /**
   * Redundancy and deletion protection of this construct.
   * @default - the profile of the scope (see `useProfile`), else "production"
   */
  readonly profile?: Profile;
}

/** What a spec function knows beside the props. */
export interface SpecContext {
  /** Path of the construct, for messages. */
  readonly path: string;
  /** Profile of the scope. */
  readonly profile: Profile;
  /** The props that the provider adds to the neutral ones, each with its check. */
  readonly providerProps?: ProviderProps<never>;
  /** The neutral props that the provider cannot honour, each with the reason. */
  readonly lacks?: Readonly<Record<string, string | undefined>>;
}

/** Why a provider has no such thing, by prop: these props are not in its props type. The text follows "want nothing: ". */
export type Lacks<P> = { readonly [K in keyof P & string]?: string };

/** One check for each prop that a provider adds; a prop without rules has an empty one. */
export type ProviderProps<Extra> = { readonly [K in keyof Extra & string]-?: (check: Check<Pick<Extra, K>>) => void };

const PROFILE_CONTEXT = "cdktf-governed-agents/profile";

/**
 * Sets the profile of everything created below `scope`. Call it right after creating the scope.
 * The same can be given from outside as context value `cdktf-governed-agents/profile`.
 * @throws IntentError when the scope already has children, which would keep their old profile.
 */
export function useProfile(scope: Construct, profile: Profile): void {
  const path = scope.node.path || "app";
  if (!PROFILES.includes(profile)) {
    throw new IntentError(path, [{ prop: "profile", got: profile, want: 'one of "production", "sandbox"' }]);
  }
  if (scope.node.children.length > 0) {
    const fix = "call useProfile before anything is created in this scope";
    throw new IntentError(path, [{ prop: "profile", got: profile, want: "a scope without children", fix }]);
  }
  scope.node.setContext(PROFILE_CONTEXT, profile);
}

/**
 * The context in which a construct's spec is made.
 * @param providerProps the props that the provider adds to the neutral ones, each with its check
 * @param lacks the neutral props that it cannot honour, each with the reason
 */
export function specContext<Extra extends object = object, Props extends object = object>(
  construct: Construct,
  providerProps?: ProviderProps<Extra>,
  lacks?: Lacks<Props>,
): SpecContext {
  const profile: unknown = construct.node.tryGetContext(PROFILE_CONTEXT) ?? "production";
  if (!PROFILES.includes(profile as Profile)) {
    const issue = { prop: `context ${PROFILE_CONTEXT}`, got: profile, want: 'one of "production", "sandbox"' };
    throw new IntentError(construct.node.path, [issue]);
  }
  return { path: construct.node.path, profile: profile as Profile, providerProps: providerProps as ProviderProps<never>, lacks };
}

/** Opens the check of a construct's props; problems of the provider's own props, and props that it lacks, are collected with the others. */
export function openCheck<P extends object>(props: P, known: KeysOf<P>, context: SpecContext): Check<P> {
  const extra = (context.providerProps ?? {}) as Record<string, (check: Check<P>) => void>;
  const check = new Check<P>(context.path, props, [...Object.keys(known), ...Object.keys(extra)], { lacks: context.lacks });
  for (const checkProp of Object.values(extra)) checkProp(check);
  return check;
}
