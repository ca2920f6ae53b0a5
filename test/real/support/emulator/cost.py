"""What moto lacks of AWS Billing: which tag keys count (Cost Explorer); the period, tags and subscribers of a budget."""

import json
import time

from moto.budgets.models import Budget
from moto.budgets.responses import BudgetsResponse
from moto.ce.responses import CostExplorerResponse

FAR_FUTURE = 3706473600

states: dict[str, str] = {}
budget_tags: dict[str, list[dict[str, str]]] = {}


def update_tag_keys(self) -> str:
    states.update({tag["TagKey"]: tag["Status"] for tag in self._get_param("CostAllocationTagsStatus")})
    return json.dumps({"Errors": []})


def find_tag_keys(self) -> str:
    wanted = self._get_param("TagKeys") or list(states)
    tags = [{"TagKey": key, "Type": "UserDefined", "Status": states[key]} for key in wanted if key in states]
    return json.dumps({"CostAllocationTags": tags})


def give_budgets_a_period() -> None:
    """moto leaves an open period open; the provider ends when it reads one."""
    create = Budget.__init__

    def create_with_period(self, budget, notifications) -> None:
        sent = budget.get("TimePeriod") or {}
        period = {"Start": sent.get("Start") or time.time(), "End": sent.get("End") or FAR_FUTURE}
        create(self, {**budget, "TimePeriod": period}, notifications)

    Budget.__init__ = create_with_period


def keep_budget_tags() -> None:
    """moto drops the tags of a budget and has no answer when asked for them."""
    create = BudgetsResponse.create_budget

    def create_tagged(self) -> str:
        name = self._get_param("Budget")["BudgetName"]
        budget_tags[f"arn:aws:budgets::{self.current_account}:budget/{name}"] = self._get_param("ResourceTags") or []
        return create(self)

    BudgetsResponse.create_budget = create_tagged
    BudgetsResponse.list_tags_for_resource = lambda self: json.dumps({"ResourceTags": budget_tags.get(self._get_param("ResourceARN"), [])})


def find_subscribers(self) -> str:
    asked = self._get_param("Notification")
    budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    same = (one for one in budget.notifications if all(one.details.get(key) == value for key, value in asked.items()))
    return json.dumps({"Subscribers": next(same).subscribers})


def install() -> None:
    give_budgets_a_period()
    keep_budget_tags()
    BudgetsResponse.describe_subscribers_for_notification = find_subscribers
    CostExplorerResponse.update_cost_allocation_tags_status = update_tag_keys
    CostExplorerResponse.list_cost_allocation_tags = find_tag_keys
