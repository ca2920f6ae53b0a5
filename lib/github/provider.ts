import type { Provider } from "../provider";
import { readWorkflow } from "./agent-service/read-agent-service";
import { readDeployEnvironment } from "./deploy-identity/read-deploy-environment";
import { githubLabels } from "./labels";
import { readRepository } from "./repository/read-repository";
import type * as Posture from "./posture";
import type * as Prices from "./prices";
import type * as Recovery from "./recovery";
import type * as Stateful from "./stateful";

/**
 * What the neutral core needs to know of GitHub: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const github: Provider = {
  name: "github",
  labels: githubLabels,
  get prices() {
    return (require("./prices") as typeof Prices).githubPrices;
  },
  get posture() {
    return (require("./posture") as typeof Posture).githubPosture;
  },
  get recovery() {
    return (require("./recovery") as typeof Recovery).githubRecovery;
  },
  get stateful() {
    return (require("./stateful") as typeof Stateful).githubStateful;
  },
  readers: {
    github_repository: readRepository,
    github_repository_environment: readDeployEnvironment,
    github_repository_file: readWorkflow,
  },
};
