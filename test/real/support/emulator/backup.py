"""The operations of AWS Backup that moto lacks: vault policies and notifications, selections, test restores, region settings.

Each document is kept under the path it was sent to and given back as it was sent; nothing is backed up or restored.
"""

import json
import time
import uuid
from urllib.parse import unquote

from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.backup.urls import response, url_paths

PATHS = (
    "{0}/backup-vaults/(?P<vault>[^/]+)/access-policy$",
    "{0}/backup-vaults/(?P<vault>[^/]+)/notification-configuration$",
    "{0}/restore-testing/plans/?$",
    "{0}/restore-testing/plans/(?P<plan>.+)$",
    "{0}/account-settings$",
)

documents: dict[tuple[str, str], dict] = {}


def key(self, name: str = "") -> tuple[str, str]:
    path = unquote(self.path).rstrip("/")
    return self.region, f"{path}/{name}" if name else path


def read(self) -> dict:
    if key(self) not in documents:
        raise ResourceNotFoundException(msg=f"nothing at {key(self)[1]}")
    return documents[key(self)]


def put_here(self) -> str:
    documents[key(self)] = json.loads(self.body)
    return "{}"


def get_here(self) -> str:
    vault = unquote(self.path).split("/")[2]
    return json.dumps({**read(self), "BackupVaultName": vault})


def delete_here(self) -> str:
    documents.pop(key(self), None)
    return "{}"


def create_selection(self) -> str:
    selection = str(uuid.uuid4())
    documents[key(self, selection)] = {**json.loads(self.body), "SelectionId": selection, "CreationDate": time.time()}
    return json.dumps({"SelectionId": selection})


def get_selection(self) -> str:
    return json.dumps({**read(self), "BackupPlanId": unquote(self.path).split("/")[3]})


def test_plan_answer(self, plan: dict) -> dict:
    return {key: plan[key] for key in ("RestoreTestingPlanName", "RestoreTestingPlanArn", "CreationTime")}


def create_test_plan(self):
    sent = json.loads(self.body)
    name = sent["RestoreTestingPlan"]["RestoreTestingPlanName"]
    arn = f"arn:aws:backup:{self.region}:{self.current_account}:restore-testing-plan:{name}-{uuid.uuid4()}"
    plan = {**sent["RestoreTestingPlan"], "RestoreTestingPlanArn": arn, "CreationTime": time.time()}
    documents[key(self, name)] = plan
    self.backup_backend.tag_resource(arn, sent.get("Tags") or {})
    return 201, {}, json.dumps(test_plan_answer(self, plan))


def get_test_plan(self) -> str:
    return json.dumps({"RestoreTestingPlan": read(self)})


def update_test_plan(self) -> str:
    read(self).update(json.loads(self.body)["RestoreTestingPlan"])
    return json.dumps({**test_plan_answer(self, read(self)), "UpdateTime": time.time()})


def create_test_selection(self):
    sent = json.loads(self.body)["RestoreTestingSelection"]
    plan = documents[(self.region, unquote(self.path).rstrip("/").rsplit("/", 1)[0])]
    selection = {**sent, "RestoreTestingPlanName": plan["RestoreTestingPlanName"], "CreationTime": time.time()}
    documents[key(self, sent["RestoreTestingSelectionName"])] = selection
    answer = {**test_plan_answer(self, plan), "RestoreTestingSelectionName": sent["RestoreTestingSelectionName"]}
    return 201, {}, json.dumps(answer)


def get_test_selection(self) -> str:
    return json.dumps({"RestoreTestingSelection": read(self)})


def delete_with_204(self):
    delete_here(self)
    return 204, {}, ""


def get_region_settings(self) -> str:
    return json.dumps(documents.get(key(self), {"ResourceTypeOptInPreference": {}, "ResourceTypeManagementPreference": {}}))


def install() -> None:
    for path in PATHS:
        url_paths[path] = response.dispatch
    for operation, answer in {
        "put_backup_vault_access_policy": put_here,
        "get_backup_vault_access_policy": get_here,
        "delete_backup_vault_access_policy": delete_here,
        "put_backup_vault_notifications": put_here,
        "get_backup_vault_notifications": get_here,
        "delete_backup_vault_notifications": delete_here,
        "create_backup_selection": create_selection,
        "get_backup_selection": get_selection,
        "delete_backup_selection": delete_here,
        "create_restore_testing_plan": create_test_plan,
        "get_restore_testing_plan": get_test_plan,
        "update_restore_testing_plan": update_test_plan,
        "delete_restore_testing_plan": delete_with_204,
        "create_restore_testing_selection": create_test_selection,
        "get_restore_testing_selection": get_test_selection,
        "delete_restore_testing_selection": delete_with_204,
        "update_region_settings": put_here,
        "describe_region_settings": get_region_settings,
    }.items():
        setattr(BackupResponse, operation, answer)
