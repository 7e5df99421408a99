"""How decisions and merges are taken back from the message that reports them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cdp.errors import DomainError
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of
from cdp.views.undo import UndoVerb, undo_verbs
from unify.choices import CaseState
from unify.deciding.bulk import get_bulk
from unify.models import BulkDecision, ReviewCase
from unify.operations.release_case import release_case
from unify.operations.undo_decision import undo_decision
from unify.operations.unmerge import unmerge_group

# More would keep the person waiting; the rest is taken back case by case.
MOST_UNDONE = 500


def _decision(request: PageRequest, data: Mapping[str, Any]) -> str:
    tenant, by = request.membership.tenant, actor_of(request)
    undo_decision(tenant=tenant, by=by, case_id=uuid.UUID(data["case"]))
    return _("Taken back: the case waits again.")


def _merge(request: PageRequest, data: Mapping[str, Any]) -> str:
    tenant, by = request.membership.tenant, actor_of(request)
    unmerge_group(tenant=tenant, by=by, group_id=uuid.UUID(data["group"]))
    return _("The merge is taken back.")


def _bulk(request: PageRequest, data: Mapping[str, Any]) -> str:
    tenant, by = request.membership.tenant, actor_of(request)
    taken_back = kept = 0
    for case_id in _cases_of(get_bulk(uuid.UUID(data["bulk"]))):
        try:
            undo_decision(tenant=tenant, by=by, case_id=case_id)
        except DomainError:
            kept += 1  # changed since: somebody decides on its own page what becomes of the changes
        else:
            taken_back += 1
            release_case(tenant=tenant, by=by, case_id=case_id)
    words = {"number": taken_back, "kept": kept}
    if kept:
        return _("%(number)d cases wait again; %(kept)d were changed since and stay merged.") % words
    return ngettext("%(number)d case waits again.", "%(number)d cases wait again.", taken_back) % words


def _cases_of(bulk: BulkDecision) -> list[uuid.UUID]:
    """Return the cases the order has decided, and nobody has taken back since."""
    decided = ReviewCase.objects.filter(state=CaseState.DECIDED, bulk=bulk)
    return list(decided.order_by("decided_at").values_list("pk", flat=True)[:MOST_UNDONE])


VERBS = {
    "unify.decision": UndoVerb(UNIFY_MERGE, _decision),
    "unify.merge": UndoVerb(UNIFY_MERGE, _merge),
    "unify.bulk": UndoVerb(UNIFY_MERGE, _bulk),
}
for _name, _verb in VERBS.items():
    undo_verbs.register(_name, _verb)
