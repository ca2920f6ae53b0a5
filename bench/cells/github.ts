import { ActionsVariable } from "@cdktf/provider-github/lib/actions-variable";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { Repository } from "@cdktf/provider-github/lib/repository";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { Construct } from "constructs";
import type { Cells } from "./cell";

export const cells: Cells = {
  resources: 5,
  declareProvider: (stack) => void new GithubProvider(stack, "github", { owner: "acme" }),
  addCell: (stack, index) => {
    const cell = new Construct(stack, `Cell${index}`);
    const { name: repository } = new Repository(cell, "Repository", { name: `cell-${index}`, visibility: "private", topics: ["cell"] });
    new RepositoryRuleset(cell, "Rules", {
      repository,
      name: "main",
      target: "branch",
      enforcement: "active",
      rules: { deletion: true, nonFastForward: true },
    });
    new RepositoryEnvironment(cell, "Production", { repository, environment: "production" });
    new ActionsVariable(cell, "Variable", { repository, variableName: "CELL", value: String(index) });
    new RepositoryFile(cell, "File", { repository, file: "CODEOWNERS", content: "* @acme/cells" });
  },
};
