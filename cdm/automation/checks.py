"""What of a rule can only be judged with the database or the network at hand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cdm.automation.fields import BY_KEY, Kind
from cdm.automation.outgoing import ForbiddenAddress, check_address
from cdm.automation.rules import Actions, Conditions
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.models import Segment, Tag

_LABELS: dict[Kind, Any] = {Kind.TAG: Tag, Kind.SEGMENT: Segment}


def check_labels(conditions: Conditions) -> None:
    """Raise Invalid naming each condition whose tag or segment is not there."""
    problems = {}
    for number, condition in enumerate(conditions.all):
        model = _LABELS.get(BY_KEY[condition.field].kind)
        if model is not None and not model.objects.filter(pk=condition.text).exists():
            problems[f"conditions.all[{number}].value"] = [_("There is no such tag or segment.")]
    if problems:
        raise Invalid(_("See errors for each field."), fields=problems)


def check_webhook(tenant: Tenant, actions: Actions) -> None:
    """Raise Invalid where the address leads into a private network, or nowhere."""
    if actions.webhook is None:
        return
    try:
        check_address(tenant, actions.webhook)
    except ForbiddenAddress as error:
        raise Invalid(error.detail, fields={"actions.webhook": [error.detail]}) from error
