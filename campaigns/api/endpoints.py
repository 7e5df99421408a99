"""Every endpoint of campaigns: what it is for, whom it is open to, what it takes and answers.

What the five kinds share is declared once per kind by ``for_kind``. Reading and changing one asset ask for
``campaign:read``; changing then needs the level EDIT on it, which ``campaign:write`` or a grant gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from campaigns.api import bodies, findings, parts
from campaigns.api.answers import ANSWERS, PAGES
from campaigns.budgeting.dispatcher import DispatcherBudget, IncomingDispatcherBudget
from campaigns.choices import AssetKind
from campaigns.filters import FILTERS
from campaigns.linting import Message
from campaigns.operations.record_metric import MetricRecord
from campaigns.operations.templates import TemplateRecord
from campaigns.operations.use_in_campaign import UsageRecord
from campaigns.records import RECORDS
from campaigns.spending import DailyTotal, SpendRecord
from cdp.api.operation import operation
from cdp.api.paging import PageQuery
from cdp.permissions import BUDGET_SPEND, CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE

Declared = Callable[[Callable[..., Any]], Callable[..., Any]]
TAG = {
    AssetKind.TARGET_PROFILE: "target profiles",
    AssetKind.BRAND_GUIDELINE: "brand guidelines",
    AssetKind.BUDGET: "budgets",
    AssetKind.CONTAINER: "containers",
    AssetKind.CAMPAIGN: "campaigns",
}
SEEN = {"ETag": "The version, for If-Match."}
MADE = {**SEEN, "Location": "The address of what was made."}
STALE = {
    409: "Somebody else has changed it (`current` and `yourBase` hold both versions), or a value is taken."
}
BUSY = {409: "It is still in use, or was not deleted first."}


def for_kind(kind: AssetKind) -> Mapping[str, Declared]:
    """Return the declarations of what every kind has, by the name of the view's method."""
    return {**_collection(kind), **_single(kind), **_history(kind), **_sharing(kind)}


def _names(kind: AssetKind) -> tuple[str, str]:
    return TAG[kind], f"a {TAG[kind].removesuffix('s')}"


def _collection(kind: AssetKind) -> dict[str, Declared]:
    tag, one = _names(kind)
    many: dict[str, Any] = {
        "tag": tag,
        "code": CAMPAIGN_DELETE,
        "body": bodies.IdsBody,
        "answer": findings.BulkResult,
    }
    made: dict[str, Any] = {"status": 201, "answer": ANSWERS[kind], "headers": MADE, "problems": STALE}
    listed: dict[str, Any] = {"query": PageQuery, "filters": FILTERS[kind], "answer": PAGES[kind]}
    return {
        "list": operation(f"List {tag}", tag=tag, code=CAMPAIGN_READ, **listed),
        "create": operation(f"Make {one}", tag=tag, code=CAMPAIGN_WRITE, body=RECORDS[kind], **made),
        "delete_many": operation(f"Delete many {tag}", **many),
        "restore_many": operation(f"Restore many {tag}", **many),
    }


def _single(kind: AssetKind) -> dict[str, Declared]:
    tag, one = _names(kind)
    bare: dict[str, Any] = {"tag": tag, "code": CAMPAIGN_READ}
    shown: dict[str, Any] = {**bare, "answer": ANSWERS[kind], "headers": SEEN}
    guarded: dict[str, Any] = {"takes_version": True, "problems": STALE}
    return {
        "retrieve": operation(f"Get {one}", **shown),
        "update": operation(f"Change {one}", **shown, body=RECORDS[kind], **guarded),
        "destroy": operation(f"Delete {one}", **bare, status=204, **guarded),
        "restore": operation(f"Restore {one}", **shown, problems=STALE),
        "purge": operation(f"Delete {one} for good", **bare, status=204, problems=BUSY),
    }


def _history(kind: AssetKind) -> dict[str, Declared]:
    tag, one = _names(kind)
    bare: dict[str, Any] = {"tag": tag, "code": CAMPAIGN_READ}
    listed: dict[str, Any] = {"query": PageQuery, "answer": parts.VersionPage}
    compared: dict[str, Any] = {"query": bodies.DifferenceQuery, "answer": parts.DifferenceList}
    back: dict[str, Any] = {"body": bodies.RestoreBody, "answer": ANSWERS[kind], "headers": SEEN}
    measured: dict[str, Any] = {"status": 201, "body": MetricRecord, "answer": parts.AnalyticsAnswer}
    return {
        "versions": operation(f"List the versions of {one}", **bare, **listed),
        "differences": operation(f"Compare two versions of {one}", **bare, **compared),
        "restore_version": operation(
            f"Bring a version of {one} back", **bare, **back, takes_version=True, problems=STALE
        ),
        "analytics": operation(f"Get the analytics of {one}", **bare, answer=parts.AnalyticsAnswer),
        "measure": operation(f"Record a figure of {one}", **bare, **measured),
    }


