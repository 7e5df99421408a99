"""What was said of pairs, kept for as long as the records stay as they were."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import F

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import Decision
from unify.deciding.cases import ids_in
from unify.models import Candidate, MatchRecord, ReviewCase, Verdict
from unify.records.refresh import refresh


def record_verdicts(
    tenant: Tenant,
    pairs: Iterable[tuple[Candidate, str]],
    *,
    by: Actor,
    case: ReviewCase | None,
    reason: str = "",
) -> None:
    """Write a verdict per pair; the empty one takes back what was said before."""
    said = list(pairs)
    prints = fingerprints(tenant, ids_in(pair for pair, _decision in said))
    Verdict.objects.bulk_create(
        [
            Verdict(
                low_id=pair.low_id,
                high_id=pair.high_id,
                decision=decision,
                reason=reason,
                case=case,
                low_fingerprint=prints.get(pair.low_id, pair.low_fingerprint),
                high_fingerprint=prints.get(pair.high_id, pair.high_fingerprint),
                weight=pair.weight,
                has_conflict=bool(pair.conflicts),
                model_number=pair.model_number,
                by=str(by),
            )
            for pair, decision in said
        ]
    )


def fingerprints(tenant: Tenant, profile_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the fingerprint of each customer that matching knows, as the customer is now."""
    ids = set(profile_ids)
    rows = MatchRecord.objects.filter(profile__in=ids)
    current = set(rows.filter(profile_version=F("profile__version")).values_list("profile_id", flat=True))
    if ids - current:
        refresh(tenant, sorted(ids - current))
    return dict(rows.values_list("profile_id", "fingerprint"))


def decision_about(pair: Candidate, merged: frozenset[uuid.UUID]) -> Decision | None:
    """Return what merging these customers says of a pair; None when it is about others."""
    inside = {pair.low_id, pair.high_id} & merged
    if len(inside) == 2:  # noqa: PLR2004 (a pair)
        return Decision.SAME
    return Decision.DIFFERENT if inside else None
