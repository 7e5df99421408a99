"""Which cases may be accepted many at once, and how far an order to do so is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Tenant
from unify.choices import CaseState
from unify.deciding.cases import CaseRecords
from unify.deciding.errors import BulkNotFound, NotAllAlike
from unify.deciding.verdicts import fingerprints
from unify.finding.current import current_model, settings_of
from unify.finding.family import family_pairs
from unify.finding.merging import scores_within
from unify.finding.verdicts import held_apart
from unify.merging.stops import check_stops
from unify.models import BulkDecision, ReviewCase

ACCEPT_TASK = "unify.accept_cases"


def clear_cases(tenant: Tenant, least_score: float) -> QuerySet[ReviewCase]:
    """Return the cases nobody needs to look at from a score on.

    Every pair that was found is that alike, nothing contradicts, nobody has hesitated or decided, and nobody
    looks at it. Pairs that were not found are compared when the case is accepted (``refuse_if_unlike``).
    """
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=timezone.now())
    return ReviewCase.objects.filter(
        is_free,
        state=CaseState.OPEN,
        # The best is no less than the least: what is indexed is how alike the best pair is.
        best_score__gte=least_score,
        least_score__gte=least_score,
        has_conflict=False,
        is_risky=False,
        earlier_decisions=[],
        skipped_by=[],
        size__lte=settings_of(tenant).largest_cluster,
    )


def is_as_scored(tenant: Tenant, records: CaseRecords) -> bool:
    """Tell whether the records are still those that were compared."""
    now = fingerprints(tenant, records.ids)
    return all(
        (now.get(pair.low_id), now.get(pair.high_id)) == (pair.low_fingerprint, pair.high_fingerprint)
        for pair in records.candidates
    )


def refuse_if_unlike(tenant: Tenant, records: CaseRecords) -> None:
    """Raise NotAllAlike unless each record is like each other, with those merged into them before.

    A pair below the review score is in no case: John and James may be there by "J." alone. HardStop comes
    first, as it says more.
    """
    check_stops(list(records.profiles.values()), force=False)
    settings, (_, model) = settings_of(tenant), current_model(tenant)
    apart = held_apart(records.ids) | family_pairs(records.ids)
    scores = scores_within(tenant, model, settings, records.ids, apart=apart)
    if not scores or min(one.least for one in scores.values()) < settings.review_score:
        raise NotAllAlike


def get_bulk(bulk_id: uuid.UUID) -> BulkDecision:
    """Return the order; raises BulkNotFound."""
    try:
        return BulkDecision.objects.get(pk=bulk_id)
    except BulkDecision.DoesNotExist as error:
        raise BulkNotFound from error


def merged_by(bulk: BulkDecision, *, after: Sequence[str] | None = None) -> QuerySet[ReviewCase]:
    """Return the cases the order has decided and nobody has taken back since, in the order it did.

    ``after`` names the last one somebody has been at, by when it was decided (ISO 8601) and its id.
    """
    cases = ReviewCase.objects.filter(state=CaseState.DECIDED, bulk=bulk)
    if after:
        at, last = after
        cases = cases.filter(Q(decided_at__gt=at) | Q(decided_at=at, pk__gt=last))
    return cases.order_by("decided_at", "pk")


def queue_bulk(bulk: BulkDecision) -> None:
    """Have a worker carry the order out, or go on with it, once the transaction is committed."""
    signature = app.signature(ACCEPT_TASK, args=[str(bulk.tenant_id), str(bulk.pk)], immutable=True)
    # Robust: should the queue be down, the order waits for the job that looks for stalled ones.
    after_commit(signature.apply_async)
