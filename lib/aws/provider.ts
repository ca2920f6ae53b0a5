import type { Provider } from "../provider";
import { awsLabels } from "./labels";
import type * as Posture from "./posture";
import type * as Prices from "./prices";
import { readBackup } from "./backup/read-backup";
import { readBalancerRoute, readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readAgentService } from "./agent-service/read-agent-service";
import { readAgentVm } from "./agent-vm/read-agent-vm";
import { readDeployRole } from "./read-deploy-role";
import { readFirewall, readNetwork } from "./network/read-network";
import { readPostgres } from "./postgres/read-postgres";
import type * as Recovery from "./recovery";
import type * as Stateful from "./stateful";

/**
 * What the neutral core needs to know of AWS: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const aws: Provider = {
  name: "aws",
  labels: awsLabels,
  get prices() {
    return (require("./prices") as typeof Prices).awsPrices;
  },
  get posture() {
    return (require("./posture") as typeof Posture).awsPosture;
  },
  get recovery() {
    return (require("./recovery") as typeof Recovery).awsRecovery;
  },
  get stateful() {
    return (require("./stateful") as typeof Stateful).awsStateful;
  },
  readers: {
    aws_backup_plan: readBackup,
    aws_ecs_service: readAgentService,
    aws_db_instance: readPostgres,
    aws_iam_role: readDeployRole,
    aws_instance: readAgentVm,
    aws_lb: readLoadBalancer,
    aws_lb_listener_rule: readBalancerRoute,
    aws_vpc: readNetwork,
    aws_security_group: readFirewall,
  },
};
