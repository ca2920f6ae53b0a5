import { DataAwsPrefixList } from "@cdktf/provider-aws/lib/data-aws-prefix-list";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { WholeAgentServiceSpec } from "../../spec/agent-service";
import type { ProviderProps } from "../../spec/context";
import type { FirewallRuleProps } from "../../spec/firewall";
import { refuseOther } from "../../spec/surrounding";
import type { AwsAgentServiceProps } from "./agent-service";
import type { AwsBalancerRouteProps } from "../load-balancer/balancer-route";
import type { AwsFirewall } from "../network/firewall";
import { AwsLoadBalancer } from "../load-balancer/load-balancer";
import { surroundings } from "../region";
import { once } from "../../once";

/** A route to the agent: see the props of a route. The port and the kind of rollout are those of the service. */
export interface ServiceRouteProps extends Omit<AwsBalancerRouteProps, "port" | "targets" | "canary"> {
  /** The load balancer. */
  readonly balancer: AwsLoadBalancer;
}

/** The props that AWS adds to the neutral ones. */
export type Own = Pick<AwsAgentServiceProps, "network" | "database" | "balancer">;

/** Checks of the props that AWS adds. */
export function ownProps(props: AwsAgentServiceProps): ProviderProps<Own> {
  return {
    network: (check) => {
      if (typeof props?.network?.subnetIds !== "function")
        refuseOther(check, "network", props?.network, "the network that it runs in, such as an AwsNetwork");
    },
    database: (check) => {
      const database = props?.database;
      if (database !== undefined && typeof database?.allowFrom !== "function")
        refuseOther(check, "database", database, "a database such as an AwsPostgres");
    },
    balancer: (check) => {
      const balancer = props?.balancer;
      if (balancer === undefined || balancer?.balancer instanceof AwsLoadBalancer) return;
      refuseOther(check, "balancer", balancer, "{ balancer } with an AwsLoadBalancer, and the props of a route");
    },
  };
}

type Rules = Readonly<Record<string, FirewallRuleProps<AwsFirewall>>>;

/** Where the agent may connect to, as rules of its firewall. */
export function egressRules(scope: Construct, props: AwsAgentServiceProps, spec: WholeAgentServiceSpec): Rules {
  const https = { port: 443, protocol: "tcp" } as const;
  switch (spec.egress) {
    case "internet443":
      return { internet443: { ...https, peer: "internet", description: "Images, governance endpoint and the APIs of language models" } };
    case "network443":
      return {
        network443: { ...https, peer: { cidr: props.network.cidr }, description: "Endpoints of AWS services in the network" },
        s3: { ...https, peer: { prefixList: s3PrefixList(scope) }, description: "Layers of images, through the S3 endpoint" },
      };
    case "rules":
      return props.egress as Rules;
  }
}

function s3PrefixList(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const name = `com.amazonaws.${surroundings(scope).region}.s3`;
  return once(stack, "AwsS3PrefixList", (id) => new DataAwsPrefixList(stack, id, { name })).id;
}
