import type { Provider } from "../provider";
import { readWorkflow } from "./agent-service/read-agent-service";
import { readDeployEnvironment } from "./deploy-identity/read-deploy-environment";
import { githubLabels } from "./labels";
import { readRepository } from "./repository/read-repository";

/**
 * What the neutral core needs to know of GitHub: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const github: Provider = {
  name: "github",
  labels: githubLabels,
  readers: {
    github_repository: readRepository,
    github_repository_environment: readDeployEnvironment,
    github_repository_file: readWorkflow,
  },
};
