"""How decisions and merges are taken back from the message that reports them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cdp.errors import DomainError
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of
from cdp.views.undo import UndoVerb, report, undo_verbs
from unify.deciding.bulk import get_bulk, merged_by
from unify.merging.errors import EditedSince
from unify.operations.release_case import release_case
from unify.operations.undo_decision import undo_decision
from unify.operations.unmerge import unmerge_group
from unify.views.merging.unmerge import ask_first

# More would keep the person waiting; the report has a button for the rest.
MOST_UNDONE = 500


def _decision(request: PageRequest, data: Mapping[str, Any]) -> str | HttpResponse:
    tenant, by = request.membership.tenant, actor_of(request)
    try:
        undo_decision(tenant=tenant, by=by, case_id=uuid.UUID(data["case"]))
    except EditedSince as error:
        return ask_first(request, error)
    return _("Taken back: the case waits again.")


def _merge(request: PageRequest, data: Mapping[str, Any]) -> str | HttpResponse:
    tenant, by = request.membership.tenant, actor_of(request)
    try:
        unmerge_group(tenant=tenant, by=by, group_id=uuid.UUID(data["group"]))
    except EditedSince as error:
        return ask_first(request, error)
    return _("The merge is taken back.")


def _bulk(request: PageRequest, data: Mapping[str, Any]) -> str:
    """Take back what the order has merged, a part at a time; the report says what is left and goes on."""
    tenant, by = request.membership.tenant, actor_of(request)
    bulk = get_bulk(uuid.UUID(data["bulk"]))
    cases = merged_by(bulk, after=data.get("after")).values_list("decided_at", "pk")
    part = list(cases[:MOST_UNDONE])
    kept = 0
    for _at, case_id in part:
        try:
            undo_decision(tenant=tenant, by=by, case_id=case_id)
        except DomainError:
            kept += 1  # changed since: somebody decides on its own page what becomes of the changes
        else:
            release_case(tenant=tenant, by=by, case_id=case_id)
    said = _told(len(part) - kept, kept)
    after = [str(value) for value in part[-1]] if part else None
    if not after or not (left := merged_by(bulk, after=after).count()):
        return said
    more = ngettext(
        "%(number)d more is still merged: undo again to go on.",
        "%(number)d more are still merged: undo again to go on.",
        left,
    )
    text = f"{said} {more % {'number': left}}"
    report(request, text, undo="unify.bulk", data={"bulk": str(bulk.pk), "after": after})
    return ""


def _told(taken_back: int, kept: int) -> str:
    back = ngettext("%(number)d case waits again.", "%(number)d cases wait again.", taken_back)
    said = [back % {"number": taken_back}] if taken_back or not kept else []
    if kept:
        merged = ngettext(
            "%(number)d was changed since and stays merged.",
            "%(number)d were changed since and stay merged.",
            kept,
        )
        said.append(merged % {"number": kept})
    return " ".join(said)


VERBS = {
    "unify.decision": UndoVerb(UNIFY_MERGE, _decision),
    "unify.merge": UndoVerb(UNIFY_MERGE, _merge),
    "unify.bulk": UndoVerb(UNIFY_MERGE, _bulk),
}
for _name, _verb in VERBS.items():
    undo_verbs.register(_name, _verb)
