"""How acts of the agent's day are taken back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cdm.choices import DealStage
from cdm.models import WorkingRules
from cdm.operations.assign_owner import assign_owner
from cdm.operations.change_family_member import remove_family_member, restore_family_member
from cdm.operations.change_interaction import delete_interaction, restore_interaction
from cdm.operations.change_rules import change_rules
from cdm.operations.create_task import reopen_task
from cdm.operations.keep_view import delete_view, restore_view
from cdm.operations.open_deal import DealStanding, put_deal_back
from cdm.operations.order_rules import restore_rule
from cdm.operations.recover_drop_off import reopen_drop_off
from cdm.operations.take_back_feedback import take_back_feedback
from cdm.views.acting import common
from cdp.permissions import PROFILE_READ, PROFILE_WRITE, SETTINGS_WRITE
from cdp.views.pages import PageRequest
from cdp.views.undo import UndoVerb, undo_verbs

Data = Mapping[str, Any]


def _id(data: Data) -> uuid.UUID:
    return uuid.UUID(data["id"])


def _unlog(request: PageRequest, data: Data) -> str:
    delete_interaction(**common(request), interaction_id=_id(data))
    return _("It is as if it had not been logged.")


def _relog(request: PageRequest, data: Data) -> str:
    restore_interaction(**common(request), interaction_id=_id(data))
    return _("The interaction is back.")


def _remove_relative(request: PageRequest, data: Data) -> str:
    remove_family_member(**common(request), member_id=_id(data))
    return _("Removed from the family again.")


def _restore_relative(request: PageRequest, data: Data) -> str:
    row = restore_family_member(**common(request), member_id=_id(data))
    return _("%(name)s is back in the family.") % {"name": row.name}


def _reopen_task(request: PageRequest, data: Data) -> str:
    row = reopen_task(**common(request), task_id=_id(data))
    return _("Still to do: %(title)s.") % {"title": row.title}


def _move_deal(request: PageRequest, data: Data) -> str:
    closed_at = data["closed_at"]
    standing = DealStanding(
        stage=DealStage(data["stage"]),
        lost_reason=data["lost_reason"],
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
    )
    row = put_deal_back(**common(request), deal_id=_id(data), standing=standing)
    return _("%(title)s is back in “%(stage)s”.") % {"title": row.title, "stage": row.get_stage_display()}


def _reopen_drop_off(request: PageRequest, data: Data) -> str:
    reopen_drop_off(**common(request), drop_off_id=_id(data))
    return _("The drop-off is open again.")


def _assign(request: PageRequest, data: Data) -> str:
    owner = uuid.UUID(data["owner"]) if data["owner"] else None
    assign_owner(**common(request), profile_ids=[uuid.UUID(one) for one in data["profiles"]], owner_id=owner)
    return _("They have the agent they had before.")


def _take_back(request: PageRequest, data: Data) -> str:
    profile_id = uuid.UUID(data["profile"])
    take_back_feedback(**common(request), profile_id=profile_id, feedback_id=_id(data))
    return _("Taken back: the recommendation stands.")


def _delete_view(request: PageRequest, data: Data) -> str:
    view = delete_view(**common(request), view_id=_id(data))
    return _("The view “%(name)s” is gone again.") % {"name": view.name}


def _restore_view(request: PageRequest, data: Data) -> str:
    view = restore_view(**common(request), view_id=_id(data))
    return _("The view “%(name)s” is back.") % {"name": view.name}


def _restore_rule(request: PageRequest, data: Data) -> str:
    rule = restore_rule(**common(request), rule_id=_id(data))
    return _("The rule “%(name)s” is back.") % {"name": rule.name}


def _change_rules(request: PageRequest, data: Data) -> str:
    fields = {field.name: field for field in WorkingRules._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in data.items()}
    change_rules(**common(request), **values)
    return _("The rules of the working day are as they were.")


# What anybody may do who may look: views are people's own.
OWN = {"view.delete": _delete_view, "view.restore": _restore_view}
VERBS = {
    "interaction.delete": _unlog,
    "interaction.restore": _relog,
    "family.remove": _remove_relative,
    "family.restore": _restore_relative,
    "task.reopen": _reopen_task,
    "deal.move": _move_deal,
    "drop_off.reopen": _reopen_drop_off,
    "owner.assign": _assign,
    "recommendation.take_back": _take_back,
}
# What the company's rules are made with.
SETTINGS = {"rule.restore": _restore_rule, "rules.change": _change_rules}


def register() -> None:
    """Let the messages of this app offer an Undo; called once, when the addresses are read."""
    for name, verb in VERBS.items():
        undo_verbs.register(name, UndoVerb(PROFILE_WRITE, verb))
    for name, verb in SETTINGS.items():
        undo_verbs.register(name, UndoVerb(SETTINGS_WRITE, verb))
    for name, verb in OWN.items():
        undo_verbs.register(name, UndoVerb(PROFILE_READ, verb))
