import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { governed, only, tags } from "../governed";

describe("labels are handed on", () => {
  test("by an autoscaling group to what it launches", () => {
    const given = [
      { key: "Name", value: "fleet", propagateAtLaunch: false },
      { key: "project", value: "apollo", propagateAtLaunch: true },
    ];
    const result = governed((stack) => new AutoscalingGroup(stack, "Fleet", { maxSize: 2, minSize: 1, tag: given }));
    expect(only(result, "aws_autoscaling_group").tag).toEqual([
      { key: "Name", value: "fleet", propagate_at_launch: false },
      ...Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
    ]);
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { project: "apollo" } });
  });

  test("by a launch template to instances, volumes and network interfaces, beside the tags it has for them", () => {
    const tagSpecifications = [
      { resourceType: "volume", tags: { Name: "data" } },
      { resourceType: "spot-instances-request", tags: { Name: "bid" } },
    ];
    const result = governed((stack) => new LaunchTemplate(stack, "Template", { tagSpecifications }));
    expect(only(result, "aws_launch_template").tag_specifications).toEqual([
      { resource_type: "volume", tags: { Name: "data", ...tags } },
      { resource_type: "spot-instances-request", tags: { Name: "bid", ...tags } },
      { resource_type: "instance", tags },
      { resource_type: "network-interface", tags },
    ]);
  });

  test("by an instance to its root volume and the volumes it declares", () => {
    const config = {
      rootBlockDevice: { encrypted: true, tags: { Name: "root", owner: "me" } },
      ebsBlockDevice: [{ deviceName: "/dev/sdf", volumeSize: 10 }],
    };
    const result = governed((stack) => new Instance(stack, "Vm", { ami: "ami-1", instanceType: "t4g.micro", ...config }));
    const instance = only(result, "aws_instance");
    expect(instance.root_block_device).toEqual({ encrypted: true, tags: { Name: "root", ...tags } });
    expect(instance.ebs_block_device).toEqual([{ device_name: "/dev/sdf", volume_size: 10, tags }]);
    expect(result.manifest.resources[0]).toMatchObject({ labelStatus: "conflict", conflicts: { owner: "me" } });
  });

  test("by an instance through volume_tags when it has them: AWS does not take both", () => {
    const result = governed((stack) => new Instance(stack, "Vm", { ami: "ami-1", instanceType: "t4g.micro", volumeTags: { Name: "all" } }));
    expect(only(result, "aws_instance").volume_tags).toEqual({ Name: "all", ...tags });
    expect(only(result, "aws_instance")).not.toHaveProperty("root_block_device");
  });

  test("by a service to its tasks", () => {
    const result = governed((stack) => new EcsService(stack, "Service", { name: "service" }));
    expect(only(result, "aws_ecs_service")).toMatchObject({ tags, propagate_tags: "SERVICE", enable_ecs_managed_tags: true });
  });

  test("by a database to its snapshots", () => {
    const result = governed((stack) => new DbInstance(stack, "Db", { instanceClass: "db.t4g.micro" }));
    expect(only(result, "aws_db_instance")).toMatchObject({ tags, copy_tags_to_snapshot: true });
  });

  test("by a backup plan to its recovery points", () => {
    const rule = [
      { ruleName: "daily", targetVaultName: "vault", recoveryPointTags: { kind: "daily" } },
      { ruleName: "weekly", targetVaultName: "vault" },
    ];
    const result = governed((stack) => new BackupPlan(stack, "Plan", { name: "plan", rule }));
    const points = (only(result, "aws_backup_plan").rule as Record<string, unknown>[]).map((one) => one.recovery_point_tags);
    expect(points).toEqual([{ kind: "daily", ...tags }, tags]);
  });
});
