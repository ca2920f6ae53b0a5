import type { Inventory, ResourceView } from "./inventory";
import type {
  ContainerPosture,
  FunctionPosture,
  MachinePosture,
  ScalingGroupPosture,
  ServicePosture,
  TaskPosture,
} from "./posture-compute";
import type { EdgeRecordPosture, EdgeZonePosture } from "./posture-edge";
import type { BackupPlanPosture, BackupVaultPosture, BucketPosture, DatabasePosture, TablePosture, VolumePosture } from "./posture-data";
import type {
  CodeRepositoryPosture,
  DeployKeyPosture,
  DeploymentGatePosture,
  WebhookPosture,
  WorkflowRulesPosture,
} from "./posture-delivery";
import type {
  BalancerPosture,
  CertificatePosture,
  FirewallGroupPosture,
  FirewallRulePosture,
  ListenerPosture,
  SubnetPosture,
  TargetGroupPosture,
  VirtualNetworkPosture,
  WebFirewallPosture,
} from "./posture-network";
import type {
  AlarmPosture,
  ClusterPosture,
  EncryptionKeyPosture,
  IdentityPolicyPosture,
  ImageSourcePosture,
  LogStorePosture,
  ParameterPosture,
  QueuePosture,
  RegistryPosture,
  SecretPosture,
  TopicPosture,
  TrustPolicyPosture,
} from "./posture-platform";

/** A value of the final JSON, or `unknown` when it is known only when Terraform runs, or stands in another stack. */
export type Known<T> = T | "unknown";

/** Who holds the key that data at rest is encrypted with. */
export type Encryption = "customer-key" | "provider-key" | "none";

/** What every posture has. */
export interface PostureOf<Kind extends string> {
  readonly kind: Kind;
  /** Terraform address of the resource. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
}

/**
 * How safely one resource is set up, in neutral words: what a rule looks at.
 * Facts speak about intents and are read from the main resource of a construct of this library; postures speak about single resources, whoever made them.
 */
export type Posture =
  | AlarmPosture
  | BackupPlanPosture
  | BackupVaultPosture
  | BalancerPosture
  | BucketPosture
  | CertificatePosture
  | ClusterPosture
  | CodeRepositoryPosture
  | ContainerPosture
  | DatabasePosture
  | DeployKeyPosture
  | DeploymentGatePosture
  | EdgeRecordPosture
  | EdgeZonePosture
  | EncryptionKeyPosture
  | FirewallGroupPosture
  | FirewallRulePosture
  | FunctionPosture
  | IdentityPolicyPosture
  | ImageSourcePosture
  | ListenerPosture
  | LogStorePosture
  | MachinePosture
  | ParameterPosture
  | QueuePosture
  | RegistryPosture
  | ScalingGroupPosture
  | SecretPosture
  | ServicePosture
  | SubnetPosture
  | TablePosture
  | TargetGroupPosture
  | TaskPosture
  | TopicPosture
  | TrustPolicyPosture
  | VirtualNetworkPosture
  | VolumePosture
  | WebFirewallPosture
  | WebhookPosture
  | WorkflowRulesPosture;

/** Every kind of posture. */
export const POSTURE_KINDS = {
  alarm: true,
  "backup-plan": true,
  "backup-vault": true,
  balancer: true,
  certificate: true,
  cluster: true,
  "code-repository": true,
  container: true,
  database: true,
  "deploy-key": true,
  "deployment-gate": true,
  "edge-record": true,
  "edge-zone": true,
  "encryption-key": true,
  "firewall-group": true,
  "firewall-rule": true,
  function: true,
  "identity-policy": true,
  "image-source": true,
  listener: true,
  "log-store": true,
  machine: true,
  parameter: true,
  queue: true,
  registry: true,
  "scaling-group": true,
  secret: true,
  service: true,
  "storage-bucket": true,
  subnet: true,
  table: true,
  "target-group": true,
  task: true,
  topic: true,
  "trust-policy": true,
  "virtual-network": true,
  volume: true,
  "web-firewall": true,
  webhook: true,
  "workflow-rules": true,
} satisfies Record<Posture["kind"], true>;

/** What one resource, with the separate resources that configure it, says of itself. Readers of data sources stand under `data.<type>`. */
export type PostureReader = (resource: ResourceView, inventory: Inventory) => readonly Posture[];
