"""The endpoints of rules and of words about recommendations: who may, what they take and answer."""

from __future__ import annotations

from cdm.api.rules import answers, bodies
from cdp.api.operation import operation
from cdp.permissions import PROFILE_WRITE, SETTINGS_WRITE

_TAKEN = {409: "There is a rule of this name already."}
_RULE = {
    "name": "Silent VIPs",
    "is_active": True,
    "conditions": {
        "all": [
            {"field": "orders", "operator": "gte", "value": 10},
            {"field": "last_order", "operator": "gte", "value": 90},
        ]
    },
    "actions": {"boost": 20, "task": {"title": "Ask how they are", "due_days": 1}},
}

list_rules = operation("List rules", tag="rules", code=SETTINGS_WRITE, answer=answers.RuleList)
create_rule = operation(
    "Create a rule",
    tag="rules",
    code=SETTINGS_WRITE,
    status=201,
    body=bodies.RuleBody,
    answer=answers.RuleAnswer,
    problems=_TAKEN,
    headers={"Location": "The address of the rule."},
    example=_RULE,
)
get_rule = operation(
    "Get a rule",
    tag="rules",
    code=SETTINGS_WRITE,
    answer=answers.RuleAnswer,
    headers={"ETag": "The rule's version."},
)
change_rule = operation(
    "Change a rule",
    tag="rules",
    code=SETTINGS_WRITE,
    body=bodies.RuleBody,
    answer=answers.RuleAnswer,
    problems=_TAKEN,
    takes_version=True,
    headers={"ETag": "The rule's version."},
    example=_RULE,
)
remove_rule = operation("Remove a rule", tag="rules", code=SETTINGS_WRITE, status=204, takes_version=True)
preview_rule = operation(
    "Count who matches",
    tag="rules",
    code=SETTINGS_WRITE,
    body=bodies.PreviewBody,
    answer=answers.PreviewAnswer,
    example={"conditions": _RULE["conditions"]},
)
list_firings = operation(
    "List whom a rule fired on",
    tag="rules",
    code=SETTINGS_WRITE,
    query=bodies.FiringsQuery,
    answer=answers.FiringList,
)
say_wrong = operation(
    "Say that a recommendation is wrong",
    tag="recommendations",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.FeedbackBody,
    answer=answers.FeedbackAnswer,
    example={"reason": "not_interested", "note": "Has moved abroad"},
)
take_back = operation(
    "Take back that a recommendation is wrong",
    tag="recommendations",
    code=PROFILE_WRITE,
    answer=answers.FeedbackAnswer,
)
