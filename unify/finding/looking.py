"""A run that looks for duplicates: renew records, compare, store, merge what is sure, queue the rest."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Q
from django.utils import timezone

from cdp.errors import DomainError
from cdp.models import Tenant
from unify.choices import CandidateState, CaseState, RunKind, RunState
from unify.finding.cases import regroup
from unify.finding.current import current_model, settings_of
from unify.finding.merging import Cluster, merge_sure, plan
from unify.finding.policy import LOOKS, REASONS
from unify.finding.progress import Progress
from unify.finding.score_counts import COUNTS, count_scores
from unify.finding.searching import Search
from unify.models import Candidate, MatchRecord, MatchRun, MatchSettings, Merge, ReviewCase, Verdict
from unify.records.policy import OVERLAP
from unify.records.reading import inactive_since
from unify.records.refresh import refresh_all, refresh_changed

# When this share of the customers has changed, looking at all of them costs no more.
_MOST_CHANGED = 0.2
# Survivors that are like somebody else again, and so on: the next run goes on from here.
ROUNDS = 5


def look(tenant: Tenant, run: MatchRun, progress: Progress) -> None:
    """Carry out a deep or an incremental run; its counts stand in ``run`` afterwards."""
    began = timezone.now()
    progress.step("records")
    renew = refresh_all if run.kind == RunKind.DEEP else refresh_changed
    renewed = renew(tenant, progress=progress)
    version, model = current_model(tenant)
    search = Search(tenant, version, model, settings_of(tenant), run.pk, progress)
    search.counts |= {
        "renewed": renewed,
        "least_score": search.settings.review_score,
        "risk": _risk(search.settings),
    }
    before = _before(run, version.pk, search.settings.review_score)
    if before is None:
        search.everybody()
    else:
        _look_at_changed(search, before)
    run.counts, run.looked_at_until = search.counts, began
    run.model_version_id = search.version.pk
    _decide(tenant, search, progress)
    _count_waiting(run)
    run.counts[COUNTS] = count_scores()


@dataclass(frozen=True, slots=True)
class Before:
    """What a search for what changed builds on."""

    until: datetime
    kinds: list[str] | None
    risk: list[int] | None


def _before(run: MatchRun, version_id: uuid.UUID, least_score: int) -> Before | None:
    """Return up to when everything was looked at with this model and score; None when everybody has to be."""
    done = MatchRun.objects.filter(kind__in=LOOKS, state=RunState.DONE, looked_at_until__isnull=False)
    latest = done.order_by("-looked_at_until").first()
    whole = done.filter(counts__whole=True).order_by("-looked_at_until").first()
    if run.kind == RunKind.DEEP or latest is None or whole is None:
        return None
    if {latest.model_version_id, whole.model_version_id} != {version_id} or latest.looked_at_until is None:
        return None
    if {latest.counts.get("least_score"), whole.counts.get("least_score")} != {least_score}:
        return None
    return Before(latest.looked_at_until, whole.counts.get("kinds"), latest.counts.get("risk"))


def _risk(settings: MatchSettings) -> list[int]:
    """Return the rules by which a case is called risky, as a run keeps them."""
    return [int(settings.needs_second_person), settings.risky_events]


def _look_at_changed(search: Search, before: Before) -> None:
    rows = MatchRecord.objects.filter(changed_at__gte=before.until - OVERLAP)
    changed = list(rows.values_list("profile_id", flat=True))
    records = customers_compared()
    search.counts |= {"changed": len(changed), "kinds": before.kinds}
    if len(changed) > _MOST_CHANGED * records:
        search.everybody()
    else:
        since = before.until - OVERLAP
        search.touched(changed, records=records, kinds=before.kinds, gone=inactive_since(since))
        _affect_besides(search, before, since)


def _affect_besides(search: Search, before: Before, since: datetime) -> None:
    """Note whose cases are different though no customer is: what people said takes pairs out of cases.

    Anybody's may be where other merges are risky now, or where a search was stopped that had stored pairs,
    and had not put them into cases.
    """
    stopped = MatchRun.objects.filter(
        kind__in=LOOKS, state__in=[RunState.FAILED, RunState.CANCELLED], finished_at__gte=since
    )
    if before.risk != _risk(search.settings) or stopped.exists():
        search.affected = None
        return
    said = Verdict.objects.filter(created_at__gte=since)
    search.affects(chain.from_iterable(said.values_list("low_id", "high_id")))


def _decide(tenant: Tenant, search: Search, progress: Progress) -> None:
    """Merge what is sure, and put what is left before people.

    A survivor knows more than either did before: whom it is like then is looked at once more.
    """
    search.counts |= {"merged": 0, "cases": 0, REASONS: {}}
    refused: set[Cluster] = set()
    survivors: list[uuid.UUID] | None = None
    for _ in range(ROUNDS if search.settings.merges_by_itself else 0):
        progress.step("cluster")
        planned = plan(tenant, search.model, search.settings, among=survivors)
        sure = [members for members in planned if members not in refused]
        if not sure:
            break
        if survivors is None:
            # What is not sure need not wait for the merges.
            search.counts["cases"] += regroup(leave=_inside(sure), among=search.affected)
        survivors = _merge_all(tenant, search, sure, refused, progress)
        if not survivors:
            break
        search.touched(survivors, records=customers_compared(), kinds=search.counts.get("kinds"))
    search.counts["cases"] += regroup(among=search.affected)


def _merge_all(
    tenant: Tenant, search: Search, sure: list[Cluster], refused: set[Cluster], progress: Progress
) -> list[uuid.UUID]:
    """Merge these clusters, and note those that people have to look at; return the survivors."""
    survivors: list[uuid.UUID] = []
    progress.step("merge", len(sure))
    for number, members in enumerate(sure, 1):
        merges = _merge(tenant, search, members)
        search.affects(members)
        search.counts["merged"] += len(merges)
        survivors.extend(merge.winner_id for merge in merges[:1])
        if not merges:
            refused.add(members)
        progress(number, len(sure))
    search.counts["left_to_people"] = len(refused)
    return survivors


def _merge(tenant: Tenant, search: Search, members: Cluster) -> list[Merge]:
    """Merge a cluster; what stands in the way is counted, and the cluster left to people."""
    try:
        return merge_sure(tenant, search.model, search.settings, members)
    except DomainError as error:
        reasons: dict[str, int] = search.counts[REASONS]
        reasons[error.slug] = reasons.get(error.slug, 0) + 1
        return []


def _inside(clusters: list[Cluster]) -> set[uuid.UUID]:
    """Return the candidates inside clusters that are about to be merged."""
    cluster_of = {one: number for number, members in enumerate(clusters) for one in members}
    people = list(cluster_of)
    rows = Candidate.objects.filter(Q(low__in=people), state=CandidateState.PENDING)
    return {
        pk
        for pk, low, high in rows.values_list("pk", "low_id", "high_id")
        if cluster_of.get(low) == cluster_of.get(high)
    }


def customers_compared() -> int:
    """Return how many records there are."""
    return MatchRecord.objects.count()


def _count_waiting(run: MatchRun) -> None:
    waiting = ReviewCase.objects.filter(state__in=[CaseState.OPEN, CaseState.SECOND])
    run.counts["queued"] = waiting.count()
