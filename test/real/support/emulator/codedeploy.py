"""The operations of AWS CodeDeploy that moto lacks: deletions, deployment configurations, alarms of a deployment group."""

import uuid

from moto.codedeploy import responses
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.exceptions import JsonRESTError

configurations: dict[tuple[str, str], dict] = {}


def key(self) -> tuple[str, str]:
    return self.region, self._get_param("deploymentConfigName")


def create_configuration(self) -> ActionResult:
    names = ("deploymentConfigName", "minimumHealthyHosts", "trafficRoutingConfig", "computePlatform", "zonalConfig")
    sent = {name: self._get_param(name) for name in names}
    configurations[key(self)] = {"deploymentConfigId": str(uuid.uuid4()), **{name: value for name, value in sent.items() if value}}
    return ActionResult({"deploymentConfigId": configurations[key(self)]["deploymentConfigId"]})


def get_configuration(self) -> ActionResult:
    if key(self) not in configurations:
        raise JsonRESTError("DeploymentConfigDoesNotExistException", f"no deployment configuration {key(self)[1]}")
    return ActionResult({"deploymentConfigInfo": configurations[key(self)]})


def delete_configuration(self) -> EmptyResult:
    configurations.pop(key(self), None)
    return EmptyResult()


def delete_group(self) -> ActionResult:
    groups = self.codedeploy_backend.deployment_groups.get(self._get_param("applicationName"), {})
    groups.pop(self._get_param("deploymentGroupName"), None)
    return ActionResult({"hooksNotCleanedUp": []})


def delete_application(self) -> EmptyResult:
    self.codedeploy_backend.applications.pop(self._get_param("applicationName"), None)
    self.codedeploy_backend.deployment_groups.pop(self._get_param("applicationName"), None)
    return EmptyResult()


def show_alarms() -> None:
    """moto keeps the alarms that stop a deployment and shows none."""
    describe = responses._deployment_group_info
    responses._deployment_group_info = lambda group: {**describe(group), "alarmConfiguration": group.alarm_configuration or {}}


def install() -> None:
    show_alarms()
    CodeDeployResponse.create_deployment_config = create_configuration
    CodeDeployResponse.get_deployment_config = get_configuration
    CodeDeployResponse.delete_deployment_config = delete_configuration
    CodeDeployResponse.delete_deployment_group = delete_group
    CodeDeployResponse.delete_application = delete_application
