import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { BranchRulesSpec, PushLimitsSpec } from "../../spec/repository";

/** The rules of the default branch, made after what has to be on it already. */
export function branchRuleset(
  scope: Construct,
  repository: string,
  spec: BranchRulesSpec,
  dependsOn: ITerraformDependable[],
): RepositoryRuleset {
  const { review, statusChecks, bypassApps } = spec;
  return new RepositoryRuleset(scope, "BranchRules", {
    repository,
    name: "default-branch",
    target: "branch",
    enforcement: "active",
    conditions: { refName: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    ...(bypassApps.length > 0 && {
      bypassActors: bypassApps.map((actorId) => ({ actorId, actorType: "Integration", bypassMode: "always" })),
    }),
    rules: {
      deletion: true,
      nonFastForward: true,
      requiredSignatures: spec.signedCommits,
      requiredLinearHistory: spec.linearHistory,
      pullRequest: review && {
        requiredApprovingReviewCount: review.approvals,
        requireCodeOwnerReview: review.codeOwners,
        dismissStaleReviewsOnPush: review.dismissStale,
        requireLastPushApproval: review.lastPush,
        requiredReviewThreadResolution: true,
      },
      requiredStatusChecks:
        statusChecks.length === 0
          ? undefined
          : {
              strictRequiredStatusChecksPolicy: true,
              requiredCheck: statusChecks.map(({ name, appId }) => ({ context: name, integrationId: appId })),
            },
    },
    dependsOn,
  });
}

/** What no push to any branch may bring. */
export function pushRuleset(scope: Construct, repository: string, spec: PushLimitsSpec): RepositoryRuleset {
  const { paths, extensions, maxFileMB, maxPathLength } = spec;
  return new RepositoryRuleset(scope, "PushLimits", {
    repository,
    name: "pushes",
    target: "push",
    enforcement: "active",
    rules: {
      filePathRestriction: paths && { restrictedFilePaths: [...paths] },
      fileExtensionRestriction: extensions && { restrictedFileExtensions: [...extensions] },
      maxFileSize: maxFileMB === undefined ? undefined : { maxFileSize: maxFileMB },
      maxFilePathLength: maxPathLength === undefined ? undefined : { maxFilePathLength: maxPathLength },
    },
  });
}
