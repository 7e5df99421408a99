"""What the screen of one case shows."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.models import Profile
from unify.choices import CandidateState, CaseState, Decision
from unify.deciding.cases import WAITING, CaseRecords, Pair, records_of, touching
from unify.deciding.claims import is_held_by, is_held_by_others, is_own_proposal
from unify.deciding.earlier import Earlier, earlier_verdicts
from unify.finding.current import current_model, settings_of
from unify.models import Candidate, ReviewCase
from unify.views.comparing.choices import PREFIX
from unify.views.comparing.reasons import MOST_PAIRS, reasons_of, weakest
from unify.views.comparing.screen import load_profiles, screen_of
from unify.views.review.people import name_of, names_of


@dataclass(frozen=True, slots=True)
class First:
    """What the first of two people said."""

    who: str
    at: Any
    words: str
    reason: str
    is_mine: bool


def case_context(
    tenant: Tenant, by: Actor, case: ReviewCase, data: QueryDict, *, error: DomainError | None = None
) -> dict[str, Any]:
    """Return what the templates of a case know."""
    records = records_of(case)
    profiles = load_profiles(records.ids)
    is_waiting = case.state in WAITING
    context: dict[str, Any] = {
        "case": case,
        "error": error,
        "errors": _texts(error),
        "first": _first(case, by),
        "is_waiting": is_waiting,
        "holder": _holder(records, by) if is_waiting else "",
        "may_decide": is_waiting and is_held_by(case, by),
        "may_claim": is_waiting
        and not is_held_by_others(case, records, by)
        and not is_own_proposal(case, by),
        "reason": data.get("reason", ""),
        # Told before anybody decides, so that "the same" is not expected to merge at once.
        "asks_second": _asks_second(tenant, case),
    }
    if is_waiting and len(profiles) > 1:
        context |= _side_by_side(tenant, case, records, profiles, data)
    return context


def _side_by_side(
    tenant: Tenant, case: ReviewCase, records: CaseRecords, profiles: Sequence[Profile], data: QueryDict
) -> dict[str, Any]:
    """Return the records beside each other, what was said of them, and why they look alike."""
    screen = screen_of(tenant, profiles, _chosen(case, data))
    numbers = {side.profile.pk: side.number for side in screen.table.sides}
    pairs = reasons_of(tenant, _pairs(tenant, records), numbers)
    left = comb(len(profiles), 2) - MOST_PAIRS if len(pairs) == MOST_PAIRS else 0
    return {
        "screen": screen,
        "table": screen.table,
        "said_before": _said_before(records.ids),
        "pairs": pairs,
        "pairs_left": left,
        "has_conflict": case.has_conflict or any(pair.conflicts for pair in pairs),
    }


def _asks_second(tenant: Tenant, case: ReviewCase) -> bool:
    return case.state == CaseState.OPEN and case.is_risky and settings_of(tenant).needs_second_person


def _chosen(case: ReviewCase, data: QueryDict) -> QueryDict:
    """Return what the form says; before the second of two people says anything, what the first has chosen.

    Otherwise whoever presses "Confirm" would say something else: that the third record belongs to it, too.
    """
    said = case.first_decision
    if case.state != CaseState.SECOND or "shown_winner" in data or not said.get("winner"):
        return data
    proposed = QueryDict(mutable=True)
    proposed["winner"] = proposed["shown_winner"] = said["winner"]
    proposed.setlist("member", [said["winner"], *said["losers"]])
    proposed["strategy"] = proposed["shown_strategy"] = said["strategy"]
    for field, owner in said["choices"].items():
        proposed[f"{PREFIX}{field}"] = str(owner)
    return proposed


def _pairs(tenant: Tenant, records: CaseRecords) -> list[Pair]:
    """Return the pairs to explain; of three or more records also those that are no case of their own."""
    if len(records.ids) > 2:  # noqa: PLR2004 (a pair)
        return weakest(records.ids, current_model(tenant)[1])
    return [(pair.low_id, pair.high_id) for pair in records.candidates]


def _said_before(ids: Collection[uuid.UUID]) -> list[tuple[Earlier, str]]:
    """Return earlier words on these records, each with who said it."""
    found = earlier_verdicts(ids)
    names = names_of([one.by for one in found])
    return [(one, names.get(one.by, "") or _("Somebody")) for one in found]


def _holder(records: CaseRecords, by: Actor) -> str:
    """Return who else looks at one of the records now, be it in this case or in another."""
    held = ReviewCase.objects.filter(claimed_until__gt=timezone.now(), state__in=WAITING)
    theirs = Candidate.objects.filter(touching(records.ids), state=CandidateState.PENDING)
    found = held.exclude(claimed_by=str(by)).filter(pk__in=theirs.values("case"))
    return name_of(found.order_by("pk").values_list("claimed_by", flat=True).first() or "")


def _first(case: ReviewCase, by: Actor) -> First | None:
    said: Mapping[str, Any] = case.first_decision
    if case.state != CaseState.SECOND or not said:
        return None
    words = {
        Decision.SAME: _("the same customer"),
        Decision.DIFFERENT: _("not the same"),
        Decision.MIXED: _("some of them the same"),
    }
    return First(
        who=str(said.get("label", "")),
        at=parse_datetime(str(said.get("at", ""))),
        words=words.get(said.get("decision", ""), ""),
        reason=str(said.get("reason", "")),
        is_mine=said.get("by") == str(by),
    )


def _texts(error: DomainError | None) -> list[str]:
    if error is None:
        return []
    named = [text for texts in error.fields.values() for text in texts]
    return [error.detail] if error.status == 409 or not named else named  # noqa: PLR2004
