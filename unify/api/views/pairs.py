"""Finding pairs of customers who may be one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress

from rest_framework.request import Request

from cdp.api.caller import caller_of
from cdp.api.views import ApiView
from cdp.permissions import UNIFY_MERGE
from profiles.api.fetching import followed
from profiles.errors import ProfileNotFound
from profiles.records import ProfileRecord
from unify.api import endpoints
from unify.api.answers import (
    AlikeAnswer,
    AlikeList,
    CandidateAnswer,
    CandidatePage,
    DetectionMeta,
    MergeAnswer,
    ObstacleAnswer,
    OpenedAnswer,
    UnifiedAnswer,
)
from unify.api.bodies import CandidateQuery, MatchQuery, PairBody, PairQuery
from unify.api.paging import page_of
from unify.api.run_answers import ExplanationAnswer
from unify.choices import CandidateOrigin
from unify.deciding.detecting import Detection, detect, pending_pairs, standing
from unify.operations.explain import explain
from unify.operations.find_alike import HINT_SCORE, find_alike
from unify.operations.open_candidate import open_candidate
from unify.operations.unify_profile import unify_profile

MOST_WAITING = 20


class DetectDuplicatesView(ApiView):
    """Pairs of customers who may be one."""

    @endpoints.list_candidates
    def get(self, request: Request, query: CandidateQuery) -> CandidatePage:
        """Those that are known and nobody has decided about."""
        return self._page(_about_survivor(query), standing())

    @endpoints.detect_duplicates
    def post(self, request: Request, query: CandidateQuery) -> CandidatePage:
        """Looks at customers changed since the last search first, or at `profileId`.

        Up to 25 are looked at while you wait. For more, a search is ordered: `meta.isComplete` is then false,
        and `meta.runId` the search to wait for. To look and to order takes `unify:merge`; who may only read
        is answered what is known.
        """
        meant = _about_survivor(query)
        if UNIFY_MERGE not in caller_of(request).codes:
            return self._page(meant, standing())
        return self._page(meant, detect(self.tenant, by=self.actor, profile_id=meant.profile_id))

    def _page(self, query: CandidateQuery, detection: Detection) -> CandidatePage:
        pairs = pending_pairs(least_score=query.min_score, profile_id=query.profile_id)
        rows, meta = page_of(pairs, query)
        return CandidatePage(
            candidates=CandidateAnswer.many(self.tenant, rows),
            meta=DetectionMeta(
                **vars(meta),
                is_complete=detection.is_complete,
                searched_at=detection.searched_at,
                run_id=detection.run_id,
            ),
        )


class MatchView(ApiView):
    """Who may this be?"""

    @endpoints.match_record
    def post(self, request: Request, query: MatchQuery, body: ProfileRecord) -> AlikeList:
        """Customers like the record, however little of it is known yet; nothing is written."""
        found = find_alike(
            tenant=self.tenant,
            record=body,
            limit=query.limit,
            exclude=list(_standing_for(query.exclude)) if query.exclude else [],
            least_score=HINT_SCORE if query.min_score is None else query.min_score,
        )
        return AlikeList(data=[AlikeAnswer.of(one) for one in found])


class ExplainView(ApiView):
    """Why a pair is, or is not, taken for one customer."""

    @endpoints.explain_pair
    def get(self, request: Request, query: PairQuery) -> ExplanationAnswer:
        """Compares the two as they are now: every level with its weight, and what stands in the way."""
        one, other = (followed(profile_id).pk for profile_id in (query.profile_id1, query.profile_id2))
        return ExplanationAnswer.of(explain(tenant=self.tenant, low_id=one, high_id=other))


class CandidateView(ApiView):
    """Pairs people have noticed."""

    @endpoints.open_candidate
    def post(self, request: Request, body: PairBody) -> OpenedAnswer:
        """Opens a case, unless somebody has said that they are not the same and neither has changed since."""
        low, high = (followed(profile_id).pk for profile_id in body.pair)
        pair = open_candidate(tenant=self.tenant, low_id=low, high_id=high, origin=CandidateOrigin.PERSON)
        rows = CandidateAnswer.many(self.tenant, [pair] if pair else [])
        return OpenedAnswer(candidate=rows[0] if rows else None)


class AutoUnifyView(ApiView):
    """Finding and merging the duplicates of one customer."""

    @endpoints.unify_profile
    def post(self, request: Request, profile_id: uuid.UUID) -> UnifiedAnswer:
        """Merges who is surely the same, by the rules of a search, and puts before people who may be."""
        unified = unify_profile(tenant=self.tenant, by=self.actor, profile_id=profile_id)
        survivor = followed(profile_id)
        pairs = pending_pairs(profile_id=survivor.pk)[:MOST_WAITING]
        return UnifiedAnswer(
            profile_id=survivor.pk,
            merges=[MergeAnswer.model_validate(merge) for merge in unified.merges],
            obstacle=ObstacleAnswer.of(unified.obstacle) if unified.obstacle else None,
            candidates=CandidateAnswer.many(self.tenant, pairs),
        )


def _about_survivor(query: CandidateQuery) -> CandidateQuery:
    if query.profile_id is None:
        return query
    return query.model_copy(update={"profile_id": followed(query.profile_id).pk})


def _standing_for(profile_id: uuid.UUID) -> Iterator[uuid.UUID]:
    """Yield whom an id means, if anybody: who is not meant need not be there."""
    with suppress(ProfileNotFound):
        yield followed(profile_id).pk
