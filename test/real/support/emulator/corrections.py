"""Corrections of moto's faults that the checks ran into. Each names the fault; none decides what a check expects."""

import json
import uuid
from urllib.parse import unquote

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Autoscaling
from moto.backup.responses import BackupResponse
from moto.core.responses import ActionResult
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.monitoring import Monitoring
from moto.rds import models as rds
from moto.ssm import models as ssm
from moto.ssm.responses import SimpleSystemManagerResponse

def give_databases_ids_of_their_own() -> None:
    """moto gives every database instance the same resource id; the provider finds an instance by it."""
    create, become_replica = rds.DBInstance.__init__, rds.DBInstance.set_as_replica

    def with_id(self, *args, **kwargs) -> None:
        create(self, *args, **kwargs)
        self.dbi_resource_id = "db-" + uuid.uuid4().hex[:26].upper()

    def replica_with_id(self) -> None:
        become_replica(self)
        self.dbi_resource_id = "db-" + uuid.uuid4().hex[:26].upper()

    rds.DBInstance.__init__, rds.DBInstance.set_as_replica = with_id, replica_with_id


def allow_detailed_monitoring() -> None:
    """moto refuses to switch detailed monitoring of an instance on or off."""

    def switch(state: str):
        def respond(self) -> str:
            ids = self._get_param("InstanceIds") or self._get_multi_param("InstanceId")
            for instance in self.ec2_backend.get_multi_instances_by_id(ids):
                instance.monitoring_state = state
            items = "".join(
                f"<item><instanceId>{one}</instanceId><monitoring><state>{state}</state></monitoring></item>" for one in ids
            )
            return f"<MonitorInstancesResponse><instancesSet>{items}</instancesSet></MonitorInstancesResponse>"

        return respond

    Monitoring.monitor_instances = switch("enabled")
    Monitoring.unmonitor_instances = switch("disabled")


def keep_groups_of_interfaces() -> None:
    """moto shows no security group of an instance whose groups are given with its network interface."""
    create = Instance.__init__

    def with_groups(self, *args, **kwargs) -> None:
        create(self, *args, **kwargs)
        self.security_groups = self.security_groups or list(self.nics[0]._group_set)

    Instance.__init__ = with_groups


def protect_instances() -> None:
    """moto drops termination protection when an instance is made."""
    run = InstanceResponse.run_instances

    def run_protected(self) -> ActionResult:
        answer = run(self)
        for instance in answer.result.instances:
            instance.disable_api_termination = self._get_param("DisableApiTermination") or False
        return answer

    InstanceResponse.run_instances = run_protected


def hide_absent_addresses() -> None:
    """moto lists an empty public address for an interface that has none, which reads as having one."""
    association = NetworkInterface.association
    NetworkInterface.association = property(lambda self: association.fget(self) or None)


def keep_replicas_in_one_zone() -> None:
    """moto copies the standby of a database to its replicas, whatever they ask for."""
    create = rds.RDSBackend.create_db_instance_read_replica

    def create_as_asked(self, db_kwargs) -> rds.DBInstance:
        replica = create(self, db_kwargs)
        replica.multi_az = bool(db_kwargs.get("multi_az"))
        return replica

    rds.RDSBackend.create_db_instance_read_replica = create_as_asked


def filter_maintenance_windows() -> None:
    """moto finds no target or task of a maintenance window as soon as the question has a filter."""

    def matches(attribute: str):
        return lambda filters, one: all(getattr(one, attribute) in each["Values"] for each in filters or [])

    ssm._maintenance_window_target_filter_match = matches("window_target_id")
    ssm._maintenance_window_task_filter_match = matches("window_task_id")


def read_maintenance_tasks() -> None:
    """moto registers a task of a maintenance window and has no answer when asked for it alone."""

    def get_task(self):
        window = self.ssm_backend.get_maintenance_window(self._get_param("WindowId"))
        task = window.tasks[self._get_param("WindowTaskId")]
        return ActionResult({key: value for key, value in task.to_json().items() if value is not None})

    SimpleSystemManagerResponse.get_maintenance_window_task = get_task


def mark_database_parameters_as_ours() -> None:
    """moto does not say that a parameter was set by a user, so the provider takes it for a default."""
    update = rds.DBParameterGroup.update_parameters

    def update_with_source(self, parameters) -> None:
        update(self, [{**one, "Source": "user"} for one in parameters])

    rds.DBParameterGroup.update_parameters = update_with_source


def describe_rules_between_groups() -> None:
    """moto keeps the description of a rule for address ranges, hides it for groups and drops it for prefix lists."""
    create = SecurityGroupRule.__init__

    def create_described(self, *args, **kwargs) -> None:
        create(self, *args, **kwargs)
        prefix_list = args[7] if len(args) > 7 else kwargs.get("prefix_list_id")
        self.sources = [self.ip_range, self.source_group, prefix_list or {}]

    SecurityGroupRule.__init__ = create_described
    SecurityGroupRule.description = property(lambda self: next((one["Description"] for one in self.sources if "Description" in one), None))


def read_backup_tags() -> None:
    """moto reads the name of the resource from a path with a slash at its end, which the provider does not send."""
    BackupResponse.list_tags = lambda self: json.dumps(
        {"Tags": self.backup_backend.list_tags(unquote(self.path.rstrip("/").split("/tags/")[-1]))}
    )


def keep_tags_of_scalable_targets() -> None:
    """moto drops the tags of a scalable target and has no answer when asked for them."""
    tags: dict[str, dict[str, str]] = {}
    register = Autoscaling.register_scalable_target

    def register_with_tags(self) -> str:
        answer = register(self)
        tags.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(self._get_param("Tags") or {})
        return answer

    def tag(self) -> str:
        tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return "{}"

    def untag(self) -> str:
        for key in self._get_param("TagKeys"):
            tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    Autoscaling.register_scalable_target = register_with_tags
    Autoscaling.tag_resource, Autoscaling.untag_resource = tag, untag
    Autoscaling.list_tags_for_resource = lambda self: json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})


def install() -> None:
    give_databases_ids_of_their_own()
    allow_detailed_monitoring()
    keep_groups_of_interfaces()
    protect_instances()
    hide_absent_addresses()
    keep_replicas_in_one_zone()
    filter_maintenance_windows()
    read_maintenance_tasks()
    mark_database_parameters_as_ours()
    describe_rules_between_groups()
    read_backup_tags()
    keep_tags_of_scalable_targets()
