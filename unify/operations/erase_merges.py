"""Erasing a person from what merges have kept of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile
from unify.deciding.cases import touching
from unify.merging.kin import survivor_of_each, with_merged
from unify.models import (
    Candidate,
    MatchKey,
    MatchRecord,
    Merge,
    MergedRows,
    MergeGroup,
    ReviewCase,
    Verdict,
)


@transaction.atomic
def erase_merges(*, tenant: Tenant, by: Actor, profile_ids: Collection[uuid.UUID]) -> int:
    """Erase what merges, cases and matching keep of these customers; return how many merges it was.

    All records of one person go together: the survivor's, and those of everybody merged into it. That they
    were merged, by whom and when stays; none of these merges can be taken back any more. What stands in the
    customers' own rows is for the caller to erase.
    """
    people = list(with_merged(set(survivor_of_each(profile_ids).values())))
    # So that no merge and no unmerge passes in between.
    list(Profile.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
    merges = list(Merge.objects.filter(Q(winner__in=people) | Q(loser__in=people)).order_by("pk"))
    MergedRows.objects.filter(merge__in=merges).delete()
    MergeGroup.objects.filter(winner__in=people).update(
        choices={}, before={}, after={}, images={}, targets={}
    )
    for merge in merges:
        merge.loser_before = {**merge.loser_before, "said": {}}
        merge.resolved_conflicts, merge.reason = {}, ""
        merge.erased_at, merge.updated_by = timezone.now(), str(by)
    Merge.objects.bulk_update(
        merges, ["loser_before", "resolved_conflicts", "reason", "erased_at", "updated_by"], batch_size=100
    )
    _erase_words(people)
    MatchKey.objects.filter(profile__in=people)._raw_delete(using="default")
    MatchRecord.objects.filter(profile__in=people)._raw_delete(using="default")
    audit.record_many(verb="merge.erase", entries=[(merge, {}) for merge in merges], by=by)
    return len(merges)


def _erase_words(people: Collection[uuid.UUID]) -> None:
    """Erase reasons people gave, and values they chose, while a second person was asked."""
    verdicts = Verdict.objects.filter(touching(people))
    verdicts.exclude(reason="").update(reason="")
    for case in _cases_of(people).select_for_update().order_by("pk"):
        case.first_decision = _without_words(case.first_decision)
        case.earlier_decisions = [_without_words(said) for said in case.earlier_decisions]
        case.save(update_fields=["first_decision", "earlier_decisions"])


def _cases_of(people: Collection[uuid.UUID]) -> QuerySet[ReviewCase]:
    pairs = Candidate.objects.filter(touching(people), case__isnull=False).values("case")
    said = Verdict.objects.filter(touching(people), case__isnull=False).values("case")
    with_words = ~Q(first_decision={}) | ~Q(earlier_decisions=[])
    return ReviewCase.objects.filter(Q(pk__in=pairs) | Q(pk__in=said), with_words)


def _without_words(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "reason": "", "choices": {}} if said else said