def _sharing(kind: AssetKind) -> dict[str, Declared]:
    tag, one = _names(kind)
    bare: dict[str, Any] = {"tag": tag, "code": CAMPAIGN_READ}
    saved: dict[str, Any] = {"status": 201, "body": TemplateRecord, "answer": parts.TemplateAnswer}
    granted: dict[str, Any] = {"body": bodies.GrantBody, "answer": parts.PermissionAnswer}
    return {
        "permissions": operation(f"List whom {one} is shared with", **bare, answer=parts.PermissionList),
        "grant": operation(f"Share {one}", **bare, **granted),
        "revoke": operation(f"Stop sharing {one}", **bare, status=204, body=bodies.RevokeBody),
        "make_template": operation(f"Make a template of {one}", tag=tag, code=CAMPAIGN_WRITE, **saved),
    }


_target: dict[str, Any] = {"tag": "target profiles", "code": CAMPAIGN_READ}
target_size = operation("Count whom a target profile meets", **_target, answer=findings.SizeAnswer)
target_sample = operation("See some whom a target profile meets", **_target, answer=findings.SampleAnswer)
target_overlap = operation(
    "Compare two target profiles", **_target, query=bodies.OverlapQuery, answer=findings.OverlapAnswer
)
follow_target = operation(
    "Make a segment that follows a target profile",
    tag="target profiles",
    code=CAMPAIGN_WRITE,
    status=201,
    body=bodies.TargetSegmentBody,
    answer=findings.TargetSegmentAnswer,
)
unfollow_target = operation(
    "Let the segment of a target profile be", tag="target profiles", code=CAMPAIGN_WRITE, status=204
)
lint_message = operation(
    "Check a message against a brand",
    tag="brand guidelines",
    code=CAMPAIGN_READ,
    body=Message,
    answer=findings.LintAnswer,
)

_budget: dict[str, Any] = {"tag": "budgets", "code": CAMPAIGN_READ}
list_spends = operation("List what left a budget", **_budget, query=PageQuery, answer=parts.SpendPage)
record_spend = operation(
    "Record a spend",
    tag="budgets",
    code=BUDGET_SPEND,
    status=201,
    body=SpendRecord,
    answer=parts.SpendAnswer,
)
budget_pacing = operation("Compare a budget with its plan", **_budget, answer=parts.PacingAnswer)
dispatch_budget = operation("Get a budget for the dispatcher", **_budget, answer=DispatcherBudget)
take_budget = operation(
    "Make a budget of the dispatcher's",
    tag="budgets",
    code=CAMPAIGN_WRITE,
    status=201,
    body=IncomingDispatcherBudget,
    answer=ANSWERS[AssetKind.BUDGET],
)
report_insight = operation(
    "Report what a campaign spent on a day",
    tag="budgets",
    code=BUDGET_SPEND,
    body=DailyTotal,
    answer=parts.InsightAnswer,
)

_campaign: dict[str, Any] = {"tag": "campaigns", "code": CAMPAIGN_READ}
list_usages = operation(
    "List what a campaign uses and used", **_campaign, query=PageQuery, answer=parts.UsagePage
)
use_in_campaign = operation(
    "Say what a campaign uses", **_campaign, body=UsageRecord, answer=parts.UsageAnswer
)
effective_parts = operation("Get what a campaign really has", **_campaign, answer=parts.EffectiveAnswer)
end_usage = operation("End what a campaign uses", **_campaign, status=204)
account_standing = operation(
    "Tell whether an account is new here", **_campaign, answer=findings.StandingAnswer
)
account_summary = operation("Count what an account has", **_campaign, answer=findings.SummaryAnswer)

use_template = operation(
    "Make an asset of a template",
    tag="templates",
    code=CAMPAIGN_WRITE,
    status=201,
    body=bodies.TemplateUseBody,
    answer=parts.MadeAnswer,
)
_template: dict[str, Any] = {"tag": "templates", "code": CAMPAIGN_READ}
list_templates = operation(
    "List templates", **_template, query=bodies.TemplateQuery, answer=parts.TemplatePage
)
change_template = operation(
    "Change a template",
    tag="templates",
    code=CAMPAIGN_WRITE,
    body=TemplateRecord,
    answer=parts.TemplateAnswer,
)
remove_template = operation("Remove a template", tag="templates", code=CAMPAIGN_WRITE, status=204)
