import type { Provider } from "../provider";
import { awsLabels } from "./labels";
import { awsPosture } from "./posture";
import { awsPrices } from "./prices";
import { readBackup } from "./backup/read-backup";
import { readBalancerRoute, readLoadBalancer } from "./load-balancer/read-load-balancer";
import { readAgentService } from "./agent-service/read-agent-service";
import { readAgentVm } from "./agent-vm/read-agent-vm";
import { readFirewall, readNetwork } from "./network/read-network";
import { readPostgres } from "./postgres/read-postgres";
import { awsRecovery } from "./recovery";
import { awsStateful } from "./stateful";

/** What the neutral core needs to know of AWS: give it to `govern`. */
export const aws: Provider = {
  name: "aws",
  labels: awsLabels,
  prices: awsPrices,
  posture: awsPosture,
  recovery: awsRecovery,
  stateful: awsStateful,
  readers: {
    aws_backup_plan: readBackup,
    aws_ecs_service: readAgentService,
    aws_db_instance: readPostgres,
    aws_instance: readAgentVm,
    aws_lb: readLoadBalancer,
    aws_lb_listener_rule: readBalancerRoute,
    aws_vpc: readNetwork,
    aws_security_group: readFirewall,
  },
};
