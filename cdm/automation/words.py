"""Rules in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cdm.automation.fields import BY_KEY, OPERATORS, Kind
from cdm.automation.rules import Actions, Conditions
from cdm.choices import OfferType
from cdm.models import AutomationRule
from profiles.models import Segment, Tag

Names = Mapping[str, str]


def label_names(rules: Iterable[AutomationRule]) -> Names:
    """Return {id: name} of the tags and segments that rules speak of, in two statements."""
    ids = set()
    for rule in rules:
        for condition in rule.conditions.get("all", []):
            field = BY_KEY.get(condition.get("field", ""))
            if field is not None and field.kind in {Kind.TAG, Kind.SEGMENT}:
                ids.add(uuid.UUID(str(condition["value"])))
    if not ids:
        return {}
    return {
        str(pk): name
        for model in (Tag, Segment)
        for pk, name in model.objects.filter(pk__in=ids).values_list("pk", "name")
    }


def conditions_in_words(conditions: Mapping[str, Any], names: Names) -> list[str]:
    """Return each condition as people say it."""
    return [_condition(each.model_dump(), names) for each in Conditions.model_validate(dict(conditions)).all]


def _condition(condition: Mapping[str, Any], names: Names) -> str:
    field, value = BY_KEY[condition["field"]], condition["value"]
    said = str(OPERATORS[condition["operator"]])
    if condition["operator"] == "never":
        return f"{field.label}: {said}"
    if field.choices:
        value = str(dict(field.choices)[value])
    elif field.kind in {Kind.TAG, Kind.SEGMENT}:
        value = names.get(str(value), _("(no longer there)"))
    elif field.takes_number:
        value = localize(value)
    return f"{field.label} {said} {value}"


def actions_in_words(actions: Mapping[str, Any]) -> list[str]:
    """Return each action as people say it."""
    given, said = Actions.model_validate(dict(actions)), []
    if given.offer:
        said.append(_("offers: %(offer)s") % {"offer": OfferType(given.offer).label})
    if given.boost:
        said.append(
            ngettext("adds %(number)s point", "adds %(number)s points", given.boost) % {"number": given.boost}
        )
    if given.task:
        said.append(_("makes a task: %(title)s") % {"title": given.task.title})
    if given.webhook:
        said.append(_("tells %(address)s") % {"address": given.webhook})
    return said
