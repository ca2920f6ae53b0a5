import type { AccessSpec } from "../spec/access";
import type { BackupSpec } from "../spec/backup";
import type { BackupBucketSpec } from "../spec/backup-bucket";
import type { BalancerRouteSpec } from "../spec/balancer-route";
import type { AgentServiceSpec } from "../spec/agent-service";
import type { AgentVmSpec } from "../spec/agent-vm";
import type { DeployEnvironmentSpec } from "../spec/deploy-environment";
import type { DeployIdentitySpec } from "../spec/deploy-identity";
import type { FirewallSpec } from "../spec/firewall";
import type { JobAgentSpec } from "../spec/job-agent";
import type { GlobalBalancerSpec } from "../spec/global-balancer";
import type { LoadBalancerSpec } from "../spec/load-balancer";
import type { NetworkSpec } from "../spec/network";
import type { PostgresSpec } from "../spec/postgres";
import type { RepositorySpec } from "../spec/repository";
import type { CacheSpec } from "../spec/cache";
import type { QueueSpec } from "../spec/queue";
import type { WorkflowSpec } from "../spec/workflow";
import type { SqliteSpec } from "../spec/sqlite";
import type { ServerlessAgentSpec } from "../spec/serverless-agent";
import type { RequestFirewallSpec } from "../spec/request-firewall";
import type { TunnelSpec } from "../spec/tunnel";
import type { ZoneSpec } from "../spec/zone";

interface FactOf<Kind extends string, Spec> {
  readonly kind: Kind;
  /** Terraform address of the main resource. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** What the Terraform says, in the words of the intent. */
  readonly spec: Spec;
}

/** What the final Terraform JSON says, in neutral words. */
export type Fact =
  | FactOf<"backup", BackupSpec>
  | FactOf<"backup-bucket", BackupBucketSpec>
  | FactOf<"cache", CacheSpec>
  | FactOf<"network", NetworkSpec>
  | FactOf<"deploy-environment", DeployEnvironmentSpec>
  | FactOf<"deploy-identity", DeployIdentitySpec>
  | FactOf<"firewall", FirewallSpec>
  | FactOf<"job-agent", JobAgentSpec>
  | FactOf<"workflow", WorkflowSpec>
  | FactOf<"postgres", PostgresSpec>
  | FactOf<"repository", RepositorySpec>
  | FactOf<"message-queue", QueueSpec>
  | FactOf<"sqlite", SqliteSpec>
  | FactOf<"load-balancer", LoadBalancerSpec>
  | FactOf<"balancer-route", BalancerRouteSpec>
  | FactOf<"agent-service", AgentServiceSpec>
  | FactOf<"serverless-agent", ServerlessAgentSpec>
  | FactOf<"request-firewall", RequestFirewallSpec>
  | FactOf<"access", AccessSpec>
  | FactOf<"tunnel", TunnelSpec>
  | FactOf<"global-balancer", GlobalBalancerSpec>
  | FactOf<"zone", ZoneSpec>
  | FactOf<"agent-vm", AgentVmSpec>;
