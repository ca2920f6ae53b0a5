import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { ReplicasSpec } from "../../spec/replicas";

/** Longest name of a scaling policy. Source: Application Auto Scaling API reference, read 2026-11-21. */
const MAX_NAME = 256;

/** Out quickly, in slowly, so that a short pause in the load costs no copies. */
const OUT_SECONDS = 60;
const IN_SECONDS = 300;

export interface ServiceScalingProps {
  readonly clusterName: string;
  readonly service: EcsService;
  readonly replicas: ReplicasSpec;
}

/**
 * Keeps the number of copies between a minimum and a maximum, by CPU and, when asked for, memory. When the limits change, the number of copies
 * follows at once: see "scalable target" in the Application Auto Scaling user guide, read 2026-11-21.
 */
export class AwsServiceScaling extends Construct {
  /** The underlying scaling target. */
  readonly target: AppautoscalingTarget;

  constructor(scope: Construct, id: string, { clusterName, service, replicas }: ServiceScalingProps) {
    super(scope, id);
    this.target = new AppautoscalingTarget(this, "Resource", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${service.name}`,
      minCapacity: replicas.min,
      maxCapacity: replicas.max,
    });
    if (replicas.cpuPercent !== undefined) this.addPolicy("Cpu", "ECSServiceAverageCPUUtilization", replicas.cpuPercent);
    if (replicas.memoryPercent !== undefined) this.addPolicy("Memory", "ECSServiceAverageMemoryUtilization", replicas.memoryPercent);
  }

  private addPolicy(id: string, metric: string, targetValue: number): void {
    new AppautoscalingPolicy(this, id, {
      name: physicalName(this, { kind: "scaling policy", maxLength: MAX_NAME, suffix: id }),
      policyType: "TargetTrackingScaling",
      serviceNamespace: this.target.serviceNamespace,
      scalableDimension: this.target.scalableDimension,
      resourceId: this.target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: metric },
        targetValue,
        scaleOutCooldown: OUT_SECONDS,
        scaleInCooldown: IN_SECONDS,
      },
    });
  }
}
