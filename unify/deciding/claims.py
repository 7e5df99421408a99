"""Who holds a case: two people never look at the same record."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cdp.actors import Actor
from unify.choices import CandidateState, CaseState
from unify.deciding.cases import WAITING, CaseRecords, refresh, touching
from unify.deciding.errors import CaseHeld, QueueBusy
from unify.models import Candidate, ReviewCase

CLAIM = timedelta(minutes=10)
# Cases whose records are gone are withdrawn on the way, so many at a time.
MOST_GONE = 200


def lock_claims(tenant_id: uuid.UUID) -> None:
    """Let one claim at a time be made: two cases may share a record, which no lock on a row would notice."""
    digest = hashlib.blake2b(tenant_id.bytes, digest_size=8, person=b"claims").digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, signed=True)])


def next_free(by: Actor) -> ReviewCase | None:
    """Return the next case nobody else holds, claimed; what one has skipped comes last.

    Raises QueueBusy when there are such cases, and all of them are locked: a run is regrouping them.
    """
    shared = _shared_with_others(by)
    for _ in range(MOST_GONE):
        case = _first(by, shared)
        if case is None:
            if _free(by, shared).exists():
                raise QueueBusy
            return None
        records = refresh(case)
        if records.candidates:
            return hold(case, records, by)
    return None


def held_case(by: Actor) -> ReviewCase | None:
    """Return the case the person holds now; changes nothing."""
    return _held_by(by).first()


def own_case(by: Actor) -> ReviewCase | None:
    """Return the case the person holds already, claimed anew."""
    case = _held_by(by).select_for_update(skip_locked=True).first()
    if case is None:
        return None
    records = refresh(case)
    return hold(case, records, by) if records.candidates else None


def hold(case: ReviewCase, records: CaseRecords, by: Actor) -> ReviewCase:
    """Give the case to the person, and take from them any other they hold."""
    others = ReviewCase.objects.filter(claimed_by=str(by), claimed_until__isnull=False).exclude(pk=case.pk)
    others.update(claimed_by="", claimed_until=None)
    case.claimed_by, case.claimed_until = str(by), timezone.now() + CLAIM
    case.seen = records.versions
    case.save(update_fields=["claimed_by", "claimed_until", "seen", "updated_at"])
    return case


def let_go(case: ReviewCase) -> None:
    """Make the case free for others; the caller saves it."""
    case.claimed_by, case.claimed_until, case.seen = "", None, {}


def is_held_by(case: ReviewCase, by: Actor) -> bool:
    """Tell whether the person holds the case now."""
    return case.claimed_by == str(by) and is_live(case)


def is_own_proposal(case: ReviewCase, by: Actor) -> bool:
    """Tell whether the case waits for somebody else to confirm what this person has said."""
    return case.state == CaseState.SECOND and case.first_decision.get("by") == str(by)


def refuse_if_held(case: ReviewCase, records: CaseRecords, by: Actor) -> None:
    """Raise CaseHeld when somebody else looks at the case or at one of its records."""
    if is_held_by_others(case, records, by):
        raise CaseHeld


def is_held_by_others(case: ReviewCase, records: CaseRecords, by: Actor) -> bool:
    """Tell whether somebody else looks at the case or at one of its records."""
    if is_live(case) and case.claimed_by != str(by):
        return True
    cases = ReviewCase.objects.filter(_held_by_others(by)).exclude(pk=case.pk)
    theirs = Candidate.objects.filter(touching(records.ids), state=CandidateState.PENDING)
    return theirs.filter(case__in=cases.values("pk")).exists()


def _held_by(by: Actor) -> QuerySet[ReviewCase]:
    mine: QuerySet[ReviewCase] = ReviewCase.objects.filter(
        _undecided_by(by), claimed_by=str(by), claimed_until__gt=timezone.now(), state__in=WAITING
    )
    return mine.order_by("-claimed_until")


def is_live(case: ReviewCase) -> bool:
    """Tell whether anybody holds the case now."""
    return case.claimed_until is not None and case.claimed_until > timezone.now()


def _held_by_others(by: Actor) -> Q:
    return Q(claimed_until__gt=timezone.now(), state__in=WAITING) & ~Q(claimed_by=str(by))


def _shared_with_others(by: Actor) -> set[uuid.UUID]:
    """Return the customers others look at now."""
    cases = ReviewCase.objects.filter(_held_by_others(by)).values_list("pk", flat=True)
    pairs = Candidate.objects.filter(case__in=list(cases), state=CandidateState.PENDING).values_list(
        "low_id", "high_id"
    )
    return {pk for pair in pairs for pk in pair}


def _undecided_by(by: Actor) -> Q:
    return Q(state=CaseState.OPEN) | ~Q(first_decision__contains={"by": str(by)})


def _free(by: Actor, shared: set[uuid.UUID]) -> QuerySet[ReviewCase]:
    """Return the cases the person may have, none of whose customers another looks at."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=timezone.now()) | Q(claimed_by=str(by))
    cases: QuerySet[ReviewCase] = ReviewCase.objects.filter(is_free, _undecided_by(by), state__in=WAITING)
    if shared:
        theirs = Candidate.objects.filter(touching(shared), case=OuterRef("pk"), state=CandidateState.PENDING)
        cases = cases.filter(~Exists(theirs))
    return cases


def _first(by: Actor, shared: set[uuid.UUID]) -> ReviewCase | None:
    skipped = Q(skipped_by__contains=[str(by)])
    # Somebody who is deciding has the row locked: it is as good as gone.
    cases = _free(by, shared).select_for_update(skip_locked=True, of=("self",))
    first = cases.exclude(skipped).order_by("-best_score", "id").first()
    return first or cases.filter(skipped).order_by("updated_at", "id").first()
