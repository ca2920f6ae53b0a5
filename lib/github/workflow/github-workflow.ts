import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import { Construct } from "constructs";
import { claimName } from "../../names";
import { Check, type KeysOf } from "../../spec/check";
import { referenceText } from "../../spec/reference";
import type { WorkflowSpec } from "../../spec/workflow";
import { escapeTemplate } from "./template";
import type { Workflow } from "./workflow";
import { checkWorkflow } from "./workflow-check";
import { workflowDocument, workflowText } from "./workflow-text";

export interface GithubWorkflowProps {
  /** Name of the repository without its owner. It may be known only after apply. */
  readonly repository: string;
  /** Name of the file in `.github/workflows`, such as `deploy.yml`. */
  readonly file: string;
  /** What is in it: made by `pullRequestWorkflow`, `deployWorkflow` or by hand. */
  readonly workflow: Workflow;
  /**
   * The branch that gets the file. Schedules run on the default branch only.
   * @default "main"
   */
  readonly branch?: string;
}

const KNOWN = { repository: true, file: true, workflow: true, branch: true } satisfies KeysOf<GithubWorkflowProps>;

const REPOSITORY = { pattern: /^[A-Za-z0-9._-]{1,100}$/, want: "the name of the repository without its owner", tokens: true };
const FILE = { pattern: /^[a-z0-9][a-z0-9._-]{0,99}\.ya?ml$/, want: 'a file name in lower case that ends with ".yml", without folders' };
const BRANCH = { pattern: /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/, want: "the name of a branch", default: "main" };

/**
 * A workflow of GitHub Actions as file of a repository.
 *
 * Creates one `github_repository_file`, which is a commit for every change; it never overwrites a file that it did not make.
 * The file costs nothing; its runs cost 0.006 USD a minute on Linux, rounded up for each job, in private repositories (price list of
 * 2026-01-01), after the minutes that are included in the plan. Runs in public repositories are free.
 * The token of the provider needs the right `workflows: write`. A ruleset that asks for pull requests refuses the commit unless that identity may
 * pass by it: write the text from `text` into the repository by a pull request then.
 * Not covered: reusable workflows, matrices, service containers, runners of one's own.
 */
export class GithubWorkflow extends Construct {
  /** The workflow after defaults and checks. */
  readonly spec: WorkflowSpec;
  /** The text of the file, for those who commit it themselves. */
  readonly text: string;
  /** The underlying file. */
  readonly file: RepositoryFile;

  constructor(scope: Construct, id: string, props: GithubWorkflowProps) {
    super(scope, id);
    const check = new Check<GithubWorkflowProps>(this.node.path, props, KNOWN);
    checkWorkflow(check, "workflow", props?.workflow);
    const target = {
      repository: referenceText(this, check.text("repository", REPOSITORY)),
      branch: check.text("branch", BRANCH),
      path: `.github/workflows/${check.text("file", FILE)}`,
    };
    check.done(target);
    this.spec = { ...target, document: workflowDocument(props.workflow) };
    this.text = workflowText(props.workflow);
    claimName(this, { kind: "workflow file" }, `${target.repository}/${target.branch}/${target.path}`, "file");
    this.file = new RepositoryFile(this, "Resource", {
      repository: props.repository,
      branch: target.branch,
      file: target.path,
      content: escapeTemplate(this.text),
      commitMessage: `ci: ${props.workflow.name}`,
      overwriteOnCreate: false,
    });
  }
}
